"""A console whose lines come from a list, or are made as it goes on, and whose print-out is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.clock import MovableClock
from bot.commands.chat import settle
from bot.console.places import ConsoleDeliverer
from bot.console.session import Session
from bot.settings import Settings
from bot.wiring import Assembled, assemble, profile_of
from dialogs.reply import Card, Reply
from state.snapshot import Wanted
from state.values import Channel
from templates.wording import load_words


class Sitting:
    """A console whose lines come from a list and whose print-out is kept."""

    def __init__(self, parts: Assembled, clock: MovableClock, settings: Settings, deliverer: ConsoleDeliverer) -> None:
        self.parts = parts
        self.out: list[str] = []
        self.prompts: list[str] = []
        self.deliverer = deliverer
        self._lines: Iterator[str] = iter(())
        self.session = Session(
            parts.house,
            profile_of(settings),
            clock,
            deliverer,
            settle=lambda: settle(parts),
            chaser=parts.chaser,
            watcher=parts.watcher,
            read=self._read,
            write=self.out.append,
        )

    async def _read(self, prompt: str) -> str | None:
        self.prompts.append(prompt)
        return next(self._lines, None)

    async def talk(self, *lines: str, person: str = "practitioner") -> str:
        return await self.follow(iter(lines), person)

    async def follow(self, lines: Iterator[str], person: str = "practitioner") -> str:
        """Lines that are made while the sitting goes on: whoever makes them looks at the newest card."""
        self._lines = lines
        self.out.clear()
        await self.session.run(person)
        return "\n".join(self.out)

    def card(self) -> Card:
        """The newest card in the conversation at hand."""
        newest = self.deliverer.newest[self.deliverer.current].card
        assert newest is not None, "\n".join(self.out[-20:])
        return newest

    async def kept(self) -> dict[str, object]:
        """The answers of the newest draft of the practitioner."""
        owner = self.parts.kit.profile.people[0]
        known = await self.parts.store.read(Wanted(turn="", person=f"{owner.tenant}/{owner.object}", place="", mine=True))
        draft = known.my_drafts[0].id
        found = await self.parts.store.read(Wanted(turn="", person="", place="", draft=draft))
        return {path: answer.value for path, answer in found.answers.items()}


@asynccontextmanager
async def sitting_in(folder: Path) -> AsyncIterator[Sitting]:
    """A console on fresh data."""
    settings = Settings(mode="local", data=folder / "data", library=folder / "library")
    clock = MovableClock()
    shown: list[Sitting] = []

    def show(conversation: str, reply: Reply) -> None:
        shown[0].session.show(conversation, reply)

    deliverer = ConsoleDeliverer(show, folder / "copies", load_words())
    parts = await assemble(settings, clock, {Channel.CONSOLE: deliverer})
    shown.append(Sitting(parts, clock, settings, deliverer))
    yield shown[0]
    parts.store.close()
