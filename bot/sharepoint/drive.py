"""Where a library is to Graph: its drive, looked up once by its address, and again once it is not there any more."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from bot.library.storage import Gone, LibraryAway
from bot.sharepoint.addresses import is_graph
from bot.sharepoint.calls import Calls
from bot.sharepoint.settings import LibraryAddress

if TYPE_CHECKING:
    from msgraph.generated.models.drive import Drive
    from msgraph.generated.models.drive_collection_response import DriveCollectionResponse

MOST_PAGES = 100


class Where:
    """The drive of one library."""

    def __init__(self, calls: Calls, address: LibraryAddress) -> None:
        self._calls, self._address = calls, address
        self._drive = ""
        self._turn = asyncio.Lock()

    async def drive(self) -> str:
        """Its id. Raises LibraryProblem; LibraryAway where there is no such site, or no such library in it."""
        async with self._turn:
            if not self._drive:
                self._drive = await self._found()
            return self._drive

    async def still_there(self) -> bool:
        """Whether the drive is there, after something in it was not found. One that is gone is looked up anew next time."""
        drive = await self.drive()
        try:
            await self._calls.graph(lambda graph: graph.drives.by_drive_id(drive).get())
        except Gone:
            self._drive = "" if self._drive == drive else self._drive
            return False
        return True

    async def _found(self) -> str:
        try:
            site = await self._site()
            page = await self._calls.graph(lambda graph: graph.sites.by_site_id(site).drives.get())
            for _ in range(MOST_PAGES):
                if found := self._among(page):
                    return found
                link = page.odata_next_link
                if not link or not is_graph(link, self._calls.settings):
                    break
                page = await self._next(site, link)
        except Gone:
            raise LibraryAway("there is no such site") from None
        raise LibraryAway("there is no such library in the site")

    async def _site(self) -> str:
        """The site by the path of its address. Source: "Get a site resource", by server-relative URL."""
        address = self._address
        name = f"{address.host}:/{address.site}" if address.site else address.host
        found = await self._calls.graph(lambda graph: graph.sites.by_site_id(name).get())
        if not found.id:
            raise LibraryAway("the site has no id")
        return found.id

    async def _next(self, site: str, link: str) -> DriveCollectionResponse:
        return await self._calls.graph(lambda graph: graph.sites.by_site_id(site).drives.with_url(link).get())

    def _among(self, page: DriveCollectionResponse) -> str:
        """By the address that people see: a library called Documents has another name in it."""
        return next((drive.id for drive in page.value or () if drive.id and self._is(drive)), "")

    def _is(self, drive: Drive) -> bool:
        path = unquote(urlsplit(drive.web_url or "").path).strip("/").lower()
        wanted = "/".join(part for part in (self._address.site, self._address.library) if part).lower()
        return path == wanted
