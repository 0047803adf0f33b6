"""Whether a call comes from Teams: the same checks as the SDK's, with cached keys and the injected clock.

Source: learn.microsoft.com, "Authenticate requests with the Bot Connector API", "Verify the JWT token"; botframework-connector:
`ChannelValidation` and `JwtTokenExtractor`. Stricter than the SDK in one thing: a key without any endorsement signs for nobody.
"""

from __future__ import annotations

import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.types import Options

from bot.teams.addresses import speakable
from bot.teams.keys import KeyRing, SigningKey
from bot.teams.settings import TeamsSettings
from bot.teams.wire import Incoming
from state.values import Clock

ISSUER = "https://api.botframework.com"
CHANNEL = "msteams"
ALGORITHMS = ["RS256"]
OPTIONS: Options = {"require": ["exp", "iss", "aud"], "verify_exp": False, "verify_nbf": False, "verify_iat": False}
"""The times are checked by our own clock."""
SKEW = 300
"""Seconds that clocks may differ (the page above: "industry-standard clock-skew is 5 minutes")."""
LONGEST_TOKEN = 16_384
MOST_BELIEVED = 256


class Denied(Exception):
    """A caller we do not believe. The text names the failed check for the log, and nothing of the caller."""


class Claims(msgspec.Struct, frozen=True):
    """What a believed token says."""

    serviceurl: str
    exp: float
    nbf: float = 0


class _Believed(msgspec.Struct, frozen=True):
    key_id: str
    signing: SigningKey
    claims: Claims


class Caller(msgspec.Struct, frozen=True):
    """Somebody who passed the first check. `service_url` is empty where no token is needed."""

    service_url: str = ""


class TokenCheck:
    """Believes a call or raises Denied: first by its header alone, then by what its activity says."""

    def __init__(self, settings: TeamsSettings, keys: KeyRing, clock: Clock) -> None:
        self._settings = settings
        self._keys = keys
        self._clock = clock
        self._believed: dict[str, _Believed] = {}

    async def caller(self, authorization: str) -> Caller:
        """The caller of a signed request, from its Authorization header. Nothing else of the request has been read."""
        scheme, _, token = authorization.partition(" ")
        if scheme != "Bearer" or not token or len(token) > LONGEST_TOKEN:
            raise Denied("no bearer token")
        claims = await self._claims(token)
        now = self._clock.now().timestamp()
        if not claims.nbf - SKEW <= now < claims.exp + SKEW:  # Also where a time is no number.
            raise Denied("outside its time")
        return Caller(service_url=claims.serviceurl)

    async def _claims(self, token: str) -> Claims:
        """Teams shows one token for many calls. A signature that held holds again while the ring has the very same key."""
        known = self._believed.get(token)
        if known is not None and await self._keys.find(known.key_id) is known.signing:
            return known.claims
        key_id, signing = await self._signing(token)
        claims = self._verified(token, signing.key)
        if len(self._believed) >= MOST_BELIEVED:
            self._believed.clear()
        self._believed[token] = _Believed(key_id, signing, claims)
        return claims

    async def _signing(self, token: str) -> tuple[str, SigningKey]:
        try:
            header = jwt.get_unverified_header(token)
        except jwt.PyJWTError:
            raise Denied("not a token") from None
        if header.get("alg") not in ALGORITHMS:
            raise Denied("algorithm not allowed")
        key_id = str(header.get("kid", ""))
        signing = await self._keys.find(key_id)
        if signing is None:
            raise Denied("unknown key")
        if CHANNEL not in signing.endorsements:
            raise Denied("key not endorsed for the channel")
        return key_id, signing

    def _verified(self, token: str, key: RSAPublicKey) -> Claims:
        try:
            told = jwt.decode(token, key, algorithms=ALGORITHMS, audience=self._settings.app_id, issuer=ISSUER, options=OPTIONS)
            return msgspec.convert(told, Claims)
        except (jwt.PyJWTError, msgspec.ValidationError) as error:
            raise Denied(type(error).__name__) from None

    def admit(self, caller: Caller, activity: Incoming) -> None:
        """Raises Denied where the activity is not what the caller may bring: another channel, tenant or service URL."""
        if activity.channel_id != CHANNEL:
            raise Denied("another channel")
        if self._settings.signed and caller.service_url != activity.service_url:
            raise Denied("service URL differs from the token's")
        if not speakable(activity.service_url, self._settings):
            raise Denied("service URL not allowed")
        if activity.tenant not in self._settings.tenants:
            raise Denied("tenant not allowed")
