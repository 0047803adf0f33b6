"""Reading the delivery ledger: what a row was about, what did not get through, and what was sent in a period.

Nothing here holds content: references, organisations, states and instants only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from state.changes import Kind, OutboxRow, OutboxStatus, Send
from state.records import CasePersonRecord, CaseRecord, DeadlineRecord

TOLD = "given-up:"
"""What the ids of the turns begin with that tell of a row that was given up; then comes the row's id."""
GIVEN_UP = (OutboxStatus.DEAD, OutboxStatus.UNCERTAIN)
"""How a row ends that did not get through, or of which nobody knows."""
PUT_OFF = "delivery.put_off"
"""The reason of a message that waited for working hours."""
NOT_THEIRS = "delivery.not_theirs_now"
"""Why somebody is not sent what was for them: they may not know of it any more."""
DONE, NEWER = "delivery.done_meanwhile", "delivery.newer_said"
"""Why a reminder is not sent any more."""
REQUEST, RETURN = "request:", "scoping_return"


class AskedOf(msgspec.Struct, frozen=True, kw_only=True):
    """A request by what is plain of it: nothing of it is decrypted."""

    id: str
    case: str
    reference: str
    organisation: str
    agency: str
    state: str
    delivery: str
    quiet: bool
    opened: bool = False
    sent_at: datetime | None = None


class Missed(msgspec.Struct, frozen=True, kw_only=True):
    """What did not get through, of all cases, newest first, with what access to it depends on."""

    rows: tuple[OutboxRow, ...] = ()
    cases: tuple[CaseRecord, ...] = ()
    people: tuple[CasePersonRecord, ...] = ()
    requests: tuple[AskedOf, ...] = ()
    """Those that the rows are about."""
    not_mailed: tuple[AskedOf, ...] = ()
    """Requests by e-mail of which nobody has said that they went, newest first."""


class SentOut(msgspec.Struct, frozen=True, kw_only=True):
    """Cases of which something was sent in a period, with their dates, and the requests of that period, oldest first."""

    start: datetime
    end: datetime
    """The first instant that is no longer in it."""
    cases: tuple[CaseRecord, ...] = ()
    people: tuple[CasePersonRecord, ...] = ()
    deadlines: tuple[DeadlineRecord, ...] = ()
    requests: tuple[AskedOf, ...] = ()
    handed: tuple[tuple[str, datetime], ...] = ()
    """Cases that went to another area, and when they had them."""


def request_of(send: Send) -> str:
    """The id of the request that a row is about, or nothing: by its card, the date it reminds of, or the file it makes."""
    if send.card.startswith(REQUEST):
        return send.card.removeprefix(REQUEST)
    for date in send.about.split():
        _, kind, key = [*date.split(":", 2), "", ""][:3]
        if kind == RETURN:
            return key
    return send.what.partition(":")[2]


def is_missed(row: OutboxRow) -> bool:
    """Whether a row did not get through so far: it was given up, or was tried and will be again. To be put off is no fault."""
    return row.status in GIVEN_UP or (row.status is OutboxStatus.QUEUED and row.reason not in ("", PUT_OFF))


def given_up_at(row: OutboxRow) -> datetime:
    """When a row that was given up was given up: there is no next time to try, so that instant stands in its place."""
    return row.next_at


def is_superseded(row: OutboxRow, later: OutboxRow) -> bool:
    """Whether a later row that was sent is the same thing again: the card, a reminder of that date, or the file."""
    if later.status is not OutboxStatus.SENT or later.id <= row.id:
        return False
    one, other = row.send, later.send
    if one.kind is not Kind.FOLLOW and one.card and one.card == other.card:
        return other.kind in (Kind.POST, one.kind) and (one.lane == other.lane or _asked_elsewhere(row, later))
    return bool(one.about and one.about == other.about) or bool(one.what and one.what == other.what)


def _asked_elsewhere(row: OutboxRow, later: OutboxRow) -> bool:
    """A request that was put to somebody else since. One turn may ask in two channels: each counts for itself."""
    return row.send.card.startswith(REQUEST) and row.turn != later.turn


def standing(rows: Iterable[OutboxRow], later: Iterable[OutboxRow]) -> tuple[OutboxRow, ...]:
    """The rows that nothing later has taken the place of."""
    sent = [one for one in later if one.status is OutboxStatus.SENT]
    return tuple(row for row in rows if not any(is_superseded(row, one) for one in sent))
