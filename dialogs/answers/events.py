"""What happened in a case, day by day, from its records and its history. Nothing in it identifies anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime

import msgspec

from dialogs.desk import Desk
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


class Event(msgspec.Struct, frozen=True):
    """One thing that happened, or is planned: the day, its words, and the organisations that its words leave to be named."""

    day: date
    key: str
    values: tuple[tuple[str, str], ...] = ()
    organisation: str = ""


def events(desk: Desk, case: CaseRecord, requests: Sequence[RequestRecord], *, whole: bool = True) -> list[Event]:
    """Everything that happened, in order. Not `whole`: of these requests alone."""
    found = [*_of_requests(desk, requests), *(_of_the_case(desk, case) if whole else ())]
    return sorted(found, key=lambda one: one.day)


def _of_requests(desk: Desk, requests: Sequence[RequestRecord]) -> Iterator[Event]:
    known = {one.id: one for one in requests}
    for row in desk.snapshot.history:
        request = known.get(row.what.get("request", ""))
        if row.kind in OF_A_REQUEST and request is not None:
            until = row.what.get("until") or row.what.get("new_date", "")
            values = (("until", day_text(date.fromisoformat(until))),) if until else ()
            yield Event(london_day(row.at), f"event_{row.kind}", values, organisation_name(desk, request))


def _of_the_case(desk: Desk, case: CaseRecord) -> Iterator[Event]:
    yield from _kept(case)
    meeting = desk.snapshot.meeting
    if meeting is not None and meeting.cancelled_at is None:
        begun = meeting.starts_at <= desk.turn.at
        yield Event(london_day(meeting.starts_at), "event_meeting" if begun else "event_meeting_planned")
    for row in desk.snapshot.history:
        if row.kind in PLAIN:
            yield Event(london_day(row.at), f"event_{row.kind}")
        elif row.kind in _SAID:
            yield from _SAID[row.kind](desk, row)


def _kept(case: CaseRecord) -> Iterator[Event]:
    """What is known of by its own date, whenever it was written down."""
    when: Mapping[str, datetime | None] = {
        "event_aware": case.la_aware_at,
        "event_read": case.acknowledged_at,
        "event_notified": case.notified_at,
        "event_sent_to_panel": case.sent_at,
    }
    yield from (Event(london_day(at), key) for key, at in when.items() if at is not None)


def _decided(_desk: Desk, row: HistoryRow) -> Iterator[Event]:
    yield Event(london_day(row.at), f"event_decided_{row.what.get('decision', '')}")


def _meeting(_desk: Desk, row: HistoryRow) -> Iterator[Event]:
    at = row.what.get("at", "")
    if at:
        day = day_text(london_day(datetime.fromisoformat(at)))
        yield Event(london_day(row.at), f"event_{row.kind}", (("day", day),))


def _signed(desk: Desk, row: HistoryRow) -> Iterator[Event]:
    partner = desk.words(f"review.partner_{row.what['partner']}")
    yield Event(london_day(row.at), "event_review_signed", (("partner", partner),))


def _replied(_desk: Desk, row: HistoryRow) -> Iterator[Event]:
    yield Event(london_day(row.at), f"event_panel_{row.what.get('reply', '')}")


_SAID: Mapping[str, Callable[[Desk, HistoryRow], Iterator[Event]]] = {
    "decision_recorded": _decided,
    "meeting_set": _meeting,
    "meeting_moved": _meeting,
    "review_signed": _signed,
    "panel_replied": _replied,
}


def by_day(desk: Desk, found: Sequence[Event]) -> list[tuple[date, str]]:
    """A text a day. What happened to several organisations on one day is said once."""
    days: dict[date, dict[tuple[str, tuple[tuple[str, str], ...]], list[str]]] = {}
    for one in found:
        days.setdefault(one.day, {}).setdefault((one.key, one.values), []).append(one.organisation)
    return [
        (day, " ".join(_said(desk, key, dict(values), names) for (key, values), names in said.items()))
        for day, said in days.items()
    ]


def _said(desk: Desk, key: str, values: Mapping[str, str], names: Sequence[str]) -> str:
    named = [name for name in dict.fromkeys(names) if name]
    if not named:
        return desk.words(f"answers_asked.{key}", **values)
    few = ", ".join(named) if len(named) <= MOST_NAMED else desk.words("answers_asked.so_many", count=len(named))
    return desk.words(f"answers_asked.{key}", organisations=few, **values)
