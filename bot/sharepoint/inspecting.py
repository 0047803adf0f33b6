"""Looking into a document library for `cspr doctor`: whether it can be used, and how it describes and keeps what is filed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from bot.doctor.finding import Finding, failed, not_checked, ok, warning
from bot.library.inspecting import PROBE, PROBED
from bot.library.storage import Gone, LibraryAway, LibraryDenied, LibraryProblem, Storage
from bot.sharepoint.budget import WRITE
from bot.sharepoint.calls import Calls
from bot.sharepoint.describing import NAMES
from bot.sharepoint.drive import Where
from bot.sharepoint.faults import NotTaken

if TYPE_CHECKING:
    from msgraph.generated.models.column_definition_collection_response import ColumnDefinitionCollectionResponse
    from msgraph.generated.models.drive_item_version_collection_response import DriveItemVersionCollectionResponse
    from msgraph.generated.models.item_retention_label import ItemRetentionLabel
    from msgraph.graph_service_client import GraphServiceClient

GRANT = "Grant the site to the assistant's registration, with the role write: docs/install-sharepoint.md."
ADDRESS = "Compare its address in the settings with the one in a browser, and see that the site is granted to the assistant."
COLUMNS = "Add them to the library as single lines of text, by exactly these names. Files are filed without them until then."
VERSIONS = "Turn versions on: Library settings, Versioning settings, Create major versions."
BY_WRITING = "Run: cspr doctor --write. It writes a small file there, replaces it, reads it and deletes it."


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
        except LibraryAway as away:
            return [failed(f"It cannot be found or reached ({away}).", ADDRESS)]
        except LibraryProblem as problem:
            return [failed(f"It cannot be looked into ({problem}).", ADDRESS)]
        return found + await self._probed(drive, write=write)

    async def _columns(self, drive: str) -> Finding:
        def ask(graph: GraphServiceClient) -> Awaitable[ColumnDefinitionCollectionResponse | None]:
            return graph.drives.by_drive_id(drive).list_.columns.get()

        there = {one.name for one in (await self._calls.graph(ask)).value or ()}
        lacks = [name for name in NAMES if name not in there]
        return warning(f"It has no columns {', '.join(lacks)}.", COLUMNS) if lacks else ok("It is there, with its columns.")

    async def _label(self, drive: str, filed: str) -> list[Finding]:
        """Which labels there are cannot be asked with the permissions that we have: the newest document shows its own."""
        label = self._calls.settings.retention_label
        if not label:
            return []
        if not filed:
            return [not_checked(f'No document was filed there yet that could show the retention label "{label}".')]

        def ask(graph: GraphServiceClient) -> Awaitable[ItemRetentionLabel | None]:
            return graph.drives.by_drive_id(drive).items.by_drive_item_id(filed).retention_label.get()

        try:
            has = (await self._calls.graph(ask)).name
        except (Gone, LibraryDenied, NotTaken):
            has = None
        if has == label:
            return [ok(f'The newest document has the retention label "{label}".')]
        said = f'The newest document does not show the retention label "{label}".'
        do = "See that the label is published to this site by exactly that name. If it is, set it as the library's default."
        return [warning(said, do)]

    async def _probed(self, drive: str, *, write: bool) -> list[Finding]:
        if not write:
            return [not_checked("Whether it can be written, and keeps versions, was not tried.", BY_WRITING)]
        try:
            return [await self._written(drive)]
        except LibraryDenied as denied:
            return [failed(f"Nothing can be written there ({denied}).", GRANT)]
        except LibraryProblem as problem:
            said = f"A file could not be written, read and deleted ({problem or type(problem).__name__})."
            return [failed(said, f"Try again later, and see whether {PROBE} is left there.")]

    async def _written(self, drive: str) -> Finding:
        """Write it, replace it, read it, count its versions, and delete it, whatever was found."""
        left = await self._storage.find(PROBE)
        item = left or await self._storage.create(PROBE, PROBED)
        try:
            item = await self._storage.replace(item, PROBED + PROBED)
            whole = await self._storage.read(PROBE) == PROBED + PROBED
            versions = len((await self._calls.graph(_versions(drive, item.id))).value or ())
        finally:
            await self._delete(drive, item.id)
        if not whole:
            return failed("A file did not read as it was written.", "Ask IT what changes files in this library.")
        if versions < 2:
            return warning("It does not keep the versions of a file.", VERSIONS)
        return ok("A file was written, replaced, read and deleted, and its versions were kept.")

    async def _delete(self, drive: str, item: str) -> None:
        async def ask(graph: Any) -> bool:
            await graph.drives.by_drive_id(drive).items.by_drive_item_id(item).delete()
            return True

        await self._calls.graph(ask, WRITE)


def _versions(drive: str, item: str) -> Callable[[GraphServiceClient], Awaitable[DriveItemVersionCollectionResponse | None]]:
    return lambda graph: graph.drives.by_drive_id(drive).items.by_drive_item_id(item).versions.get()
