"""A Microsoft Graph on this machine, as strict as the real one where its documentation says so.

Sites and their document libraries (`graph_book`), what may be asked of them (`graph_calls`), rules of files (`graph_items`),
upload sessions (`graph_uploads`), changes (`graph_delta`), resource units (`graph_limits`), what goes wrong (`graph_faults`).
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer
from graph_address import SITE_LIST, Address, parsed
from graph_book import Book, GraphError, Identity, Library, Site
from graph_calls import Asked, Calls
from graph_door import FULL, READ, WRITE, App, Call, Door, Token, refusal
from graph_faults import CODES, Faults, Trouble, cut, cut_in_answer, cut_in_body
from graph_items import Items
from graph_json import drive_json, item_json, list_json, site_json
from graph_limits import Limits
from graph_mirror import Mirror
from graph_uploads import Uploads

HOST = "council.sharepoint.com"
TOKEN = "test-token-of-the-assistant"
ASSISTANT = Identity("application", "00000000-0000-4000-a000-00000000a991", "CSPR Assistant")
SITES = {
    ("GET", ""): "site",
    ("GET", "/drives"): "drives",
    ("GET", "/drive"): "drive",
    ("GET", "/lists"): "lists",
    ("GET", "/permissions"): "site_permissions",
}
UPLOADS = {"PUT": "upload_part", "GET": "upload_status", "DELETE": "upload_cancel", "POST": "upload_commit"}
Answer = Callable[[], Awaitable[web.Response]]


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
        self.calls = Calls(self.book, self.items, self.uploads, self.violations)
        self.limits = Limits(pace)
        self.limited = limited
        self.faults = Faults()
        self.log: list[Call] = []
        self.base, self.apart = "", ""

    # For tests

    @property
    def base_url(self) -> str:
        """For `client.request_adapter.base_url`."""
        return f"{self.base}/v1.0"

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
        """IT grants the site to the application: read, write, fullcontrol, or "" for nothing."""
        self.app.grants[site.id] = role

    def files(self, library: Library) -> dict[str, bytes]:
        """Every file of a library by its path, as it is now."""
        return library.files()

    def kinds(self) -> list[str]:
        """The kind of each call, in order."""
        return [call.kind for call in self.log]

    # For the app

    def routes(self) -> list[web.RouteDef]:
        """Everything an app reaches."""
        return [
            web.route("*", "/upload/{session}", self._upload),
            web.get("/download/{name}", self._download),
            web.route("*", "/{rest:.*}", self._graph),
        ]

    async def _graph(self, request: web.Request) -> web.StreamResponse:
        raw = request.raw_path.partition("?")[0]
        address = parsed(raw.removeprefix("/v1.0")) if raw.startswith("/v1.0/") else None
        kind, answer = self._found(request, address)
        return await self._answered(request, kind, answer)

    def _found(self, request: web.Request, address: Address | None) -> tuple[str, Answer]:
        if address is not None and address.drive:
            found = self.calls.find(request.method, address)
            if found is not None:
                kind, role, handler = found
                return kind, lambda: self._of_drive(request, address, role, handler)
        elif address is not None:
            listed = self._of_list(request, address)
            if listed is not None:
                return listed
            known = SITES.get((request.method, address.tail))
            if known is not None:
                return known, lambda: self._of_site(request, address, known)
        return "unknown", lambda: self._unknown(request)

    async def _unknown(self, request: web.Request) -> web.Response:
        self.door.who(request)
        raise GraphError(400, "BadRequest", f"Resource not found for the segment in {request.path!r}.")

    async def _of_drive(
        self, request: web.Request, address: Address, role: str, handler: Callable[[Asked], Awaitable[web.Response]]
    ) -> web.Response:
        app, library = self.door.who(request), self.book.drive(address.drive)
        self.door.may(app, library.site, role)
        return await handler(Asked(request, app, library, address, self.base_url, self.apart))

    def _of_list(self, request: web.Request, address: Address) -> tuple[str, Answer] | None:
        """A list is its library: the same is asked of it by another address."""
        match = SITE_LIST.match(address.tail)
        site = self._site(address)
        if match is None or site is None:
            return None
        named = (match["list"].lower(),)
        library = next((one for one in site.libraries.values() if one.list_id in named or one.name.lower() in named), None)
        if library is None:
            return None
        tail = match["tail"] or ""
        inner = Address(drive=library.id, tail=f"/list{tail}")
        found = self.calls.find(request.method, inner)
        return None if found is None else (found[0], lambda: self._of_drive(request, inner, found[1], found[2]))

    def _site(self, address: Address) -> Site | None:
        if address.host:
            site = self.book.sites.get(address.site_path.strip("/"))
            return site if address.host.lower() == self.book.host else None
        return next((site for site in self.book.sites.values() if address.site in (site.id, site.id.split(",")[1])), None)

    async def _of_site(self, request: web.Request, address: Address, kind: str) -> web.Response:
        app, site = self.door.who(request), self._site(address)
        if site is None:
            raise GraphError(404, "itemNotFound", "Requested site could not be found")
        self.door.may(app, site, FULL if kind == "site_permissions" else READ)
        libraries = list(site.libraries.values())
        if kind == "site":
            return web.json_response(site_json(site))
        if kind == "drives":
            return web.json_response({"value": [drive_json(library) for library in libraries]})
        if kind == "lists":
            return web.json_response({"value": [list_json(library) for library in libraries]})
        if kind == "drive":
            return web.json_response(drive_json(libraries[0]))
        return web.json_response({"value": self._grants_of(site)})

    def _grants_of(self, site: Site) -> list[dict[str, object]]:
        apps = {token.app.identity.id: token.app for token in self.tokens.values() if token.app.grants.get(site.id)}
        return [
            {"id": f"s{number}", "roles": [app.grants[site.id]], "grantedToIdentitiesV2": [app.identity.json()]}
            for number, app in enumerate(apps.values(), 1)
        ]

    # Parts and downloads, on a host of their own

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        kind = UPLOADS.get(request.method, "unknown")
        return await self._answered(request, kind, lambda: self._uploaded(request, kind))

    async def _uploaded(self, request: web.Request, kind: str) -> web.Response:
        if "Authorization" in request.headers:
            raise GraphError(401, "unauthenticated", "The caller is not authenticated.")
        session = self.uploads.session(request.match_info["session"])
        if kind == "upload_status":
            return web.json_response(session.status)
        if kind == "upload_cancel":
            self.uploads.cancel(session.id)
            return web.Response(status=204)
        if kind == "upload_part":
            made = self.uploads.part(session, request.headers.get("Content-Range", ""), await request.read())
        else:
            made = self.uploads.commit(session)
        if made is None:
            return web.json_response(session.status, status=202)
        return web.json_response(item_json(session.library, made[0]), status=201 if made[1] else 200)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        return await self._answered(request, "download", lambda: self._downloaded(request))

    async def _downloaded(self, request: web.Request) -> web.Response:
        if "Authorization" in request.headers:
            raise GraphError(401, "unauthenticated", "The address is authenticated by itself.")
        content = self.calls.downloads.get(request.match_info["name"])
        if content is None:
            raise GraphError(404, "itemNotFound", "The resource could not be found.")
        return web.Response(body=content, content_type="application/octet-stream")

    # What happens to a call

    async def _answered(self, request: web.Request, kind: str, answer: Answer) -> web.StreamResponse:
        call = Call(len(self.log) + 1, request.method, kind, request.path)
        self.log.append(call)
        wait = self.limits.spend(kind) if self.limited else 0
        trouble = self.faults.due(call.number, kind)
        if trouble is not None:
            return await self._troubled(request, call, trouble, answer)
        if wait:
            await request.read()
            call.status = 429
            busy = GraphError(429, CODES[429], "The app has been throttled.", headers={"Retry-After": str(wait)})
            return refusal(busy, call.number)
        return await self._carried_out(call, answer)

    async def _carried_out(self, call: Call, answer: Answer) -> web.Response:
        try:
            found = await answer()
        except GraphError as error:
            found = refusal(error, call.number)
        call.status = found.status
        return found

    async def _troubled(self, request: web.Request, call: Call, trouble: Trouble, answer: Answer) -> web.StreamResponse:
        if trouble.how == "cut_before":
            return cut(request)
        if trouble.how == "cut_body" and request.method in ("PUT", "POST", "PATCH"):
            return await cut_in_body(request)
        if trouble.how == "cut_body":
            return await cut_in_answer(request, await self._carried_out(call, answer))
        if trouble.how == "cut_after":
            await self._carried_out(call, answer)
            return cut(request)
        await request.read()
        if trouble.how == "hang":
            await self.faults.hang()
            return cut(request)
        if trouble.acted:
            await self._carried_out(call, answer)
        call.status = trouble.status
        headers = {} if trouble.retry_after is None else {"Retry-After": str(trouble.retry_after)}
        return refusal(GraphError(trouble.status, trouble.code or CODES[trouble.status], headers=headers), call.number)


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
        graph.base = f"http://127.0.0.1:{server.port}"
        graph.apart = f"http://localhost:{server.port}"
        try:
            yield graph
        finally:
            graph.faults.let_go.set()
