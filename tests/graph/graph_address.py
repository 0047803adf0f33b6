"""Addresses of Graph: by id, by path, and with colons and slashes encoded, as msgraph-sdk sends them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

SITE_BY_PATH = re.compile(r"^/sites/(?P<host>[^/:,]+):/(?P<path>[^:]+)(?::(?P<tail>/[^:]*)?)?$")
SITE = re.compile(r"^/sites/(?P<site>[^/:]+)(?P<tail>/.*)?$")
ITEM = re.compile(r"^/drives/(?P<drive>[^/:]+)/(?:items/)?(?P<item>[^/:]+)(?::/(?P<path>[^:]*):?)?(?P<tail>/[^:]*)?$")
DRIVE = re.compile(r"^/drives/(?P<drive>[^/:]+)(?P<tail>/list.*)?$")
LIST_ITEM = re.compile(r"^/list/items/(?P<number>\d+)(?P<tail>/fields)?$")
SITE_LIST = re.compile(r"^/lists/(?P<list>[^/]+)(?P<tail>/.*)?$")
TOKEN = re.compile(r"^/delta(?:\(\)|\(token='(?P<token>[^']*)'\))?$")


@dataclass(frozen=True)
class Address:
    """A parsed address. `tail` is what is asked of the site, drive or item."""

    tail: str
    host: str = ""
    site_path: str = ""
    site: str = ""
    drive: str = ""
    item: str = ""
    path: str | None = None


def parsed(raw: str) -> Address | None:
    """The address below /v1.0, or None for one that Graph does not know."""
    path = unquote(raw)
    if (match := SITE_BY_PATH.match(path)) is not None:
        return Address(host=match["host"], site_path=match["path"], tail=match["tail"] or "")
    if (match := SITE.match(path)) is not None:
        return Address(site=match["site"], tail=match["tail"] or "")
    if (match := DRIVE.match(path)) is not None:
        return Address(drive=match["drive"], tail=match["tail"] or "")
    match = ITEM.match(path)
    if match is None or (match["item"] != "root" and f"/items/{match['item']}" not in path):
        return None
    return Address(drive=match["drive"], item=match["item"], path=match["path"], tail=match["tail"] or "")
