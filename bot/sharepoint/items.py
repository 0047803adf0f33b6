"""What Graph answers, as much of it as we use.

Read by us: the SDK takes 15 ms of the event loop for each file that it reads, and a page of changes holds hundreds.
Source: learn.microsoft.com/graph/api/resources, driveItem, drive, site, uploadSession.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import msgspec

from bot.library.storage import Item
from bot.sharepoint.addresses import is_site

ROOT = "root:"


class Identity(msgspec.Struct, frozen=True):
    """Somebody, by the id of the directory."""

    id: str | None = None


class IdentitySet(msgspec.Struct, frozen=True):
    """Who did something: a person, where one is named."""

    user: Identity | None = None


class Above(msgspec.Struct, frozen=True):
    """The folder that something is in. Changes come without its path."""

    id: str | None = None
    path: str | None = None


class Hashes(msgspec.Struct, frozen=True, rename="camel"):
    """Of the content."""

    quick_xor_hash: str | None = None


class FileFacet(msgspec.Struct, frozen=True):
    """What makes it a file."""

    hashes: Hashes | None = None


class DriveItem(msgspec.Struct, frozen=True, rename="camel"):
    """A file, or a folder, or what holds others like one (a notebook)."""

    id: str
    name: str = ""
    e_tag: str = ""
    size: int = 0
    web_url: str = ""
    parent_reference: Above | None = None
    last_modified_by: IdentitySet | None = None
    file: FileFacet | None = None
    root: dict[str, Any] | None = None
    deleted: dict[str, Any] | None = None

    @property
    def is_file(self) -> bool:
        """Whether it is one. What was deleted comes without saying what it was."""
        return self.file is not None or self.deleted is not None

    @property
    def hash(self) -> str:
        """quickXorHash of its content, where it is said."""
        return (self.file and self.file.hashes and self.file.hashes.quick_xor_hash) or ""

    @property
    def path(self) -> str | None:
        """Its path in the library, where it is said in which folder it is."""
        above = self.parent_reference.path if self.parent_reference is not None else None
        if above is None or ROOT not in above:
            return None
        return below(unquote(above.partition(ROOT)[2]).strip("/"), self.name)

    def at(self, path: str) -> Item:
        """As a library says it. Its tag is the eTag: it changes with the columns too, so what is replaced is what was seen."""
        url = self.web_url if is_site(self.web_url) else ""
        return Item(id=self.id, path=path, tag=self.e_tag, size=self.size, url=url)


class Drive(msgspec.Struct, frozen=True, rename="camel"):
    """A document library."""

    id: str
    web_url: str = ""


class Site(msgspec.Struct, frozen=True):
    """A site."""

    id: str


class Session(msgspec.Struct, frozen=True, rename="camel"):
    """A place to send a large file to, or how far it has come."""

    upload_url: str = ""
    next_expected_ranges: tuple[str, ...] = ()


class DrivePage(msgspec.Struct, frozen=True):
    """Some of a site's libraries."""

    value: tuple[Drive, ...] = ()
    next: str = msgspec.field(name="@odata.nextLink", default="")


class Page(msgspec.Struct, frozen=True):
    """Some of many files and folders, and where it goes on: in this look, or in the next one."""

    value: tuple[DriveItem, ...] = ()
    next: str = msgspec.field(name="@odata.nextLink", default="")
    delta: str = msgspec.field(name="@odata.deltaLink", default="")


def below(folder: str, name: str) -> str:
    """The path of something in a folder; the root has none."""
    return f"{folder}/{name}" if folder else name
