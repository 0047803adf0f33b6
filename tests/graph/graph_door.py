"""Who asks, and what a refusal looks like."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web
from graph_book import Book, GraphError, Identity, Site

READ, WRITE = "read", "write"


@dataclass
class App:
    """An application with Sites.Selected: it sees nothing but the sites that IT granted to it."""

    identity: Identity
    grants: dict[str, str] = field(default_factory=dict)
    """By the site's id: read or write."""
    full_control: bool = False
    """Whether it has Sites.FullControl.All, without which no application may read who was granted a site. Ours never has."""


@dataclass
class Token:
    """A token of an application."""

    app: App
    expires: datetime | None = None


@dataclass
class Call:
    """A call, as it came. `status` is what came of it, whether the caller heard of that or not; 0 where nothing was done."""

    number: int
    method: str
    kind: str
    path: str
    status: int = 0
    trouble: str = ""
    """How it was made to go wrong."""


class Door:
    """Looks at tokens and grants: learn.microsoft.com/graph/permissions-selected-overview."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.tokens: dict[str, Token] = {}

    def who(self, request: web.Request) -> App:
        """Raises GraphError for a token that is missing, unknown or too old."""
        kind, _, text = request.headers.get("Authorization", "").partition(" ")
        found = self.tokens.get(text) if kind == "Bearer" else None
        if found is None:
            raise GraphError(401, "InvalidAuthenticationToken", "Access token is empty or not valid.")
        if found.expires is not None and found.expires <= self._book.now():
            raise GraphError(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.")
        return found.app

    def may(self, app: App, site: Site, role: str = READ) -> None:
        """Raises GraphError for a site that is not granted, or not for that."""
        granted = app.grants.get(site.id, "")
        order = ("", READ, WRITE)
        if order.index(granted) < order.index(role):
            raise GraphError(403, "accessDenied", "Access denied")


def refusal(error: GraphError, number: int) -> web.Response:
    """As JSON, with the ids that Microsoft's support asks for."""
    inner: dict[str, Any] = {"request-id": _request_id(number), "client-request-id": _request_id(number)}
    if error.inner:
        inner = {"code": error.inner, **inner}
    body = {"error": {"code": error.code, "message": error.message, "innerError": inner}}
    return web.json_response(body, status=error.status, headers={**error.headers, "request-id": _request_id(number)})


def _request_id(number: int) -> str:
    digest = hashlib.sha256(f"request {number}".encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}"


async def json_body(request: web.Request) -> dict[str, Any]:
    """Raises GraphError for what is no JSON object."""
    content = await request.read()
    if not content:
        return {}
    if request.content_type != "application/json":
        raise GraphError(415, "BadRequest", "Entity only allows writes with a JSON Content-Type header.")
    try:
        body = json.loads(content)
    except ValueError:
        raise GraphError(400, "BadRequest", "Unable to read JSON request payload.") from None
    if not isinstance(body, dict):
        raise GraphError(400, "BadRequest", "Unable to read JSON request payload.")
    return body
