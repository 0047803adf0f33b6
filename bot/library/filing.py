"""Filing documents in the libraries, and reading them there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import msgspec
from msgspec.structs import replace

from bot.library.differing import page_beside
from bot.library.document import CASES, Document, full, parted
from bot.library.putting import Putting
from bot.library.storage import LibraryAway, LibraryRefused, Storage, checked
from state.file_records import FILED, Differs, FileRecord
from state.snapshot import Conflict, Store
from state.values import Clock
from templates.documents.outline import part_text
from templates.wording import Words, load_words

ANOTHER = 20.0
"""Seconds until a document is looked at again that another process was filing at the same moment."""


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """A rebuilt document that was filed beside one that a person had changed, and what differs, part by part."""

    id: str
    """The same each time it is told."""
    document: Document
    path: str
    by_hand: tuple[str, ...]
    """Parts that the person changed in the version before, as they are called where people read."""
    new: tuple[str, ...]
    """Parts that are new against what we had written before."""


class Filing:
    """The libraries, and what was filed in them. One document is filed by one caller at a time: its lane sees to that."""

    def __init__(self, store: Store, shelves: Mapping[str, Storage], clock: Clock, words: Words | None = None) -> None:
        self._store, self._clock, self._words = store, clock, words
        self.shelves = shelves
        self.beside: Callable[[Beside], Awaitable[None]] | None = None
        """Told of a version that was filed beside one that a person had changed. The house sets it."""

    def has(self, shelf: str) -> bool:
        """Whether there is such a library."""
        return shelf in self.shelves

    async def put(self, document: Document) -> str:
        """File it, once. Returns its path, as `read` takes it. Raises LibraryProblem.

        The same content is the same file. Another content replaces a file that nobody has changed, where the library keeps
        what was there before; else it is the next version beside it. What that has to be told of is told before it returns.
        """
        checked(*document.folders, document.stem)
        try:
            filed, known = await self._put(document)
            for record in known:
                if record.state == FILED and record.beside.number:
                    await self._tell(document, record)
        except Conflict as other:
            raise LibraryAway("another process files it now", again_after=ANOTHER) from other
        return full(filed)

    async def _put(self, document: Document) -> tuple[FileRecord, tuple[FileRecord, ...]]:
        known = await self._store.files_of(document.shelf, document.series)
        putting = Putting(self._store, self.shelves[document.shelf], self._clock, document, known)
        filed = await putting.put()
        return filed, tuple(putting.known.values())

    async def _tell(self, document: Document, record: FileRecord) -> None:
        """It is kept that it has to be told until it was: a crash tells it again, under the same id."""
        words, differs = self._words or load_words(), record.beside
        await self._put(await asyncio.to_thread(page_beside, document, record, words))
        if self.beside is not None:
            by_hand, new = (tuple(part_text(part, words) for part in parts) for parts in (differs.by_hand, differs.new))
            name = f"{record.id}:{record.digest[:12]}"
            await self.beside(Beside(id=name, document=document, path=full(record), by_hand=by_hand, new=new))
        await self._store.keep(replace(record, beside=Differs()))

    async def read(self, path: str) -> bytes:
        """A file by its path, as `put` gave it. Raises LibraryProblem."""
        shelf, path = parted(path)
        if shelf not in self.shelves:
            raise LibraryRefused("there is no such library")
        return await self.shelves[shelf].read(path)

    async def files(self, folder: str) -> Mapping[str, bytes]:
        """Every file below a folder of the case library, by its path there. Raises LibraryProblem."""
        return await self.shelves[CASES].files(folder)
