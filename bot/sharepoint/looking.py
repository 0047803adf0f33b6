"""What happened in a library since a mark: the delta query, page by page.

Source: learn.microsoft.com/graph/api, "driveItem: delta". Items come without paths, but with the folders above them; what is
deleted comes without its name; a mark that is too old is answered with 410.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.library.storage import Gone, LibraryAway, Sighting, Sightings
from bot.sharepoint.addresses import is_graph
from bot.sharepoint.budget import WRITE
from bot.sharepoint.calls import Calls
from bot.sharepoint.faults import NotTaken, TooOld
from bot.sharepoint.items import is_folder, path_of

if TYPE_CHECKING:
    from msgraph.generated.drives.item.items.item.delta.delta_get_response import DeltaGetResponse
    from msgraph.generated.models.drive_item import DriveItem

SEVERAL = WRITE
"""Units of a call that reads many at once."""
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
        link = mark if mark and is_graph(mark, self._calls.settings) else ""
        for _ in range(MOST_PAGES):
            page = await self._page(link)
            self._seen |= {one.id: one for one in page.value or () if one.id}
            if page.odata_delta_link:
                seen = [await self._sighting(one) for one in self._seen.values() if not is_folder(one)]
                return Sightings(seen=tuple(one for one in seen if one is not None), mark=page.odata_delta_link)
            link = page.odata_next_link or ""
            if not is_graph(link, self._calls.settings):
                break
        raise LibraryAway("the library does not come to an end")

    async def _page(self, link: str) -> DeltaGetResponse:
        return await self._calls.graph(
            lambda graph: (
                graph.drives.by_drive_id(self._drive).items.by_drive_item_id("root").delta.with_url(link).get()
                if link
                else graph.drives.by_drive_id(self._drive).items.by_drive_item_id("root").delta.get()
            ),
            SEVERAL,
        )

    async def _sighting(self, found: DriveItem) -> Sighting | None:
        """The file as it is now. None where it went while we looked: the next look tells of that."""
        if found.deleted is not None:
            return Sighting(item=found.id or "", path="")
        path = await self._path(found)
        if path is None:
            return None
        by = self._by(found)
        return Sighting(item=found.id or "", path=path, tag=found.e_tag or "", size=found.size or 0, by=by)

    def _by(self, found: DriveItem) -> str:
        """Who changed it last. Guests have an account in the library's own tenant, so there is one tenant to name."""
        user = found.last_modified_by.user if found.last_modified_by is not None else None
        return f"{self._calls.settings.tenant}/{user.id}" if user is not None and user.id else ""

    async def _path(self, found: DriveItem) -> str | None:
        """By what Graph says of the folder, else by the folders above it, else by asking for the file itself."""
        if (path := path_of(found)) is not None:
            return path
        above = await self._folder(found.parent_reference.id if found.parent_reference is not None else None)
        return None if above is None else f"{above}/{found.name}".lstrip("/")

    async def _folder(self, folder: str | None, depth: int = 0) -> str | None:
        """The path of a folder by its id; empty for the root."""
        if folder is None or depth > DEEPEST:
            return None
        if folder not in self._paths:
            self._paths[folder] = await self._climbed(folder, depth)
        return self._paths[folder]

    async def _climbed(self, folder: str, depth: int) -> str | None:
        found = self._seen.get(folder) or await self._asked(folder)
        if found is None:
            return None
        if found.root is not None:
            return ""
        if (path := path_of(found)) is not None:
            return path
        above = await self._folder(found.parent_reference.id if found.parent_reference is not None else None, depth + 1)
        return None if above is None else f"{above}/{found.name}".lstrip("/")

    async def _asked(self, item: str) -> DriveItem | None:
        try:
            return await self._calls.graph(
                lambda graph: graph.drives.by_drive_id(self._drive).items.by_drive_item_id(item).get()
            )
        except Gone:
            return None
