"""The keys Microsoft signs its calls to bots with: fetched from fixed addresses, cached, renewed without holding up a turn.

Source: learn.microsoft.com, "Authenticate requests with the Bot Connector API", "Connector to Bot". The SDK fetches them with
blocking calls and fails with IndexError on a rotated key until the next day.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm

from state.values import Clock

METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
KEYS_AT = "https://login.botframework.com/"
ASK_AGAIN = timedelta(minutes=5)
FIRST_AGAIN = timedelta(seconds=10)
"""Before the first keys are there, nobody can be let in: then it is worth asking sooner."""
RENEW_AFTER = timedelta(hours=24)
FORGET_AFTER = timedelta(days=3)
TIMEOUT = aiohttp.ClientTimeout(total=5)

log = logging.getLogger(__name__)

Fetch = Callable[[str], Awaitable[bytes]]
"""Gets one of the two fixed addresses. Raises aiohttp.ClientError, OSError or TimeoutError."""


class SigningKey(msgspec.Struct, frozen=True):
    """A public key and the channels it may sign for."""

    key: RSAPublicKey
    endorsements: frozenset[str]


class _Metadata(msgspec.Struct, frozen=True):
    jwks_uri: str


class _Keys(msgspec.Struct, frozen=True):
    keys: list[dict[str, Any]]


def fetch_with(session: aiohttp.ClientSession) -> Fetch:
    """A Fetch on the pooled session. Follows no redirect: anything but 200 is an error."""

    async def fetch(url: str) -> bytes:
        async with session.get(url, allow_redirects=False, timeout=TIMEOUT) as answer:
            if answer.status != 200:
                raise aiohttp.ClientError(f"keys answered {answer.status}")
            return await answer.read()

    return fetch


class KeyRing:
    """Keys by id. An unknown id asks for new keys, at most once in five minutes; a day-old ring is renewed behind the turns."""

    def __init__(self, fetch: Fetch, clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._keys: Mapping[str, SigningKey] = {}
        self._fetched: datetime | None = None
        self._asked: datetime | None = None
        self._renewal: asyncio.Task[None] | None = None

    async def find(self, key_id: str) -> SigningKey | None:
        """The key of that id, or None. Waits for the network only where the id is unknown."""
        if key_id not in self._usable():
            await self._renew()
        elif self._age() > RENEW_AFTER:
            self._begin()
        return self._usable().get(key_id)

    def _usable(self) -> Mapping[str, SigningKey]:
        return self._keys if self._age() < FORGET_AFTER else {}

    def _age(self) -> timedelta:
        return self._clock.now() - self._fetched if self._fetched else timedelta.max

    async def _renew(self) -> None:
        self._begin()
        if self._renewal is not None:
            await asyncio.shield(self._renewal)

    def _begin(self) -> None:
        now = self._clock.now()
        pause = ASK_AGAIN if self._fetched else FIRST_AGAIN
        if self._asked is None or now - self._asked >= pause:
            self._asked = now
            self._renewal = asyncio.create_task(self._load())

    async def _load(self) -> None:
        try:
            metadata = msgspec.json.decode(await self._fetch(METADATA_URL), type=_Metadata)
            if not metadata.jwks_uri.startswith(KEYS_AT):
                log.error("signing keys: the metadata names another site")
                return
            found = msgspec.json.decode(await self._fetch(metadata.jwks_uri), type=_Keys)
            self._keys = {str(key["kid"]): _signing_key(key) for key in found.keys if key.get("kty") == "RSA" and "kid" in key}
            self._fetched = self._clock.now()
        except (aiohttp.ClientError, OSError, TimeoutError, msgspec.DecodeError, jwt.PyJWTError) as error:
            log.warning("signing keys: not renewed, %s", type(error).__name__)


def _signing_key(key: dict[str, Any]) -> SigningKey:
    endorsements = key.get("endorsements") or []
    public = RSAAlgorithm.from_jwk(key)
    if not isinstance(public, RSAPublicKey):
        raise jwt.InvalidKeyError("a private key among the public ones")
    return SigningKey(key=public, endorsements=frozenset(map(str, endorsements)))
