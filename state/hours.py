"""Working hours in England: when people may be reminded, and when so many working days or hours have gone by. Pure."""

from __future__ import annotations

import datetime as dt

from state.clocks import is_working_day
from state.policy import ClockPolicy, Hours
from state.values import LONDON, london_day, to_london

_DAY = dt.timedelta(days=1)


def in_hours(instant: dt.datetime, hours: Hours, clocks: ClockPolicy) -> bool:
    """Whether people may be reminded now. The last moment is not in it."""
    local = to_london(instant)
    return is_working_day(local.date(), clocks) and hours.first <= local.time() < hours.last


def next_in_hours(instant: dt.datetime, hours: Hours, clocks: ClockPolicy) -> dt.datetime:
    """That instant where it is in working hours, else the beginning of the next ones."""
    if in_hours(instant, hours, clocks):
        return instant
    local = to_london(instant)
    day = local.date() if local.time() < hours.first else local.date() + _DAY
    return begins(working_day_from(day, clocks), hours)


def begins(day: dt.date, hours: Hours) -> dt.datetime:
    """When working hours begin on a day, in UTC."""
    return dt.datetime.combine(day, hours.first, LONDON).astimezone(dt.UTC)


def ends(day: dt.date, hours: Hours) -> dt.datetime:
    """When they end."""
    return dt.datetime.combine(day, hours.last, LONDON).astimezone(dt.UTC)


def working_day_from(day: dt.date, clocks: ClockPolicy) -> dt.date:
    """That day where people work on it, else the next one on which they do."""
    while not is_working_day(day, clocks):
        day += _DAY
    return day


def working_day_until(day: dt.date, clocks: ClockPolicy) -> dt.date:
    """That day where people work on it, else the last one before it on which they do."""
    while not is_working_day(day, clocks):
        day -= _DAY
    return day


def working_days_on(day: dt.date, number: int, clocks: ClockPolicy) -> dt.date:
    """So many working days after a day, or before it where the number is negative. 0 is the day, or the last working one."""
    if number == 0:
        return working_day_until(day, clocks)
    step = _DAY if number > 0 else -_DAY
    for _ in range(abs(number)):
        day += step
        while not is_working_day(day, clocks):
            day += step
    return day


def working_hours_on(start: dt.datetime, number: int, hours: Hours, clocks: ClockPolicy) -> dt.datetime:
    """The instant at which so many working hours have gone by since a start. With 0 the first one in working hours."""
    at, left = next_in_hours(start, hours, clocks), dt.timedelta(hours=number)
    while left:
        rest = ends(london_day(at), hours) - at
        if left < rest:
            return at + left
        left -= rest
        at = next_in_hours(ends(london_day(at), hours), hours, clocks)
    return at
