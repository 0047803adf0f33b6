"""How what a person does reaches our app: as signed requests, or as envelopes in Socket Mode.

Sources: docs.slack.dev, "Verifying requests from Slack", "The Events API" (Error handling; retries), "Using Socket Mode".
"""

from __future__ import annotations

import json
from typing import Any, Protocol
from urllib.parse import urlencode

import aiohttp
from fake_slack import FakeSlack
from slack_payloads import example
from slack_sdk.signature import SignatureVerifier

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
Answer = dict[str, Any] | str | None


class NotTaken(Exception):
    """Our app did not acknowledge. Slack tells the person that it had trouble, or sends an event again."""

    def __init__(self, status: int, said: str = "") -> None:
        super().__init__(status, said)
        self.status = status


class Door(Protocol):
    """Where events, interactions and slash commands go."""

    async def event(self, payload: dict[str, Any], retry: int = 0, reason: str = "") -> None: ...

    async def interaction(self, payload: dict[str, Any]) -> Answer: ...

    async def command(self, fields: dict[str, str]) -> Answer: ...


class HttpDoor:
    """Signed requests to `POST {url}/slack/events`, each answered within the fake's patience. Raises NotTaken."""

    def __init__(self, fake: FakeSlack, url: str, secret: str) -> None:
        self._fake = fake
        self._url = f"{url.rstrip('/')}/slack/events"
        self._signer = SignatureVerifier(secret)

    async def event(self, payload: dict[str, Any], retry: int = 0, reason: str = "") -> None:
        """An event, for the first time or again."""
        again = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason} if retry else {}
        await self.post(json.dumps(payload), JSON, again)

    async def interaction(self, payload: dict[str, Any]) -> Answer:
        """A press, a submission, a shortcut."""
        return await self.post(urlencode({"payload": json.dumps(payload)}), FORM)

    async def command(self, fields: dict[str, str]) -> Answer:
        """A slash command."""
        return await self.post(urlencode(fields), FORM)

    async def verify(self) -> Answer:
        """Slack asks whether the address is ours, when somebody enters it."""
        return await self.post(json.dumps(example("url_verification")), JSON)

    def headers(self, body: str, kind: str) -> dict[str, str]:
        """As Slack signs that body at this moment."""
        at = str(int(self._fake.book.time))
        signature = self._signer.generate_signature(timestamp=at, body=body)
        assert signature is not None
        told = {"Content-Type": kind, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
        return told | {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature}

    async def post(self, body: str, kind: str, more: dict[str, str] | None = None) -> Answer:
        """Send a body, whatever is in it, and read the answer as Slack does."""
        headers = self.headers(body, kind) | (more or {})
        try:
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self._fake.sockets.patience)) as session,
                session.post(self._url, data=body.encode(), headers=headers) as answer,
            ):
                said = await answer.text()
                if answer.status != 200:
                    raise NotTaken(answer.status, said)
                return _read(said, answer.content_type)
        except TimeoutError:
            raise NotTaken(0, "timeout") from None


def _read(said: str, kind: str) -> Answer:
    if not said:
        return None
    if kind != JSON:
        return said
    answer: Answer = json.loads(said)
    return answer or None


class SocketDoor:
    """Envelopes on the app's own connection, each acknowledged within the fake's patience. Raises NotTaken."""

    def __init__(self, fake: FakeSlack) -> None:
        self._fake = fake

    async def event(self, payload: dict[str, Any], retry: int = 0, reason: str = "") -> None:
        """An event, for the first time or again."""
        await self._send("events_api", payload, answerable=False, retry=retry)

    async def interaction(self, payload: dict[str, Any]) -> Answer:
        """A press, a submission, a shortcut."""
        return await self._send("interactive", payload)

    async def command(self, fields: dict[str, str]) -> Answer:
        """A slash command."""
        return await self._send("slash_commands", fields)

    async def _send(self, kind: str, payload: dict[str, Any], *, answerable: bool = True, retry: int = 0) -> Answer:
        try:
            answer: Answer = await self._fake.sockets.send(kind, payload, answerable=answerable, retry=retry)
        except TimeoutError:
            raise NotTaken(0, "timeout") from None
        return answer or None
