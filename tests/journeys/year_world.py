"""A partnership in a year of work: the real house, a movable clock, a channel that notes what arrived when, and the facts."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path

import msgspec
from asked import member
from msgspec.structs import replace
from story import FakeChannel, Story, profile, text_of

from bot.chaser import pass_time
from bot.console.places import channel, who_is
from bot.doors import NotDelivered
from bot.recounting import Recounting
from bot.wiring import Assembled, assemble
from dialogs.reply import Reply, reply_from
from state.changes import Send
from state.records import PlaceRecord
from state.values import Channel, Place, utc_text

THROTTLED = NotDelivered("delivery.throttled", again_after=300.0)
BY_EMAIL = ("gp", "fire", "cafcass", "probation")
"""Organisations without a channel."""
DATES = 'SELECT "id", "case", "kind", "due", "runs_from", "met", "at_once", "owner" FROM "deadlines"'
REQUESTS = 'SELECT "id", "case", "organisation", "state", "delivery", "senior", "sent_at", "emailed_at" FROM "requests"'
NOTICES = 'SELECT "id", "case", "kind", "about", "at", "settled_at" FROM "notices"'
HANDS = 'SELECT "id", "due", "snoozed_until", "left_to", "handed_to" FROM "chases"'
CASES = 'SELECT "id", "reference", "status", "restricted" FROM "cases"'
PEOPLE = 'SELECT "case", "person", "relation" FROM "case_people"'
AWAY = 'SELECT "id", "person", "first", "last", "deputy", "ended_at" FROM "absences"'
PLACES = 'SELECT "conversation", "tied_to" FROM "places"'
DRAFTS = 'SELECT "id", "owner", "status", "touched_at" FROM "drafts" WHERE "form" = \'referral\''
TABLES = {
    "date": DATES,
    "request": REQUESTS,
    "notice": NOTICES,
    "hand": HANDS,
    "case": CASES,
    "people": PEOPLE,
    "away": AWAY,
} | {"place": PLACES, "draft": DRAFTS}


class Heard(msgspec.Struct, frozen=True):
    """Something that reached a conversation, and when."""

    at: datetime
    place: str
    send: Send
    reply: Reply
    remote: str

    @property
    def text(self) -> str:
        return f"{text_of(self.reply)}\n{self.reply.preview}"


class Fact(msgspec.Struct, frozen=True):
    """A row as it stood from a moment on. `row` is None where it is gone."""

    at: datetime
    table: str
    id: str
    row: tuple[object, ...]


class Ear(FakeChannel):
    """Notes when and where everything arrived."""

    def __init__(self, year: Year) -> None:
        super().__init__()
        self._year = year
        self.heard: list[Heard] = []

    async def deliver(self, place: Place, send: Send) -> str:
        remote = await super().deliver(place, send)
        self.heard.append(Heard(self._year.clock.now(), place.conversation, send, reply_from(send.body), remote))
        return remote


class Year(Story):
    """A story of many cases, and what was so when."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.ear = Ear(self)
        self.channel = self.ear
        self.holidays: dict[date, str] = {}
        self.proclaimed: list[tuple[datetime, date]] = []
        self.downs: list[tuple[datetime, datetime]] = []
        self.outages: list[tuple[str, datetime, datetime]] = []
        """Which conversation took nothing, from when until when."""
        self.facts: list[Fact] = []
        self.done: dict[str, int] = {}
        self.others: list[Assembled] = []
        self._known: dict[tuple[str, str], tuple[object, ...]] = {}

    async def open(self) -> Year:
        self.parts = await self._assembled()
        await self.parts.courier.start()
        await self.recount()
        return self

    async def _assembled(self) -> Assembled:
        clocks = replace(profile().clocks, extra_holidays=dict(self.holidays))
        doors = {Channel.CONSOLE: self.channel, Channel.TEAMS: self.channel}
        return await assemble(self.settings, self.clock, doors, profile=replace(profile(), clocks=clocks))

    async def side_by_side(self, number: int) -> None:
        """So many more processes on the same data."""
        self.others = [await self._assembled() for _ in range(number)]

    async def restart(self) -> None:
        """Every process ends and begins again."""
        await self._again(self.clock.now())

    async def _again(self, moment: datetime) -> None:
        number = len(self.others)
        self.close()
        self.others = []
        self.clock.set(moment)
        await self.open()
        await self.side_by_side(number)

    def close(self) -> None:
        for one in (self.parts, *self.others):
            one.store.close()

    async def settle(self) -> None:
        for one in (self.parts, *self.others):
            await one.house.settle()
        while sum(await asyncio.gather(*(one.courier.pass_once() for one in (self.parts, *self.others)))):
            pass

    async def passes(self, until: datetime) -> None:
        """Time goes by, and every process rings at once."""
        await pass_time(self, self.clock, until, self.settle)  # type: ignore[arg-type]

    async def ring(self) -> int:
        return sum(await asyncio.gather(*(one.chaser.ring() for one in (self.parts, *self.others))))

    async def next_after(self, now: datetime) -> datetime:
        """Stops also at the moments at which a message that waits is tried again."""
        known = await self.parts.chaser.next_after(now)
        query = (
            f"""SELECT min("next_at") FROM "outbox" WHERE "status" IN ('queued', 'put_off') AND "next_at" > '{utc_text(now)}'"""
        )
        with self.rows(query) as found:
            waits = found.fetchone()[0]
        return min(known, datetime.fromisoformat(waits)) if waits else known

    async def recount(self) -> int:
        """What the bell does when the days off have changed."""
        found = await Recounting(self.parts.store, self.parts.house, self.clock, self.parts.kit.profile.clocks).look()
        await self.settle()
        return found

    async def down(self, until: datetime) -> None:
        """The process is away until a moment."""
        begun = self.clock.now()
        await self._again(until)
        self.downs.append((begun, until))
        await self.settle()

    async def proclaim(self, day: date) -> None:
        """Another day off."""
        self.holidays[day] = "Test holiday"
        self.proclaimed.append((self.clock.now(), day))
        await self.restart()

    @contextmanager
    def rows(self, query: str) -> Iterator[sqlite3.Cursor]:
        with closing(sqlite3.connect(self.settings.data / "cspr.sqlite")) as database:
            yield database.execute(query)

    def look(self) -> None:
        """Note what is so now and was not before."""
        at = self.clock.now()
        for table, query in TABLES.items():
            with self.rows(query) as found:
                for row in found:
                    name = " ".join(map(str, row)) if table == "people" else str(row[0])
                    if self._known.get((table, name)) != row:
                        self._known[table, name] = row
                        self.facts.append(Fact(at, table, name, row))

    async def people_and_places(self, organisations: Sequence[str]) -> None:
        """Each organisation has a lead; most a channel. There are two coordinators and two managers."""
        known = {one.organisation for one in self.people}
        for name in organisations:
            if name not in known:
                await member(self, f"lead-{name}", name, "agency_lead")
                if name not in BY_EMAIL:
                    await member(self, f"deputy-{name}", name, "deputy")
                    place = PlaceRecord.of(channel(name))
                    await self.write(replace(place, tied_to=name, tied_by="test", confirmed_by="test"))
        for name, role in (("second-coordinator", "coordinator"), ("second-manager", "manager")):
            await member(self, name, "", role)

    def id(self, name: str) -> str:
        return who_is(next(one for one in self.people if one.id == name)).id

    def lead(self, organisation: str) -> str:
        """Who leads an organisation."""
        return next(one.id for one in self.people if one.organisation == organisation)
