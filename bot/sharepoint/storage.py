"""A library with a document library of SharePoint behind it. Sharing links are never made: IT says who may open a file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot.doctor.finding import Finding
from bot.library.inspecting import Readers
from bot.library.storage import Begun, Columns, Gone, Item, LibraryAway, Sightings, checked
from bot.sharepoint.addresses import at_path, is_graph
from bot.sharepoint.calls import Calls
from bot.sharepoint.describing import Describing
from bot.sharepoint.drive import Where
from bot.sharepoint.faults import Doing
from bot.sharepoint.folders import Folders
from bot.sharepoint.inspecting import Inspection
from bot.sharepoint.items import is_folder, item_of
from bot.sharepoint.looking import SEVERAL, Look
from bot.sharepoint.readers import readers_of
from bot.sharepoint.reading import Reading
from bot.sharepoint.settings import LibraryAddress
from bot.sharepoint.upload import Arrived, Target, Uploads
from templates.documents.outline import outline_of

if TYPE_CHECKING:
    from msgraph.generated.models.drive_item import DriveItem
    from msgraph.generated.models.drive_item_collection_response import DriveItemCollectionResponse

MOST_PAGES = 1_000
DEEPEST = 20


class SharePointStorage:
    """One document library. Several share one `Calls`: one client, one budget."""

    keeps_versions = True

    def __init__(self, calls: Calls, address: LibraryAddress) -> None:
        self._calls = calls
        self.where = Where(calls, address)
        self._folders, self._uploads = Folders(calls), Uploads(calls)
        self._describing, self._reading = Describing(calls), Reading(calls)

    async def find(self, path: str) -> Item | None:
        """The file at that path, or None."""
        found = await self._at(path)
        return None if found is None or is_folder(found) else item_of(found, path)

    async def create(self, path: str, content: bytes, *, resume: str = "", begun: Begun | None = None) -> Item:
        """Write a new file; its folders are made. Raises NameTaken, Held, LibraryAway or LibraryDenied."""
        checked(*path.split("/"))
        drive, folder = await self.where.drive(), path.rpartition("/")[0]
        await self._folders.make(drive, folder)
        target = Target(at_path(self._calls.settings, drive, path), Doing.CREATING)
        try:
            arrived = await self._uploads.put(target, content, resume, begun)
        except Gone:
            self._folders.forget()
            await self.where.still_there()
            raise LibraryAway("the folder went away") from None
        return await self._checked(arrived, path, content)

    async def replace(self, item: Item, content: bytes, *, resume: str = "", begun: Begun | None = None) -> Item:
        """Replace a file that still has that tag. Raises Changed, Held, Gone, LibraryAway or LibraryDenied."""
        drive = await self.where.drive()
        target = Target(f"{self._calls.settings.graph}/drives/{drive}/items/{item.id}", Doing.REPLACING, item.tag)
        arrived = await self._uploads.put(target, content, resume, begun)
        return await self._checked(arrived, item.path, content)

    async def read(self, path: str) -> bytes:
        """The content of a file. Raises Gone, LibraryAway or LibraryDenied."""
        drive = await self.where.drive()
        try:
            return await self._reading.read(at_path(self._calls.settings, drive, path, "content"))
        except Gone:
            await self._must_be_there()
            raise

    async def files(self, folder: str) -> Mapping[str, bytes]:
        """Every file below a folder, by its path there; none where there is no folder. Raises LibraryAway or LibraryDenied."""
        checked(folder)
        found = {path: await self.read(f"{folder}/{path}") async for path in self._below(folder, "", DEEPEST)}
        if not found:
            await self._must_be_there()
        return found

    async def describe(self, item: Item, columns: Columns) -> Item:
        """Set the columns and the retention label. Returns the file with the tag that it has afterwards."""
        drive = await self.where.drive()
        try:
            await self._describing.describe(drive, item, columns)
            found = await self._calls.graph(lambda graph: graph.drives.by_drive_id(drive).items.by_drive_item_id(item.id).get())
        except Gone:
            return item
        return item_of(found, item.path)

    async def changes(self, mark: str) -> Sightings:
        """What happened since a mark. Raises LibraryAway or LibraryDenied."""
        drive = await self.where.drive()
        try:
            return await Look(self._calls, drive).since(mark)
        except Gone:
            await self.where.still_there()
            raise LibraryAway("the library is not where it was") from None

    async def inspect(self, *, write: bool = False, filed: str = "") -> Sequence[Finding]:
        """What `cspr doctor` says of it."""
        return await Inspection(self._calls, self.where, self).found(write=write, filed=filed)

    async def readers(self) -> Readers:
        """Who can read it, as far as it says so. Raises LibraryAway or LibraryDenied."""
        return await readers_of(self._calls, await self.where.drive())

    async def _checked(self, arrived: Arrived, path: str, content: bytes) -> Item:
        """What arrived has to be what was sent. SharePoint may have written its columns into it: then it must read the same."""
        if not await arrived.whole(content) and outline_of(await self.read(path)) != outline_of(content):
            raise LibraryAway("what arrived is not what was sent")
        return Item(id=arrived.id, path=path, tag=arrived.tag, size=arrived.size, url=arrived.url)

    async def _at(self, path: str) -> DriveItem | None:
        """What is at a path. That nothing is there is believed the second time only, and while the library itself is there:
        whoever is told so writes a file."""
        for _ in range(2):
            url = at_path(self._calls.settings, await self.where.drive(), path)
            try:
                return await self._item(url)
            except Gone:
                await self._must_be_there()
        return None

    async def _item(self, url: str) -> DriveItem:
        return await self._calls.graph(
            lambda graph: graph.drives.by_drive_id("-").items.by_drive_item_id("-").with_url(url).get()
        )

    async def _must_be_there(self) -> None:
        if not await self.where.still_there():
            raise LibraryAway("the library is not where it was")

    async def _below(self, folder: str, under: str, depth: int) -> AsyncIterator[str]:
        async for one in self._children(f"{folder}/{under}".rstrip("/")):
            path = f"{under}/{one.name}".lstrip("/")
            if not is_folder(one):
                yield path
            elif depth:
                async for further in self._below(folder, path, depth - 1):
                    yield further

    async def _children(self, folder: str) -> AsyncIterator[DriveItem]:
        link = at_path(self._calls.settings, await self.where.drive(), folder, "children")
        for _ in range(MOST_PAGES):
            try:
                page = await self._page(link)
            except Gone:
                return
            for one in page.value or ():
                yield one
            link = page.odata_next_link or ""
            if not is_graph(link, self._calls.settings):
                return

    async def _page(self, link: str) -> DriveItemCollectionResponse:
        def ask(graph: Any) -> Awaitable[DriveItemCollectionResponse | None]:
            found: Callable[[], Awaitable[DriveItemCollectionResponse | None]]
            found = graph.drives.by_drive_id("-").items.by_drive_item_id("-").children.with_url(link).get
            return found()

        return await self._calls.graph(ask, SEVERAL)
