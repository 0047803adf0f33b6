"""The doors that the settings ask for: Teams, Slack, or both at once, each agency in its own."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

import aiohttp
import msgspec
from aiohttp import web

from bot.doors import Deliverer, House
from bot.dropped import FormReader
from bot.settings import Settings, SettingsRefused, slack_settings, teams_settings
from state.values import Channel, Clock
from templates.profile import Profile

NOT_INSTALLED = "Slack is set, but what it needs is not installed. Run: make install-slack"


async def _nothing() -> None:
    """There is nothing to end."""


class Doors(msgspec.Struct, frozen=True):
    """What each open door brings: its deliverer, its routes in front of a house, its own work, and its orderly end."""

    deliverers: Mapping[Channel, Deliverer]
    routes: Callable[[House], list[web.RouteDef]]
    work: Callable[[House], list[asyncio.Task[None]]] = lambda house: []
    settle: Callable[[], Awaitable[None]] = _nothing


def opened(settings: Settings, profile: Profile, clock: Clock, session: aiohttp.ClientSession, *, windows: bool) -> list[Doors]:
    """The doors. Raises SettingsRefused, or what a door says of its own settings."""
    doors = []
    if settings.mode == "local" or settings.teams:
        doors.append(_teams(settings, profile, clock, session, windows=windows))
    if settings.slack:
        doors.append(_slack(settings, profile, clock, session))
    return doors


def _teams(settings: Settings, profile: Profile, clock: Clock, session: aiohttp.ClientSession, *, windows: bool) -> Doors:
    from bot.teams.door import teams_door  # noqa: PLC0415 - each SDK only where its door is opened

    teams = teams_settings(settings, profile, windows=windows)
    door, deliverer = teams_door(teams, profile.words, clock, session, forms=FormReader(profile.folder), jitter=random.random)
    return Doors({Channel.TEAMS: deliverer}, door.routes)


def _slack(settings: Settings, profile: Profile, clock: Clock, session: aiohttp.ClientSession) -> Doors:
    try:
        from bot.slack.door import slack_door  # noqa: PLC0415
        from bot.slack.socket import socket_of  # noqa: PLC0415
    except ModuleNotFoundError:
        raise SettingsRefused([NOT_INSTALLED]) from None
    door, deliverer = slack_door(
        slack_settings(settings),
        profile.words,
        clock,
        session,
        forms=FormReader(profile.folder),
        jitter=random.random,
        prefix=profile.file.prefix,
    )

    def work(house: House) -> list[asyncio.Task[None]]:
        socket = socket_of(door, house, session)
        return [asyncio.create_task(socket.run())] if socket is not None else []

    return Doors({Channel.SLACK: deliverer}, door.routes, work, door.settle)


async def ended(tasks: list[asyncio.Task[None]]) -> None:
    """Stop what runs by itself."""
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
