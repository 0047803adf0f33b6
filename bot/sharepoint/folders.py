"""Folders of a library: made when something is first filed in them, by name, and never twice."""

from __future__ import annotations

from bot.library.storage import Gone, LibraryAway, NameTaken
from bot.sharepoint.budget import WRITE
from bot.sharepoint.calls import Calls
from bot.sharepoint.faults import Doing


class Folders:
    """Knows which are there, so that filing one more document in a folder is one call."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._there: set[tuple[str, str]] = set()

    async def make(self, drive: str, path: str) -> None:
        """See to it that there is a folder at that path, and all above it. Raises LibraryProblem."""
        if not path or (drive, path) in self._there:
            return
        above, _, name = path.rpartition("/")
        await self.make(drive, above)
        try:
            await self._calls.graph(lambda requests: requests.folder(drive, above, name), WRITE, Doing.CREATING)
        except NameTaken:
            pass
        except Gone:
            self.forget()
            raise LibraryAway("a folder of the library went away") from None
        self._there.add((drive, path))

    def forget(self) -> None:
        """Somebody took a folder away: look at each anew."""
        self._there.clear()
