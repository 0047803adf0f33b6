"""What stands beside the content of an item: columns, retention label, permissions, checkout; and sharing, which is told on.

learn.microsoft.com/graph/api: listitem-get, listitem-update, driveitem-setretentionlabel, driveitem-list-permissions,
driveitem-checkout, driveitem-checkin, driveitem-createlink, driveitem-invite.
"""

from __future__ import annotations

from typing import Any

from aiohttp import web
from graph_address import LIST_ITEM
from graph_asked import Asked, Known, fields_of
from graph_book import Grant, GraphError, Item
from graph_door import READ, WRITE, json_body
from graph_items import Items, changed
from graph_json import permission_json, when

ALL, OWN, NONE = "all", "own", "none"


class Beside:
    """What is asked of an item apart from its content."""

    def __init__(self, items: Items, violations: list[str]) -> None:
        self._items, self._violations = items, violations
        self.permissions_seen = ALL
        """What an application is shown of permissions: all, its own alone, or nothing (403). The page allows each of them."""

    def calls(self) -> dict[tuple[str, str], Known]:
        """By method and tail of the address."""
        return {
            ("GET", "/permissions"): ("permissions", READ, self._permissions),
            ("GET", "/listItem"): ("list_item", READ, self._list_item),
            ("GET", "/listItem/fields"): ("get_fields", READ, self._get_fields),
            ("PATCH", "/listItem/fields"): ("fields", WRITE, self._fields),
            ("PATCH", "/retentionLabel"): ("label", WRITE, self._label),
            ("GET", "/retentionLabel"): ("get_label", READ, self._get_label),
            ("POST", "/checkout"): ("checkout", WRITE, self._check_out),
            ("POST", "/checkin"): ("checkin", WRITE, self._check_in),
            ("POST", "/createLink"): ("create_link", WRITE, self._share),
            ("POST", "/invite"): ("invite", WRITE, self._share),
        }

    def of_list(self, method: str, tail: str) -> Known | None:
        """The same by the item's number in the list."""
        match = LIST_ITEM.match(tail)
        return None if match is None else self.calls().get((method, f"/listItem{match['tail'] or ''}"))

    async def _list_item(self, asked: Asked) -> web.Response:
        item = asked.listed()
        body: dict[str, Any] = {
            "id": str(item.number),
            "eTag": item.list_etag,
            "webUrl": f"{asked.library.web_url}/{item.path}",
        }
        if "fields" in asked.request.query.get("$expand", ""):
            body["fields"] = fields_of(item)
        return web.json_response(body)

    async def _get_fields(self, asked: Asked) -> web.Response:
        return web.json_response(fields_of(asked.listed()))

    async def _fields(self, asked: Asked) -> web.Response:
        body, item = await json_body(asked.request), asked.listed()
        if asked.tag not in ("", "*", item.list_etag):
            raise changed()
        given = {name: value for name, value in body.items() if not name.startswith("@odata.")}
        self._items.describe(asked.library, item, given, asked.app.identity)
        return web.json_response(fields_of(item))

    async def _label(self, asked: Asked) -> web.Response:
        body = await json_body(asked.request)
        first = self._items.label(asked.library, asked.item, str(body.get("name", "")), asked.app.identity)
        return web.json_response(_label_json(asked.item), status=201 if first else 200)

    async def _get_label(self, asked: Asked) -> web.Response:
        return web.json_response(_label_json(asked.item))

    async def _permissions(self, asked: Asked) -> web.Response:
        found = self._seen(asked, _grants(asked))
        return web.json_response({"value": [permission_json(number, grant) for number, grant in enumerate(found, 1)]})

    def _seen(self, asked: Asked, grants: list[Grant]) -> list[Grant]:
        if self.permissions_seen == NONE:
            raise GraphError(403, "accessDenied", "Access denied")
        return [grant for grant in grants if self.permissions_seen == ALL or grant.who == asked.app.identity]

    async def _check_out(self, asked: Asked) -> web.Response:
        self._items.check_out(asked.library, asked.item, asked.app.identity)
        return web.Response(status=204)

    async def _check_in(self, asked: Asked) -> web.Response:
        self._items.check_in(asked.library, asked.item, asked.app.identity)
        return web.Response(status=204)

    async def _share(self, asked: Asked) -> web.Response:
        """Answered as Graph would, and told on: nothing of ours ever shares anything."""
        body, item = await json_body(asked.request), asked.item
        self._violations.append(f"{asked.address.tail[1:]} was called for {item.path!r}: {sorted(body)}")
        link = {
            "id": "shared",
            "roles": ["read"],
            "link": {"type": "view", "scope": "organization", "webUrl": "https://share.example.org/x"},
        }
        return web.json_response(link if asked.address.tail == "/createLink" else {"value": [link]}, status=201)


def _grants(asked: Asked) -> list[Grant]:
    """Its own, or those of the folder above that has some of its own, or those of the library."""
    item: Item | None = asked.item
    while item is not None:
        if item.grants is not None:
            return item.grants
        item = item.parent
    return asked.library.grants


def _label_json(item: Item) -> dict[str, Any]:
    if item.label is None:
        return {}
    settings = {
        "behaviorDuringRetentionPeriod": "retainAsRecord" if item.label.record else "retain",
        "isRecordLocked": item.label.record,
    }
    return {
        "name": item.label.name,
        "retentionSettings": settings,
        "labelAppliedBy": item.by.did(),
        "labelAppliedDateTime": when(item.at),
    }
