"""A library with a document library of SharePoint behind it. Sharing links are never made: IT says who may open a file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from bot.doctor.finding import Finding
from bot.library.inspecting import Readers
from bot.library.storage import Begun, Columns, Gone, Item, LibraryAway, NameTaken, Sightings, checked
from bot.sharepoint.addresses import is_graph
from bot.sharepoint.calls import Calls
from bot.sharepoint.describing import Describing
from bot.sharepoint.drive import SEVERAL, Where
from bot.sharepoint.folders import Folders
from bot.sharepoint.hashes import quick_xor_hash
from bot.sharepoint.inspecting import Inspection
from bot.sharepoint.items import DriveItem, Page, below
from bot.sharepoint.looking import Look
from bot.sharepoint.readers import readers_of
from bot.sharepoint.reading import content_of
from bot.sharepoint.settings import LibraryAddress
from bot.sharepoint.upload import Upload, put_new, put_over
from templates.documents.outline import outline_of

T = TypeVar("T")
MOST_PAGES = 1_000
DEEPEST = 20


class SharePointStorage:
    """One document library. Several share one `Calls`: one client, one budget."""

    keeps_versions = True

    def __init__(self, calls: Calls, address: LibraryAddress) -> None:
        self._calls = calls
        self._where, self._folders, self._describing = Where(calls, address), Folders(calls), Describing(calls)

    async def find(self, path: str) -> Item | None:
        """The file at that path, or None."""
        try:
            found = await self._sure(lambda: self._at(path))
        except Gone:
            return None
        return found.at(path) if found.is_file else None

    async def create(self, path: str, content: bytes, *, resume: str = "", begun: Begun | None = None) -> Item:
        """Write a new file; its folders are made. Raises NameTaken, Held, LibraryAway or LibraryDenied."""
        checked(*path.split("/"))
        drive = await self._where.drive()
        await self._folders.make(drive, path.rpartition("/")[0])
        try:
            arrived = await put_new(self._calls, drive, path, Upload(content=content, resume=resume, begun=begun))
        except Gone:
            self._folders.forget()
            await self._where.must_be_there()
            raise LibraryAway("the folder went away") from None
        except NameTaken:
            if await self.find(path) is None:
                # It is being written: by an upload of ours that we lost the address of, perhaps.
                raise LibraryAway("the name is taken by nothing yet") from None
            raise
        return await self._whole(arrived, path, content)

    async def replace(self, item: Item, content: bytes, *, resume: str = "", begun: Begun | None = None) -> Item:
        """Replace a file that still has that tag. Raises Changed, Held, Gone, LibraryAway or LibraryDenied."""
        drive = await self._where.drive()
        try:
            arrived = await put_over(self._calls, drive, item, Upload(content=content, resume=resume, begun=begun))
        except Gone:
            await self._where.must_be_there()
            raise
        return await self._whole(arrived, item.path, content)

    async def read(self, path: str) -> bytes:
        """The content of a file. Raises Gone, LibraryAway or LibraryDenied."""
        return await self._sure(lambda: self._content(path))

    async def files(self, folder: str) -> Mapping[str, bytes]:
        """Every file below a folder, by its path there; none where there is no folder. Raises LibraryAway or LibraryDenied."""
        checked(folder)
        found: dict[str, bytes] = {}
        async for path in self._below(folder, "", DEEPEST):
            found[path] = await self.read(below(folder, path))
        return found

    async def describe(self, item: Item, columns: Columns) -> Item:
        """Set the columns and the retention label. Returns the file with the tag that it has afterwards."""
        drive = await self._where.drive()
        try:
            await self._describing.describe(drive, item.id, columns)
            found = await self._calls.graph(lambda requests: requests.item(drive, item.id))
        except Gone:
            return item
        return found.read(DriveItem).at(item.path)

    async def changes(self, mark: str) -> Sightings:
        """What happened since a mark. Raises LibraryAway or LibraryDenied."""
        drive = await self._where.drive()
        try:
            return await Look(self._calls, drive).since(mark)
        except Gone:
            await self._where.must_be_there()
            raise LibraryAway("the library is not where it was") from None

    async def inspect(self, *, write: bool = False, filed: str = "") -> Sequence[Finding]:
        """What `cspr doctor` says of it."""
        return await Inspection(self._calls, self._where, self).found(write=write, filed=filed)

    async def readers(self) -> Readers:
        """Who can read it, as far as it says so. Raises LibraryAway or LibraryDenied."""
        return await readers_of(self._calls, await self._where.drive())

    async def _sure(self, look: Callable[[], Awaitable[T]]) -> T:
        """Look, and once more where nothing is there: who is told so writes a file. Raises LibraryAway, or Gone."""
        try:
            return await look()
        except Gone:
            await self._where.must_be_there()
            return await look()

    async def _content(self, path: str) -> bytes:
        return await content_of(self._calls, await self._where.drive(), path)

    async def _at(self, path: str) -> DriveItem:
        drive = await self._where.drive()
        return (await self._calls.graph(lambda requests: requests.at(drive, path))).read(DriveItem)

    async def _whole(self, arrived: DriveItem, path: str, content: bytes) -> Item:
        """What arrived has to be what was sent. SharePoint may have written columns into it: then it must read the same."""
        same = arrived.size == len(content) and arrived.hash == await asyncio.to_thread(quick_xor_hash, content)
        if not same and not await asyncio.to_thread(_reads_the_same, await self.read(path), content):
            raise LibraryAway("what arrived is not what was sent")
        return arrived.at(path)

    async def _below(self, folder: str, under: str, depth: int) -> AsyncIterator[str]:
        async for one in self._children(below(folder, under) if under else folder):
            path = below(under, one.name)
            if one.is_file:
                yield path
            elif depth:
                async for further in self._below(folder, path, depth - 1):
                    yield further

    async def _children(self, folder: str) -> AsyncIterator[DriveItem]:
        """What is in a folder; nothing where there is none."""
        drive, link = await self._where.drive(), ""
        for _ in range(MOST_PAGES):
            try:
                page = await self._page(drive, folder, link)
            except Gone:
                await self._where.must_be_there()
                return
            for one in page.value:
                yield one
            link = page.next
            if not is_graph(link, self._calls.settings):
                return

    async def _page(self, drive: str, folder: str, link: str) -> Page:
        ask = self._calls.graph(lambda requests: requests.page(link) if link else requests.children(drive, folder), SEVERAL)
        return (await ask).read(Page)


def _reads_the_same(one: bytes, other: bytes) -> bool:
    return outline_of(one) == outline_of(other)
