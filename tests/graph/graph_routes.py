"""Which call is what, and who answers it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web
from graph_address import SITE_LIST, Address, parsed
from graph_answering import Answer, Answering
from graph_asked import Asked, Where, selected
from graph_book import Book, GraphError, Site
from graph_calls import Calls
from graph_contents import Contents
from graph_door import READ, Door
from graph_json import drive_json, item_json, list_json, site_json
from graph_uploads import Uploads

SITES = {
    ("GET", ""): "site",
    ("GET", "/drives"): "drives",
    ("GET", "/drive"): "drive",
    ("GET", "/lists"): "lists",
    ("GET", "/permissions"): "site_permissions",
}
UPLOADS = {"PUT": "upload_part", "GET": "upload_status", "DELETE": "upload_cancel", "POST": "upload_commit"}


class Routes:
    """Every address of Graph, and the two kinds of address beside it."""

    def __init__(
        self, book: Book, door: Door, calls: Calls, uploads: Uploads, contents: Contents, answering: Answering, where: Where
    ) -> None:
        self._book, self._door, self._calls = book, door, calls
        self._uploads, self._contents, self._answering, self._where = uploads, contents, answering, where

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
        return await self._answering.answered(request, kind, answer)

    def _found(self, request: web.Request, address: Address | None) -> tuple[str, Answer]:
        if address is not None and address.drive:
            found = self._calls.find(request.method, address)
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
        self._door.who(request)
        raise GraphError(400, "BadRequest", f"Resource not found for the segment in {request.path!r}.")

    async def _of_drive(
        self, request: web.Request, address: Address, role: str, handler: Callable[[Asked], Awaitable[web.Response]]
    ) -> web.Response:
        app, library = self._door.who(request), self._book.drive(address.drive)
        self._door.may(app, library.site, role)
        return await handler(Asked(request, app, library, address, self._where))

    def _of_list(self, request: web.Request, address: Address) -> tuple[str, Answer] | None:
        """A list is its library: the same is asked of it by another address."""
        match = SITE_LIST.match(address.tail)
        site = self._site(address)
        if match is None or site is None:
            return None
        wanted = match["list"].lower()
        library = next((one for one in site.libraries.values() if wanted in (one.list_id, one.name.lower())), None)
        if library is None:
            return None
        tail = match["tail"] or ""
        inner = Address(drive=library.id, tail=f"/list{tail}")
        found = self._calls.find(request.method, inner)
        return None if found is None else (found[0], lambda: self._of_drive(request, inner, found[1], found[2]))

    def _site(self, address: Address) -> Site | None:
        if address.host:
            site = self._book.sites.get(address.site_path.strip("/"))
            return site if address.host.lower() == self._book.host else None
        return next((site for site in self._book.sites.values() if address.site in (site.id, site.id.split(",")[1])), None)

    async def _of_site(self, request: web.Request, address: Address, kind: str) -> web.Response:
        app, site = self._door.who(request), self._site(address)
        if site is None:
            raise GraphError(404, "itemNotFound", "Requested site could not be found")
        self._door.may(app, site, READ)
        if kind == "site_permissions" and not app.full_control:
            raise GraphError(403, "accessDenied", "Access denied")
        libraries = list(site.libraries.values())
        if kind == "site":
            return web.json_response(site_json(site))
        if kind == "drives":
            return web.json_response(selected(request, {"value": [drive_json(library) for library in libraries]}))
        if kind == "lists":
            return web.json_response({"value": [list_json(library) for library in libraries]})
        if kind == "drive":
            return web.json_response(selected(request, drive_json(libraries[0])))
        return web.json_response({"value": self._grants_of(site)})

    def _grants_of(self, site: Site) -> list[dict[str, object]]:
        apps = {token.app.identity.id: token.app for token in self._door.tokens.values() if token.app.grants.get(site.id)}
        return [
            {"id": f"s{number}", "roles": [app.grants[site.id]], "grantedToIdentitiesV2": [app.identity.json()]}
            for number, app in enumerate(apps.values(), 1)
        ]

    # Parts and downloads, on a host of their own

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        kind = UPLOADS.get(request.method, "unknown")
        return await self._answering.answered(request, kind, lambda: self._uploaded(request, kind))

    async def _uploaded(self, request: web.Request, kind: str) -> web.Response:
        _by_itself(request, request.match_info["session"])
        session = self._uploads.session(request.match_info["session"])
        if kind == "upload_status":
            return web.json_response(session.status)
        if kind == "upload_cancel":
            self._uploads.cancel(session.id)
            return web.Response(status=204)
        if kind == "upload_part":
            made = self._uploads.part(session, request.headers.get("Content-Range", ""), await request.read())
        else:
            made = self._uploads.commit(session)
        if made is None:
            return web.json_response(session.status, status=202)
        return web.json_response(item_json(session.library, made[0]), status=201 if made[1] else 200)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        return await self._answering.answered(request, "download", lambda: self._downloaded(request))

    async def _downloaded(self, request: web.Request) -> web.Response:
        _by_itself(request, request.match_info["name"])
        content = self._contents.downloads.get(request.match_info["name"])
        if content is None:
            raise GraphError(404, "itemNotFound", "The resource could not be found.")
        return web.Response(body=content, content_type="application/octet-stream")


def _by_itself(request: web.Request, name: str) -> None:
    """Raises GraphError where a token comes along, and where the address is not whole: it is its own authorization."""
    if "Authorization" in request.headers or request.query.get("tempauth") != f"v1.{name}":
        raise GraphError(401, "unauthenticated", "The caller is not authenticated.")
