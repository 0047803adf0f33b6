"""`POST /slack/events`: is it Slack's? Then slack-bolt sorts it, the house takes it, and Slack is told that it was kept.

Everything comes to one address: events, buttons, windows, the command, shortcuts. Slack is answered after the commit: what was
not answered comes again, under the same id. Source: docs.slack.dev, "Bolt for Python"; "Events API", "Error handling".
"""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from bot.doors import House
from bot.dropped import FormReader
from bot.http import body_of, crashed, refusal, where
from bot.slack.api import IN_TIME, Workspaces, signing_secrets_in, tokens_in
from bot.slack.carried import Refused
from bot.slack.deliver import SlackDeliverer
from bot.slack.faults import FAULTS, NoName, named
from bot.slack.files import SlackFiles
from bot.slack.messages import Renderer
from bot.slack.methods import COMMAND, EVENTS, MESSAGE_SHORTCUTS, PATH, SHORTCUTS
from bot.slack.people import People
from bot.slack.quiet import quiet
from bot.slack.settings import SlackSettings
from bot.slack.shape import shaped
from bot.slack.signature import Denied, SignatureCheck
from bot.slack.talking import Talking
from bot.slack.tell import Teller
from bot.slack.windows import Windows
from dialogs.turn import Said
from state.values import Clock
from templates.wording import Words

FORM = "application/x-www-form-urlencoded"
OURS, BOT = "cspr_workspace", "cspr_bot"
"""Where bolt's context holds which of our workspaces it is about, and who we are there if it says so."""
EVERYTHING = re.compile(r"(?s).*")

log = logging.getLogger("cspr.slack")


class SlackDoor:
    """The routes, and what is needed to connect without any (Socket Mode). Build one with `slack_door`."""

    def __init__(
        self,
        settings: SlackSettings,
        workspaces: Workspaces,
        windows: Windows,
        teller: Teller,
        files: SlackFiles,
        words: Words,
        clock: Clock,
        prefix: str,
    ) -> None:
        self.settings = settings
        self._workspaces, self._windows, self._teller, self._files = workspaces, windows, teller, files
        self._words, self._clock, self._prefix = words, clock, prefix
        self._bots: dict[str, str] = {}
        self._people = People(workspaces, clock)
        self._talks: list[Talking] = []

    async def _taken(self, team: str, files: Sequence[Mapping[str, Any]]) -> list[Said]:
        return await self._files.taken(self._workspaces.api(team), files)

    def app(self, house: House, vouched: frozenset[str] | None = None) -> AsyncApp:
        """Bolt, with a listener for each kind of thing. It checks nothing: that is done before, and in front of its parsing.

        `vouched`: the workspaces that it may be about, and whose people it may come from; all that are listed where it is None.
        """
        heard = self.settings.workspaces if vouched is None else self.settings.workspaces & vouched
        talking = Talking(
            house,
            self._people,
            self._windows,
            self._teller,
            self._words,
            self._clock,
            files=self._taken,
            prefix=self._prefix,
            workspaces=heard,
        )
        self._talks.append(talking)

        async def known(context: AsyncBoltContext, body: dict[str, Any], next: Callable[[], Awaitable[Any]]) -> Any:
            found = self._workspaces.ours(context.team_id or "", body, heard)
            context[OURS] = found if found in heard else ""
            context[BOT] = _bot_in(body)
            if context[OURS] or body.get("type") == "url_verification":  # Slack itself asks whether we are there.
                return await next()
            log.warning("slack: a workspace that is not listed was refused")
            return BoltResponse(status=401, body={"error": "unauthorized"})

        async def authorize(context: AsyncBoltContext) -> AuthorizeResult:
            return await self._authorized(_team(context), context[BOT])

        app = AsyncApp(
            name="cspr.slack.listeners",
            logger=quiet("cspr.slack.bolt", logging.ERROR),
            process_before_response=True,
            authorize=authorize,
            before_authorize=known,
            request_verification_enabled=False,
            raise_error_for_unhandled_request=False,
        )
        _listen(app, talking)
        return app

    def routes(self, house: House, reference: Callable[[], str] = lambda: secrets.token_hex(4)) -> list[web.RouteDef]:
        """The door's route, in front of that house. `reference` makes the number a person can quote after a crash."""
        if self.settings.signing_secret_file is None:
            return []
        signing = signing_secrets_in(self.settings.signing_secret_file, self._workspaces.ids, self.settings.workspaces)
        check = SignatureCheck(signing, self._clock)
        apps = {teams: self.app(house, teams) for teams in signing.values()}

        async def events(request: web.Request) -> web.Response:
            try:
                body = await body_of(request, "application/json", FORM)
                app = apps[check.check(body, request.headers)]
                return _answer(await handled(app, body.decode(), dict(request.headers)))
            except Denied as denied:
                log.warning("slack: caller denied, %s", denied)
                return refusal(401, "unauthorized")
            except web.HTTPException as problem:
                return refusal(problem.status, problem.reason.lower())
            except Exception as error:
                return crashed(log, "slack", error, reference())

        return [web.post(PATH, events)]

    async def settle(self) -> None:
        """Wait until what is done meanwhile is done."""
        for talking in self._talks:
            await talking.settle()

    async def _authorized(self, team: str, bot: str | None) -> AuthorizeResult:
        """Who we are there. An event says it, and only events need it: what people say is kept while Slack cannot be asked.

        Raises NoName: of the SDK's own error bolt makes a 200, and the event would be lost.
        """
        if bot == "" and team not in self._bots:
            try:
                async with asyncio.timeout(IN_TIME):
                    self._bots[team] = str((await self._workspaces.api(team).call("auth.test"))["user_id"])
            except FAULTS as fault:
                log.warning("slack: it did not say who we are, %s", named(fault))
                raise NoName from None
        token, known = self._workspaces.api(team).token, bot or self._bots.get(team)
        return AuthorizeResult(enterprise_id=None, team_id=team, bot_user_id=known, bot_token=token)


async def handled(app: AsyncApp, body: str | dict[str, Any], headers: Mapping[str, str], mode: str = "http") -> BoltResponse:
    """What Slack is answered with. A body that is no payload is refused with 400 and not 500: it will not become one."""
    try:
        request = AsyncBoltRequest(body=body, headers=dict(headers), mode=mode)
        request.body = shaped(request.body)
    except (Refused, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        log.warning("slack: a body that is no payload was refused")
        return BoltResponse(status=400, body={"error": "bad request"})
    return await app.async_dispatch(request)


def _listen(app: AsyncApp, talking: Talking) -> None:
    """A listener for each kind. Its own errors end in `_failed`, as an answer that makes Slack send it again or not."""

    async def event(context: AsyncBoltContext, body: dict[str, Any]) -> None:
        await talking.event(_team(context), context.bot_user_id or "", body)

    async def button(context: AsyncBoltContext, body: dict[str, Any], ack: AsyncAck) -> None:
        await talking.pressed(_team(context), body)
        await ack()

    async def window(context: AsyncBoltContext, body: dict[str, Any], ack: AsyncAck) -> None:
        shown = await talking.sent(_team(context), body)
        await (ack(**shown) if shown else ack())

    async def command(context: AsyncBoltContext, body: dict[str, Any], ack: AsyncAck) -> None:
        text = await talking.command(_team(context), body)
        await (ack(text=text, response_type="ephemeral") if text else ack())

    async def shortcut(context: AsyncBoltContext, body: dict[str, Any], ack: AsyncAck) -> None:
        await talking.shortcut(_team(context), body)
        await ack()

    app.action(EVERYTHING)(button)
    app.view(EVERYTHING)(window)
    app.command(COMMAND)(command)
    for name in SHORTCUTS | MESSAGE_SHORTCUTS:
        app.shortcut(name)(shortcut)
    for name in EVENTS:
        app.event(name.partition(".")[0])(event)
    app.event(EVERYTHING)(_nothing)
    app.error(_failed)


def _bot_in(body: Mapping[str, Any]) -> str | None:
    """Our own user, as an event names it: nothing where it does not, None where it is no event."""
    if body.get("type") != "event_callback":
        return None
    given = body.get("authorizations")
    first = given[0] if isinstance(given, list) and given and isinstance(given[0], dict) else {}
    return str(first.get("user_id") or "") if first.get("is_bot") is True else ""


def _team(context: AsyncBoltContext) -> str:
    return str(context[OURS])


async def _nothing() -> None:
    """An event that we did not ask for: it is answered, so that it does not come again."""


async def _failed(error: Exception) -> BoltResponse:
    """400 for what is not ours, which never becomes so. 503 for a fault of Slack's, 500 for one of ours: it is sent again."""
    if isinstance(error, Refused):
        log.warning("slack: payload refused, %s", error)
        return BoltResponse(status=400, body={"error": "bad request"})
    if isinstance(error, FAULTS):
        log.warning("slack: a call failed, %s", type(error).__name__)
        return BoltResponse(status=503, body={"error": "unavailable"})
    number = secrets.token_hex(4)
    log.error("slack: turn failed, reference %s, %s in %s", number, type(error).__name__, where(error))
    return BoltResponse(status=500, body={"error": "internal error", "reference": number})


def _answer(told: BoltResponse) -> web.Response:
    kind = str(next(iter(told.headers.get("content-type", [])), "text/plain")).partition(";")[0]
    return web.Response(status=told.status, text=told.body or None, content_type=kind)


def slack_door(
    settings: SlackSettings,
    words: Words,
    clock: Clock,
    session: aiohttp.ClientSession,
    *,
    forms: FormReader,
    jitter: Callable[[], float],
    prefix: str,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> tuple[SlackDoor, SlackDeliverer]:
    """The door and its deliverer, on one pooled session. Raises SlackSettingsError.

    `prefix` begins every reference; `jitter` gives a number from 0 to 1; `pause` waits so many seconds.
    """
    workspaces = Workspaces(tokens_in(settings.tokens_file), settings, session)
    renderer = Renderer(words)
    windows = Windows(workspaces, renderer, words)
    files = SlackFiles(settings, session, forms)
    door = SlackDoor(settings, workspaces, windows, Teller(workspaces, settings, session), files, words, clock, prefix)
    return door, SlackDeliverer(workspaces, renderer, files, jitter=jitter, pause=pause)
