"""A fake Slack with our door on this machine, and people in it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from fake_slack import FakeSlack, serving
from person import Person
from slack_app import SlackApp
from slack_book import Clock
from slack_doors import Door, HttpDoor, SocketDoor
from slack_state import Workspace

from bot.http import application

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
"""The signing secret of Slack's own example ("Verifying requests from Slack")."""
Routes = Callable[[FakeSlack], Iterable[web.RouteDef]]


class WallClock:
    """The time it is."""

    def now(self) -> datetime:
        """In UTC."""
        return datetime.now(UTC)


class World:
    """A Slack, a door that belongs to our app, and whoever was asked for."""

    def __init__(self, fake: FakeSlack, door: Door) -> None:
        self.fake = fake
        self.door = door
        self._people: dict[str, Person] = {}

    def person(self, name: str, real_name: str = "", **more: Any) -> Person:
        """A member of the first workspace: the same one for the same name. Called `Test Practitioner` and so on."""
        if name not in self._people:
            user = self.fake.add_person(name, real_name or f"Test {name.replace('_', ' ').title()}", **more)
            self._people[name] = Person(self.fake, self.door, user)
        return self._people[name]


@asynccontextmanager
async def slack_world(
    routes: Routes | None = None,
    *,
    clock: Clock | None = None,
    app: SlackApp | None = None,
    workspaces: tuple[Workspace, ...] = (),
    secret: str = SECRET,
    limited: bool = True,
) -> AsyncIterator[World]:
    """Until it is left. Without routes people go through Socket Mode. Limits are counted in real seconds."""
    fake = FakeSlack(clock or WallClock(), app=app, workspaces=workspaces, pace=time.monotonic, limited=limited)
    async with serving(fake):
        if routes is None:
            yield World(fake, SocketDoor(fake))
            return
        async with door_at(routes(fake)) as url:
            yield World(fake, HttpDoor(fake, url, secret))


@asynccontextmanager
async def door_at(routes: Iterable[web.RouteDef]) -> AsyncIterator[str]:
    """Our HTTP server with those routes, on a port of this machine."""
    async with TestServer(application(routes), host="127.0.0.1") as server:
        yield str(server.make_url("")).rstrip("/")
