"""What was done to a file that has been quiet for a while: nothing, something to tell, or a form that was left to be read."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping

import msgspec
from msgspec.structs import replace

from bot.dropped import LARGEST, not_read
from bot.library.sighted import FIRST, Sights, like_a_form, name_of, reference_of
from bot.library.storage import Gone, LibraryProblem, LibraryRefused, Storage
from dialogs.turn import Change, Dropped, HandedIn
from state.file_records import FILED, GOING, GONE, FileRecord, SightingRecord
from state.snapshot import Conflict
from templates.documents.outline import outline_of, same

log = logging.getLogger("cspr.library")
Read = Callable[[str, bytes], Awaitable[Dropped]]
"""Reads a file by its name and content: what it says, or why not."""
BLANK_FORM = "scoping:"
"""How `what` of the form begins that an organisation is sent to fill in."""
LARGEST_OF_OURS = 64 * 2**20
"""Bytes of what may lie where a document of ours was: with more it is somebody else's, and changed."""


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
        made += [one for row in others if (one := await self._looked_at(row)) is not None]
        return made

    async def _looked_at(self, row: SightingRecord) -> Found | None:
        """A file that nobody can look at is told of all the same, and keeps no other from being told of."""
        try:
            return await self._one(row)
        except (LibraryProblem, Conflict):
            raise
        except Exception as fault:  # whatever somebody made a file of, the others of its library are looked at
            log.error("a file in a library could not be looked at: %s", type(fault).__name__)
            ours = await self._sights.record(self._shelf, row.item, row.path)
            if ours is None and self._shelf and like_a_form(row.path):
                return await self._form(row, None)
            return await self._told((row,), ours, "changed" if ours or row.known else "added", row.path)

    async def _moved(self, gone: SightingRecord, there: SightingRecord) -> Found:
        """A folder knows a file by its path alone: the same content is gone from one place, and new in another."""
        ours = await self._sights.record(self._shelf, gone.item, gone.path)
        return await self._told((gone, there), ours, "moved", gone.path)

    async def _one(self, row: SightingRecord) -> Found | None:
        ours = await self._sights.record(self._shelf, row.item, row.path)
        if ours is not None and ours.state == GOING:
            return None
        if row.gone:
            return await self._gone(row, ours)
        try:
            content = await self._content(row, ours)
        except Gone:
            return None
        outline = await asyncio.to_thread(outline_of, content) if content is not None else {}
        digest = _digest(outline)
        known = row.known and bool(digest) and row.digest == digest
        row = replace(row, digest=digest)
        if ours is not None and ours.state == FILED:
            return await self._ours(row, ours, content, untouched=known or same(outline, ours.outline) or row.tag == ours.tag)
        if ours is not None and ours.state == GONE and (row.tag == ours.tag or same(outline, ours.outline)):
            return await self._told((row,), ours, "added", ours.path)
        return Found(rows=(row,)) if known else await self._theirs(row, content)

    async def _content(self, row: SightingRecord, ours: FileRecord | None) -> bytes | None:
        """None where it is as we left it, or cannot be had, or is too large to be read here. Raises Gone."""
        if (ours is not None and row.tag == ours.tag) or row.size > (LARGEST if ours is None else LARGEST_OF_OURS):
            return None
        try:
            return await self._storage.read(row.path)
        except LibraryRefused:
            return None

    async def _gone(self, row: SightingRecord, ours: FileRecord | None) -> Found:
        """Somebody may have put another file in its place: then that one is told of."""
        if ours is not None and (ours.state != FILED or await self._storage.find(ours.path) is not None):
            return Found(rows=(row,))
        path = ours.path if ours else row.path
        return await self._told((row,), ours, "gone", path) if ours or row.known else Found(rows=(row,))

    async def _ours(self, row: SightingRecord, ours: FileRecord, content: bytes | None, *, untouched: bool) -> Found:
        """A library may touch a file itself, and so does who opens and closes it: what counts is what people read in it."""
        if untouched:
            moved = row.path != ours.path and (row.moved or not row.known)
            return await self._told((row,), ours, "moved", ours.path) if moved else Found(rows=(row,))
        if self._shelf and ours.what.startswith(BLANK_FORM) and content is not None:
            return await self._form(row, content)
        return await self._told((row,), ours, "changed", ours.path)

    async def _theirs(self, row: SightingRecord, content: bytes | None) -> Found:
        """A file that is not ours: in an organisation's own library it may be a form that was filled in."""
        if not self._shelf or not like_a_form(row.path):
            return await self._told((row,), None, "changed" if row.known else "added", row.path)
        return await self._form(row, content)

    async def _form(self, row: SightingRecord, content: bytes | None) -> Found:
        """What lay there when the library was first looked at is known, unless it is a form."""
        name, problem = name_of(row.path), "too_large" if row.size > LARGEST else "not_fetched"
        file = await self._read(name, content) if content is not None else not_read(problem, name)
        if row.state == FIRST and not file.form:
            return Found(rows=(row,))
        by = await self._sights.whose(row.by)
        return Found(rows=(row,), handed=HandedIn(organisation=self._shelf, path=row.path, file=file, by=by))

    async def _told(self, rows: tuple[SightingRecord, ...], ours: FileRecord | None, change: str, path: str) -> Found:
        what, file = (ours.what, ours.id) if ours else ("", "")
        told = Change(change=change, what=what, file=file, shelf=self._shelf, by=await self._sights.whose(rows[-1].by))
        return Found(rows=rows, reference=reference_of(path), change=told)


def _digest(outline: Mapping[str, str]) -> str:
    """What is told once is what people read: a library may mark a file anew for reasons of its own."""
    return hashlib.sha256("\n".join(outline.values()).encode()).hexdigest() if outline else ""


def _moved(rows: list[SightingRecord]) -> tuple[list[tuple[SightingRecord, SightingRecord]], list[SightingRecord]]:
    """Files that are gone and those that say the same elsewhere, in pairs; and all the others."""
    gone = {row.tag: row for row in rows if row.gone and row.tag}
    pairs = [(gone.pop(row.tag), row) for row in rows if not row.gone and not row.known and row.tag in gone]
    paired = {row.id for pair in pairs for row in pair}
    return pairs, [row for row in rows if row.id not in paired]
