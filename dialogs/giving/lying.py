"""Where the documents of a case lie in a library, and who is let into it: a link is a way in only where IT has opened one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dialogs.desk import Desk
from dialogs.giving.may import OF_A_REQUEST, may_have, request_of
from dialogs.giving.offer import GET, file_name
from dialogs.reply import Button, Link, is_address
from dialogs.scoping.common import has_opened
from state.access import Access
from state.file_records import FILED, GOING, GONE, FileRecord

NAMES = "scoping"
"""The form that is sent out names the child: whoever opens it has opened the request."""
READERS = ("read_case", "send_requests")
"""Whoever may do one of these with a case is of those who work in the case library."""
WORD = ".docx"


def link_to(desk: Desk, what: str, *, opened: bool = False) -> Link | None:
    """A link to the newest version of a document, where this person may have it and works in the library where it lies."""
    found = newest(desk, what)
    return link_of(desk, found, file_name(desk, what), opened=opened) if found is not None else None


def links_beside(desk: Desk, buttons: Iterable[Button], *, opened: bool = False) -> tuple[Link, ...]:
    """The same for each document that one of these buttons offers a copy of."""
    found = (link_to(desk, one.at, opened=opened) for one in buttons if one.action == GET)
    return tuple(link for link in found if link is not None)


def link_of(desk: Desk, file: FileRecord, called: str, *, opened: bool = False) -> Link | None:
    """A link to one version. `opened`: the names of its request are before this person now."""
    if may_have(desk, file.what, file.made_at) is not Access.YES or not _works_there(desk, file):
        return None
    return _drawn(desk, file, called) if opened or _knows_names(desk, file) else None


def address(desk: Desk, what: str) -> Link | None:
    """A link to a document of the case library, for a person of whom the caller knows that they work there."""
    found = newest(desk, what)
    return _drawn(desk, found, file_name(desk, what)) if found is not None and not found.shelf else None


def _drawn(desk: Desk, file: FileRecord, called: str) -> Link | None:
    """Where it is there now, in a library with addresses."""
    if file.state != FILED or not is_address(file.url):
        return None
    key = "giving.open_in_word" if file.path.endswith(WORD) else "giving.open_file"
    return Link(desk.words(key, file=called), file.url)


def _works_there(desk: Desk, file: FileRecord) -> bool:
    """An organisation's people work in its own library alone, and nobody else does."""
    if not file.shelf:
        case = desk.snapshot.case
        return case is not None and any(desk.may(action, case=case) is Access.YES for action in READERS)
    form, _, about = file.what.partition(":")
    request = request_of(desk, about)
    if request is None or request.organisation != file.shelf or form not in OF_A_REQUEST:
        return False
    return desk.may_request(OF_A_REQUEST[form], request) is Access.YES


def _knows_names(desk: Desk, file: FileRecord) -> bool:
    """Nobody has the names before them without its being kept: a copy, or the request, is asked for first."""
    form, _, about = file.what.partition(":")
    request = request_of(desk, about)
    return not file.shelf or form != NAMES or (request is not None and has_opened(desk, request))


def newest(desk: Desk, what: str) -> FileRecord | None:
    """The newest version of a document that is known of."""
    found = [one for one in desk.snapshot.files if one.what == what and one.state in (FILED, GOING, GONE)]
    return max(found, key=age, default=None)


def age(file: FileRecord) -> tuple[datetime, int]:
    """What the newest of several is found by."""
    return file.filed_at or file.made_at, file.number
