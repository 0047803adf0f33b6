"""One document on its way into a library: under its name once, never twice, and never over what a person changed."""

from __future__ import annotations

from msgspec.structs import replace

from bot.library.document import Document, full
from bot.library.storage import Changed, Gone, Held, Item, LibraryRefused, NameTaken, Storage
from state.file_records import FileRecord
from state.snapshot import Store
from state.values import Clock, derived_id
from templates.documents.outline import changed_parts, outline_of

MOST_VERSIONS = 500
GOING, FILED, TAKEN, GONE = "going", "filed", "taken", "gone"


class Putting:
    """What is known is kept before each step, so that whoever comes after a crash goes on from there."""

    def __init__(self, store: Store, storage: Storage, clock: Clock, document: Document, newest: FileRecord | None) -> None:
        self._store, self._storage, self._clock = store, storage, clock
        self._document = document
        self._newest = newest
        self.by_hand: tuple[str, ...] = ()
        """Parts of the version before that a person had changed: this one was filed beside it."""
        self.new: tuple[str, ...] = ()

    async def put(self) -> str:
        """Returns its path with the shelf. Raises LibraryProblem."""
        newest = self._newest
        if newest is None:
            return await self._first_free(1)
        if newest.state == GOING:
            return await self._go_on(newest)
        there = await self._storage.find(newest.path) if newest.state == FILED else None
        if there is None:
            await self._lost(newest)
            return await self._first_free(newest.number + 1)
        if newest.digest == self._document.digest:
            return full(newest)
        return await self._rebuilt(newest, there)

    async def _lost(self, newest: FileRecord) -> None:
        if newest.state == FILED:
            await self._keep(replace(newest, state=GONE))

    async def _first_free(self, number: int) -> str:
        """Under the first number that nobody has taken. A file that says the same already is taken for ours."""
        for one in range(number, number + MOST_VERSIONS):
            path = await self._create(await self._keep(self._record(one)))
            if path:
                return path
        raise LibraryRefused("too many versions of one document")

    async def _create(self, record: FileRecord) -> str:
        """Write a new file, or find it written. Nothing where the name is somebody else's."""
        try:
            item = await self._storage.create(record.path, self._document.content, resume=record.upload, begun=self._begun)
        except NameTaken:
            there = await self._storage.find(record.path)
            if there is None or not await self._says_the_same(record.path):
                await self._keep(replace(self._at_hand, state=TAKEN, upload=""))
                return ""
            item = there
        return await self._filed(item)

    async def _go_on(self, newest: FileRecord) -> str:
        """It was on its way when something went wrong: nobody knows whether it arrived."""
        same = newest.digest == self._document.digest
        record = newest if same else await self._keep(self._renewed(newest))
        self._at_hand = record
        there = await self._storage.find(record.path)
        if there is None:
            return await self._create(record) or await self._first_free(record.number + 1)
        if await self._says_the_same(record.path):
            return await self._filed(there)
        if there.tag == record.tag:
            return await self._replace(record, there)
        return await self._first_free(record.number + 1)

    async def _rebuilt(self, newest: FileRecord, there: Item) -> str:
        """Another content: over the newest file where nobody has changed it and the library keeps it, or else beside it."""
        self.by_hand = await self._changed_by_hand(newest, there)
        if self.by_hand:
            self.new = changed_parts(newest.outline, outline_of(self._document.content))
        elif self._storage.keeps_versions:
            return await self._replace(await self._keep(replace(self._renewed(newest), tag=there.tag)), there)
        return await self._first_free(newest.number + 1)

    async def _replace(self, record: FileRecord, there: Item) -> str:
        self._at_hand = record
        try:
            item = await self._storage.replace(there, self._document.content, resume=record.upload, begun=self._begun)
        except (Changed, Gone):
            return await self._first_free(record.number + 1)
        except Held:
            await self._put_back()
            raise
        return await self._filed(item)

    async def _put_back(self) -> None:
        """Nothing was written: what is known of the file is what was known before."""
        if self._newest is not None and self._newest.state == FILED:
            await self._keep(replace(self._newest, version=self._at_hand.version))

    async def _changed_by_hand(self, newest: FileRecord, there: Item) -> tuple[str, ...]:
        """The parts that a person changed. A library may touch a file itself: what counts is what people read in it."""
        if there.tag == newest.tag:
            return ()
        return changed_parts(newest.outline, outline_of(await self._storage.read(newest.path)))

    async def _says_the_same(self, path: str) -> bool:
        content, ours = await self._storage.read(path), self._document.content
        return content == ours or outline_of(content) == outline_of(ours)

    async def _filed(self, item: Item) -> str:
        """It is there. What stands beside it is said last: a crash before that only says it again."""
        now, outline = self._clock.now(), outline_of(self._document.content)
        item = await self._storage.describe(item, self._document.columns)
        record = await self._keep(
            replace(
                self._at_hand,
                state=FILED,
                item=item.id,
                tag=item.tag,
                url=item.url,
                outline=outline,
                upload="",
                filed_at=now,
                changed_at=None,
            )
        )
        return full(record)

    async def _begun(self, address: str) -> None:
        """Keep where a large file is being written."""
        await self._keep(replace(self._at_hand, upload=address))

    def _renewed(self, newest: FileRecord) -> FileRecord:
        content = self._document.content
        return replace(newest, digest=self._document.digest, size=len(content), state=GOING, upload="")

    def _record(self, number: int) -> FileRecord:
        document = self._document
        return FileRecord(
            id=derived_id(document.shelf, document.path(number)),
            shelf=document.shelf,
            series=document.series,
            number=number,
            path=document.path(number),
            case=document.case,
            what=document.what,
            digest=document.digest,
            size=len(document.content),
            made_at=self._clock.now(),
        )

    async def _keep(self, record: FileRecord) -> FileRecord:
        await self._store.keep(record)
        self._at_hand = replace(record, version=record.version + 1)
        return self._at_hand
