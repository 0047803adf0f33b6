"""`POST /api/messages`: check the caller, read the activity, hand it over, answer. First the caller, then the rest."""

from __future__ import annotations

import asyncio
import logging
import secrets
import traceback
from collections.abc import Callable

import aiohttp
from aiohttp import web

from bot.doors import House
from bot.teams.adapter import ConnectorAdapter
from bot.teams.addresses import LOOPBACK
from bot.teams.answers import InvokeAnswers, encoded
from bot.teams.cards import Renderer
from bot.teams.credentials import AppToken
from bot.teams.deliver import TeamsDeliverer
from bot.teams.files import TeamsFiles
from bot.teams.handler import AssistantBot, answer_of
from bot.teams.keys import Fetch, KeyRing, fetch_with
from bot.teams.settings import TeamsSettings, checked
from bot.teams.tokens import Caller, Denied, TokenCheck
from bot.teams.wire import Incoming, Refused, read_activity
from state.snapshot import DifferentBody
from state.values import Clock
from templates.wording import Words

PATH = "/api/messages"
SLOWEST_BODY = 10
"""Seconds in which a caller must have sent its body."""

log = logging.getLogger(__name__)


class TeamsDoor:
    """The route, and the deliverer for the courier. Build one with `teams_door`."""

    def __init__(
        self,
        settings: TeamsSettings,
        check: TokenCheck,
        adapter: ConnectorAdapter,
        files: TeamsFiles,
        answers: InvokeAnswers,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._check = check
        self._adapter = adapter
        self._files = files
        self._answers = answers
        self._clock = clock

    def routes(self, house: House, reference: Callable[[], str] = lambda: secrets.token_hex(4)) -> list[web.RouteDef]:
        """The door's routes, in front of that house. `reference` makes the number a person can quote after a crash."""
        bot = AssistantBot(house, self._clock, self._answers, self._files)

        async def messages(request: web.Request) -> web.Response:
            try:
                return await self._answer(request, bot)
            except Denied as denied:
                log.warning("teams: caller denied, %s", denied)
                return _said(401, "unauthorized")
            except Refused as refused:
                log.warning("teams: activity refused, %s", refused)
                return _said(400, "bad request")
            except DifferentBody:
                log.warning("teams: activity refused, its id came before with another content")
                return _said(400, "bad request")
            except web.HTTPException as problem:
                return _said(problem.status, problem.reason.lower())
            except Exception as error:
                return _crash(error, reference())

        return [web.post(PATH, messages)]

    async def _answer(self, request: web.Request, bot: AssistantBot) -> web.Response:
        caller = await self._caller(request)
        activity = read_activity(await _body(request))
        self._check.admit(caller, activity)
        return await self._handled(activity, bot)

    async def _caller(self, request: web.Request) -> Caller:
        if self._settings.signed:
            return await self._check.caller(request.headers.get("Authorization", ""))
        if request.remote not in LOOPBACK or (request.url.host or "") not in LOOPBACK:
            raise Denied("not from this machine")
        return Caller()

    async def _handled(self, activity: Incoming, bot: AssistantBot) -> web.Response:
        context = await self._adapter.process(activity, bot.on_turn)
        if activity.type != "invoke":
            return web.Response(status=200)
        body = answer_of(context)
        return (
            _said(501, "not implemented") if body is None else web.Response(body=encoded(body), content_type="application/json")
        )


async def _body(request: web.Request) -> bytes:
    if request.content_type != "application/json" or "Content-Encoding" in request.headers:
        raise web.HTTPUnsupportedMediaType
    if request.content.is_eof():  # It has come whole already, as most do: there is nothing to wait for.
        return await request.read()
    try:
        async with asyncio.timeout(SLOWEST_BODY):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None


def _said(status: int, what: str) -> web.Response:
    return web.json_response({"error": what}, status=status)


def _crash(error: Exception, reference: str) -> web.Response:
    """The log says where it broke and what kind of error it was; an error's text may hold what a person typed."""
    where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(traceback.extract_tb(error.__traceback__)))
    log.error("teams: turn failed, reference %s, %s in %s", reference, type(error).__name__, where)
    return web.json_response({"error": "internal error", "reference": reference}, status=500)


def teams_door(
    settings: TeamsSettings,
    words: Words,
    clock: Clock,
    session: aiohttp.ClientSession,
    *,
    jitter: Callable[[], float],
    fetch: Fetch | None = None,
) -> tuple[TeamsDoor, TeamsDeliverer]:
    """The door and its deliverer, on one pooled session (`deliver.pooled_session`). Raises TeamsSettingsError."""
    checked(settings)
    adapter = ConnectorAdapter(settings, session, AppToken(settings, session, clock))
    files = TeamsFiles(settings, session)
    renderer = Renderer(words, windows=settings.windows)
    check = TokenCheck(settings, KeyRing(fetch or fetch_with(session), clock), clock)
    door = TeamsDoor(settings, check, adapter, files, InvokeAnswers(renderer, words), clock)
    return door, TeamsDeliverer(adapter, renderer, files, words, jitter=jitter)
