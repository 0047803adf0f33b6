"""Slack's Web API as our bot in each workspace: the one place that calls it. Only listed methods can be called.

Source: docs.slack.dev, "Web API methods"; reading methods take forms, the others JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.faults import NoToken
from bot.slack.methods import METHODS
from bot.slack.quiet import quiet
from bot.slack.settings import SlackSettings, SlackSettingsError

log = quiet("cspr.slack.api")
TIMEOUT = 10
"""Seconds a call may take."""
IN_TIME = 2.0
"""Seconds that anything may take while Slack waits: it does so for three, and what opens a window is good for no longer."""
FORMS = frozenset({"users.info", "files.info", "files.getUploadURLExternal"})
"""Methods that read no JSON."""
SCOPES = "X-OAuth-Scopes"
"""The header with the scopes of a token. Source: docs.slack.dev, "Installing with OAuth", "Scopes"."""
INTERACTIONS = frozenset({"block_actions", "view_submission"})


class SignedIn(msgspec.Struct, frozen=True):
    """The workspace that a token is for, and its scopes."""

    team: str
    scopes: frozenset[str]


class SlackApi:
    """One workspace. `call` may wait where Slack asks for it, `send` never does: the courier has its own way of waiting."""

    def __init__(self, token: str, settings: SlackSettings, session: aiohttp.ClientSession) -> None:
        self._asking = _client(token, settings, session, [AsyncRateLimitErrorRetryHandler(max_retry_count=1)])
        self._sending = _client(token, settings, session, [])
        self.token = token

    async def call(self, method: str, **arguments: object) -> Mapping[str, Any]:
        """The answer of a method. Raises SlackApiError with Slack's own code, aiohttp's errors, or TimeoutError."""
        return await _called(self._asking, method, arguments)

    async def signed_in(self) -> SignedIn:
        """Whose token it is, and what it may do, as Slack says it beside every answer. Raises as `call` does."""
        answer = await self._asking.api_call("auth.test")
        told: Mapping[str, Any] = answer.data if isinstance(answer.data, dict) else {}
        names = str(answer.headers.get(SCOPES, "")).split(",")
        return SignedIn(team=str(told.get("team_id", "")), scopes=frozenset(name.strip() for name in names if name.strip()))

    async def send(self, method: str, **arguments: object) -> Mapping[str, Any]:
        """The same, once and no more: nobody but the courier says that a message is sent again."""
        return await _called(self._sending, method, arguments)


def _client(
    token: str, settings: SlackSettings, session: aiohttp.ClientSession, again: list[AsyncRetryHandler]
) -> AsyncWebClient:
    return AsyncWebClient(
        token=token,
        base_url=settings.api_url,
        timeout=TIMEOUT,
        session=session,
        trust_env_in_session=False,
        logger=log,
        retry_handlers=again,
    )


async def _called(client: AsyncWebClient, method: str, arguments: Mapping[str, object]) -> Mapping[str, Any]:
    if method not in METHODS:
        raise LookupError(f"{method} is not in the list of methods")
    given = {name: value for name, value in arguments.items() if value not in ("", None)}
    try:
        answer = await client.api_call(method, data=given) if method in FORMS else await client.api_call(method, json=given)
    except AttributeError:  # The SDK's, where an answer is a text and not JSON: a proxy's page. Nobody knows what was done.
        raise aiohttp.ClientPayloadError from None
    told: Mapping[str, Any] = answer.data if isinstance(answer.data, dict) else {}
    return told


class Workspaces:
    """Our bot in each workspace that has a token."""

    def __init__(self, tokens: Mapping[str, str], settings: SlackSettings, session: aiohttp.ClientSession) -> None:
        self._apis = {team: SlackApi(token, settings, session) for team, token in tokens.items()}

    @property
    def ids(self) -> frozenset[str]:
        """The workspaces."""
        return frozenset(self._apis)

    def __contains__(self, team: object) -> bool:
        return team in self._apis

    def api(self, team: str) -> SlackApi:
        """Our bot there. Raises NoToken where we have none."""
        if team not in self._apis:
            raise NoToken
        return self._apis[team]

    def ours(self, team: object, body: Mapping[str, Any], listed: frozenset[str]) -> str:
        """Which of our workspaces a payload is about, or none. Events and commands name it.

        Who presses a button in a channel that is shared with us brings their own workspace: where that is listed, it is the one
        of the message, or the only one we have. Source: docs.slack.dev, "Using Slack Connect".
        """
        if not isinstance(team, str):
            return ""
        pressed = body.get("type") in INTERACTIONS and team in listed
        message = body.get("message")
        about = message.get("team") if pressed and isinstance(message, dict) else None
        for found in (about, team):
            if isinstance(found, str) and found in self._apis:
                return found
        return next(iter(self._apis)) if pressed and len(self._apis) == 1 else ""


def tokens_in(path: Path) -> dict[str, str]:
    """The token of each workspace: a line each, with its id and the token. Raises SlackSettingsError."""
    try:
        lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except OSError:
        raise SlackSettingsError(f"The file of Slack tokens cannot be read. Check {path} and who may read it.") from None
    if not lines or any(len(line) != 2 or not line[1].startswith("xoxb-") for line in lines):
        raise SlackSettingsError("The file of Slack tokens needs a line for each workspace: its id, a space, and a bot token.")
    return dict(line for line in map(tuple, lines) if len(line) == 2)


def signing_secrets_in(path: Path, teams: frozenset[str], listed: frozenset[str] = frozenset()) -> dict[str, frozenset[str]]:
    """The signing secrets, and whose people each vouches for: one alone, or a line for each workspace with its id before it.

    `teams` have a token. `listed` are heard too, where a channel is shared with them: the secret that signs there needs a line
    for them, because an agency's own must not speak for anybody else. Raises SlackSettingsError.
    """
    lines = [line.split() for line in secret_in(path).splitlines() if line.strip()]
    if len(lines) == 1 and len(lines[0]) == 1:
        return {lines[0][0]: teams | listed}
    named = {line[0] for line in lines}
    if any(len(line) != 2 for line in lines) or not teams <= named <= teams | listed:
        raise SlackSettingsError(
            "The file of signing secrets needs one secret alone. Or give each workspace that has a token a line: its id, a "
            "space, its secret. Other ids must be of workspaces that are listed."
        )
    secrets: dict[str, frozenset[str]] = {}
    for team, secret in lines:
        secrets[secret] = secrets.get(secret, frozenset()) | {team}
    return secrets


def secret_in(path: Path) -> str:
    """The one secret of a file. Raises SlackSettingsError."""
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except OSError:
        raise SlackSettingsError(f"A Slack secret cannot be read. Check {path} and who may read it.") from None
    if not secret:
        raise SlackSettingsError(f"{path} is empty. Put the secret into it.")
    return secret
