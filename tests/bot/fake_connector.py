"""A Bot Connector on this machine, as strict as the real one where its documentation says so.

Sources: Bot Connector REST API reference; learn.microsoft.com/microsoftteams, "Optimize your bot with rate limiting" (limits a
conversation) and "Status codes from bot conversational APIs" (error codes).
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

LIMITS = ((1.0, 7), (2.0, 8), (30.0, 60), (3600.0, 1800))
"""Seconds, and the most sends to one conversation in them."""
LARGEST = 100_000
"""Bytes of a message as UTF-16."""

Fault = Callable[[web.Request], web.StreamResponse]


class FakeConnector:
    """Keeps what arrived. `faults` are used up in order, one a call; `None` lets the call through."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._sends: dict[str, deque[float]] = defaultdict(deque)
        self.conversations: set[str] = set()
        self.people: set[str] = set()
        self.activities: dict[str, dict[str, Any]] = {}
        self.log: list[tuple[str, str, dict[str, Any]]] = []
        self.authorizations: list[str] = []
        self.faults: deque[Fault | None] = deque()
        self.peers: set[object] = set()
        self.hang = False

    def routes(self) -> list[web.RouteDef]:
        base = "/v3/conversations"
        return [
            web.post(base, self._create),
            web.post(base + "/{conversation}/activities", self._send),
            web.put(base + "/{conversation}/activities/{activity}", self._update),
            web.delete(base + "/{conversation}/activities/{activity}", self._delete),
        ]

    async def _create(self, request: web.Request) -> web.StreamResponse:
        if (fault := await self._met(request)) is not None:
            return fault
        body = await self._json(request)
        members = body.get("members") or []
        if body.get("isGroup") or len(members) != 1 or not body.get("tenantId") or not body["bot"].get("id"):
            return error(400, "BadSyntax")
        if members[0]["id"] not in self.people:
            return error(403, "ForbiddenOperationException")
        conversation = f"a:{members[0]['id']}"
        self.conversations.add(conversation)
        self.log.append(("create", conversation, body))
        return web.json_response({"id": conversation}, status=201)

    async def _send(self, request: web.Request) -> web.StreamResponse:
        if (fault := await self._met(request)) is not None:
            return fault
        conversation, body = request.match_info["conversation"], await self._json(request)
        if (refused := self._refused(conversation, body)) is not None:
            return refused
        activity = str(1_700_000_000_000 + len(self.activities))
        self.activities[activity] = body
        self.log.append(("send", conversation, body))
        return web.json_response({"id": activity}, status=201)

    async def _update(self, request: web.Request) -> web.StreamResponse:
        if (fault := await self._met(request)) is not None:
            return fault
        activity, body = request.match_info["activity"], await self._json(request)
        if activity not in self.activities:
            return error(404, "ActivityNotFoundInConversation")
        self.activities[activity] = body
        self.log.append(("update", request.match_info["conversation"], body))
        return web.json_response({"id": activity})

    async def _delete(self, request: web.Request) -> web.StreamResponse:
        if self.activities.pop(request.match_info["activity"], None) is None:
            return error(404, "ActivityNotFoundInConversation")
        return web.Response(status=200)

    def _refused(self, conversation: str, body: dict[str, Any]) -> web.Response | None:
        if body.get("type") != "message" or not (body.get("text") or body.get("attachments")):
            return error(400, "BadSyntax")
        if len(json.dumps(body, ensure_ascii=False).encode("utf-16-le")) > LARGEST:
            return error(413, "MessageSizeTooBig")
        if conversation.split(";", maxsplit=1)[0] not in self.conversations:
            return error(404, "ConversationNotFound")
        return self._limited(conversation.split(";", maxsplit=1)[0])

    def _limited(self, conversation: str) -> web.Response | None:
        now, sends = self._now(), self._sends[conversation]
        for seconds, most in LIMITS:
            if sum(1 for at in sends if now - at < seconds) >= most:
                return error(429, "TooManyRequests", {"Retry-After": str(int(seconds))})
        sends.append(now)
        return None

    async def _met(self, request: web.Request) -> web.StreamResponse | None:
        self.authorizations.append(request.headers.get("Authorization", ""))
        self.peers.add(request.transport.get_extra_info("peername") if request.transport else None)
        if self.hang:
            await asyncio.sleep(30)
        fault = self.faults.popleft() if self.faults else None
        return fault(request) if fault is not None else None

    async def _json(self, request: web.Request) -> dict[str, Any]:
        assert request.content_type == "application/json"
        body: dict[str, Any] = await request.json()
        return body


def error(status: int, code: str, headers: dict[str, str] | None = None) -> web.Response:
    """The connector's own shape of an error."""
    return web.json_response({"error": {"code": code, "message": "not for us"}}, status=status, headers=headers)


def answers(status: int, code: str = "", headers: dict[str, str] | None = None) -> Fault:
    """A fault that answers so."""
    return lambda _: error(status, code, headers)


def cut(request: web.Request) -> web.StreamResponse:
    """A fault that drops the connection in the middle."""
    assert request.transport is not None
    request.transport.close()
    return web.Response()


@asynccontextmanager
async def serving(connector: FakeConnector, *more: web.RouteDef) -> AsyncIterator[TestServer]:
    app = web.Application(client_max_size=10_000_000)
    app.add_routes([*connector.routes(), *more])
    async with TestServer(app, host="127.0.0.1") as server:
        yield server
