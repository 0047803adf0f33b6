"""One call of a drive, with what its address stands for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from graph_address import LIST_ITEM, Address
from graph_book import GraphError, Item, Library
from graph_door import App
from graph_items import FAIL, RENAME, REPLACE, changed, not_found

CONFLICT = "@microsoft.graph.conflictBehavior"


@dataclass
class Where:
    """`base` is Graph's own address up to v1.0, `apart` the host that parts are sent to and files are fetched from."""

    base: str = ""
    apart: str = ""


@dataclass
class Asked:
    """One call of a drive, with what its address stands for."""

    request: web.Request
    app: App
    library: Library
    address: Address
    where: Where

    @property
    def item(self) -> Item:
        """Raises GraphError where there is none."""
        found = self._start()
        if self.address.path is not None:
            for name in filter(None, self.address.path.split("/")):
                child = self.library.child(found, name) if found.folder else None
                if child is None:
                    raise not_found()
                found = child
        return found

    def _start(self) -> Item:
        found = self.library.root if self.address.item == "root" else self.library.items.get(self.address.item)
        if found is None or found.deleted:
            raise not_found()
        return found

    def place(self) -> tuple[str, str]:
        """The folder and the name that the address stands for, whether there are such or not."""
        start = self._start()
        path = "/".join(filter(None, (start.path, self.address.path or "")))
        if path != path.rstrip("/") or "//" in path:
            raise GraphError(400, "invalidRequest", "The path is not valid.")
        return path.rpartition("/")[0], path.rpartition("/")[2]

    def listed(self) -> Item:
        """The item of the address, or the one that has this number in the list. Raises GraphError."""
        match = LIST_ITEM.match(self.address.tail)
        if match is None:
            return self.item
        found = next((item for item in self.library.there() if item.number == int(match["number"]) and item.parent), None)
        if found is None:
            raise not_found()
        return found

    @property
    def tag(self) -> str:
        """The If-Match header."""
        return self.request.headers.get("If-Match", "")

    def must_match(self, item: Item | None) -> None:
        """Raises GraphError where If-Match or If-None-Match do not hold."""
        unlike = self.request.headers.get("If-None-Match", "")
        if (self.tag and (item is None or not item.matches(self.tag))) or (
            unlike and item is not None and item.matches(unlike)
        ):
            raise changed(code="notAllowed" if self.address.tail == "/content" else "resourceModified")


Handler = Callable[[Asked], Awaitable[web.Response]]


Known = tuple[str, str, Handler]
"""Kind, the role that is needed, and what answers it."""


def conflict(asked: str) -> str:
    """Raises GraphError for one that Graph does not know."""
    if asked not in (FAIL, REPLACE, RENAME):
        raise GraphError(400, "invalidRequest", "The conflict behaviour is not known.")
    return asked


def fields_of(item: Item) -> dict[str, Any]:
    """Its columns, and a few that every list has."""
    return {
        "@odata.etag": item.list_etag,
        "id": str(item.number),
        "ContentType": "Folder" if item.folder else "Document",
        "FileLeafRef": item.name,
        **item.fields,
    }


UNASKED = frozenset({"sharePointIds", "sharepointIds"})
"""What nobody is told who does not name it in $select."""


def selected(asked: web.Request, body: dict[str, Any]) -> dict[str, Any]:
    """What $select leaves of an answer, or of each thing in it."""
    names = {name.strip() for name in asked.query.get("$select", "").split(",") if name.strip()}
    if "value" in body:
        return {**body, "value": [_kept(one, names) for one in body["value"]]}
    return _kept(body, names)


def _kept(one: dict[str, Any], names: set[str]) -> dict[str, Any]:
    if not names:
        return {name: value for name, value in one.items() if name not in UNASKED}
    return {name: value for name, value in one.items() if name in names or name == "deleted"}
