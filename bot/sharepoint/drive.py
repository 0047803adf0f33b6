"""Where a library is to Graph: its drive, looked up once by its address, and again once it is not there any more."""

from __future__ import annotations

import asyncio
from urllib.parse import unquote, urlsplit

from bot.library.storage import Gone, LibraryAway
from bot.sharepoint.addresses import is_graph
from bot.sharepoint.budget import READ
from bot.sharepoint.calls import Calls
from bot.sharepoint.items import Drive, DrivePage, Site, below
from bot.sharepoint.settings import LibraryAddress

MOST_PAGES = 100
SEVERAL = 2 * READ
"""Units of a call that reads many at once."""


class Where:
    """The drive of one library."""

    def __init__(self, calls: Calls, address: LibraryAddress) -> None:
        self._calls, self.address = calls, address
        self._drive = ""
        self._turn = asyncio.Lock()

    async def drive(self) -> str:
        """Its id. Raises LibraryProblem; LibraryAway where there is no such site, or no such library in it."""
        async with self._turn:
            if not self._drive:
                self._drive = await self._found()
            return self._drive

    async def must_be_there(self) -> None:
        """Something in it was not found: raises LibraryAway where that is because the drive itself is gone.

        It is looked up anew next time.
        """
        drive = await self.drive()
        try:
            await self._calls.graph(lambda requests: requests.drive(drive))
        except Gone:
            self._drive = "" if self._drive == drive else self._drive
            raise LibraryAway("the library is not where it was") from None

    async def _found(self) -> str:
        address = self.address
        name = f"{address.host}:/{address.site}" if address.site else address.host
        try:
            site = (await self._calls.graph(lambda requests: requests.site(name))).read(Site).id
            return await self._among(site)
        except Gone:
            raise LibraryAway("there is no such site") from None

    async def _among(self, site: str) -> str:
        """By the address that people see: a library called Documents has another name in it."""
        link = ""
        for _ in range(MOST_PAGES):
            page = await self._page(site, link)
            if found := next((drive.id for drive in page.value if self._is(drive)), ""):
                return found
            link = page.next
            if not is_graph(link, self._calls.settings):
                break
        raise LibraryAway("there is no such library in the site")

    async def _page(self, site: str, link: str) -> DrivePage:
        ask = self._calls.graph(lambda requests: requests.page(link) if link else requests.drives(site), SEVERAL)
        return (await ask).read(DrivePage)

    def _is(self, drive: Drive) -> bool:
        path = unquote(urlsplit(drive.web_url).path).strip("/")
        return path.lower() == below(self.address.site, self.address.library).lower()
