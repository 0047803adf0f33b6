"""Folders of a library: made when something is first filed in them, by name, and never twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.library.storage import Gone, LibraryAway, NameTaken
from bot.sharepoint.addresses import at_path
from bot.sharepoint.budget import WRITE
from bot.sharepoint.calls import Calls
from bot.sharepoint.faults import Doing
from bot.sharepoint.upload import CONFLICT, FAIL

if TYPE_CHECKING:
    from msgraph.generated.models.drive_item import DriveItem


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
            await self._made(drive, above, name)
        except NameTaken:
            pass
        except Gone:
            self.forget()
            raise LibraryAway("a folder of the library went away") from None
        self._there.add((drive, path))

    def forget(self) -> None:
        """Somebody took a folder away: look at each anew."""
        self._there.clear()

    async def _made(self, drive: str, above: str, name: str) -> None:
        settings = self._calls.settings
        url = at_path(settings, drive, above, "children") if above else f"{settings.graph}/drives/{drive}/root/children"
        await self._calls.graph(
            lambda graph: graph.drives.by_drive_id("-").items.by_drive_item_id("-").children.with_url(url).post(_folder(name)),
            WRITE,
            Doing.CREATING,
        )


def _folder(name: str) -> DriveItem:
    from msgraph.generated.models.drive_item import DriveItem  # noqa: PLC0415
    from msgraph.generated.models.folder import Folder  # noqa: PLC0415

    return DriveItem(name=name, folder=Folder(), additional_data={CONFLICT: FAIL})
