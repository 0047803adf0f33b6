"""A Slack on this machine, as strict as the real one where its documentation says so.

The Web API with its errors and limits, files, answers to interactions and Socket Mode. Each method's own rules are in
`fake_chat`, `fake_views` and `fake_files`; what it takes, its pace and its scopes in `slack_methods` and `method_scopes`.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from aiohttp import web
from aiohttp.test_utils import TestServer
from fake_chat import Chat
from fake_files import Files
from fake_hooks import Hooks
from fake_limits import Limits
from fake_socket import Sockets
from fake_views import Views
from method_scopes import APP_SCOPES, DOWNLOAD, METHOD_SCOPES
from slack_app import SlackApp, our_app
from slack_book import Book, Clock, SlackError
from slack_methods import METHODS
from slack_state import Channel, Message, User, Workspace

APP_TOKEN = "xapp-1-A0CSPRAPP-test"
WORKSPACE = "T0CSPRTEAM"


class Fault(msgspec.Struct, kw_only=True):
    """What goes wrong with the next call of a method (any, where none is named).

    `carried_out`: the call takes effect and only its answer is lost. `hangs`: nothing is answered until `let_go` is set.
    """

    method: str = ""
    status: int = 200
    error: str = ""
    retry_after: int = 0
    drop_connection: bool = False
    delay: float = 0.0
    carried_out: bool = False
    hangs: bool = False


class Call(msgspec.Struct, frozen=True):
    """A call of the Web API, as it came."""

    method: str
    arguments: dict[str, Any]
    team: str = ""


def workspace(number: int = 0) -> Workspace:
    """A workspace with the app in it; each number another one."""
    mark = f"{number or ''}"
    return Workspace(
        id=f"{WORKSPACE}{mark}",
        domain=f"test-safeguarding{mark}",
        bot_user=f"U0CSPRBOT{mark}",
        bot_id=f"B0CSPRBOT{mark}",
        bot_token=f"xoxb-test-{mark or 0}",
    )


class FakeSlack:
    """Slack with one app in it. `pace` counts the seconds of its limits, where they are not those of the clock."""

    def __init__(
        self,
        clock: Clock,
        *,
        app: SlackApp | None = None,
        workspaces: tuple[Workspace, ...] = (),
        pace: Callable[[], float] | None = None,
        limited: bool = True,
    ) -> None:
        self.app = app or our_app()
        self.book = Book(clock, list(workspaces or (workspace(),)))
        for known in self.book.workspaces.values():
            known.home_enabled = self.app.home
        self.calls: list[Call] = []
        self.faults: deque[Fault] = deque()
        self.limited = limited
        self.hung, self.let_go = asyncio.Event(), asyncio.Event()
        self.used_scopes: set[str] = set()
        """Scopes that something needed, a call, an event or a file: what the app asks for and never uses shows here."""
        self._limits = Limits(pace or (lambda: self.book.time))
        self.chat = Chat(self.book, self.app.scopes)
        self.views = Views(self.book, self.app.id)
        self.files = Files(self.book, self.chat, self._for_files)
        self.hooks = Hooks(self.book, self.chat)
        self.sockets = Sockets(self.book, self.app.id)
        self._methods = {**self.chat.methods(), **self.views.methods(), **self.files.methods()}

    @property
    def api_url(self) -> str:
        """For an SDK client's `base_url`."""
        return f"{self.book.base}/api/"

    @property
    def home(self) -> Workspace:
        """The first workspace."""
        return next(iter(self.book.workspaces.values()))

    def add_person(self, name: str, real_name: str, *, team: str = "", **more: Any) -> User:
        """Somebody in a workspace: `is_restricted` for a guest, `is_stranger` for one of another organisation."""
        user = User(id=self.book.number("U"), team=team or self.home.id, name=name, real_name=real_name, **more)
        self.book.users[user.id] = user
        return user

    def add_channel(self, name: str, *people: User, bot: bool = True, team: str = "", private: bool = False) -> Channel:
        """A channel with people in it, and the bot or not."""
        where = self.book.workspaces[team or self.home.id]
        members = {person.id for person in people} | ({where.bot_user} if bot else set())
        channel = Channel(id=self.book.number("C"), team=where.id, name=name, members=members, private=private)
        self.book.channels[channel.id] = channel
        return channel

    def said(self, channel: str) -> list[Message]:
        """What the bot said there, to everybody or to one person."""
        return [message for message in self.book.channels[channel].messages if message.bot_id]

    def called(self, method: str) -> list[dict[str, Any]]:
        """The arguments of each call of that method."""
        return [call.arguments for call in self.calls if call.method == method]

    def routes(self) -> list[web.RouteDef]:
        """Everything an app reaches."""
        api = [web.route(verb, "/api/{method}", self._called) for verb in ("GET", "POST")]
        return [*api, *self.files.routes(), *self.hooks.routes(), *self.sockets.routes()]

    async def _called(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            arguments = await self._arguments(request, method)
        except SlackError as refused:
            return self._refused(refused)
        self.calls.append(Call(method, arguments, found.id if (found := self._workspace(request)) else ""))
        fault = next((fault for fault in self.faults if fault.method in ("", method)), None)
        if fault is None:
            return await self._carried_out(request, method, arguments)
        self.faults.remove(fault)
        if fault.carried_out:
            await self._carried_out(request, method, arguments)
        return await self._failed(request, fault)

    async def _carried_out(self, request: web.Request, method: str, arguments: dict[str, Any]) -> web.StreamResponse:
        try:
            async with self.book.telling():
                body = {"ok": True, **self._answer(request, method, arguments)}
                return web.json_response(body, headers={"X-OAuth-Scopes": ",".join(sorted(self.app.scopes))})
        except SlackError as refused:
            return self._refused(refused)

    def _answer(self, request: web.Request, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        known = METHODS.get(method)
        if known is None:
            raise SlackError("unknown_method")
        if request.method == "GET" and not known.get:
            raise SlackError("insecure_request" if "connections" in method else "invalid_post_type")
        if method == "apps.connections.open":
            return self._connection(request)
        found = self._authorized(request, method)
        if unknown := known.unknown(arguments):
            raise SlackError("invalid_arguments", [f"[ERROR] invalid additional property: {name}" for name in unknown])
        if missing := known.missing(arguments):
            raise SlackError("invalid_arguments", [f"[ERROR] missing required field: {name}" for name in missing])
        if self.limited:
            self._limits.count(found.id, method, arguments)
        answer: dict[str, Any] = self._methods[method](found, arguments)
        return answer

    def _connection(self, request: web.Request) -> dict[str, Any]:
        token = _bearer(request)
        if token != APP_TOKEN:
            raise SlackError("not_allowed_token_type" if self._workspace(request) else "invalid_auth")
        return self.sockets.ticket()

    def _authorized(self, request: web.Request, method: str) -> Workspace:
        if not _bearer(request):
            raise SlackError("not_authed")
        found = self._workspace(request)
        if found is None:
            raise SlackError("not_allowed_token_type" if _bearer(request) == APP_TOKEN else "invalid_auth")
        needed = METHOD_SCOPES[method] - APP_SCOPES
        if not needed <= self.app.scopes:
            raise SlackError("missing_scope", needed=",".join(sorted(needed)), provided=",".join(sorted(self.app.scopes)))
        self.used_scopes |= needed
        return found

    def _for_files(self, request: web.Request) -> Workspace | None:
        """Files are fetched with the same token and a scope of their own."""
        if DOWNLOAD not in self.app.scopes:
            return None
        self.used_scopes.add(DOWNLOAD)
        return self._workspace(request)

    def _workspace(self, request: web.Request) -> Workspace | None:
        token = _bearer(request)
        return next((known for known in self.book.workspaces.values() if known.bot_token == token), None)

    async def _arguments(self, request: web.Request, method: str) -> dict[str, Any]:
        """From the query, a form or JSON. In a form, what holds JSON is text."""
        given: dict[str, Any] = dict(request.query)
        known = METHODS.get(method)
        if request.content_type == "application/json":
            if known is not None and known.form:
                return given
            body = json.loads(await request.read() or b"{}")
            if not isinstance(body, dict):
                raise SlackError("json_not_object")
            given |= body
        elif request.can_read_body:
            given |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
        for name in (known.json if known else frozenset()) & given.keys():
            given[name] = _parsed(name, given[name])
        return given

    def _refused(self, refused: SlackError) -> web.Response:
        wait = refused.more.pop("retry_after", None)
        body = {"ok": False, "error": refused.code, **refused.more}
        if wait is None:
            return web.json_response(body)
        return web.json_response(body, status=429, headers={"Retry-After": str(wait)})

    async def _failed(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.hangs:
            self.hung.set()
            await self.let_go.wait()
        if fault.drop_connection or fault.hangs:
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after else {}
        status = 429 if fault.retry_after and fault.status == 200 else fault.status
        if status >= 500 and not fault.error:
            return web.Response(status=status, text="upstream connect error", headers=headers)
        error = fault.error or ("ratelimited" if status == 429 else "internal_error")
        return web.json_response({"ok": False, "error": error}, status=status, headers=headers)


def _bearer(request: web.Request) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if kind == "Bearer" else ""


def _parsed(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise SlackError("invalid_blocks_format" if name == "blocks" else "invalid_arguments") from None


@asynccontextmanager
async def serving(fake: FakeSlack) -> AsyncIterator[FakeSlack]:
    """The fake on a port of this machine."""
    app = web.Application(client_max_size=50_000_000)
    app.add_routes(fake.routes())
    async with TestServer(app, host="127.0.0.1") as server:
        fake.book.base = str(server.make_url("")).rstrip("/")
        try:
            yield fake
        finally:
            await fake.sockets.close()
