"""How an organisation is doing with its returns: what came in time and late, what is awaited, how long it took."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import msgspec

from state.clocks import days_late, is_overdue, is_working_day
from state.policy import ClockPolicy
from state.scoping_records import RequestRecord
from state.values import london_day

OUTSTANDING = ("sent", "opened", "drafting", "awaiting_sign_off", "sent_back")
WITHDRAWN = "withdrawn"


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """The requests of one organisation, or of several, in numbers. Those that were withdrawn are in none but their own."""

    asked: int = 0
    in_time: int = 0
    late: int = 0
    days_late: int = 0
    """Working days that late returns were late by, together."""
    awaited: int = 0
    overdue: int = 0
    """Of those that are awaited."""
    nil: int = 0
    """Of those that came: nobody was known to them."""
    extended: int = 0
    """Given more time."""
    withdrawn: int = 0
    median: int | None = None
    """Working days from asking to answering, where anything came."""


def tally(requests: Iterable[RequestRecord], now: datetime, policy: ClockPolicy) -> Tally:
    """The numbers of some requests."""
    every = list(requests)
    asked = [one for one in every if one.state != WITHDRAWN]
    came = [one for one in asked if one.state not in OUTSTANDING and one.returned_at is not None]
    late = [one for one in came if _late(one, policy)]
    awaited = [one for one in asked if one.state in OUTSTANDING]
    took = [working_days(one.sent_at, one.returned_at, policy) for one in came if one.sent_at and one.returned_at]
    return Tally(
        asked=len(asked),
        in_time=len(came) - len(late),
        late=len(late),
        days_late=sum(_late(one, policy) for one in late),
        awaited=len(awaited),
        overdue=sum(1 for one in awaited if one.due is not None and is_overdue(one.due, now)),
        nil=sum(1 for one in came if one.nil),
        extended=sum(1 for one in asked if any(each.granted for each in one.extensions)),
        withdrawn=len(every) - len(asked),
        median=round(statistics.median(took)) if took else None,
    )


def _late(request: RequestRecord, policy: ClockPolicy) -> int:
    """Working days that a return came late, by the newest date that was agreed; at least one where it came late at all."""
    if request.due is None or request.returned_at is None or not is_overdue(request.due, request.returned_at):
        return 0
    return max(days_late(request.due, request.returned_at, policy), 1)


def working_days(start: datetime, end: datetime, policy: ClockPolicy) -> int:
    """Working days from one instant to another: the first day is day 0."""
    day, last, count = london_day(start), london_day(end), 0
    while day < last:
        day += timedelta(days=1)
        count += is_working_day(day, policy)
    return count


def by_organisation(requests: Sequence[RequestRecord]) -> dict[str, list[RequestRecord]]:
    """The requests of each organisation."""
    found: dict[str, list[RequestRecord]] = {}
    for one in requests:
        found.setdefault(one.organisation, []).append(one)
    return found


def year_before(today: date) -> date:
    """The day a year ago: how far back it is looked where nobody said."""
    return today - timedelta(days=365)
