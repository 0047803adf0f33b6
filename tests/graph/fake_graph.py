"""A Microsoft Graph on this machine, as strict as the real one where its documentation says so.

Sites and their document libraries (`graph_book`), what may be asked of them (`graph_calls`), rules of files (`graph_items`),
upload sessions (`graph_uploads`), changes (`graph_delta`), resource units (`graph_limits`), what goes wrong (`graph_faults`).
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer
from graph_answering import Answering
from graph_asked import Where
from graph_beside import Beside
from graph_book import Book, Identity, Library, Site
from graph_calls import Calls
from graph_contents import Contents
from graph_door import WRITE, App, Door, Token
from graph_faults import Faults
from graph_items import Items
from graph_limits import Limits
from graph_mirror import Mirror
from graph_routes import Routes
from graph_uploads import Uploads

HOST = "council.sharepoint.com"
TOKEN = "test-token-of-the-assistant"
ASSISTANT = Identity("application", "00000000-0000-4000-a000-00000000a991", "CSPR Assistant")


class FakeGraph:
    """Graph, and the SharePoint behind it, with one application that was granted nothing yet but what `site` grants."""

    def __init__(
        self, now: Callable[[], datetime], pace: Callable[[], float], *, limited: bool = True, host: str = HOST
    ) -> None:
        self.book = Book(host, now)
        self.door = Door(self.book)
        self.app = App(ASSISTANT)
        self.door.tokens[TOKEN] = Token(self.app)
        self.items = Items(self.book)
        self.uploads = Uploads(self.book, self.items)
        self.violations: list[str] = []
        """What nothing of ours may ever do, and did."""
        self.contents, self.beside = Contents(self.items, self.uploads), Beside(self.items, self.violations)
        self.calls = Calls(self.items, self.contents, self.beside)
        self.limits = Limits(pace)
        self.limits.on = limited
        self.answering = Answering(self.limits)
        self.log = self.answering.log
        self.where = Where()
        parts = self.calls, self.uploads, self.contents
        self.routes = Routes(self.book, self.door, *parts, self.answering, self.where).routes

    # For tests

    @property
    def faults(self) -> Faults:
        """The script of what goes wrong. Another one may be set in `answering`."""
        return self.answering.faults

    @property
    def base_url(self) -> str:
        """For `client.request_adapter.base_url`."""
        return self.where.base

    @property
    def tokens(self) -> dict[str, Token]:
        """What is accepted as a bearer token. `fake_graph.TOKEN` is there from the start."""
        return self.door.tokens

    def site(self, path: str, *, grant: str = WRITE) -> Site:
        """The site at that path of the host. A new one is granted to the application as `grant` says; "" not at all."""
        new = path.strip("/") not in self.book.sites
        site = self.book.site(path)
        if new:
            self.app.grants[site.id] = grant
        return site

    def grant(self, site: Site, role: str) -> None:
        """IT grants the site to the application: read, write, or "" for nothing."""
        self.app.grants[site.id] = role

    def files(self, library: Library) -> dict[str, bytes]:
        """Every file of a library by its path, as it is now."""
        return library.files()

    def kinds(self) -> list[str]:
        """The kind of each call, in order."""
        return [call.kind for call in self.log]


def _utc() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def loopback_graph(
    *,
    now: Callable[[], datetime] = _utc,
    pace: Callable[[], float] = time.monotonic,
    limited: bool = True,
    mirror: Path | None = None,
) -> AsyncIterator[FakeGraph]:
    """A Graph on a port of this machine.

    `now` is its clock, `pace` counts the seconds of its limits. `mirror` is a folder that holds the files of the first
    library as they are; those of other libraries stand beside it.
    """
    graph = FakeGraph(now, pace, limited=limited)
    if mirror is not None:
        graph.book.listeners.append(Mirror(mirror).refresh)
    app = web.Application(client_max_size=300 * 1024 * 1024)
    app.add_routes(graph.routes())
    async with TestServer(app, host="127.0.0.1") as server:
        graph.where.base = f"http://127.0.0.1:{server.port}/v1.0"
        graph.where.apart = f"http://localhost:{server.port}"
        try:
            yield graph
        finally:
            graph.faults.let_go.set()
