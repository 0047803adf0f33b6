"""The token we show to Teams: client credentials with a secret or a certificate, cached, renewed before it ends.

Source: learn.microsoft.com, "Authenticate requests with the Bot Connector API", "Bot to Connector"; identity platform,
"OAuth 2.0 client credentials flow" and "Certificate credentials". The SDK asks MSAL with blocking calls, twice a turn.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import jwt
import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt.utils import base64url_encode

from bot.teams.settings import TeamsSettings
from state.values import Clock

SCOPE = "https://api.botframework.com/.default"
AUTHORITY = "https://login.microsoftonline.com"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
RENEW_BEFORE = timedelta(minutes=10)
TIMEOUT = aiohttp.ClientTimeout(total=10)


log = logging.getLogger(__name__)


class NoToken(Exception):
    """Microsoft gave us no token, or the credential file cannot be used. Holds no part of the credential."""


class _Granted(msgspec.Struct, frozen=True):
    access_token: str
    expires_in: float


class AppToken:
    """Our token for the connector, one request at a time, kept until shortly before it ends."""

    def __init__(
        self, settings: TeamsSettings, session: aiohttp.ClientSession, clock: Clock, authority: str = AUTHORITY
    ) -> None:
        self._settings = settings
        self._session = session
        self._clock = clock
        self._url = f"{authority}/{settings.app_tenant}/oauth2/v2.0/token"
        self._token = ""
        self._ends: datetime | None = None
        self._asking: asyncio.Task[None] | None = None

    async def headers(self) -> dict[str, str]:
        """What to send with a call to the connector; nothing in local mode without an app id. Raises NoToken."""
        if not self._settings.signed:
            return {}
        left = self._left()
        if left < RENEW_BEFORE and (self._asking is None or self._asking.done()):
            self._asking = asyncio.create_task(self._ask())
            self._asking.add_done_callback(_note)
        if left <= timedelta(0) and self._asking is not None:
            await asyncio.shield(self._asking)
        return {"Authorization": f"Bearer {self._token}"}

    def forget(self) -> None:
        """Ask for a new token next time: the connector did not take this one."""
        self._ends = None

    def _left(self) -> timedelta:
        return self._ends - self._clock.now() if self._ends else timedelta(0)

    async def _ask(self) -> None:
        try:
            form = await asyncio.to_thread(self._form, self._clock.now())
            async with self._session.post(self._url, data=form, allow_redirects=False, timeout=TIMEOUT) as answer:
                if answer.status != 200:
                    raise NoToken(f"the token endpoint answered {answer.status}")
                granted = msgspec.json.decode(await answer.read(), type=_Granted)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError, msgspec.DecodeError) as error:
            raise NoToken(type(error).__name__) from None
        self._token, self._ends = granted.access_token, self._clock.now() + timedelta(seconds=granted.expires_in)

    def _form(self, now: datetime) -> dict[str, str]:
        """The form of the request. Runs in a thread: it reads a file."""
        form = {"grant_type": "client_credentials", "client_id": self._settings.app_id, "scope": SCOPE}
        if self._settings.certificate_file is not None:
            assertion = _assertion(self._settings.certificate_file, self._settings.app_id, self._url, now)
            return form | {"client_assertion_type": ASSERTION, "client_assertion": assertion}
        if self._settings.secret_file is not None:
            return form | {"client_secret": self._settings.secret_file.read_text(encoding="utf-8").strip()}
        raise NoToken("no credential file is set")


def _note(asked: asyncio.Task[None]) -> None:
    """A renewal behind the turns that failed is seen in the log; the next call asks again."""
    if not asked.cancelled() and asked.exception() is not None:
        log.warning("token: not renewed, %s", asked.exception())


def _assertion(file: Path, app_id: str, audience: str, now: datetime) -> str:
    """A signed statement of who we are, for ten minutes. `file` holds the certificate and its RSA key as PEM, unencrypted."""
    pem = file.read_bytes()
    thumbprint = base64url_encode(x509.load_pem_x509_certificate(pem).fingerprint(SHA256())).decode()
    claims = {
        "aud": audience,
        "iss": app_id,
        "sub": app_id,
        "jti": uuid.uuid4().hex,
        "nbf": now,
        "exp": now + timedelta(minutes=10),
    }
    key = load_pem_private_key(pem, password=None)
    return jwt.encode(claims, key, algorithm="PS256", headers={"x5t#S256": thumbprint})  # type: ignore[arg-type]  # any RSA key
