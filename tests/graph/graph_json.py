"""Resources as Graph writes them: site, drive, driveItem, permission, version (learn.microsoft.com/graph/api/resources)."""

from __future__ import annotations

import functools
import mimetypes
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from graph_book import Grant, Item, Library, Site, Version
from quick_xor import quick_xor_hash

OFFICE = (".docx", ".xlsx", ".pptx")
hash_of = functools.lru_cache(maxsize=64)(quick_xor_hash)


def when(at: datetime) -> str:
    """A time, to the second as SharePoint has it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def site_json(site: Site) -> dict[str, Any]:
    """A site."""
    return {
        "id": site.id,
        "name": site.name,
        "displayName": site.name,
        "webUrl": site.web_url,
        "siteCollection": {"hostname": site.book.host},
    }


def drive_json(library: Library) -> dict[str, Any]:
    """A drive."""
    return {
        "id": library.id,
        "name": library.name,
        "driveType": "documentLibrary",
        "webUrl": library.web_url,
        "sharePointIds": {"siteId": library.site.id.split(",")[1], "listId": library.list_id},
    }


def list_json(library: Library) -> dict[str, Any]:
    """The library as a list."""
    return {"id": library.list_id, "name": library.name, "displayName": library.name, "webUrl": library.web_url}


def columns_json(library: Library) -> list[dict[str, Any]]:
    """Its columns."""
    return [
        {"id": name, "name": name, "displayName": name, "readOnly": False, "text": {"maxLength": 255}}
        for name in library.columns
    ]


def item_json(library: Library, item: Item, *, path: bool = True) -> dict[str, Any]:
    """A file or folder. delta leaves out the path: learn.microsoft.com/graph/api/driveitem-delta, Remarks."""
    body: dict[str, Any] = {
        "id": item.id,
        "name": item.name,
        "eTag": item.etag,
        "createdDateTime": when(item.created_at),
        "lastModifiedDateTime": when(item.at),
        "createdBy": item.created_by.did(),
        "lastModifiedBy": item.by.did(),
        "size": sum(len(child.content) for child in library.there()) if item.folder else len(item.content),
        "webUrl": web_url(library, item),
        "parentReference": _parent(library, item, path),
        "fileSystemInfo": {"createdDateTime": when(item.created_at), "lastModifiedDateTime": when(item.at)},
        "sharepointIds": {"listId": library.list_id, "listItemId": str(item.number), "listItemUniqueId": item.guid.lower()},
        **_facets(library, item),
    }
    if path:
        body["cTag"] = item.ctag
    return body


def _facets(library: Library, item: Item) -> dict[str, Any]:
    facets: dict[str, Any] = {}
    if item.parent is None:
        facets["root"] = {}
    if item.folder:
        return {**facets, "folder": {"childCount": len(library.children(item))}}
    mime = mimetypes.guess_type(item.name)[0] or "application/octet-stream"
    facets["file"] = {"mimeType": mime, "hashes": {"quickXorHash": hash_of(item.content)}}
    if item.checked_out_by is not None:
        facets["publication"] = {
            "level": "checkout",
            "versionId": item.versions[-1].label,
            "checkedOutBy": item.checked_out_by.did(),
        }
    return facets


def _parent(library: Library, item: Item, path: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"driveType": "documentLibrary", "driveId": library.id, "siteId": library.site.id.split(",")[1]}
    if item.parent is not None:
        found |= {"id": item.parent.id, "name": item.parent.name if item.parent.parent else library.name}
        if path:
            below = quote(item.parent.path)
            found["path"] = f"/drives/{library.id}/root:" + (f"/{below}" if below else "")
    return found


def web_url(library: Library, item: Item) -> str:
    """Where people open it: Office files by their id, other files by their path."""
    if item.name.lower().endswith(OFFICE) and not item.folder:
        asked = f"sourcedoc=%7B{item.guid}%7D&file={quote(item.name)}&action=default&mobileredirect=true"
        return f"{library.site.web_url}/_layouts/15/Doc.aspx?{asked}"
    return f"{library.web_url}/{quote(item.path)}" if item.path else library.web_url


def deleted_json(library: Library, item: Item) -> dict[str, Any]:
    """What delta says of an item that is gone: neither its name nor its tags."""
    kind: dict[str, Any] = {"folder": {}} if item.folder else {"file": {}}
    return {"id": item.id, "deleted": {"state": "deleted"}, "parentReference": _parent(library, item, path=False), **kind}


def version_json(version: Version) -> dict[str, Any]:
    """A version of a file."""
    return {
        "id": version.label,
        "lastModifiedDateTime": when(version.at),
        "lastModifiedBy": version.by.did(),
        "size": len(version.content),
    }


def permission_json(number: int, grant: Grant) -> dict[str, Any]:
    """Who may do what: learn.microsoft.com/graph/api/resources/permission."""
    body: dict[str, Any] = {"id": f"p{number}", "roles": [grant.role], "shareId": f"u!{number}"}
    if grant.link:
        body["link"] = {
            "scope": grant.link,
            "type": "edit" if grant.role == "write" else "view",
            "webUrl": f"https://share.example.org/{number}",
        }
        if grant.who is not None:
            body["grantedToIdentitiesV2"] = [grant.who.json()]
            body["grantedToIdentities"] = [grant.who.json()]
        return body
    assert grant.who is not None
    body["grantedToV2"] = grant.who.json()
    if grant.who.kind != "siteGroup":
        body["grantedTo"] = (
            grant.who.json() if grant.who.kind in ("user", "application") else {"user": {"displayName": grant.who.name}}
        )
    else:
        body["grantedTo"] = {"user": {"displayName": grant.who.name}}
    return body
