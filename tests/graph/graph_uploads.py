"""Upload sessions: learn.microsoft.com/graph/api/driveitem-createuploadsession."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from graph_book import Book, GraphError, Identity, Item, Library
from graph_items import FAIL, REPLACE, Items, checked_name, unlocked
from graph_json import when

STEP = 320 * 1024
LARGEST_PART = 60 * 1024 * 1024
RANGE = re.compile(r"^bytes (\d+)-(\d+)/(\d+)$")


@dataclass
class Session:
    """A file on its way in. `item` is the one that it replaces, `tag` the eTag that it may still have then."""

    id: str
    library: Library
    parent: Item
    name: str
    by: Identity
    conflict: str
    expires: datetime
    item: Item | None = None
    tag: str = ""
    defer: bool = False
    total: int = 0
    parts: list[bytes] = field(default_factory=list)

    @property
    def has(self) -> int:
        """Bytes that arrived."""
        return sum(map(len, self.parts))

    @property
    def status(self) -> dict[str, Any]:
        """What is still wanted."""
        return {"expirationDateTime": when(self.expires), "nextExpectedRanges": [f"{self.has}-"]}


class Uploads:
    """All sessions."""

    def __init__(self, book: Book, items: Items) -> None:
        self._book, self._items = book, items
        self.sessions: dict[str, Session] = {}
        self.lifetime = timedelta(hours=24)
        self.checks_late = True
        """Whether `If-Match` of the session is looked at again when its last part comes. Microsoft's page does not say."""
        self._made = 0

    def create(self, library: Library, parent: Item, name: str, by: Identity, asked: dict[str, Any], tag: str) -> Session:
        """A place to send a file to. Raises GraphError where it could not be filed even now."""
        item = asked.get("item") or {}
        if not isinstance(item, dict) or item.get("name", name) != name:
            raise GraphError(400, "invalidRequest", "The name in the body is not that of the address.")
        checked_name(library, parent, name)
        conflict = item.get("@microsoft.graph.conflictBehavior", FAIL)
        there = library.child(parent, name)
        if there is not None and conflict == FAIL:
            raise GraphError(409, "nameAlreadyExists", "The specified item name already exists.")
        if there is not None and conflict == REPLACE:
            unlocked(there, by)
        self._made += 1
        made = Session(f"{self._made:08d}", library, parent, name, by, conflict, self._book.now() + self.lifetime)
        made.item, made.tag, made.defer = there if conflict == REPLACE else None, tag, bool(asked.get("deferCommit"))
        self.sessions[made.id] = made
        return made

    def expire(self) -> None:
        """All of them are too old from now on."""
        self.sessions.clear()

    def session(self, session_id: str) -> Session:
        """By id. Raises GraphError."""
        found = self.sessions.get(session_id)
        if found is None or found.expires <= self._book.now():
            self.sessions.pop(session_id, None)
            raise GraphError(404, "itemNotFound", "The upload session was not found", inner="uploadSessionNotFound")
        return found

    def cancel(self, session_id: str) -> None:
        """Throw it away."""
        self.session(session_id)
        del self.sessions[session_id]

    def part(self, session: Session, header: str, content: bytes) -> tuple[Item, bool] | None:
        """A part of the file. Returns the file once it is whole, and whether it is new."""
        first, last, total = self._range(session, header, content)
        if last + 1 < total and len(content) % STEP:
            raise GraphError(400, "invalidRequest", "The fragment size is not a multiple of 320 KiB.", inner="fragmentSize")
        if first < session.has:
            raise GraphError(416, "invalidRange", "The fragment overlaps with one that was received.", inner="fragmentOverlap")
        if first > session.has:
            raise GraphError(416, "invalidRange", "The fragment is out of order.", inner="fragmentOutOfOrder")
        session.total = total
        session.parts.append(content)
        return self.commit(session) if session.has == total and not session.defer else None

    def _range(self, session: Session, header: str, content: bytes) -> tuple[int, int, int]:
        match = RANGE.match(header)
        if match is None:
            raise GraphError(400, "invalidRequest", "Content-Range is missing or not valid.")
        first, last, total = map(int, match.groups())
        if len(content) >= LARGEST_PART:
            raise GraphError(413, "invalidRequest", "The fragment is too large.", inner="maxFragmentSizeExceeded")
        if last < first or last >= total or last - first + 1 != len(content):
            raise GraphError(400, "invalidRequest", "Content-Range does not fit the length of the content.")
        if session.total and total != session.total:
            raise GraphError(400, "invalidRequest", "The total length is not that of the parts before.")
        return first, last, total

    def commit(self, session: Session) -> tuple[Item, bool]:
        """File it. Raises GraphError where the name was taken, or the file changed or was locked meanwhile; the session stays."""
        if not session.total or session.has != session.total:
            raise GraphError(400, "invalidRequest", "The file is not whole.")
        there = session.library.child(session.parent, session.name)
        if session.tag and self.checks_late and (there is None or not there.matches(session.tag)):
            raise GraphError(412, "resourceModified", "ETag does not match current item's value")
        content = b"".join(session.parts)
        made = self._items.put(session.library, session.parent, session.name, content, session.by, session.conflict)
        del self.sessions[session.id]
        return made
