"""When a week's digest comes, and until when it is caught up. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from state.hours import working_day_from
from state.policy import ClockPolicy, Weekly
from state.values import LONDON, london_day

_WEEK = dt.timedelta(days=7)


def week_begins(day: dt.date) -> dt.date:
    """The Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())


def this_round(now: dt.datetime, weekly: Weekly, clocks: ClockPolicy) -> dt.datetime | None:
    """When the digest of this week came due; None before that. One that was missed is caught up until the week ends."""
    come = [moment for moment in _moments(now, weekly, clocks) if moment <= now]
    return come[-1] if come and week_begins(london_day(come[-1])) == week_begins(london_day(now)) else None


def next_round(after: dt.datetime, weekly: Weekly, clocks: ClockPolicy) -> dt.datetime:
    """When the next one comes after an instant."""
    return next(moment for moment in _moments(after, weekly, clocks) if moment > after)


def _moments(about: dt.datetime, weekly: Weekly, clocks: ClockPolicy) -> Iterator[dt.datetime]:
    """The rounds of the weeks around an instant, in order. Days off may move one into the week after."""
    monday = week_begins(london_day(about)) - _WEEK
    for number in range(4):
        day = working_day_from(monday + number * _WEEK + dt.timedelta(days=weekly.day), clocks)
        yield dt.datetime.combine(day, weekly.at, LONDON).astimezone(dt.UTC)
