"""A world for a journey: the real house on a folder of its own, and the invented people in the channels that it has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from libraries import Addressed, printer
from msgspec.structs import replace

from bot.chaser import pass_time
from bot.clock import MovableClock
from bot.console.places import channel, one_to_one, who_is
from bot.doors import Deliverer
from bot.library.storage import Storage
from bot.settings import Settings
from bot.wiring import Assembled, assemble
from state.changes import Changes
from state.records import PlaceRecord, Record
from state.snapshot import Wanted
from state.values import Channel
from templates.profile import InventedPerson, Profile, load_profile, profile_folder
from tests.parity.client import Client

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TIED = ("coordinators", "police", "test-hospital-trust")
_profile: list[Profile] = []


def profile() -> Profile:
    """The profile, loaded once for all tests."""
    if not _profile:
        _profile.append(load_profile(profile_folder("north-somerset")))
    return _profile[0]


class Side(Protocol):
    """One kind of channel in a world: its door, and the people and conversations it has."""

    tenant: str
    """The tenant or workspace that its people are of."""

    async def deliverer(self, world: World) -> Deliverer:
        """What the courier sends through. Made before the house is."""
        ...

    async def start(self, world: World) -> None:
        """The house is there: open the door. Called again after a restart."""
        ...

    async def settle(self) -> None:
        """Wait for what the door does after it has answered."""
        ...

    async def stop(self) -> None:
        """Close it: the assistant ends, and the channel goes on."""
        ...

    async def end(self) -> None:
        """The channel itself ends."""
        ...

    def person(self, person: InventedPerson) -> InventedPerson:
        """Somebody with the ids they have in this channel."""
        ...

    def tied(self, name: str) -> PlaceRecord:
        """The place of a channel that was given to an organisation."""
        ...

    def client(self, person: InventedPerson, channel: str) -> Client:
        """Somebody in their own conversation, or in a channel."""
        ...


class World:
    """The house and its channels. The first of them is the one that the journey is about."""

    def __init__(self, folder: Path, sides: Mapping[Channel, Side]) -> None:
        self.folder = folder
        self.sides = sides
        self.kind = next(iter(sides))
        tenants = ",".join(side.tenant for side in sides.values())
        self.settings = Settings(mode="local", data=folder / "data", library=folder / "library", tenants=tenants)
        self.shelves: Mapping[str, Storage] | None = None
        """Other libraries than a folder, from the next start on."""
        self.clock = MovableClock(START)
        self.parts: Assembled
        self._own: dict[str, InventedPerson] = {}
        self._more: list[InventedPerson] = []
        self._writes = 0

    @property
    def profile(self) -> Profile:
        """The profile, with its people as the first channel knows them."""
        return replace(profile(), people=tuple(self._own.values()))

    async def open(self) -> World:
        """Start the house and every door."""
        doors = {kind: await side.deliverer(self) for kind, side in self.sides.items()}
        self._own = {person.id: self.sides[self.kind].person(person) for person in profile().people}
        self.parts = await assemble(self.settings, self.clock, doors, profile=self.profile, shelves=self.shelves)
        await self.parts.courier.start()
        if Channel.CONSOLE not in self.sides:
            await self._without_a_console()
        for side in self.sides.values():
            await side.start(self)
        return self

    async def _without_a_console(self) -> None:
        """Local mode begins with a console for everybody. Where there is none, nobody is to be found there."""
        seeded = [one_to_one(person).id for person in profile().people] + [channel(name).id for name in TIED]
        for place in seeded:
            kept = (await self.parts.store.read(Wanted(turn="", person="", place=place))).place
            if kept is not None and (kept.person or kept.tied_to):
                await self.write(replace(kept, person="", tied_to="", confirmed_by=""))

    async def close(self) -> None:
        """End everything."""
        for side in self.sides.values():
            await side.stop()
        await self.parts.house.settle()
        self.parts.store.close()

    async def restart(self) -> None:
        """The process ends and begins again on the same data."""
        await self.close()
        await self.open()

    async def shelved(self) -> None:
        """The case library is one whose files have addresses, and something stands in for LibreOffice."""
        self.shelves = {"": Addressed(self.folder / "cases")}
        self.settings = self.settings.model_copy(update={"office": printer(self.folder)})
        await self.restart()

    def client(self, person: str, channel: str = "", *, kind: Channel | None = None) -> Client:
        """One of the invented people in their own conversation, or in a channel."""
        side = self.sides[kind or self.kind]
        known = next(one for one in (*profile().people, *self._more) if one.id == person)
        return side.client(side.person(known), channel)

    def know(self, *people: InventedPerson) -> None:
        """People more than those of the profile. Nobody gave them anything yet."""
        self._more += people

    async def settle(self) -> None:
        """Send everything that there is to send, and wait for what a door does meanwhile."""
        await self.parts.house.settle()
        for side in self.sides.values():
            await side.settle()
        while await self.parts.courier.pass_once():
            pass

    def moves(self) -> None:
        """Nobody does two things at one moment."""
        self.clock.move(timedelta(seconds=5))

    async def later(self, **span: float) -> None:
        """Time goes by, and what is due on the way is said and sent."""
        await pass_time(self.parts.chaser, self.clock, self.clock.now() + timedelta(**span), self.settle)

    async def write(self, *records: Record) -> None:
        """Rows that a journey begins with."""
        self._writes += 1
        turn = f"written-{self._writes}"
        await self.parts.store.commit(turn, turn, self.clock.now(), Changes(puts=records))

    async def tie(self, *names: str, kind: Channel | None = None) -> None:
        """Channels that were given to the coordinators and to organisations before the journey begins."""
        for name in names:
            made = self.sides[kind or self.kind].tied(name)
            kept = (await self.parts.store.read(Wanted(turn="", person="", place=made.id))).place
            await self.write(replace(made, version=kept.version if kept else 0))

    def id_of(self, person: str) -> str:
        """The id of an invented person in the database."""
        return who_is(self._own[person]).id
