"""What stands in a SharePoint: sites, their document libraries, and in those folders and files with all their versions."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

COLUMNS = ("Reference", "Document", "Organisation", "State", "Version")
"""The columns that IT makes in a case library, by their internal names."""


class GraphError(Exception):
    """A refusal as Graph words it: learn.microsoft.com/graph/errors."""

    def __init__(
        self, status: int, code: str, message: str = "", *, inner: str = "", headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code, self.inner = status, code, inner
        self.message = message or code
        self.headers = headers or {}


@dataclass(frozen=True)
class Identity:
    """Who did something: `kind` is user, application, group or siteGroup."""

    kind: str
    id: str
    name: str
    tenant: str = ""
    through: str = ""
    """The program that a person used, where SharePoint says so."""

    def json(self) -> dict[str, Any]:
        """As it stands in a permission."""
        return {self.kind: {"id": self.id, "displayName": self.name}}

    def did(self) -> dict[str, Any]:
        """As it stands beside what somebody did. An application has a user beside it that is nobody:
        github.com/OneDrive/onedrive-api-docs/issues/362. A person may have an application beside them.
        """
        if self.kind == "application":
            return {**self.json(), "user": {"displayName": "SharePoint App"}}
        program = {"application": {"id": f"program-{self.through}", "displayName": self.through}} if self.through else {}
        return {"user": {"email": "somebody@example.org", **self.json()[self.kind]}, **program}


@dataclass(frozen=True)
class Grant:
    """Who may do what with a library or with one item in it. `link` makes it a sharing link of that scope."""

    who: Identity | None
    role: str = "read"
    link: str = ""


@dataclass
class Version:
    """One version of a file. `origin` is the digest of what was written, before SharePoint wrote columns into it."""

    number: int
    content: bytes
    origin: str
    by: Identity
    at: datetime
    why: str

    @property
    def label(self) -> str:
        """As people see it."""
        return f"{self.number}.0"


@dataclass
class Label:
    """A retention label that the tenant has. A record can be neither changed nor deleted."""

    name: str
    record: bool = False


@dataclass
class Item:
    """A folder or a file."""

    id: str
    guid: str
    number: int
    name: str
    parent: Item | None
    folder: bool
    by: Identity
    at: datetime
    created_by: Identity
    created_at: datetime
    changes: int = 1
    content_changes: int = 1
    fields: dict[str, Any] = field(default_factory=dict)
    versions: list[Version] = field(default_factory=list)
    opened_by: dict[str, Identity] = field(default_factory=dict)
    checked_out_by: Identity | None = None
    label: Label | None = None
    grants: list[Grant] | None = None
    deleted: bool = False

    @property
    def content(self) -> bytes:
        """The newest version; nothing for a folder."""
        return self.versions[-1].content if self.versions else b""

    @property
    def etag(self) -> str:
        """Another one with every change."""
        return f'"{{{self.guid}}},{self.changes}"'

    @property
    def list_etag(self) -> str:
        """The same for its columns: the list writes it in its own way."""
        return f'"{self.guid.lower()},{self.changes}"'

    @property
    def ctag(self) -> str:
        """Another one with every change of the content."""
        return f'"c:{{{self.guid}}},{self.content_changes}"'

    @property
    def path(self) -> str:
        """Below the library's root; empty for the root itself."""
        if self.parent is None:
            return ""
        return f"{self.parent.path}/{self.name}" if self.parent.path else self.name

    def matches(self, tag: str) -> bool:
        """Whether an If-Match header names it as it is: by eTag or by cTag."""
        return tag.strip() in ("*", self.etag, self.ctag)


class Library:
    """A document library: to Graph a drive, and a list with columns."""

    def __init__(self, site: Site, name: str, columns: tuple[str, ...]) -> None:
        self.site, self.name = site, name
        self.columns = list(columns)
        self.id = "b!" + _id(f"drive {site.path} {name}", 48)
        self.list_id = _guid(f"list {site.path} {name}")
        self.items: dict[str, Item] = {}
        self.happened: dict[str, int] = {}
        """Each item with the number of the last thing that happened to it."""
        self.count = 0
        self.oldest = 0
        """Tokens of delta from before this are too old."""
        self.grants: list[Grant] = []
        self.root = self.new(
            "root", None, folder=True, by=Identity("application", "system", "System Account"), at=site.book.now()
        )

    @property
    def web_url(self) -> str:
        """Where people see it."""
        return f"{self.site.web_url}/{quote(self.name)}"

    def new(self, name: str, parent: Item | None, *, folder: bool, by: Identity, at: datetime) -> Item:
        """A folder or a file without content yet."""
        seed = f"{self.id} {len(self.items)}"
        item = Item(
            id="01" + base64.b32encode(hashlib.sha256(seed.encode()).digest()).decode()[:32],
            guid=_guid(seed).upper(),
            number=len(self.items),
            name=name,
            parent=parent,
            folder=folder,
            by=by,
            at=at,
            created_by=by,
            created_at=at,
        )
        self.items[item.id] = item
        return item

    def touched(self, item: Item) -> None:
        """Something happened to it: delta tells of it."""
        self.count += 1
        self.happened[item.id] = self.count
        self.site.book.told(self)

    def forget(self) -> None:
        """Every token of delta that was given until now is too old from here on."""
        self.count += 1
        self.oldest = self.count

    def there(self) -> Iterator[Item]:
        """Everything that is not deleted, folders before what is in them."""
        yield from (item for item in self.items.values() if not item.deleted)

    def children(self, folder: Item) -> list[Item]:
        """What is in a folder, by name."""
        return sorted((item for item in self.there() if item.parent is folder), key=lambda item: item.name.lower())

    def child(self, folder: Item, name: str) -> Item | None:
        """By its name: capitals do not matter to SharePoint."""
        return next((item for item in self.there() if item.parent is folder and item.name.lower() == name.lower()), None)

    def at(self, path: str) -> Item | None:
        """By its path below the root."""
        item: Item | None = self.root
        for name in filter(None, path.split("/")):
            item = self.child(item, name) if item is not None else None
        return item

    def files(self) -> dict[str, bytes]:
        """Every file with its newest content."""
        return {item.path: item.content for item in self.there() if not item.folder}


class Site:
    """A site with its libraries."""

    def __init__(self, book: Book, path: str) -> None:
        self.book, self.path = book, path.strip("/")
        self.id = f"{book.host},{_guid(f'site {path}')},{_guid(f'web {path}')}"
        self.name = self.path.rpartition("/")[2]
        self.libraries: dict[str, Library] = {}

    @property
    def web_url(self) -> str:
        """Where people see it."""
        return f"https://{self.book.host}/{quote(self.path)}"

    def library(self, name: str, columns: tuple[str, ...] = COLUMNS) -> Library:
        """The library of that name; made where there is none."""
        if name not in self.libraries:
            self.libraries[name] = Library(self, name, columns)
            self.book.told(self.libraries[name])
        return self.libraries[name]


class Book:
    """All of it, with a clock."""

    def __init__(self, host: str, now: Callable[[], datetime]) -> None:
        self.host = host
        self.sites: dict[str, Site] = {}
        self.labels: dict[str, Label] = {}
        self.listeners: list[Callable[[Library], None]] = []
        self._now, self._last = now, now()

    def now(self) -> datetime:
        """Never the same twice."""
        self._last = max(self._now(), self._last + timedelta(milliseconds=1))
        return self._last

    def site(self, path: str) -> Site:
        """The site at that path of the host; made where there is none."""
        return self.sites.setdefault(path.strip("/"), Site(self, path))

    def told(self, library: Library) -> None:
        """Something is otherwise than it was."""
        for listener in self.listeners:
            listener(library)

    @property
    def libraries(self) -> list[Library]:
        """Of all sites."""
        return [library for site in self.sites.values() for library in site.libraries.values()]

    def drive(self, drive_id: str) -> Library:
        """By the drive's id. Raises GraphError."""
        found = next((library for library in self.libraries if library.id == drive_id), None)
        if found is None:
            raise GraphError(404, "itemNotFound", "The resource could not be found.")
        return found


def _id(seed: str, length: int) -> str:
    return base64.urlsafe_b64encode(hashlib.sha512(seed.encode()).digest()).decode()[:length]


def _guid(seed: str) -> str:
    digest = hashlib.sha256(seed.encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-a{digest[17:20]}-{digest[20:32]}"
