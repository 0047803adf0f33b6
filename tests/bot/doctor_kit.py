"""What the tests of `cspr doctor` share: an installation in a folder, services on this machine, and what a check says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web
from aiohttp.test_utils import TestServer
from story import profile
from teams_kit import StillClock

from bot.doctor.examining import subject_of
from bot.doctor.finding import Finding, Status
from bot.doctor.subject import Sites, Subject
from bot.doctor.table import CHECKS
from bot.http import pooled_session
from bot.settings import Settings

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PLENTY = 50_000 * 1024 * 1024
CLOSED = "http://127.0.0.1:1/"
NOWHERE = Sites(login=CLOSED, keys=CLOSED, connector=CLOSED, slack=CLOSED, slack_files=(CLOSED,), graph=CLOSED, library=CLOSED)
"""Every service where nobody answers: no test leaves this machine."""


def settings(folder: Path, **given: Any) -> Settings:
    """Local mode in that folder, unless it is said otherwise."""
    fresh = {"mode": "local", "data": folder / "data", "library": folder / "library", "port": 1}
    return Settings(**(fresh | given))


@asynccontextmanager
async def looked_at(
    given: Settings,
    *,
    sites: Sites | None = None,
    environment: Mapping[str, str] | None = None,
    now: datetime = NOW,
    **more: Any,
) -> AsyncIterator[Subject]:
    """What the checks look at. The disk has room, and nothing of it is temporary, unless it is said otherwise."""
    ships = profile() if given.profile == "north-somerset" else None
    async with pooled_session() as session:
        subject = await subject_of(given, environment or {}, StillClock(now), session, sites=sites or NOWHERE, profile=ships)
        try:
            yield msgspec.structs.replace(subject, **({"free": lambda folder: PLENTY} | more))
        finally:
            await subject.close()


async def found(name: str, given: Settings, **more: Any) -> list[Finding]:
    """What the check of that name finds."""
    async with looked_at(given, **more) as subject:
        return await finds(name, subject)


async def finds(name: str, subject: Subject) -> list[Finding]:
    """What the check of that name finds in it."""
    check = next(one for one in CHECKS if one.name == name)
    return list(await check.look(subject))


def one(those: list[Finding], status: Status) -> Finding:
    """The one finding of that status. Whatever is wrong says what to do."""
    named = [each for each in those if each.status is status]
    assert len(named) == 1, those
    assert named[0].do or status in (Status.OK, Status.NOT_CHECKED)
    return named[0]


def fails(those: list[Finding]) -> Finding:
    return one(those, Status.FAILED)


def warns(those: list[Finding]) -> Finding:
    return one(those, Status.WARNING)


def is_ok(those: list[Finding]) -> bool:
    return {each.status for each in those} == {Status.OK}


def not_looked_at(those: list[Finding]) -> bool:
    return {each.status for each in those} == {Status.NOT_CHECKED}


@asynccontextmanager
async def host(*routes: web.RouteDef, date: datetime = NOW) -> AsyncIterator[str]:
    """A service on this machine that says it is that time. Anything without a route is answered 404."""
    app = web.Application()
    app.add_routes(routes)

    async def dated(_: web.Request, response: web.StreamResponse) -> None:
        response.headers["Date"] = format_datetime(date, usegmt=True)

    app.on_response_prepare.append(dated)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/"))
