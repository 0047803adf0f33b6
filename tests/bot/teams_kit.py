"""What the tests of the Teams door share: a clock, a signer, a key server, a house and a builder of activities."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import msgspec
from aiohttp import ClientSession
from aiohttp.test_utils import TestClient, TestServer
from cryptography.hazmat.primitives.asymmetric import rsa
from form_reader import forms
from jwt.algorithms import RSAAlgorithm

from bot.http import application, pooled_session
from bot.teams.deliver import TeamsDeliverer
from bot.teams.door import TeamsDoor, teams_door
from bot.teams.keys import METADATA_URL
from bot.teams.settings import TeamsSettings
from dialogs.turn import Turn
from state.values import JSON
from templates.wording import load_words

APP = "608cacfd-1cea-40c9-b678-4b93e69bb72b"
TENANT = "b28fdbfd-2b78-4f93-b0f8-8881793f0f8f"
SERVICE = "https://smba.trafficmanager.net/amer/"
JWKS_URL = "https://login.botframework.com/v1/.well-known/keys"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PAYLOADS = Path(__file__).parent / "payloads"
WORDS = load_words()

PRODUCTION = TeamsSettings(tenants=frozenset({TENANT}), app_id=APP, app_tenant=TENANT, secret_file=Path("secret"))
LOCAL = TeamsSettings(tenants=frozenset({TENANT}), local=True)


class StillClock:
    def __init__(self, now: datetime = NOW) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time

    def forward(self, by: timedelta) -> None:
        self.time += by


class Signer:
    """Signs as Microsoft does, with a key of its own."""

    def __init__(self, key_id: str = "key-1") -> None:
        self.key_id = key_id
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def jwk(self, endorsements: list[str] | None = None) -> dict[str, Any]:
        public = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        endorsed = ["msteams", "webchat"] if endorsements is None else endorsements
        return {**public, "kid": self.key_id, "use": "sig", "endorsements": endorsed}

    def token(self, **claims: object) -> str:
        fresh = {"iss": "https://api.botframework.com", "aud": APP, "serviceurl": SERVICE}
        times = {"nbf": int(NOW.timestamp()) - 60, "exp": int(NOW.timestamp()) + 3600}
        told = {name: value for name, value in {**fresh, **times, **claims}.items() if value is not None}
        return jwt.encode(told, self.private, algorithm="RS256", headers={"kid": self.key_id})


class KeyServer:
    """The two fixed addresses. Counts what is asked of it."""

    def __init__(self, *keys: dict[str, Any], jwks_uri: str = JWKS_URL) -> None:
        self.keys = list(keys)
        self.jwks_uri = jwks_uri
        self.asked: list[str] = []
        self.down = False

    async def fetch(self, url: str) -> bytes:
        self.asked.append(url)
        await asyncio.sleep(0)
        if self.down:
            raise OSError("no route")
        if url == METADATA_URL:
            return json.dumps({"jwks_uri": self.jwks_uri, "issuer": "https://api.botframework.com"}).encode()
        return json.dumps({"keys": self.keys}).encode()


class FakeHouse:
    """Keeps turns; answers with what it is told to."""

    def __init__(self, answer: JSON = None, fault: Exception | None = None) -> None:
        self.turns: list[Turn] = []
        self.answer = answer
        self.fault = fault

    async def take(self, turn: Turn) -> JSON:
        if self.fault is not None:
            raise self.fault
        self.turns.append(turn)
        return self.answer


class Open(msgspec.Struct):
    """An open door."""

    client: TestClient[Any, Any]
    house: FakeHouse
    keys: KeyServer
    clock: StillClock
    door: TeamsDoor
    deliverer: TeamsDeliverer
    session: ClientSession


def payload(name: str) -> dict[str, Any]:
    """An activity from Microsoft's published examples."""
    found: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text())["activity"]
    return found


@asynccontextmanager
async def open_door(
    settings: TeamsSettings = PRODUCTION, *, house: FakeHouse | None = None, keys: KeyServer | None = None
) -> AsyncIterator[Open]:
    house, keys, clock = house or FakeHouse(), keys or KeyServer(), StillClock()
    session = pooled_session()
    door, deliverer = teams_door(settings, WORDS, clock, session, forms=forms(), jitter=lambda: 0.0, fetch=keys.fetch)
    app = application(door.routes(house, reference=lambda: "ref-1"))
    try:
        async with TestClient(TestServer(app, host="127.0.0.1")) as client:
            yield Open(client, house, keys, clock, door, deliverer, session)
    finally:
        await session.close()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
