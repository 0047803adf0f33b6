"""What was done to a file that has been quiet for a while: nothing, something to tell, or a form that was left to be read."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable

import msgspec

from bot.dropped import LARGEST, not_read
from bot.library.sighted import FIRST, Sights, like_a_form, name_of, reference_of
from bot.library.storage import Gone, LibraryRefused, Storage
from dialogs.turn import Change, Dropped, HandedIn
from state.file_records import FileRecord, SightingRecord
from templates.documents.outline import outline_of, same

Read = Callable[[str, bytes], Awaitable[Dropped]]
"""Reads a file by its name and content: what it says, or why not."""
FILED, GOING = "filed", "going"
BLANK_FORM = "scoping:"
"""How `what` of the form begins that an organisation is sent to fill in."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be told about some sightings, if anything. `reference` is that of the folder."""

    rows: tuple[SightingRecord, ...]
    reference: str = ""
    change: Change | None = None
    handed: HandedIn | None = None


class Finding:
    """Looks at what was seen in one library. Raises LibraryProblem where the library is away."""

    def __init__(self, shelf: str, storage: Storage, sights: Sights, read: Read) -> None:
        self._shelf, self._storage, self._sights, self._read = shelf, storage, sights, read

    async def found(self, rows: Iterable[SightingRecord]) -> list[Found]:
        """What each of them is. One that cannot be told yet is left out, and looked at again."""
        pairs, others = _moved([*rows])
        made = [await self._moved(gone, there) for gone, there in pairs]
        made += [one for row in others if (one := await self._one(row)) is not None]
        return made

    async def _moved(self, gone: SightingRecord, there: SightingRecord) -> Found:
        """A folder knows a file by its path alone: the same content is gone from one place, and new in another."""
        ours = await self._sights.record(self._shelf, gone.item, gone.path)
        return self._told((gone, there), ours, "moved", gone.path)

    async def _one(self, row: SightingRecord) -> Found | None:
        ours = await self._sights.record(self._shelf, row.item, row.path)
        if ours is not None and ours.state == GOING:
            return None
        if row.gone:
            return await self._gone(row, ours)
        if ours is None or ours.state != FILED:
            return await self._theirs(row)
        return await self._ours(row, ours)

    async def _gone(self, row: SightingRecord, ours: FileRecord | None) -> Found:
        """Somebody may have put another file in its place: then that one is told of."""
        if ours is not None and (ours.state != FILED or await self._storage.find(ours.path) is not None):
            return Found(rows=(row,))
        return self._told((row,), ours, "gone", row.path) if ours or row.known else Found(rows=(row,))

    async def _ours(self, row: SightingRecord, ours: FileRecord) -> Found | None:
        """A library may touch a file itself, and so does who opens and closes it: what counts is what people read in it."""
        try:
            content = await self._storage.read(row.path) if row.tag != ours.tag else None
        except Gone:
            return None
        except LibraryRefused:
            return self._told((row,), ours, "changed", ours.path)
        if content is None or same(await asyncio.to_thread(outline_of, content), ours.outline):
            return self._told((row,), ours, "moved", ours.path) if row.path != ours.path else Found(rows=(row,))
        if self._shelf and ours.what.startswith(BLANK_FORM):
            return await self._form(row, content)
        return self._told((row,), ours, "changed", ours.path)

    async def _theirs(self, row: SightingRecord) -> Found | None:
        """A file that is not ours: in an organisation's own library it may be a form that was filled in."""
        if not self._shelf or not like_a_form(row.path):
            return self._told((row,), None, "changed" if row.known else "added", row.path)
        if row.size > LARGEST:
            return self._handed(row, not_read("too_large", name_of(row.path)))
        try:
            return await self._form(row, await self._storage.read(row.path))
        except Gone:
            return None
        except LibraryRefused:
            return self._handed(row, not_read("not_fetched", name_of(row.path)))

    async def _form(self, row: SightingRecord, content: bytes) -> Found:
        return self._handed(row, await self._read(name_of(row.path), content))

    def _handed(self, row: SightingRecord, file: Dropped) -> Found:
        """What lay there when the library was first looked at is known, unless it is a form."""
        if row.state == FIRST and not file.form:
            return Found(rows=(row,))
        return Found(rows=(row,), handed=HandedIn(organisation=self._shelf, path=row.path, file=file, by=row.by))

    def _told(self, rows: tuple[SightingRecord, ...], ours: FileRecord | None, change: str, path: str) -> Found:
        what, file = (ours.what, ours.id) if ours else ("", "")
        told = Change(change=change, what=what, file=file, shelf=self._shelf, by=rows[-1].by)
        return Found(rows=rows, reference=reference_of(path), change=told)


def _moved(rows: list[SightingRecord]) -> tuple[list[tuple[SightingRecord, SightingRecord]], list[SightingRecord]]:
    """Files that are gone and those that say the same elsewhere, in pairs; and all the others."""
    gone = {row.tag: row for row in rows if row.gone and row.tag}
    pairs = [(gone.pop(row.tag), row) for row in rows if not row.gone and not row.known and row.tag in gone]
    paired = {row.id for pair in pairs for row in pair}
    return pairs, [row for row in rows if row.id not in paired]
