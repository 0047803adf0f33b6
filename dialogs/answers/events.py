"""What happened in a case, day by day, from its records and its history. Nothing in it identifies anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime

import msgspec

from dialogs.desk import Desk
from dialogs.review.common import partner_label
from dialogs.scoping.common import organisation_name
from state.chains import HistoryRow
from state.records import CaseRecord
from state.scoping_records import RequestRecord
from state.values import london_day
from templates.days import day_text

MOST_NAMED = 4
"""Organisations that are named on one day; more are counted."""
PLAIN = frozenset(
    {
        *("referral_received", "referral_corrected", "case_reopened", "joined", "joined_to", "join_undone"),
        *("hand_over_begun", "hand_over_taken_back", "pack_ordered", "review_concluded", "panel_letter_made"),
        *("supplementary_sent", "case_withdrawn", "case_closed", "case_stood_down", "case_handed_over", "sign_off_void"),
    }
)
"""Kinds of history that are told by their kind alone."""
OF_A_REQUEST = frozenset(
    {
        *("return_received", "nil_return", "return_sent_back", "return_to_sign", "time_asked", "time_granted", "time_refused"),
        *("request_sent", "request_withdrawn", "request_reissued", "request_emailed", "further_question", "without_return"),
    }
)
"""Kinds that are about one organisation's request. Those of a day are told together."""
DECIDED = {"notify": "decided_notify", "not_notify": "decided_not_notify", "more_information": "decided_more_information"}
REPLIED = {"agrees": "panel_agrees", "disagrees": "panel_disagrees", "asks_more": "panel_asks_more"}


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened, or is planned, and when.

    Its words are `answers_asked.event_<kind>`; the rest is what they name.
    """

    at: datetime
    kind: str
    whom: str = ""
    """An organisation, or a partner: those of one day are told together."""
    day: str = ""


def events(desk: Desk, case: CaseRecord, requests: Sequence[RequestRecord], *, whole: bool = True) -> list[Event]:
    """Everything that happened, in order. Not `whole`: to these requests alone."""
    found = [*_of_requests(desk, requests), *(_of_the_case(desk, case) if whole else ())]
    return sorted(found, key=lambda one: one.at)


def _of_requests(desk: Desk, requests: Sequence[RequestRecord]) -> Iterator[Event]:
    known = {one.id: one for one in requests}
    for row in desk.snapshot.history:
        request = known.get(row.what.get("request", ""))
        if row.kind in OF_A_REQUEST and request is not None:
            until = row.what.get("until") or row.what.get("new_date", "")
            day = day_text(date.fromisoformat(until)) if until else ""
            yield Event(at=row.at, kind=row.kind, day=day, whom=organisation_name(desk, request))


def _of_the_case(desk: Desk, case: CaseRecord) -> Iterator[Event]:
    yield from _kept(case)
    meeting = desk.snapshot.meeting
    if meeting is not None and meeting.cancelled_at is None:
        yield Event(at=meeting.starts_at, kind="meeting" if meeting.starts_at <= desk.turn.at else "meeting_planned")
    for row in desk.snapshot.history:
        if row.kind in PLAIN:
            yield Event(at=row.at, kind=row.kind)
        elif row.kind in _SAID:
            yield _SAID[row.kind](desk, row)


def _kept(case: CaseRecord) -> Iterator[Event]:
    """What is known of by its own date, whenever it was written down."""
    when: Mapping[str, datetime | None] = {
        "aware": case.la_aware_at,
        "read": case.acknowledged_at,
        "notified": case.notified_at,
        "sent_to_panel": case.sent_at,
    }
    yield from (Event(at=at, kind=kind) for kind, at in when.items() if at is not None)


def _decided(_desk: Desk, row: HistoryRow) -> Event:
    return Event(at=row.at, kind=DECIDED[row.what["decision"]])


def _meeting(_desk: Desk, row: HistoryRow) -> Event:
    return Event(at=row.at, kind=row.kind, day=day_text(london_day(datetime.fromisoformat(row.what["at"]))))


def _signed(desk: Desk, row: HistoryRow) -> Event:
    return Event(at=row.at, kind="review_signed", whom=partner_label(desk, row.what["partner"]))


def _replied(_desk: Desk, row: HistoryRow) -> Event:
    return Event(at=row.at, kind=REPLIED[row.what["reply"]])


_SAID: Mapping[str, Callable[[Desk, HistoryRow], Event]] = {
    "decision_recorded": _decided,
    "meeting_set": _meeting,
    "meeting_moved": _meeting,
    "review_signed": _signed,
    "panel_replied": _replied,
}


def by_day(desk: Desk, found: Sequence[Event]) -> list[tuple[date, str]]:
    """A text a day. What happened to several organisations on one day is said once."""
    days: dict[date, dict[tuple[str, ...], list[Event]]] = {}
    for one in found:
        alike = (one.kind, one.day)
        days.setdefault(london_day(one.at), {}).setdefault(alike, []).append(one)
    return [(day, " ".join(_said(desk, several) for several in alike.values())) for day, alike in days.items()]


def _said(desk: Desk, alike: Sequence[Event]) -> str:
    one, named = alike[0], [name for name in dict.fromkeys(each.whom for each in alike) if name]
    few = ", ".join(named) if len(named) <= MOST_NAMED else desk.words("answers_asked.so_many", count=len(named))
    return desk.words(f"answers_asked.event_{one.kind}", organisations=few, day=one.day)
