"""Where people's files are kept, on this machine: as strict as Microsoft's pages say.

Sources: learn.microsoft.com, "Send and receive files using bot"; OneDrive API, "Upload bytes to the upload session" (a range
that fits, no Authorization header, gone once it is complete).
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer

RANGE = re.compile(r"bytes 0-(\d+)/(\d+)")


class OneDrive:
    """Keeps what was asked of it. `tickets` are the places where a file may be put, each once."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.tickets = {"t1", "t2"}
        self.put: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.statuses: list[int] = []
        """Used up in order, one for each upload."""

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/download/{name}", self._download),
            web.get("/endless", self._endless),
            web.get("/elsewhere", self._elsewhere),
            web.put("/upload/{ticket}", self._upload),
        ]

    async def _download(self, request: web.Request) -> web.StreamResponse:
        self._note(request)
        content = self.files.get(request.match_info["name"])
        return web.Response(status=404) if content is None else web.Response(body=content)

    async def _endless(self, request: web.Request) -> web.StreamResponse:
        """Says nothing of how long it is, and goes on while anybody listens."""
        self._note(request)
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(1000):
            await answer.write(b"x" * 2**18)
        return answer

    async def _elsewhere(self, request: web.Request) -> web.StreamResponse:
        self._note(request)
        return web.Response(status=302, headers={"Location": "/download/form.docx"})

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        self._note(request)
        ticket, content = request.match_info["ticket"], await request.read()
        if self.statuses:
            return web.Response(status=self.statuses.pop(0))
        if ticket not in self.tickets:
            return web.Response(status=404)
        found = RANGE.fullmatch(request.headers.get("Content-Range", ""))
        if found is None or (int(found[1]) + 1, int(found[2])) != (len(content), len(content)):
            return web.Response(status=416)
        self.tickets.remove(ticket)
        self.put[ticket] = content
        return web.json_response({"id": "1150D938-8870-4044-9F2C-5BBDEBA70C8C"}, status=201)

    def _note(self, request: web.Request) -> None:
        assert "Authorization" not in request.headers, "the address is all the right that is needed"
        assert "Cookie" not in request.headers
        self.asked.append(request.path)


@asynccontextmanager
async def one_drive() -> AsyncIterator[tuple[OneDrive, str]]:
    """It, and its address."""
    drive = OneDrive()
    app = web.Application(client_max_size=50 * 2**20)
    app.add_routes(drive.routes())
    async with TestServer(app, host="127.0.0.1") as server:
        yield drive, str(server.make_url("")).rstrip("/")
