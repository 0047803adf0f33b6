"""What a document is made of here: what it reads, who makes it, and where it is filed. Made off the event loop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

import msgspec

from dialogs.completed import filled
from dialogs.filling.asking import shown
from dialogs.kit import Kit
from state.records import AnswerRecord, DraftRecord
from state.scoping_records import RequestRecord
from state.snapshot import Snapshot, Wanted
from state.values import JSON, london_day
from templates.forms.filled import Filled

Body = Mapping[str, JSON]
"""What an outbox row names: ids, numbers and instants, never an answer."""

REFERRALS, DECISIONS, REQUESTS, RETURNS = "01 Referral", "02 Decision", "03 Requests", "04 Returns"
REVIEW, PANEL = "05 Rapid review", "06 Panel"


class Made(msgspec.Struct, frozen=True):
    """A document and where it is filed: folders under the case's own, a stem and a suffix, all by reference."""

    folders: tuple[str, ...]
    stem: str
    suffix: str
    content: bytes
    own: str = ""
    """The organisation that it goes to: where that has a library of its own, it is filed there and nowhere else."""
    organisation: str = ""
    """The organisation that it is from or for."""
    state: str = "final"
    """`draft`, `final` or `form` (to be filled in)."""


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of document. `make` may take long: it runs beside the event loop."""

    wanted: Callable[[Body], Wanted]
    make: Callable[[Snapshot, Body, Kit], Made]


class NothingToMake(Exception):
    """What the document is about is not there."""


def word(body: Body, name: str) -> str:
    """A text of the body, or nothing."""
    return str(body.get(name) or "")


def number(body: Body, name: str) -> int:
    """A whole number of the body, or 0."""
    found = body.get(name)
    return found if isinstance(found, int) else 0


def instant(body: Body, name: str = "at") -> datetime | None:
    """An instant of the body, or None."""
    text = word(body, name)
    return datetime.fromisoformat(text) if text else None


def of_draft(body: Body) -> Wanted:
    """A draft with its answers as they stood at the body's instant, and the request or case it belongs to."""
    return Wanted(
        turn="",
        person="",
        place="",
        draft=word(body, "draft"),
        request=word(body, "request"),
        case=word(body, "case"),
        until=instant(body),
    )


def draft_of(snapshot: Snapshot) -> DraftRecord:
    """The draft that was read. Raises NothingToMake."""
    if snapshot.draft is None:
        raise NothingToMake
    return snapshot.draft


def request_of(snapshot: Snapshot) -> RequestRecord:
    """The request that was read. Raises NothingToMake."""
    if snapshot.request is None:
        raise NothingToMake
    return snapshot.request


class Reading:
    """The answers of a draft as people read them."""

    def __init__(self, kit: Kit, draft: DraftRecord, answers: Mapping[str, AnswerRecord], today: date) -> None:
        self._kit, self._answers, self._today = kit, answers, today
        self.form: Filled = filled(kit, draft, answers)

    def text(self, path: str) -> str:
        """An answer as it is read; for a list as a whole, that there is nothing in it, where that was said."""
        found = self.form.shape.find(path)
        if found is None:
            return ""
        if found[1].columns and self._answers[path].state == "given":
            return self._kit.words.say("filling.none") if self._answers[path].value == "none" else ""
        return shown(self._answers[path], found[1], self.form, self._kit, self._today)


def reading(snapshot: Snapshot, kit: Kit, at: datetime) -> Reading:
    """The draft that was read, on the day the document is of."""
    return Reading(kit, draft_of(snapshot), snapshot.answers, london_day(at))
