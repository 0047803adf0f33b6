"""The stage of a play: a house on fresh data, the people of the play, and a clock that only the play moves."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import msgspec

from bot.clock import MovableClock
from bot.console.places import channel, one_to_one, who_is
from bot.dropped import read_file
from bot.library.storage import Storage
from bot.play.place import PlayChannel, Shown, text_of
from bot.play.script import Script
from bot.play.telling import Teller
from bot.settings import Settings
from bot.wiring import Assembled, assemble
from dialogs.reply import Button, Window, window_from
from dialogs.turn import OpenWindow, Press, Said, SubmitWindow, Text, Turn
from state.changes import OutboxRow, OutboxStatus
from state.snapshot import Snapshot, Wanted
from state.values import JSON, Channel, Place
from templates.answers import clean
from templates.profile import InventedPerson, Profile

TURN_TAKES = timedelta(seconds=1)
"""Turns never share an instant, so that what is ordered by time has one order."""


class Failed(Exception):
    """A step or expectation that did not hold: what was seen instead. `line` where it is not the step's own."""

    def __init__(self, seen: str, line: int = 0) -> None:
        super().__init__(seen)
        self.line = line


class Refusal(Exception):
    """The assistant refused: what it said."""


class Actor(msgspec.Struct, frozen=True):
    """Who does something, and where."""

    person: InventedPerson
    place: Place

    @property
    def conversation(self) -> str:
        """The conversation they speak in."""
        return self.place.conversation


class Stage:
    """Takes what people do through the real turn path, and remembers what came of it."""

    def __init__(self, script: Script, teller: Teller) -> None:
        self.profile: Profile = script.profile
        self.teller = teller
        self.start = script.file.start
        self.clock = MovableClock(script.file.start)
        self.channel = PlayChannel(teller.heard)
        self.people: Mapping[str, InventedPerson] = {person.id: person for person in script.profile.people}
        self.parts: Assembled
        self.library: Path
        self.open_windows: dict[str, Window] = {}
        """The window that each person has before them."""
        self.last_windows: dict[str, Window] = {}
        self._turns = 0

    async def open(self, folder: Path) -> None:
        """A fresh database with a fresh key, and an empty library, in a folder of their own."""
        self.library = folder / "library"
        # Built without reading the environment: a play is the same on every machine.
        settings = Settings.model_construct(mode="local", data=folder / "data", library=self.library)
        doors = {Channel.CONSOLE: self.channel}
        chance = random.Random(0)  # noqa: S311 - jitter, the same in every play
        shelves = self.shelves()
        self.parts = await assemble(settings, self.clock, doors, profile=self.profile, chance=chance, shelves=shelves)
        await self.parts.courier.start()

    def shelves(self) -> Mapping[str, Storage] | None:
        """The libraries, where they are not the folder that is looked at in the end."""
        return None

    def close(self) -> None:
        """Let go of the database."""
        self.parts.store.close()

    def actor(self, person: str, place: str = "") -> Actor:
        """A person of the play, one to one or in a channel."""
        who = self.people[person]
        return Actor(who, channel(place) if place else one_to_one(who))

    def alone(self, actor: Actor) -> Actor:
        """The same person in their own conversation."""
        return self.actor(actor.person.id)

    async def settle(self) -> None:
        """Send everything that is due."""
        await self.parts.house.settle()
        while await self.parts.courier.pass_once():
            pass

    async def take(self, actor: Actor, said: Said) -> JSON:
        """One turn, and everything it leads to."""
        self._turns += 1
        self.clock.move(TURN_TAKES)
        turn = Turn(id=f"play:{self._turns}", who=who_is(actor.person), place=actor.place, said=said, at=self.clock.now())
        answer = await self.parts.house.take(turn)
        await self.settle()
        return answer

    async def says(self, actor: Actor, text: str) -> None:
        """A typed message. Whoever types has closed their window."""
        self.open_windows.pop(actor.person.id, None)
        self.teller.says(actor.person.name, text)
        await self.take(actor, Text(clean(text)))

    async def press(self, actor: Actor, button: Button, inputs: Mapping[str, str], shown: Shown | None) -> None:
        """A button, with what stands in the inputs of its card."""
        card = shown.reply.card if shown else None
        self.teller.presses(actor.person.name, button.label, inputs, card.inputs if card else ())
        cleaned = {name: clean(value) for name, value in inputs.items()}
        said = Press(
            action=button.action,
            target=button.target,
            version=button.version,
            at=button.at,
            inputs=cleaned,
            card=shown.id if shown else "",
        )
        await self.take(actor, said)

    async def drop(self, actor: Actor, name: str, content: bytes) -> None:
        """A file, dropped into a conversation."""
        self.teller.say("drops", name=actor.person.name, file=name)
        await self.take(actor, read_file(name, content))

    async def open_window(self, actor: Actor, button: Button) -> Window:
        """A window that a button opens. Raises Refusal where it opens closed."""
        answer = await self.take(actor, OpenWindow(action=button.action, target=button.target, at=button.at))
        return self._window(actor, answer)

    async def submit_window(
        self, actor: Actor, window: Window, inputs: Mapping[str, str], button: Button | None = None
    ) -> Window:
        """A window's button, with what was filled in; what was left alone is not sent."""
        send = button or window.submit
        self.teller.fills_in(actor.person.name, window, inputs, send.label if send else "")
        if send is None:
            raise Refusal(text_of(window))
        cleaned = {name: clean(value) for name, value in inputs.items()}
        said = SubmitWindow(action=send.action, target=send.target, version=send.version, at=send.at, inputs=cleaned)
        return self._window(actor, await self.take(actor, said))

    def _window(self, actor: Actor, answer: JSON) -> Window:
        if answer is None:
            raise Refusal("No window came.")
        window = window_from(answer)
        self.teller.sees(actor.person.name, window)
        self.channel.windows[actor.person.id].append(text_of(window))
        self.last_windows[actor.person.id] = window
        if buttons_of(window):
            self.open_windows[actor.person.id] = window
        else:
            self.open_windows.pop(actor.person.id, None)
        return window

    async def standing(self, actor: Actor, draft: str = "") -> Snapshot:
        """What is kept about a person in a place: the draft they talk about, their drafts and their cases."""
        return await self.parts.store.read(Wanted(turn="", person=who_is(actor.person).id, place=actor.place.id, draft=draft))

    async def undelivered(self) -> list[OutboxRow]:
        """Messages and documents that did not get through. There are none unless something is broken.

        A reminder may wait for working hours, and one that nobody needs any more is not sent.
        """
        rows = await self.parts.store.ledger(limit=1000)
        fine = (OutboxStatus.SENT, OutboxStatus.PUT_OFF, OutboxStatus.DROPPED)
        return [row for row in rows if row.status not in fine]

    def newest_text(self, actor: Actor) -> str:
        """What the newest message of a conversation says, or nothing."""
        shown = self.channel.newest(actor.conversation)
        return text_of(shown.first) if shown else ""

    def buttons(self, actor: Actor) -> tuple[Button, ...]:
        """What the newest message of a conversation offers."""
        shown = self.channel.newest(actor.conversation)
        return shown.reply.card.buttons if shown and shown.reply.card else ()


def buttons_of(window: Window) -> tuple[Button, ...]:
    """Every button of a window."""
    return (*([window.submit] if window.submit else []), *window.buttons)
