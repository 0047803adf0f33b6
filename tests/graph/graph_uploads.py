"""Upload sessions: learn.microsoft.com/graph/api/driveitem-createuploadsession.

In SharePoint a name can be written by one session at a time: while one is open, the next is refused until the first is
cancelled or too old (github.com/OneDrive/onedrive-api-docs/issues/747, and 412 and 6558 of microsoft-graph-docs-contrib there).
A session lives for a quarter of an hour after its last part, its address for a day, then it answers 401 (1073 and 1570 of
onedrive-api-docs). Where nothing is said of conflicts, what is there is replaced, whatever the page says (19010 of
microsoft-graph-docs).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from graph_book import Book, GraphError, Identity, Item, Library
from graph_items import FAIL, REPLACE, Items, changed, checked_name, taken, unlocked
from graph_json import when

STEP = 320 * 1024
LARGEST_PART = 60 * 1024 * 1024
RANGE = re.compile(r"^bytes (\d+)-(\d+)/(\d+)$")


@dataclass
class Session:
    """A file on its way in. `tag` is what the file that it replaces must still be."""

    id: str
    library: Library
    parent: Item
    name: str
    by: Identity
    conflict: str
    expires: datetime
    shut: datetime
    """When its address is no longer taken for one."""
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
        self.lifetime, self.address_lifetime = timedelta(minutes=15), timedelta(hours=24)
        self.checks_late = True
        """Whether `If-Match` of the session is looked at again when its last part comes. Microsoft's page does not say."""
        self.one_at_a_time = True
        """Whether a name that is being written refuses a second session."""
        self._made = 0

    def create(self, library: Library, parent: Item, name: str, by: Identity, asked: dict[str, Any], tag: str) -> Session:
        """A place to send a file to. Raises GraphError where it could not be filed even now."""
        item = asked.get("item") or {}
        if not isinstance(item, dict) or item.get("name", name) != name:
            raise GraphError(400, "invalidRequest", "The name in the body is not that of the address.")
        checked_name(library, parent, name)
        conflict = item.get("@microsoft.graph.conflictBehavior", REPLACE)
        there = library.child(parent, name)
        if there is not None and conflict == FAIL:
            raise taken()
        if self.one_at_a_time and self._being_written(library, parent, name):
            raise taken("A file with the same name is currently being uploaded. Change the filename and try to save again.")
        if there is not None and conflict == REPLACE:
            unlocked(there, by)
        self._made += 1
        now = self._book.now()
        expires, shut = now + self.lifetime, now + self.address_lifetime
        made = Session(f"{self._made:08d}", library, parent, name, by, conflict, expires, shut)
        made.tag, made.defer = tag, bool(asked.get("deferCommit"))
        self.sessions[made.id] = made
        return made

    def _being_written(self, library: Library, parent: Item, name: str) -> bool:
        now = self._book.now()
        going = [one for one in self.sessions.values() if one.library is library and one.parent is parent and one.expires > now]
        return any(one.name.lower() == name.lower() for one in going)

    def expire(self) -> None:
        """All of them are too old from now on."""
        for session in self.sessions.values():
            session.expires = self._book.now()

    def session(self, session_id: str) -> Session:
        """By id. Raises GraphError."""
        found = self.sessions.get(session_id)
        if found is not None and found.shut <= self._book.now():
            raise GraphError(401, "unauthenticated", "The access token has expired.", inner="expiredToken")
        if found is None or found.expires <= self._book.now():
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
        session.expires = self._book.now() + self.lifetime
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
        """File it. Raises GraphError where meanwhile the name was taken, or the file changed or was locked; it stays."""
        if not session.total or session.has != session.total:
            raise GraphError(400, "invalidRequest", "The file is not whole.")
        there = session.library.child(session.parent, session.name)
        if session.tag and self.checks_late and (there is None or not there.matches(session.tag)):
            raise changed()
        content = b"".join(session.parts)
        made = self._items.put(session.library, session.parent, session.name, content, session.by, session.conflict)
        del self.sessions[session.id]
        return made
