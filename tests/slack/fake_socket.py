"""Socket Mode of a fake Slack: an address for one connection, a hello, envelopes that must be acknowledged, and a goodbye.

Source: docs.slack.dev, "Using Socket Mode".
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import WSMsgType, web
from slack_book import Book, SlackError

IN_TIME = 3.0
"""Seconds in which Slack wants everything acknowledged."""
PATIENT = 30.0
"""Seconds that the fake waits where a test is not about that: machines that many tests share are slow."""
MOST = 10
"""Connections of an app."""


class Sockets:
    """The connections of our app. `unknown` keeps acknowledgements of envelopes that were never sent."""

    def __init__(self, book: Book, app_id: str) -> None:
        self._book = book
        self._app_id = app_id
        self.patience = PATIENT
        self._tickets: set[str] = set()
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self.open: list[web.WebSocketResponse] = []
        self.opened = 0
        self.unknown: list[Any] = []

    def routes(self) -> list[web.RouteDef]:
        """Where an app connects."""
        return [web.get("/link/", self._link)]

    def ticket(self) -> dict[str, Any]:
        """The answer of apps.connections.open: an address that is good for one connection."""
        if len(self.open) >= MOST:
            raise SlackError("too_many_websockets")
        ticket = self._book.number("t")
        self._tickets.add(ticket)
        return {"url": f"{self._book.base.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={self._app_id}"}

    async def _link(self, request: web.Request) -> web.StreamResponse:
        if request.query.get("ticket") not in self._tickets:
            return web.Response(status=403)
        self._tickets.discard(request.query["ticket"])
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        try:
            await self._greet(socket)
            await self._listen(socket)
        finally:
            self._gone(socket)
        return socket

    async def _greet(self, socket: web.WebSocketResponse) -> None:
        debug = {"host": "applink-test", "build_number": 54, "approximate_connection_time": 3600}
        async with self._book.telling():
            self.open.append(socket)
            self.opened += 1
            await socket.send_json(
                {
                    "type": "hello",
                    "num_connections": len(self.open),
                    "debug_info": debug,
                    "connection_info": {"app_id": self._app_id},
                }
            )

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for message in socket:
            if message.type is WSMsgType.TEXT and message.data.startswith("{"):
                self._acknowledged(json.loads(message.data))

    def _acknowledged(self, answer: dict[str, Any]) -> None:
        waiting = self._waiting.pop(answer.get("envelope_id", ""), None)
        if waiting is None:
            self.unknown.append(answer)
        elif not waiting.done():
            waiting.set_result(answer.get("payload"))

    def _gone(self, socket: web.WebSocketResponse) -> None:
        if socket in self.open:
            self.open.remove(socket)

    async def send(self, kind: str, payload: dict[str, Any], *, answerable: bool, retry: int = 0) -> Any:
        """An envelope on the newest connection. Returns what it was acknowledged with. Raises TimeoutError where it was not."""
        number = self._book.number("e")
        envelope: dict[str, Any] = {"envelope_id": number, "type": kind, "payload": payload}
        envelope["accepts_response_payload"] = answerable
        if kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
        waiting = self._waiting[number] = asyncio.get_running_loop().create_future()
        await self.open[-1].send_json(envelope)
        async with asyncio.timeout(self.patience):
            return await waiting

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Slack asks the app to connect again (`warning`, `refresh_requested`, `link_disabled`); after a warning it waits."""
        for socket in list(self.open):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "wss-111.slack.com"}})
            if reason != "warning":
                await socket.close()

    async def close(self) -> None:
        """Cut every connection without a word."""
        for socket in list(self.open):
            await socket.close()
