"""A file as Graph tells of it, as a library does."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from bot.library.storage import Item

if TYPE_CHECKING:
    from msgraph.generated.models.drive_item import DriveItem

ROOT = "root:"


def item_of(found: DriveItem, path: str) -> Item:
    """The file. Its tag is the eTag: it changes with the columns too, so what is written over is what was seen, whole."""
    return Item(id=found.id or "", path=path, tag=found.e_tag or "", size=found.size or 0, url=found.web_url or "")


def path_of(found: DriveItem) -> str | None:
    """Its path in the library, where Graph says in which folder it is."""
    above = found.parent_reference.path if found.parent_reference is not None else None
    if above is None or ROOT not in above:
        return None
    folder = unquote(above.partition(ROOT)[2]).strip("/")
    return f"{folder}/{found.name}" if folder else found.name or ""


def is_folder(found: DriveItem) -> bool:
    """Whether it is a folder, or something that holds others like one (a notebook): no file."""
    return found.folder is not None or found.package is not None or found.root is not None
