"""What happened in a library since a mark: the delta query, page by page.

Source: learn.microsoft.com/graph/api, "driveItem: delta". Items come without paths, but with the folders above them; what is
deleted comes without its name; a mark that is too old is answered with 410.
"""

from __future__ import annotations

from bot.library.storage import Gone, LibraryAway, Sighting, Sightings
from bot.sharepoint.addresses import is_graph
from bot.sharepoint.calls import Calls
from bot.sharepoint.drive import SEVERAL
from bot.sharepoint.faults import NotTaken, TooOld
from bot.sharepoint.items import DriveItem, Page, below

MOST_PAGES = 1_000
DEEPEST = 50


class Look:
    """One look at one drive."""

    def __init__(self, calls: Calls, drive: str) -> None:
        self._calls, self._drive = calls, drive
        self._seen: dict[str, DriveItem] = {}
        """Each thing once, as it was told last."""
        self._paths: dict[str, str | None] = {}

    async def since(self, mark: str) -> Sightings:
        """Everything since a mark; everything there is where it is empty, too old, or not of this drive."""
        try:
            return await self._looked(mark)
        except (TooOld, NotTaken):
            self._seen.clear()
            return await self._looked("")

    async def _looked(self, mark: str) -> Sightings:
        link = mark if is_graph(mark, self._calls.settings) else ""
        whole = not link
        for _ in range(MOST_PAGES):
            page = await self._page(link)
            self._seen |= {one.id: one for one in page.value}
            if page.delta:
                return Sightings(seen=await self._sightings(), mark=page.delta, whole=whole)
            link = page.next
            if not is_graph(link, self._calls.settings):
                break
        raise LibraryAway("the library does not come to an end")

    async def _page(self, link: str) -> Page:
        drive = self._drive
        ask = self._calls.graph(lambda requests: requests.page(link) if link else requests.delta(drive), SEVERAL)
        return (await ask).read(Page)

    async def _sightings(self) -> tuple[Sighting, ...]:
        seen = [await self._sighting(one) for one in self._seen.values() if one.is_file]
        return tuple(one for one in seen if one is not None)

    async def _sighting(self, found: DriveItem) -> Sighting | None:
        """The file as it is now. None where it went while we looked: the next look tells of that."""
        if found.deleted is not None:
            return Sighting(item=found.id, path="")
        path = await self._path(found, 0)
        if path is None:
            return None
        return Sighting(item=found.id, path=path, tag=found.e_tag, size=found.size, by=self._by(found))

    def _by(self, found: DriveItem) -> str:
        """Who changed it last. Guests have an account in the library's own tenant, so there is one tenant to name."""
        user = found.last_modified_by.user if found.last_modified_by is not None else None
        return f"{self._calls.settings.tenant}/{user.id}" if user is not None and user.id else ""

    async def _path(self, found: DriveItem, depth: int) -> str | None:
        """By what Graph says of the folder, else by the folders above it. The root has none."""
        if found.root is not None:
            return ""
        if found.path is not None:
            return found.path
        above = found.parent_reference.id if found.parent_reference is not None else None
        if above is None or depth > DEEPEST:
            return None
        if above not in self._paths:
            folder = self._seen.get(above) or await self._asked(above)
            self._paths[above] = None if folder is None else await self._path(folder, depth + 1)
        folder_path = self._paths[above]
        return None if folder_path is None else below(folder_path, found.name)

    async def _asked(self, folder: str) -> DriveItem | None:
        try:
            return (await self._calls.graph(lambda requests: requests.item(self._drive, folder))).read(DriveItem)
        except Gone:
            return None
