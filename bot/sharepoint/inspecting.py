"""Looking into a document library for `cspr doctor`: whether it can be used, and how it describes and keeps what is filed."""

from __future__ import annotations

import msgspec

from bot.doctor.finding import Finding, failed, not_checked, ok, warning
from bot.library.inspecting import PROBE, PROBED
from bot.library.storage import Gone, LibraryDenied, LibraryProblem, Storage
from bot.sharepoint.budget import WRITE
from bot.sharepoint.calls import Calls
from bot.sharepoint.describing import NAMES
from bot.sharepoint.drive import SEVERAL, Where
from bot.sharepoint.faults import NotTaken

GRANT = "Grant the site to the assistant's registration, with the role write: docs/install-sharepoint.md."
ADDRESS = "Compare its address in the settings with the one in a browser, and see that the site is granted to the assistant."
COLUMNS = "Add them to the library as single lines of text, by exactly these names. Files are filed without them until then."
VERSIONS = "Turn versions on: Library settings, Versioning settings, Create major versions."
PUBLISHED = "See that the label is published to this site by exactly that name. If it is, make it the library's default label."
BY_WRITING = "Run: cspr doctor --write. It writes a small file there, replaces it, reads it and deletes it."


class _Column(msgspec.Struct, frozen=True):
    name: str = ""


class _Columns(msgspec.Struct, frozen=True):
    value: tuple[_Column, ...] = ()


class _Label(msgspec.Struct, frozen=True):
    name: str | None = None


class _Versions(msgspec.Struct, frozen=True):
    value: tuple[dict[str, object], ...] = ()


class Inspection:
    """One library."""

    def __init__(self, calls: Calls, where: Where, storage: Storage) -> None:
        self._calls, self._where, self._storage = calls, where, storage

    async def found(self, *, write: bool, filed: str) -> list[Finding]:
        """Everything about it. Where it is not there or lets nobody in, that alone."""
        try:
            drive = await self._where.drive()
            found = [await self._columns(drive), *await self._label(drive, filed)]
        except LibraryDenied as denied:
            return [failed(f"SharePoint does not let the assistant in ({denied}).", GRANT)]
        except LibraryProblem as away:
            return [failed(f"It cannot be found or reached ({away}).", ADDRESS)]
        return found + await self._probed(drive, write=write)

    async def _columns(self, drive: str) -> Finding:
        there = {one.name for one in await self._asked_for_columns(drive)}
        lacks = [name for name in NAMES if name not in there]
        return warning(f"It has no columns {', '.join(lacks)}.", COLUMNS) if lacks else ok("It is there, with its columns.")

    async def _asked_for_columns(self, drive: str) -> tuple[_Column, ...]:
        url = f"{self._calls.settings.graph}/drives/{drive}/list/columns"
        return (await self._calls.graph(lambda requests: requests.page(url), SEVERAL)).read(_Columns).value

    async def _label(self, drive: str, filed: str) -> list[Finding]:
        """Which labels there are cannot be asked with the permissions that we have: the newest document shows its own."""
        label = self._calls.settings.retention_label
        if not label:
            return []
        if not filed:
            return [not_checked(f'No document was filed there yet that could show the retention label "{label}".')]
        if await self._label_of(drive, filed) == label:
            return [ok(f'The newest document has the retention label "{label}".')]
        return [warning(f'The newest document does not show the retention label "{label}".', PUBLISHED)]

    async def _label_of(self, drive: str, filed: str) -> str | None:
        url = f"{self._calls.settings.graph}/drives/{drive}/items/{filed}/retentionLabel"
        try:
            return (await self._calls.graph(lambda requests: requests.page(url))).read(_Label).name
        except (Gone, LibraryDenied, NotTaken):
            return None

    async def _probed(self, drive: str, *, write: bool) -> list[Finding]:
        if not write:
            return [not_checked("Whether it can be written, and keeps versions, was not tried.", BY_WRITING)]
        try:
            return [await self._written(drive)]
        except LibraryDenied as denied:
            return [failed(f"Nothing can be written there ({denied}).", GRANT)]
        except LibraryProblem as problem:
            said = f"A file could not be written, replaced, read and deleted ({problem or type(problem).__name__})."
            return [failed(said, f"Try again later, and see whether {PROBE} is left there.")]

    async def _written(self, drive: str) -> Finding:
        """Write it, replace it, read it, count its versions, and delete it, whatever was found."""
        item = await self._storage.find(PROBE) or await self._storage.create(PROBE, PROBED)
        try:
            await self._storage.replace(item, PROBED + PROBED)
            whole = await self._storage.read(PROBE) == PROBED + PROBED
            versions = await self._versions(drive, item.id)
        finally:
            await self._calls.graph(lambda requests: requests.delete_probe(drive), WRITE)
        if not whole:
            return failed("A file did not read as it was written.", "Ask IT what changes files in this library.")
        if versions < 2:
            return warning("It does not keep the versions of a file.", VERSIONS)
        return ok("A file was written, replaced, read and deleted, and its versions were kept.")

    async def _versions(self, drive: str, item: str) -> int:
        url = f"{self._calls.settings.graph}/drives/{drive}/items/{item}/versions"
        return len((await self._calls.graph(lambda requests: requests.page(url), SEVERAL)).read(_Versions).value)
