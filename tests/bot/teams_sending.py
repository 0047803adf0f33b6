"""A Teams deliverer in front of the fake connector, with a sign-in beside it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from aiohttp import web
from fake_connector import FakeConnector, Fault, serving
from form_reader import forms
from teams_kit import LOCAL, TENANT, WORDS, StillClock

from bot.doors import NotDelivered
from bot.http import pooled_session
from bot.teams.adapter import ConnectorAdapter
from bot.teams.cards import Renderer
from bot.teams.credentials import AppToken
from bot.teams.deliver import TeamsDeliverer
from bot.teams.files import TeamsFiles
from bot.teams.settings import TeamsSettings
from dialogs.reply import Reply, as_json
from state.changes import Kind, Send
from state.values import Channel, Place, PlaceKind

TEXT = Reply(text="Thank you.", preview="A message for you.")


class Sending(msgspec.Struct):
    """A deliverer in front of a connector."""

    connector: FakeConnector
    deliverer: TeamsDeliverer
    adapter: ConnectorAdapter
    clock: StillClock
    service: str
    tokens: list[dict[str, str]]
    logins: list[int]
    renewed: asyncio.Event

    def place(self, conversation: str = "a:chat", **address: str) -> Place:
        kind = PlaceKind.PERSONAL if conversation.startswith("a:") else PlaceKind.CHANNEL
        self.connector.conversations.add(conversation)
        where = {"service_url": self.service, "bot": "28:bot", "tenant": TENANT, **address}
        return Place(channel=Channel.TEAMS, conversation=conversation, kind=kind, address=where)

    async def send(self, reply: Reply = TEXT, place: Place | None = None, kind: Kind = Kind.REPLY, replaces: str = "") -> str:
        where = place or self.place()
        thread = where.address.get("thread", "")
        sent = Send(kind=kind, lane=where.id, body=as_json(reply), replaces=replaces, thread=thread)
        return await self.deliverer.deliver(where, sent)

    async def fault(self, fault: Fault | None = None, **sent: Any) -> NotDelivered:
        self.connector.faults.append(fault)
        with pytest.raises(NotDelivered) as raised:
            await self.send(**sent)
        return raised.value


@asynccontextmanager
async def sending(settings: TeamsSettings = LOCAL) -> AsyncIterator[Sending]:
    clock = StillClock()
    connector = FakeConnector(lambda: clock.now().timestamp())
    asked: list[dict[str, str]] = []
    statuses: list[int] = []
    renewed = asyncio.Event()

    async def pause(seconds: float) -> None:
        clock.forward(timedelta(seconds=seconds))

    async def login(request: web.Request) -> web.Response:
        asked.append({name: str(value) for name, value in (await request.post()).items()})
        status = statuses.pop(0) if statuses else 200
        if len(asked) == 2:
            renewed.set()
        return web.json_response({"access_token": f"token-{len(asked)}", "expires_in": 3600}, status=status)

    async with serving(connector, web.post("/{tenant}/oauth2/v2.0/token", login)) as server, pooled_session() as session:
        base = str(server.make_url("")).rstrip("/")
        adapter = ConnectorAdapter(settings, session, AppToken(settings, session, clock, authority=base))
        files = TeamsFiles(settings, session, forms())
        deliverer = TeamsDeliverer(adapter, Renderer(WORDS, windows=True), files, WORDS, jitter=lambda: 0.0, pause=pause)
        yield Sending(connector, deliverer, adapter, clock, f"{base}/", asked, statuses, renewed)
