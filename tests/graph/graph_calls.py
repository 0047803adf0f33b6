"""What may be asked of a drive and of the items in it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from aiohttp import web
from graph_address import LIST_ITEM, TOKEN, Address
from graph_book import Book, GraphError, Item, Library
from graph_delta import Delta
from graph_door import READ, WRITE, App, json_body
from graph_items import FAIL, RENAME, REPLACE, Items, not_found
from graph_json import columns_json, drive_json, item_json, list_json, permission_json, version_json, when
from graph_uploads import Uploads

LARGEST_PUT = 250 * 1024 * 1024
CONFLICT = "@microsoft.graph.conflictBehavior"
VERSION = re.compile(r"^/versions/(?P<version>[\d.]+)(?P<content>/content)?$")


@dataclass
class Asked:
    """One call of a drive, with what its address stands for."""

    request: web.Request
    app: App
    library: Library
    address: Address
    base: str
    """Graph's own address, up to v1.0."""
    apart: str
    """The address of the host that parts are sent to and files are fetched from."""

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
            raise GraphError(412, "resourceModified", "ETag does not match current item's value")


Handler = Callable[[Asked], Awaitable[web.Response]]


class Calls:
    """Everything below /drives."""

    def __init__(self, book: Book, items: Items, uploads: Uploads, violations: list[str]) -> None:
        self._book, self._items, self._uploads = book, items, uploads
        self._violations = violations
        self.page = 200
        self.downloads: dict[str, bytes] = {}
        self._table: dict[tuple[str, str], tuple[str, str, Handler]] = {
            ("GET", ""): ("item", READ, self._get),
            ("PATCH", ""): ("update_item", WRITE, self._update),
            ("DELETE", ""): ("delete_item", WRITE, self._delete),
            ("GET", "/children"): ("children", READ, self._children),
            ("POST", "/children"): ("create_folder", WRITE, self._create_folder),
            ("GET", "/content"): ("get_content", READ, self._get_content),
            ("PUT", "/content"): ("put_content", WRITE, self._put_content),
            ("POST", "/createUploadSession"): ("upload_create", WRITE, self._upload_create),
            ("GET", "/permissions"): ("permissions", READ, self._permissions),
            ("GET", "/versions"): ("versions", READ, self._versions),
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

    def find(self, method: str, address: Address) -> tuple[str, str, Handler] | None:
        """Kind, role that is needed, and what answers it."""
        if not address.item:
            return self._of_drive(method, address.tail)
        if method == "GET" and TOKEN.match(address.tail):
            return "delta", READ, self._delta
        if method == "GET" and VERSION.match(address.tail):
            return "version", READ, self._version
        return self._table.get((method, address.tail))

    def _of_drive(self, method: str, tail: str) -> tuple[str, str, Handler] | None:
        if (method, tail) == ("GET", ""):
            return "drive", READ, self._drive
        if (method, tail) == ("GET", "/list"):
            return "list", READ, self._list
        if (method, tail) == ("GET", "/list/columns"):
            return "columns", READ, self._columns
        match = LIST_ITEM.match(tail)
        if match is not None and method == "PATCH" and match["tail"]:
            return "fields", WRITE, self._fields
        if match is not None and method == "GET":
            return "get_fields" if match["tail"] else "list_item", READ, self._get_fields if match["tail"] else self._list_item
        return None

    # The drive

    async def _drive(self, asked: Asked) -> web.Response:
        return web.json_response(drive_json(asked.library))

    async def _list(self, asked: Asked) -> web.Response:
        return web.json_response(list_json(asked.library))

    async def _columns(self, asked: Asked) -> web.Response:
        return web.json_response({"value": columns_json(asked.library)})

    async def _delta(self, asked: Asked) -> web.Response:
        if asked.item.parent is not None:
            raise GraphError(400, "invalidRequest", "Delta is supported on the root of a drive only.")
        match = TOKEN.match(asked.address.tail)
        assert match is not None
        token = match["token"] or asked.request.query.get("token", "").strip("'()")
        page = int(asked.request.query.get("$top", self.page))
        parents = asked.request.headers.get("deltaExcludeParent") is None
        return web.json_response(_selected(asked, Delta(asked.library, page).told(token, asked.base, parents=parents)))

    # Items

    async def _get(self, asked: Asked) -> web.Response:
        return web.json_response(_selected(asked, self._shown(asked, asked.item)))

    def _shown(self, asked: Asked, item: Item) -> dict[str, Any]:
        body = item_json(asked.library, item)
        if not item.folder:
            body["@microsoft.graph.downloadUrl"] = self._download(asked, item.content)
        if "listItem" in asked.request.query.get("$expand", ""):
            body["listItem"] = {"id": str(item.number), "fields": _fields_of(item)}
        return body

    def _download(self, asked: Asked, content: bytes) -> str:
        name = f"{len(self.downloads):08d}"
        self.downloads[name] = content
        return f"{asked.apart}/download/{name}?tempauth=v1.{name}"

    async def _children(self, asked: Asked) -> web.Response:
        item = asked.item
        found = asked.library.children(item) if item.folder else []
        start, page = int(asked.request.query.get("$skiptoken", 0)), int(asked.request.query.get("$top", self.page))
        body: dict[str, Any] = {"value": [item_json(asked.library, child) for child in found[start : start + page]]}
        if start + page < len(found):
            address = f"{asked.base}/drives/{asked.library.id}/items/{item.id}/children"
            body["@odata.nextLink"] = f"{address}?$top={page}&$skiptoken={start + page}"
        return web.json_response(_selected(asked, body))

    async def _create_folder(self, asked: Asked) -> web.Response:
        body, parent = await json_body(asked.request), asked.item
        if not parent.folder or "folder" not in body or not isinstance(body.get("name"), str):
            raise GraphError(400, "invalidRequest", "Only a folder can be made here.")
        made = self._items.new_folder(
            asked.library, parent, body["name"], asked.app.identity, _conflict(body.get(CONFLICT, FAIL))
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

    # Content

    async def _get_content(self, asked: Asked) -> web.Response:
        item = asked.item
        if item.folder:
            raise GraphError(400, "invalidRequest", "A folder has no content.")
        return web.Response(status=302, headers={"Location": self._download(asked, item.content)})

    async def _put_content(self, asked: Asked) -> web.Response:
        content = await asked.request.read()
        if len(content) > LARGEST_PUT:
            raise GraphError(413, "invalidRequest", "The file is larger than 250 MB.")
        conflict = _conflict(unquote(asked.request.query.get(CONFLICT, REPLACE)))
        if asked.address.path is None:
            item = asked.item
            if item.folder:
                raise GraphError(400, "invalidRequest", "A folder has no content.")
            asked.must_match(item)
            return web.json_response(
                item_json(asked.library, self._items.write(asked.library, item, content, asked.app.identity))
            )
        folder, name = asked.place()
        asked.must_match(asked.library.at(f"{folder}/{name}"))
        parent = self._items.folder(asked.library, folder, asked.app.identity)
        item, new = self._items.put(asked.library, parent, name, content, asked.app.identity, conflict)
        return web.json_response(item_json(asked.library, item), status=201 if new else 200)

    async def _upload_create(self, asked: Asked) -> web.Response:
        body = await json_body(asked.request)
        if asked.address.path is None:
            parent, name = asked.item.parent, asked.item.name
            if parent is None or asked.item.folder:
                raise GraphError(400, "invalidRequest", "A folder has no content.")
            body = {**body, "item": {CONFLICT: REPLACE, **(body.get("item") or {})}}
        else:
            folder, name = asked.place()
            parent = self._items.folder(asked.library, folder, asked.app.identity)
        asked.must_match(asked.library.child(parent, name))
        _conflict((body.get("item") or {}).get(CONFLICT, FAIL))
        made = self._uploads.create(asked.library, parent, name, asked.app.identity, body, asked.tag)
        return web.json_response({"uploadUrl": f"{asked.apart}/upload/{made.id}?tempauth=v1.{made.id}", **made.status})

    async def _versions(self, asked: Asked) -> web.Response:
        return web.json_response({"value": [version_json(version) for version in reversed(asked.item.versions)]})

    async def _version(self, asked: Asked) -> web.Response:
        match = VERSION.match(asked.address.tail)
        assert match is not None
        found = next((version for version in asked.item.versions if version.label == match["version"]), None)
        if found is None:
            raise not_found()
        if not match["content"]:
            return web.json_response(version_json(found))
        return web.Response(status=302, headers={"Location": self._download(asked, found.content)})

    # Beside the content

    def _listed(self, asked: Asked) -> Item:
        match = LIST_ITEM.match(asked.address.tail)
        if match is None:
            return asked.item
        found = next((item for item in asked.library.there() if item.number == int(match["number"]) and item.parent), None)
        if found is None:
            raise not_found()
        return found

    async def _list_item(self, asked: Asked) -> web.Response:
        item = self._listed(asked)
        body: dict[str, Any] = {"id": str(item.number), "eTag": item.etag, "webUrl": f"{asked.library.web_url}/{item.path}"}
        if "fields" in asked.request.query.get("$expand", ""):
            body["fields"] = _fields_of(item)
        return web.json_response(body)

    async def _get_fields(self, asked: Asked) -> web.Response:
        return web.json_response(_fields_of(self._listed(asked)))

    async def _fields(self, asked: Asked) -> web.Response:
        body, item = await json_body(asked.request), self._listed(asked)
        asked.must_match(item)
        given = {name: value for name, value in body.items() if not name.startswith("@odata.")}
        self._items.describe(asked.library, item, given, asked.app.identity)
        return web.json_response(_fields_of(item))

    async def _label(self, asked: Asked) -> web.Response:
        body = await json_body(asked.request)
        first = self._items.label(asked.library, asked.item, str(body.get("name", "")), asked.app.identity)
        return web.json_response(_label_json(asked.item), status=201 if first else 200)

    async def _get_label(self, asked: Asked) -> web.Response:
        return web.json_response(_label_json(asked.item))

    async def _permissions(self, asked: Asked) -> web.Response:
        item: Item | None = asked.item
        while item is not None and item.grants is None:
            item = item.parent
        grants = asked.library.grants if item is None or item.grants is None else item.grants
        return web.json_response({"value": [permission_json(number, grant) for number, grant in enumerate(grants, 1)]})

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


def _conflict(asked: str) -> str:
    if asked not in (FAIL, REPLACE, RENAME):
        raise GraphError(400, "invalidRequest", "The conflict behaviour is not known.")
    return asked


def _fields_of(item: Item) -> dict[str, Any]:
    return {
        "id": str(item.number),
        "ContentType": "Folder" if item.folder else "Document",
        "FileLeafRef": item.name,
        **item.fields,
    }


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
        "labelAppliedBy": item.by.json(),
        "labelAppliedDateTime": when(item.at),
    }


def _selected(asked: Asked, body: dict[str, Any]) -> dict[str, Any]:
    """What $select leaves of it."""
    names = {name.strip() for name in asked.request.query.get("$select", "").split(",") if name.strip()}
    if not names:
        return body
    if "value" in body:
        return {**body, "value": [_kept(one, names) for one in body["value"]]}
    return _kept(body, names)


def _kept(one: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name in names or name == "deleted"}
