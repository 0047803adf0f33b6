"""What the tests of the fake Slack share: a clock that stands still, Slack's own client, and what a call is refused with."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from fake_slack import FakeSlack, serving
from slack_app import SlackApp
from slack_methods import METHODS
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_state import User

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class StillClock:
    """Goes forward when it is told to."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time

    def forward(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


class Api(msgspec.Struct):
    """The fake, a client with the bot's token, and two people."""

    fake: FakeSlack
    client: AsyncWebClient
    clock: StillClock
    anna: User
    ben: User

    async def refused(self, method: str, **arguments: Any) -> str:
        """The error that a call is answered with; nothing where it is taken."""
        try:
            await self._answer(method, arguments)
        except SlackApiError as error:
            return str(error.response["error"])
        return ""

    async def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """The answer of a call that is taken."""
        answer = await self._answer(method, arguments)
        assert isinstance(answer.data, dict)
        return answer.data

    async def _answer(self, method: str, arguments: dict[str, Any]) -> AsyncSlackResponse:
        """As a form where the method reads no JSON."""
        if method in METHODS and METHODS[method].form:
            return await self.client.api_call(method, data=arguments)
        return await self.client.api_call(method, json=arguments)


@asynccontextmanager
async def web_api(app: SlackApp | None = None) -> AsyncIterator[Api]:
    """A fake Slack with Anna and Ben in it, and no app of ours."""
    clock = StillClock()
    fake = FakeSlack(clock, app=app or SlackApp())
    people = [fake.add_person(name, f"Test {name.title()}", email=f"{name}@example.org") for name in ("anna", "ben")]
    async with serving(fake):
        client = AsyncWebClient(token=fake.home.bot_token, base_url=fake.api_url)
        yield Api(fake, client, clock, *people)
