"""Contents of files: put, fetched from an address of their own, announced as a large upload, and older versions.

learn.microsoft.com/graph/api: driveitem-put-content, driveitem-get-content, driveitem-createuploadsession,
driveitem-list-versions, driveitemversion-get-contents.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from aiohttp import web
from graph_asked import CONFLICT, Asked, Known, conflict
from graph_book import GraphError
from graph_door import READ, WRITE, json_body
from graph_items import REPLACE, Items, not_found
from graph_json import item_json, version_json
from graph_uploads import Uploads

LARGEST_PUT = 250 * 1024 * 1024
VERSION = re.compile(r"^/versions/(?P<version>[\d.]+)(?P<content>/content)?$")


class Contents:
    """What is asked of the content of an item."""

    def __init__(self, items: Items, uploads: Uploads) -> None:
        self._items, self._uploads = items, uploads
        self.downloads: dict[str, bytes] = {}
        """By the last part of its address: whoever has that may fetch it."""

    def calls(self) -> dict[tuple[str, str], Known]:
        """By method and tail of the address."""
        return {
            ("GET", "/content"): ("get_content", READ, self._get_content),
            ("PUT", "/content"): ("put_content", WRITE, self._put_content),
            ("POST", "/createUploadSession"): ("upload_create", WRITE, self._upload_create),
            ("GET", "/versions"): ("versions", READ, self._versions),
        }

    def version(self, method: str, tail: str) -> Known | None:
        """One version, or its content."""
        return ("version", READ, self._version) if method == "GET" and VERSION.match(tail) else None

    def download(self, asked: Asked, content: bytes) -> str:
        """An address that a content can be fetched from."""
        name = f"{len(self.downloads):08d}"
        self.downloads[name] = content
        return f"{asked.where.apart}/download/{name}?tempauth=v1.{name}"

    async def _get_content(self, asked: Asked) -> web.Response:
        item = asked.item
        if item.folder:
            raise GraphError(400, "invalidRequest", "A folder has no content.")
        return web.Response(status=302, headers={"Location": self.download(asked, item.content)})

    async def _put_content(self, asked: Asked) -> web.Response:
        content = await asked.request.read()
        if len(content) > LARGEST_PUT:
            raise GraphError(413, "invalidRequest", "The file is larger than 250 MB.")
        clash = conflict(unquote(asked.request.query.get(CONFLICT, REPLACE)))
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
        item, new = self._items.put(asked.library, parent, name, content, asked.app.identity, clash)
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
        conflict((body.get("item") or {}).get(CONFLICT, REPLACE))
        made = self._uploads.create(asked.library, parent, name, asked.app.identity, body, asked.tag)
        return web.json_response({"uploadUrl": f"{asked.where.apart}/upload/{made.id}?tempauth=v1.{made.id}", **made.status})

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
        return web.Response(status=302, headers={"Location": self.download(asked, found.content)})
