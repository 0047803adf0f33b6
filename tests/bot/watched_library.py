"""A library that knows its files by ids of its own, as SharePoint does, and says what people did since it was last asked."""

from __future__ import annotations

import random

from faulty_library import FaultyLibrary, File

from bot.library.storage import Sighting, Sightings
from bot.sharepoint.faults import NotTaken


class WatchedLibrary(FaultyLibrary):
    """Nothing happens in it but what a test does. Its marks count what happened; one that it has forgotten sees everything."""

    def __init__(self) -> None:
        super().__init__(random.Random(1), keeps_versions=True)
        self.calm = True
        self.happened: list[Sighting] = []
        self.forgotten = False
        self.unreadable: set[str] = set()
        """Paths of files that SharePoint does not give, whatever is tried: such as one that it has locked away."""

    async def read(self, path: str) -> bytes:
        if path in self.unreadable:
            raise NotTaken
        return await super().read(path)

    async def changes(self, mark: str) -> Sightings:
        everything = self.forgotten or not mark
        seen = [self._seen(file) for file in self.files_there.values()] if everything else self.happened[int(mark) :]
        return Sightings(seen=tuple(seen), mark=str(len(self.happened)), whole=everything)

    def writes(self, path: str, content: bytes, by: str = "") -> None:
        """A person saves a file: a new one, or one that is there."""
        file = self.files_there.get(path) or File(self._fresh(), path, b"", 0, ours=False)
        file.content, file.tag = content, file.tag + 1
        self.files_there[path] = file
        self._happened(file, by)

    def moves(self, path: str, to: str, by: str = "") -> None:
        """A person moves or renames a file."""
        file = self.files_there.pop(path)
        file.path = to
        self.files_there[to] = file
        self._happened(file, by)

    def takes(self, path: str, by: str = "") -> None:
        """A person takes a file away."""
        self.happened.append(Sighting(item=self.files_there.pop(path).id, path="", by=by))

    def own(self) -> None:
        """What the assistant wrote itself is seen like everything else."""
        for file in self.files_there.values():
            self._happened(file, "")

    def _happened(self, file: File, by: str) -> None:
        self.happened.append(self._seen(file, by))

    def _seen(self, file: File, by: str = "") -> Sighting:
        return Sighting(item=file.id, path=file.path, tag=str(file.tag), size=len(file.content), by=by)
