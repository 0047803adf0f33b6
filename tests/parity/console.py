"""A person at the console: types lines in a terminal that all of them share, and reads what is printed."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from bot.commands.chat import settle
from bot.console.places import CHANNEL, ConsoleDeliverer
from bot.console.places import channel as channel_place
from bot.console.render import lines_of
from bot.console.session import Session
from dialogs.reply import Card, Input, InputKind, Picture, Reply
from state.records import PlaceRecord
from templates.profile import InventedPerson
from tests.parity.client import Client, Copy, Field, NotOffered, Opens, Option, Pressable, Seen, one_text
from tests.parity.world import World, profile

LINK = re.compile(r"^   (.+): (https://\S+)$", re.MULTILINE)
"""How an address is printed: a terminal makes a link of it by itself."""


class WatchedSession(Session):
    """The console's own session, which also keeps what it printed of each conversation."""

    printed: dict[str, list[Seen]]

    def show(self, _conversation: str, reply: Reply) -> None:
        """Print it, and keep what was printed."""
        super().show(_conversation, reply)
        self.printed[_conversation].append(_seen(reply))


class ConsoleSide:
    """One terminal. People take turns at it."""

    def __init__(self) -> None:
        self.printed: dict[str, list[Seen]] = defaultdict(list)
        self.world: World
        self.copies: Path
        self.tenant = profile().people[0].tenant
        self._deliverer: ConsoleDeliverer
        self._session: WatchedSession
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._waits = asyncio.Event()
        self._sitting: asyncio.Task[None] | None = None
        self._at: tuple[str, str] = ("", "")

    async def deliverer(self, world: World) -> ConsoleDeliverer:
        self.world = world
        self.copies = world.folder / "copies"
        self._deliverer = ConsoleDeliverer(self._show, self.copies, profile().words)
        return self._deliverer

    async def start(self, world: World) -> None:
        self._session = WatchedSession(
            world.parts.house,
            world.profile,
            world.clock,
            self._deliverer,
            settle=lambda: settle(world.parts),
            chaser=world.parts.chaser,
            watcher=world.parts.watcher,
            read=self._read,
            write=lambda line: None,
        )
        self._session.printed = self.printed
        self._at = ("", "")

    async def stop(self) -> None:
        if self._sitting is not None:
            await self._lines.put(None)
            await self._sitting
            self._sitting = None

    async def settle(self) -> None:
        """The console does one thing at a time."""

    async def end(self) -> None:
        """A terminal is never switched off."""

    def person(self, person: InventedPerson) -> InventedPerson:
        return person

    def tied(self, name: str) -> PlaceRecord:
        return replace(PlaceRecord.of(channel_place(name)), tied_to=name, tied_by="test", confirmed_by="test")

    def client(self, person: InventedPerson, channel: str) -> ConsoleClient:
        return ConsoleClient(self, person, channel)

    def card(self, conversation: str) -> Card | None:
        """The card in sight."""
        newest = self._deliverer.newest.get(conversation)
        return newest.card if newest else None

    async def sit_down(self, person: str, channel: str) -> None:
        """Somebody takes the keyboard and goes where they want to be."""
        if self._sitting is None:
            self._waits.clear()
            self._sitting = asyncio.create_task(self._session.run(person))
            await self._until_it_waits()
        elif self._at[0] != person or (self._at[1] and not channel):
            await self._enter(f"/as {person}")
        elif self._at == (person, channel):
            return
        if channel:
            await self._enter(f"/in {channel}")
        self._at = (person, channel)

    async def type(self, *lines: str) -> None:
        """Type lines, each once the console waits for one."""
        for line in lines:
            await self._enter(line)

    def _show(self, conversation: str, reply: Reply) -> None:
        self._session.show(conversation, reply)

    async def _enter(self, line: str) -> None:
        self._waits.clear()
        await self._lines.put(line)
        await self._until_it_waits()

    async def _until_it_waits(self) -> None:
        assert self._sitting is not None
        waits = asyncio.create_task(self._waits.wait())
        await asyncio.wait({waits, self._sitting}, return_when=asyncio.FIRST_COMPLETED)
        if self._sitting.done():
            waits.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await waits
            self._sitting.result()

    async def _read(self, _prompt: str) -> str | None:
        self._waits.set()
        return await self._lines.get()


class ConsoleClient(Client):
    """Somebody at the terminal. Only the card in sight can be pressed; there are no windows."""

    def __init__(self, side: ConsoleSide, person: InventedPerson, channel: str = "") -> None:
        super().__init__(person, channel)
        self._side = side
        self._conversation = CHANNEL + channel if channel else person.id

    def elsewhere(self, channel: str = "") -> ConsoleClient:
        return ConsoleClient(self._side, self.person, channel)

    async def arrives(self) -> None:
        if self.channel:
            raise NotOffered("its channels are there from the start")
        await self._sit_down()

    async def says(self, text: str, *, again: bool = False) -> Seen:
        if again:
            raise NotOffered("a line is typed once")
        return await self._types(text)

    async def presses(
        self, action: str, inputs: Mapping[str, str] | None = None, *, on: Seen | None = None, times: int = 1
    ) -> Seen:
        if times > 1:
            raise NotOffered("a line is typed once")
        await self._sit_down()
        card = self._side.card(self._conversation)
        shown = _pressable(card) if card else ()
        button = Seen(buttons=shown).button(action)
        if card is None or (on is not None and on.buttons != shown):
            raise NotOffered("only the card in sight can be pressed")
        self.typed(Seen(fields=tuple(_field(one) for one in card.inputs)), button, inputs)
        typed = [_typed(asked, (inputs or {}).get(asked.id)) for asked in card.inputs] if button.takes else []
        return await self._types(button.label, *typed)

    async def opens(self, action: str, *, on: Seen | None = None) -> Seen:
        await self._sit_down()
        card = self._side.card(self._conversation)
        windows = [button for button in card.buttons if button.action == action and button.window] if card else []
        assert windows, f"no card in sight has {action}"
        raise NotOffered("a terminal has no windows")

    async def sends(self, inputs: Mapping[str, str] | None = None, action: str = "") -> Seen:
        raise NotOffered("a terminal has no windows")

    async def drops(self, file: Path) -> Seen:
        return await self._types(f"/file {file}")

    async def takes(self, what: str = "", *, made: bool = False) -> Copy:
        await self._types((await self.card()).button("one_file" if made else "get_file", what).label)
        said = await self.presses("make_one_file" if made else "send_file")
        if made:
            await self._side.world.later(seconds=10)
            said = await self.newest()
        path = next(path for path in sorted(self._side.copies.iterdir()) if path.name in said)
        return Copy(path.name, path.read_bytes())

    async def messages(self) -> Sequence[Seen]:
        await self._sit_down()
        said = self._side.printed[self._conversation]
        card = self._side.card(self._conversation)
        if not said or card is None:
            return said
        return [*said[:-1], replace(said[-1], buttons=_pressable(card), fields=tuple(_field(one) for one in card.inputs))]

    async def again(self, seen: Seen) -> Seen:
        raise NotOffered("what is printed stays")

    async def thread(self, seen: Seen) -> Sequence[Seen]:
        raise NotOffered("a terminal has no threads")

    async def previews(self) -> Sequence[str]:
        raise NotOffered("a terminal shows no previews")

    async def _sit_down(self) -> None:
        await self._side.sit_down(self.person.id, self.channel)

    async def _types(self, *lines: str) -> Seen:
        await self._sit_down()
        self._side.world.moves()
        before = len(self._side.printed[self._conversation])
        await self._side.type(*lines)
        return one_text((await self.messages())[before:])


def _seen(reply: Reply) -> Seen:
    """What is printed of a reply, and what can be typed about it."""
    card = reply.card or Card()
    pictured = any(isinstance(block, Picture) and block.png for block in card.blocks)
    text = "\n".join(lines_of(reply))
    links = tuple(Opens(*found) for found in LINK.findall(text))
    fields = tuple(_field(one) for one in card.inputs)
    return Seen(text=text, buttons=_pressable(card), fields=fields, links=links, picture=pictured)


def _pressable(card: Card) -> tuple[Pressable, ...]:
    shown = (button for button in card.buttons if button.press_too or not button.window)
    return tuple(
        Pressable(button.action, button.label, takes=button.takes_inputs, carries={"target": button.target}) for button in shown
    )


def _field(asked: Input) -> Field:
    options = tuple(Option(choice.value, choice.label) for choice in asked.choices)
    return Field(id=asked.id, label=asked.label, value=asked.value, error=asked.error, options=options)


def _typed(asked: Input, value: str | None) -> str:
    """What somebody types at a field: the numbers of choices, "skip" to leave it empty, and nothing to keep what stands."""
    if value is None:
        return ""
    if not value:
        return "skip" if asked.value else ""
    if asked.kind in (InputKind.CHOICE, InputKind.CHOICES):
        ids = [choice.value for choice in asked.choices]
        chosen = value.split(",")
        if all(one in ids for one in chosen):
            return ", ".join(str(ids.index(one) + 1) for one in chosen)
    return value
