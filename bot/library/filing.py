"""Filing documents in the libraries, and reading them there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import msgspec

from bot.library.document import CASES, Document, parted
from bot.library.putting import Putting
from bot.library.storage import LibraryRefused, Storage, checked
from state.snapshot import Store
from state.values import Clock


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """A rebuilt document that was filed beside one that a person had changed, and what differs, part by part."""

    document: Document
    path: str
    by_hand: tuple[str, ...]
    """Parts that the person changed in the version before."""
    new: tuple[str, ...]
    """Parts that are new against what we had written before."""


class Filing:
    """The libraries, and what was filed in them. One document is filed by one caller at a time: its lane sees to that."""

    def __init__(self, store: Store, shelves: Mapping[str, Storage], clock: Clock) -> None:
        self._store, self._clock = store, clock
        self.shelves = shelves
        self.beside: Callable[[Beside], Awaitable[None]] | None = None
        """Told of a version that was filed beside one that a person had changed. The house sets it."""

    def has(self, shelf: str) -> bool:
        """Whether there is such a library."""
        return shelf in self.shelves

    async def put(self, document: Document) -> str:
        """File it, once. Returns its path, as `read` takes it. Raises LibraryProblem.

        The same content is the same file. Another content replaces a file that nobody has changed, where the library keeps
        what was there before; else it is the next version beside it.
        """
        checked(*document.folders, document.stem)
        storage = self.shelves[document.shelf]
        known = await self._store.files_of(document.shelf, document.series)
        putting = Putting(self._store, storage, self._clock, document, known[-1] if known else None)
        path = await putting.put()
        if putting.by_hand and self.beside is not None:
            await self.beside(Beside(document=document, path=path, by_hand=putting.by_hand, new=putting.new))
        return path

    async def read(self, path: str) -> bytes:
        """A file by its path, as `put` gave it. Raises LibraryProblem."""
        shelf, path = parted(path)
        if shelf not in self.shelves:
            raise LibraryRefused("there is no such library")
        return await self.shelves[shelf].read(path)

    async def files(self, folder: str) -> Mapping[str, bytes]:
        """Every file below a folder of the case library, by its path there. Raises LibraryProblem."""
        return await self.shelves[CASES].files(folder)
