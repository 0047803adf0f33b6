"""Attacks on the door's HTTP: packed, nested, broken and oversized bodies, two tokens, times that are no numbers."""

from __future__ import annotations

import gzip
import json
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession
from form_reader import forms
from multidict import CIMultiDict
from teams_kit import PRODUCTION, WORDS, FakeHouse, KeyServer, Signer, StillClock, bearer, payload

from bot.http import application, listen, pooled_session
from bot.teams.door import PATH, teams_door

JSON = {"Content-Type": "application/json"}
ZIP = {"Content-Encoding": "gzip"}
DEEP = b'{"type":"message","value":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}"
SIGNER = Signer()


class Line:
    """The real listener, and what its house was told."""

    def __init__(self, session: ClientSession, url: str, house: FakeHouse) -> None:
        self.session, self.url, self.house = session, url, house

    async def post(self, body: bytes, *headers: dict[str, str]) -> int:
        sent: CIMultiDict[str] = CIMultiDict()
        for one in headers:
            sent.extend(one)
        async with self.session.post(self.url, data=body, headers=sent) as answer:
            return answer.status


@asynccontextmanager
async def line() -> AsyncIterator[Line]:
    house, session = FakeHouse(), pooled_session()
    keys = KeyServer(SIGNER.jwk())
    door, _ = teams_door(PRODUCTION, WORDS, StillClock(), session, forms=forms(), jitter=lambda: 0.0, fetch=keys.fetch)
    runner = await listen(application(door.routes(house)), local=True, host="127.0.0.1", port=0)
    try:
        host, port = runner.addresses[0][:2]
        yield Line(session, f"http://{host}:{port}{PATH}", house)
    finally:
        await runner.cleanup()
        await session.close()


def told() -> bytes:
    return json.dumps(payload("message_personal")).encode()


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (gzip.compress(told()), ZIP, 415),
        (b"garbage", ZIP, 415),
        (b"[" * 500_000, {}, 400),
        (DEEP, {}, 400),
        (b"\xff\xfe", {}, 400),
        (b"null", {}, 400),
        (b"x" * 2_000_000, {}, 413),
    ],
)
async def test_a_body_that_is_no_activity_is_refused(
    body: bytes, headers: dict[str, str], status: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with line() as door:
        assert await door.post(body, bearer(SIGNER.token()), JSON, headers) == status
        assert await door.post(told(), bearer(SIGNER.token()), JSON) == 200
        assert len(door.house.turns) == 1
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_strangers_packed_body_is_never_unpacked() -> None:
    bomb = gzip.compress(b" " * 400_000_000, 1)
    async with line() as door:
        begun = time.process_time()
        assert await door.post(bomb[:900_000], JSON, ZIP) == 401
        assert time.process_time() - begun < 0.5


async def test_of_two_tokens_a_wrong_first_one_is_not_passed_over() -> None:
    async with line() as door:
        assert await door.post(told(), {"Authorization": "Bearer x"}, bearer(SIGNER.token()), JSON) == 401
        assert not door.house.turns


@pytest.mark.parametrize("claims", [{"exp": float("nan")}, {"nbf": float("nan")}, {"exp": "soon"}, {"serviceurl": ["x"]}])
async def test_a_token_whose_times_or_address_are_none_is_denied(claims: dict[str, object]) -> None:
    async with line() as door:
        assert await door.post(told(), bearer(SIGNER.token(**claims)), JSON) == 401
