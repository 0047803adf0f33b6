"""One sitting at the console: lines in, turns to the house, replies out."""

from __future__ import annotations

import asyncio
import re
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.chaser import Chaser, Watching, pass_time
from bot.clock import MovableClock
from bot.console.places import CHANNEL, ConsoleDeliverer, channel, one_to_one, who_is
from bot.console.render import input_lines, lines_of
from bot.dropped import FormReader
from bot.house import TheHouse
from bot.moments import Moved
from dialogs.asking.moves import move
from dialogs.reply import Button, Card, Input, InputKind, Reply
from dialogs.turn import Installed, Press, Said, Text, Turn
from state.values import Place
from templates.answers import clean
from templates.days import moment_text
from templates.profile import InventedPerson, Profile

Read = Callable[[str], Awaitable[str | None]]
"""Reads a line after a prompt; None at the end of input."""


class Session:
    """Who speaks, where, and the card they are looking at."""

    def __init__(
        self,
        house: TheHouse,
        profile: Profile,
        clock: MovableClock,
        deliverer: ConsoleDeliverer,
        *,
        settle: Callable[[], Awaitable[None]],
        chaser: Chaser,
        watcher: Watching,
        read: Read,
        write: Callable[[str], None],
    ) -> None:
        self._house = house
        self._profile = profile
        self._forms = FormReader(profile.folder)
        self._clock = clock
        self._deliverer = deliverer
        self._settle = settle
        self._chaser = chaser
        self._watcher = watcher
        self._read = read
        self._write = write
        self._people = {person.id: person for person in profile.people}
        self._me: InventedPerson = profile.people[0]
        self._place: Place = one_to_one(self._me)

    def say(self, key: str, **values: object) -> None:
        """Print a sentence of the console's own words."""
        self._write(self._profile.words.say(f"console.{key}", **values))

    async def run(self, person: str) -> None:
        """Talk until the end of input or /quit."""
        self._become(person)
        self.say("hello")
        await self._take(Installed())
        while (line := await self._read(f"{self._me.id}> ")) is not None:
            if line.strip() in ("/quit", "/exit"):
                break
            await self._line(line)
        self.say("bye")

    async def _line(self, line: str) -> None:
        if line.startswith("/"):
            return await self._command(line)
        card = self._card()
        if not line.strip() and card is not None:
            return await self._fill_in(card)
        return await self._say(line, card)

    async def _say(self, line: str, card: Card | None) -> None:
        button = _button(card, line)
        if button is not None and card is not None:
            return await self._push(card, button)
        return await self._take(Text(clean(line)))

    async def _push(self, card: Card, button: Button) -> None:
        if button.takes_inputs and card.inputs:
            return await self._fill_in(card, button)
        return await self._press(button, {})

    async def _fill_in(self, card: Card, button: Button | None = None) -> None:
        """Ask for each input of a card in turn, then press its first button that takes them."""
        button = button or next((b for b in card.buttons if b.takes_inputs), None)
        if button is None:
            return self.say("buttons", labels=", ".join(b.label for b in card.buttons))
        filled: dict[str, str] = {}
        for asked in card.inputs:
            value = await self._one_input(asked)
            if value is None:
                return None
            if leaving := self._leaves(card, value):
                if filled:
                    await self._press(button, filled)
                return await self._say(value, card) if leaving == "move" else await self._line(value)
            if move(value, self._profile.phrases) == "skip":
                filled[asked.id] = ""
            elif value.strip() or asked.value:
                filled[asked.id] = _chosen(asked, value) if value.strip() else asked.value
        return await self._press(button, filled)

    async def _one_input(self, asked: Input) -> str | None:
        for line in input_lines(asked):
            self._write(line)
        kept = f" [{asked.value}]" if asked.value else ""
        return await self._read(f"   {asked.label}{kept}: ")

    def _leaves(self, card: Card, value: str) -> str:
        """Whether a line typed at an input is a move or a command rather than a value."""
        if value.startswith("/"):
            return "command"
        said = move(value, self._profile.phrases)
        if said == "confirm" and not any(button.action == "confirm" for button in card.buttons):
            return ""
        known = said and said not in ("yes", "no", "none", "skip")
        return "move" if known or _button(card, value) is not None else ""

    async def _press(self, button: Button, inputs: dict[str, str]) -> None:
        await self._take(
            Press(
                action=button.action,
                target=button.target,
                version=button.version,
                at=button.at,
                inputs={path: clean(value) for path, value in inputs.items()},
            )
        )

    async def _take(self, said: Said) -> None:
        turn = Turn(id=f"console:{uuid.uuid4().hex}", who=who_is(self._me), place=self._place, said=said, at=self._clock.now())
        await self._house.take(turn)
        await self._settle()

    def _card(self) -> Card | None:
        newest = self._deliverer.newest.get(self._place.conversation)
        return newest.card if newest else None

    async def _command(self, line: str) -> None:
        name, _, rest = line.partition(" ")
        rest = rest.strip()
        if name == "/as":
            self._become(rest)
            self._show_inbox_of(self._place.conversation)
        elif name == "/in":
            self._go(rest)
        elif name == "/inbox":
            self._show_inbox()
        elif name == "/clock":
            await self._move(rest)
        elif name == "/file":
            await self._drop(Path(rest))
        else:
            self.say("help")

    async def _drop(self, path: Path) -> None:
        """Drop a file into the conversation, as somebody would in Teams."""
        try:
            content = await asyncio.to_thread(path.read_bytes)
        except OSError:
            return self.say("file_unread")
        return await self._take(await self._forms.taken(path.name, content))

    def _become(self, person: str) -> None:
        if person not in self._people:
            return self.say("nobody", id=person, ids=", ".join(self._people))
        self._me = self._people[person]
        self._place = one_to_one(self._me)
        self._deliverer.current = self._place.conversation
        return self.say("now_as", name=self._me.name)

    def _go(self, name: str) -> None:
        self._place = channel(name) if name else one_to_one(self._me)
        self._deliverer.current = self._place.conversation
        if name:
            self.say("now_in", place=name)
        else:
            self.say("now_alone")
        self._show_inbox_of(self._place.conversation)

    def _show_inbox_of(self, conversation: str) -> None:
        for reply in self._deliverer.inbox.pop(conversation, []):
            self.show(conversation, reply)

    def _show_inbox(self) -> None:
        waiting = self._deliverer.take_inbox()
        if not waiting:
            self.say("inbox_empty")
        for conversation, replies in waiting.items():
            self.say("to", name=conversation.removeprefix(CHANNEL))
            for reply in replies:
                self.show(conversation, reply)

    def show(self, _conversation: str, reply: Reply) -> None:
        """Print one reply."""
        self._write("")
        for line in lines_of(reply):
            self._write(line)

    async def _move(self, step: str) -> None:
        """Move the clock, and say what falls due on the way. Back it goes as well, and then nothing is said."""
        if step:
            moved = Moved.read(step)
            if moved is None:
                return self.say("clock_wrong")
            until = moved.after(self._clock.now())
            if until < self._clock.now():
                self._clock.set(until)
            else:
                await pass_time(self._chaser, self._clock, until, self._settle, self._watcher)
        return self.say("clock", moment=moment_text(self._clock.now()))


def _button(card: Card | None, line: str) -> Button | None:
    """The button whose words were typed, whole."""
    wanted = line.strip().casefold()
    buttons = card.buttons if card else ()
    return next((button for button in buttons if button.label.casefold() == wanted and _works(button)), None)


def _works(button: Button) -> bool:
    """There are no windows in a terminal: what opens one can only be pressed where it says something too."""
    return button.press_too or not button.window


def _chosen(asked: Input, value: str) -> str:
    """A choice by number, or several, as the ids a card would send."""
    if asked.kind not in (InputKind.CHOICE, InputKind.CHOICES):
        return value
    ids = [choice.value for choice in asked.choices]
    parts = re.split(r"[,\s]+|and", value.strip())
    numbers = [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 4]
    if len(numbers) == len([part for part in parts if part]) and all(0 < n <= len(ids) for n in numbers):
        return ",".join(ids[n - 1] for n in numbers)
    labels = {choice.label.casefold(): choice.value for choice in asked.choices}
    return labels.get(value.strip().casefold(), value)
