"""One document on its way into a library: under its name once, never twice, and never over what a person changed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta

from msgspec.structs import replace

from bot.library.document import Document
from bot.library.storage import Begun, Changed, Gone, Held, Item, LibraryAway, LibraryRefused, NameTaken, Storage
from state.file_records import FILED, GOING, GONE, TAKEN, Differs, FileRecord, Left
from state.snapshot import Store
from state.values import Clock, derived_id
from templates.documents.outline import FOOTER, OPEN, changed_parts, outline_of, same

log = logging.getLogger("cspr.library")
MOST_VERSIONS = 500
MOST_LOOKS = 20
"""How often it is looked again because somebody did something meanwhile. Then the file is left alone for a while."""
LONGEST_HELD = timedelta(hours=24)
"""How long a file that somebody has open or checked out is waited for. Then the next version is filed beside it."""
Outline = Mapping[str, str]


class LookAgain(Exception):
    """Somebody did something meanwhile, or a step is done: what is there now decides what is next."""


class Putting:
    """What is known is kept before each step, so that whoever comes after a crash goes on from there.

    Each step looks at the newest record and at the library, does one thing, and looks again (docs/decisions/0040).
    """

    def __init__(self, store: Store, storage: Storage, clock: Clock, document: Document, known: Sequence[FileRecord]) -> None:
        self._store, self._storage, self._clock = store, storage, clock
        self._document, self._outline = document, dict[str, str]()
        self.known = {record.number: record for record in known}
        """Every version of the document, by its number, as far as it has come."""

    async def put(self) -> FileRecord:
        """Returns the record of the file. Raises LibraryProblem, and Conflict where another process files it too."""
        self._outline = await asyncio.to_thread(outline_of, self._document.content)
        looks = 0
        while looks < MOST_LOOKS:
            before = len(self.known)
            try:
                return await self._step()
            except (LookAgain, Changed, Gone):
                looks += len(self.known) == before
        raise LibraryAway("somebody changes the file all the time")

    async def _step(self) -> FileRecord:
        newest = self._newest()
        if newest is None:
            return await self._beside(Differs())
        if newest.state == GONE:
            return await self._beside(self._still(newest.beside), replace(newest, beside=Differs()))
        there = await self._storage.find(newest.path)
        if newest.state == GOING:
            return await self._go_on(newest, there)
        if there is None:
            return await self._lost(newest)
        if newest.digest == self._document.digest:
            return newest
        return await self._rebuilt(newest, there)

    async def _lost(self, newest: FileRecord) -> FileRecord:
        """Somebody took it away, unless the library itself is not there: whoever reads in it finds out."""
        try:
            await self._storage.read(newest.path)
        except Gone:
            await self._keep(replace(newest, state=GONE))
        raise LookAgain

    def _newest(self) -> FileRecord | None:
        """The newest version that is ours."""
        ours = [record for record in self.known.values() if record.state != TAKEN]
        return max(ours, key=lambda record: record.number, default=None)

    async def _go_on(self, going: FileRecord, there: Item | None) -> FileRecord:
        """It was on its way when something went wrong: nobody knows whether it arrived."""
        if there is None:
            return await self._go_on_without(going)
        if going.over.digest and _untouched(going, there):
            return await self._replace(await self._renewed(going, there.tag), there)
        theirs = await self._outline_at(going.path)
        if same(theirs, going.outline):
            return await self._arrived(going, there)
        return await (self._met_over(going, theirs) if going.over.digest else self._met(going, theirs))

    async def _go_on_without(self, going: FileRecord) -> FileRecord:
        """Nothing is there. What was to be replaced, somebody took away; what was new, has not arrived."""
        if not going.over.digest:
            return await self._create(await self._renewed(going, ""))
        await self._keep(replace(going, state=GONE, over=Left(), upload=""))
        raise LookAgain

    async def _arrived(self, going: FileRecord, there: Item) -> FileRecord:
        """Where it is of an order before this one, this one follows it."""
        if going.digest == self._document.digest:
            return await self._filed(going, there)
        await self._keep(self._settled(going, there))
        raise LookAgain

    async def _met_over(self, going: FileRecord, theirs: Outline) -> FileRecord:
        """A person changed what was to be replaced. It is the one of ours that it is nearer to: before, or after."""
        over, ours = changed_parts(going.over.outline, theirs), changed_parts(going.outline, theirs)
        if len(ours) < len(over):
            await self._keep(replace(going, state=FILED, tag="", over=Left(), upload="", held_at=None))
        else:
            await self._keep(_as_before(going))
        raise LookAgain

    async def _met(self, going: FileRecord, theirs: Outline) -> FileRecord:
        """Something else lies under the name: ours, which a person changed meanwhile, or a file that is theirs alone."""
        by_hand = changed_parts(going.outline, theirs)
        theirs_alone = set(going.outline) <= set(by_hand)
        differs = going.beside if theirs_alone else self._differs(going, by_hand)
        return await self._beside(differs, replace(going, state=TAKEN, upload="", beside=Differs()))

    async def _rebuilt(self, newest: FileRecord, there: Item) -> FileRecord:
        """Another content: over the newest file where nobody has changed it and the library keeps it, or else beside it."""
        if not newest.digest:
            return await self._after_an_upgrade(newest, there)
        if by_hand := await self._changed_by_hand(newest, there):
            return await self._beside(self._differs(newest, by_hand))
        if not self._storage.keeps_versions:
            return await self._beside(Differs())
        over = Left(newest.digest, newest.outline)
        return await self._replace(await self._renewed(replace(newest, over=over), there.tag), there)

    async def _after_an_upgrade(self, newest: FileRecord, there: Item) -> FileRecord:
        """Filed before it was kept what was written: nobody knows whose words it has now. It stays, unless it says the same."""
        if not same(await self._outline_at(newest.path), self._outline):
            return await self._beside(Differs())
        ours = replace(newest, digest=self._document.digest, size=len(self._document.content), outline=self._outline)
        return await self._keep(self._settled(ours, there))

    async def _changed_by_hand(self, newest: FileRecord, there: Item) -> tuple[str, ...]:
        """The parts that a person changed. A library may touch a file itself: what counts is what people read in it."""
        return () if _untouched(newest, there) else changed_parts(newest.outline, await self._outline_at(newest.path))

    async def _replace(self, going: FileRecord, there: Item) -> FileRecord:
        """Over the file as it was looked at, and over no other. One that is held is waited for, and not for ever."""
        number = going.number
        try:
            begun = self._begun_of(number)
            item = await self._storage.replace(there, self._document.content, resume=going.upload, begun=begun)
        except Held:
            now = self._clock.now()
            before = await self._keep(replace(_as_before(self.known[number]), held_at=going.held_at or now))
            if before.held_at is None or now - before.held_at <= LONGEST_HELD:
                raise
        else:
            return await self._filed(self.known[number], item)
        return await self._beside(self._differs(before, (OPEN,)), replace(before, held_at=None))

    async def _beside(self, differs: Differs, *changed: FileRecord) -> FileRecord:
        """The next version, under the next number. What it has to be told of is kept before it is written."""
        number = max(self.known, default=0) + 1
        if number > MOST_VERSIONS:
            raise LibraryRefused("too many versions of one document")
        await self._keep(self._record(number, differs), *changed)
        return await self._create(self.known[number])

    async def _create(self, going: FileRecord) -> FileRecord:
        """Write a new file. Where there is one of that name, it is looked at: it may be ours."""
        number = going.number
        try:
            begun = self._begun_of(number)
            item = await self._storage.create(going.path, self._document.content, resume=going.upload, begun=begun)
        except NameTaken:
            raise LookAgain from None
        return await self._filed(self.known[number], item)

    async def _filed(self, going: FileRecord, item: Item) -> FileRecord:
        """It is there. What stands beside it in the library is said next: a crash before that only says it again."""
        return await self._keep(self._settled(going, await self._described(item, going.number)))

    async def _described(self, item: Item, number: int) -> Item:
        """With its columns. A library may write them into the file, where a person's change could pass for ours: it is read."""
        try:
            described = await self._storage.describe(item, replace(self._document.columns, version=str(number)))
        except Held:
            log.warning("a file is held: what stands beside it is said with its next version")
            return item
        ours = described.tag == item.tag or same(await self._outline_at(item.path), self._outline)
        return described if ours else replace(described, tag=item.tag)

    async def _outline_at(self, path: str) -> dict[str, str]:
        return await asyncio.to_thread(outline_of, await self._storage.read(path))

    def _settled(self, going: FileRecord, item: Item) -> FileRecord:
        found = replace(going, state=FILED, item=item.id, tag=item.tag, url=item.url, filed_at=self._clock.now())
        return replace(found, over=Left(), upload="", held_at=None, changed_at=None)

    def _differs(self, before: FileRecord, by_hand: tuple[str, ...]) -> Differs:
        """The day on which it was made stands in the footer: that is nothing new."""
        new = changed_parts(self._outline, before.outline, by_us=True)
        return Differs(before.number, by_hand, tuple(part for part in new if part != FOOTER))

    def _still(self, differs: Differs) -> Differs:
        """What is still to be told, now that another content is filed."""
        return self._differs(self.known[differs.number], differs.by_hand) if differs.number in self.known else differs

    def _begun_of(self, number: int) -> Begun:
        async def begun(address: str) -> None:
            """Keep where a large file is being written."""
            await self._keep(replace(self.known[number], upload=address))

        return begun

    async def _renewed(self, going: FileRecord, tag: str) -> FileRecord:
        """On its way with the content of this order, over the file with that tag. A place for other bytes is let go."""
        document = self._document
        if (going.state, going.digest, going.tag) == (GOING, document.digest, tag):
            return going
        made = replace(going, digest=document.digest, size=len(document.content), outline=self._outline)
        return await self._keep(replace(made, state=GOING, tag=tag, upload="", beside=self._still(going.beside)))

    def _record(self, number: int, differs: Differs) -> FileRecord:
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
            outline=self._outline,
            beside=differs,
            made_at=self._clock.now(),
        )

    async def _keep(self, record: FileRecord, *others: FileRecord) -> FileRecord:
        """In one step. Returns the first as it is kept."""
        await self._store.keep(record, *others)
        for one in (record, *others):
            self.known[one.number] = replace(one, version=one.version + 1)
        return self.known[record.number]


def _untouched(record: FileRecord, there: Item) -> bool:
    """Whether it is the file as we left it. Another file of that name may have the same mark."""
    return (record.item, record.tag) == (there.id, there.tag)


def _as_before(going: FileRecord) -> FileRecord:
    """What is known of a file that was to be replaced, and was not."""
    was = going.over
    return replace(going, state=FILED, digest=was.digest, outline=was.outline, over=Left(), upload="")
