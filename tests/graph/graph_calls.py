"""What may be asked of a drive and of the items in it: learn.microsoft.com/graph/api, drive, driveItem, list."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from graph_address import TOKEN, Address
from graph_asked import CONFLICT, Asked, Known, conflict, fields_of, selected
from graph_beside import Beside
from graph_book import GraphError, Item
from graph_contents import Contents
from graph_delta import Delta
from graph_door import READ, WRITE, json_body
from graph_items import FAIL, Items, not_found
from graph_json import columns_json, drive_json, item_json, list_json


class Calls:
    """Everything below /drives."""

    def __init__(self, items: Items, contents: Contents, beside: Beside) -> None:
        self._items, self._contents, self._beside = items, contents, beside
        self.page = 200
        """Items on a page of children or of delta, where `$top` does not say less."""
        self._of_drive: dict[tuple[str, str], Known] = {
            ("GET", ""): ("drive", READ, self._drive),
            ("GET", "/list"): ("list", READ, self._list),
            ("GET", "/list/columns"): ("columns", READ, self._columns),
        }
        self._of_item: dict[tuple[str, str], Known] = {
            ("GET", ""): ("item", READ, self._get),
            ("PATCH", ""): ("update_item", WRITE, self._update),
            ("DELETE", ""): ("delete_item", WRITE, self._delete),
            ("GET", "/children"): ("children", READ, self._children),
            ("POST", "/children"): ("create_folder", WRITE, self._create_folder),
            **contents.calls(),
            **beside.calls(),
        }

    def find(self, method: str, address: Address) -> Known | None:
        """What answers a call, or None for one that Graph does not know."""
        tail = address.tail
        if not address.item:
            return self._of_drive.get((method, tail)) or self._beside.of_list(method, tail)
        if method == "GET" and (match := TOKEN.match(tail)):
            return ("delta" if match["token"] else "delta_whole"), READ, self._delta
        return self._of_item.get((method, tail)) or self._contents.version(method, tail)

    async def _drive(self, asked: Asked) -> web.Response:
        return web.json_response(selected(asked.request, drive_json(asked.library)))

    async def _list(self, asked: Asked) -> web.Response:
        return web.json_response(selected(asked.request, list_json(asked.library)))

    async def _columns(self, asked: Asked) -> web.Response:
        return web.json_response({"value": columns_json(asked.library)})

    async def _delta(self, asked: Asked) -> web.Response:
        if asked.item.parent is not None:
            raise GraphError(400, "invalidRequest", "Delta is supported on the root of a drive only.")
        match = TOKEN.match(asked.address.tail)
        assert match is not None
        token = match["token"] or asked.request.query.get("token", "").strip("'()")
        page = self._page(asked)
        parents = asked.request.headers.get("deltaExcludeParent") is None
        told = Delta(asked.library, page).told(token, asked.where.base, parents=parents)
        return web.json_response(selected(asked.request, told))

    async def _get(self, asked: Asked) -> web.Response:
        return web.json_response(selected(asked.request, self._shown(asked, asked.item)))

    def _shown(self, asked: Asked, item: Item) -> dict[str, Any]:
        body = item_json(asked.library, item)
        if not item.folder:
            body["@microsoft.graph.downloadUrl"] = self._contents.download(asked, item.content)
        if "listItem" in asked.request.query.get("$expand", ""):
            body["listItem"] = {"id": str(item.number), "fields": fields_of(item)}
        return body

    async def _children(self, asked: Asked) -> web.Response:
        item = asked.item
        found = asked.library.children(item) if item.folder else []
        start, page = int(asked.request.query.get("$skiptoken", 0)), self._page(asked)
        body: dict[str, Any] = {"value": [item_json(asked.library, child) for child in found[start : start + page]]}
        if start + page < len(found):
            address = f"{asked.where.base}/drives/{asked.library.id}/items/{item.id}/children"
            body["@odata.nextLink"] = f"{address}?$top={page}&$skiptoken={start + page}"
        return web.json_response(selected(asked.request, body))

    async def _create_folder(self, asked: Asked) -> web.Response:
        body, parent = await json_body(asked.request), asked.item
        if not parent.folder or "folder" not in body or not isinstance(body.get("name"), str):
            raise GraphError(400, "invalidRequest", "Only a folder can be made here.")
        made = self._items.new_folder(
            asked.library, parent, body["name"], asked.app.identity, conflict(body.get(CONFLICT, FAIL))
        )
        return web.json_response(item_json(asked.library, made), status=201)

    async def _update(self, asked: Asked) -> web.Response:
        body, item = await json_body(asked.request), asked.item
        asked.must_match(item)
        where = body.get("parentReference", {}).get("id", "")
        parent = asked.library.items.get(where) if where else None
        if where and (parent is None or parent.deleted):
            raise not_found()
        self._items.update(asked.library, item, asked.app.identity, name=body.get("name", ""), parent=parent)
        return web.json_response(item_json(asked.library, item))

    async def _delete(self, asked: Asked) -> web.Response:
        item = asked.item
        asked.must_match(item)
        self._items.delete(asked.library, item, asked.app.identity)
        return web.Response(status=204)

    def _page(self, asked: Asked) -> int:
        return min(self.page, int(asked.request.query.get("$top", self.page)))
