"""A house that asks one question back, so that the door, the Playground and its page are tried before any dialog is."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import yaml
from form_reader import forms
from playground import CONFIG, Playground, playground

from bot.http import application, listen, pooled_session
from bot.teams.deliver import TeamsDeliverer
from bot.teams.door import teams_door
from bot.teams.settings import TeamsSettings
from dialogs.reply import Button, Card, Choice, Facts, Input, InputKind, Paragraph, Reply, as_json
from dialogs.turn import Installed, Press, Text, Turn
from state.changes import Kind, Send
from state.values import JSON
from templates.wording import load_words


class MachineClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class EchoHouse:
    """Answers a message with a card that asks for two things, and a pressed button with what was in it."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.deliverer: TeamsDeliverer | None = None

    async def take(self, turn: Turn) -> JSON:
        first = turn.id not in {known.id for known in self.turns}
        self.turns.append(turn)
        if first:
            await self._answer(turn)
        return None

    async def _answer(self, turn: Turn) -> None:
        match turn.said:
            case Text(text=text):
                await self._send(turn, Kind.REPLY, _question(text))
            case Press(inputs=inputs, card=card):
                told = tuple(sorted(inputs.items()))
                await self._send(turn, Kind.UPDATE, Reply(card=Card(title="Answered")), card)
                await self._send(turn, Kind.REPLY, Reply(card=Card(title="What you said", blocks=(Facts(told),))))
            case Installed():
                await self._send(turn, Kind.REPLY, Reply(text="Hello. I help with safeguarding practice reviews."))

    async def _send(self, turn: Turn, kind: Kind, reply: Reply, replaces: str = "") -> None:
        assert self.deliverer is not None
        row = Send(kind=kind, lane=turn.place.id, place=turn.place.id, body=as_json(reply), replaces=replaces)
        await self.deliverer.deliver(turn.place, row)


def _question(text: str) -> Reply:
    choices = (Choice("yes", "Yes"), Choice("no", "No"))
    fields = (
        Input(
            id="name", label="What is the child's name?", required=True, required_error="Please give a name.", hint="In full."
        ),
        Input(id="died", label="Has the child died?", kind=InputKind.CHOICE, choices=choices),
    )
    answer = Button(action="answer", label="Save the answer", target="draft-1", version=1, primary=True, takes_inputs=True)
    window = Button(action="window", label="Open as a window", window=True)
    said = Paragraph(f"You said: {text}")
    return Reply(card=Card(title="A question", blocks=(said,), inputs=fields, buttons=(answer, window)))


def free_port() -> int:
    """A port of this machine that nothing uses at this moment."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port: int = unused.getsockname()[1]
        return port


@asynccontextmanager
async def echoing() -> AsyncIterator[tuple[Playground, EchoHouse]]:
    """The Playground with our Teams door and the echo behind it."""
    tenant = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["tenantId"]
    settings = TeamsSettings(tenants=frozenset({tenant}), local=True, windows=False)
    house, port = EchoHouse(), free_port()
    async with pooled_session() as session:
        door, house.deliverer = teams_door(settings, load_words(), MachineClock(), session, forms=forms(), jitter=lambda: 0.0)
        runner = await listen(application(door.routes(house)), local=True, host="127.0.0.1", port=port)
        try:
            async with playground(f"http://127.0.0.1:{port}/api/messages", free_port()) as client:
                yield client, house
        finally:
            await runner.cleanup()
