"""Slack without a public address: we connect to Slack, and what people say comes over that connection (Socket Mode).

For a trial, or where no address may lead in. The same listeners take it, and Slack is told that it was kept in the same way:
what was not acknowledged comes again. Source: docs.slack.dev, "Using Socket Mode".
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import aiohttp
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.doors import House
from bot.slack.api import secret_in
from bot.slack.door import SlackDoor, handled
from bot.slack.quiet import quiet
from bot.slack.settings import SlackSettings

log = quiet("cspr.slack.socket")


class SlackSocket:
    """The connection. The SDK makes it, makes it anew when it is cut, and tries until it is there."""

    def __init__(self, app: AsyncApp, token: str, settings: SlackSettings, session: aiohttp.ClientSession) -> None:
        self._app, self._token, self._settings, self._session = app, token, settings, session
        self._client: SocketModeClient | None = None

    async def run(self) -> None:
        """Connect, and stay connected until cancelled."""
        web = AsyncWebClient(
            token=self._token, base_url=self._settings.api_url, session=self._session, trust_env_in_session=False, logger=log
        )
        self._client = client = SocketModeClient(app_token=self._token, logger=log, web_client=web)
        client.socket_mode_request_listeners.append(self._handle)
        try:
            await client.connect()  # type: ignore[no-untyped-call]  # the SDK's own
            await asyncio.Event().wait()
        finally:
            await client.close()  # type: ignore[no-untyped-call]

    async def _handle(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        told = await handled(self._app, request.payload, _headers(request), mode="socket_mode")
        await send_async_response(client, request, told, start_time=0.0)


def _headers(request: SocketModeRequest) -> Mapping[str, str]:
    """What tells a delivery that comes again, as the other way has it."""
    again = {"x-slack-retry-num": request.retry_attempt, "x-slack-retry-reason": request.retry_reason}
    return {name: str(value) for name, value in again.items() if value is not None}


def socket_of(door: SlackDoor, house: House, session: aiohttp.ClientSession) -> SlackSocket | None:
    """The connection that the settings ask for, in front of that house. Raises SlackSettingsError."""
    if door.settings.app_token_file is None:
        return None
    return SlackSocket(door.app(house), secret_in(door.settings.app_token_file), door.settings, session)
