"""`POST /api/messages`: check the caller, read the activity, hand it over, answer. First the caller, then the rest."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

import aiohttp
from aiohttp import web

from bot.doors import House
from bot.dropped import FormReader
from bot.http import body_of, crashed, refusal
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
                return refusal(401, "unauthorized")
            except Refused as refused:
                log.warning("teams: activity refused, %s", refused)
                return refusal(400, "bad request")
            except DifferentBody:
                log.warning("teams: activity refused, its id came before with another content")
                return refusal(400, "bad request")
            except web.HTTPException as problem:
                return refusal(problem.status, problem.reason.lower())
            except Exception as error:
                return crashed(log, "teams", error, reference())

        return [web.post(PATH, messages)]

    async def _answer(self, request: web.Request, bot: AssistantBot) -> web.Response:
        caller = await self._caller(request)
        activity = read_activity(await body_of(request, "application/json"))
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
            refusal(501, "not implemented")
            if body is None
            else web.Response(body=encoded(body), content_type="application/json")
        )


def teams_door(
    settings: TeamsSettings,
    words: Words,
    clock: Clock,
    session: aiohttp.ClientSession,
    *,
    forms: FormReader,
    jitter: Callable[[], float],
    fetch: Fetch | None = None,
) -> tuple[TeamsDoor, TeamsDeliverer]:
    """The door and its deliverer, on one pooled session (`bot.http.pooled_session`). Raises TeamsSettingsError."""
    checked(settings)
    adapter = ConnectorAdapter(settings, session, AppToken(settings, session, clock))
    files = TeamsFiles(settings, session, forms)
    renderer = Renderer(words, windows=settings.windows)
    check = TokenCheck(settings, KeyRing(fetch or fetch_with(session), clock), clock)
    door = TeamsDoor(settings, check, adapter, files, InvokeAnswers(renderer, words), clock)
    return door, TeamsDeliverer(adapter, renderer, files, words, jitter=jitter)
