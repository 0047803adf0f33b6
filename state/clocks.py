"""Working days in England, and when things fall due. Pure; the present is always given.

The day something starts is day 0. Weekends and bank holidays of England and Wales do not count, substitute days and one-off
holidays included. What falls due does so at 17:00 London time (a setting) on the last day; overdue from the next midnight.
A time without an offset is London time. Bank holidays come from the `holidays` package, which follows GOV.UK's list.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from functools import lru_cache

import msgspec

from state.policy import ClockPolicy, ClockRule, Unit
from state.values import LONDON, london_day, to_london

FIRST_YEAR, LAST_YEAR = 1978, 2099
"""The years whose bank holidays are known: the early May holiday began in 1978."""

_DAY = dt.timedelta(days=1)
_OBSERVED = " (observed)"
_SUBSTITUTE = " (substitute day)"


class ClockRefused(Exception):
    """A clock or a date that cannot be counted with. The message says what can."""


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """When something falls due: the day in England and the instant in UTC. `excluded`: bank holidays that did not count."""

    clock: str
    start: dt.date
    date: dt.date
    instant: dt.datetime
    excluded: tuple[tuple[dt.date, str], ...] = ()
    source: str = ""
    warning: str = ""


def due(clock: str, start: dt.date | dt.datetime, policy: ClockPolicy) -> Due:
    """When that clock, started then, falls due. Raises ClockRefused for an unknown clock or a year out of range."""
    rule = policy.clocks.get(clock)
    if rule is None:
        raise ClockRefused(f"{clock}: there is no such clock. The clocks are: {', '.join(policy.clocks)}.")
    first = _first_day(start, rule, policy)
    day = _last_day(first, rule, policy)
    return Due(
        clock=clock,
        start=first,
        date=day,
        instant=_due_instant(day, policy),
        excluded=_excluded(first, day, policy) if rule.unit is Unit.WORKING_DAYS else (),
        source=rule.source,
        warning="" if is_working_day(day, policy) else policy.not_a_working_day,
    )


def add_working_days(start: dt.date | dt.datetime, days: int, policy: ClockPolicy) -> dt.datetime:
    """The instant at which a length of so many working days ends, in UTC. Raises ClockRefused."""
    return _due_instant(_count(_day_of(start), days, 1, policy), policy)


def is_overdue(due_at: dt.datetime, now: dt.datetime) -> bool:
    """Overdue from the midnight, London time, that ends the due day."""
    return london_day(now) > london_day(due_at)


def days_late(due_at: dt.datetime, now: dt.datetime, policy: ClockPolicy) -> int:
    """Working days after the due day, today included; 0 while it is not late or only days off have passed."""
    last, day, late = london_day(now), london_day(due_at), 0
    while day < last:
        day += _DAY
        late += is_working_day(day, policy)
    return late


def is_working_day(day: dt.date, policy: ClockPolicy) -> bool:
    """Monday to Friday and no bank holiday."""
    return day.weekday() < 5 and not bank_holiday(day, policy)


def bank_holiday(day: dt.date, policy: ClockPolicy) -> str:
    """The name of the bank holiday on that day in England and Wales as GOV.UK gives it, or an empty text."""
    if day in policy.extra_holidays:
        return policy.extra_holidays[day]
    name = _bank_holidays(day.year).get(day, "")
    substitute = name.endswith(_OBSERVED)
    plain = name.removesuffix(_OBSERVED)
    return policy.holiday_names.get(plain, plain) + (_SUBSTITUTE if substitute else "")


@lru_cache(maxsize=256)
def _bank_holidays(year: int) -> dict[dt.date, str]:
    import holidays  # noqa: PLC0415 - 18 MB, needed only once something is counted

    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))


def _day_of(start: dt.date | dt.datetime) -> dt.date:
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise ClockRefused(f"The date must lie between {FIRST_YEAR} and {LAST_YEAR}.")
    if not isinstance(start, dt.datetime):
        return start
    return start.date() if start.tzinfo is None else london_day(start)


def _first_day(start: dt.date | dt.datetime, rule: ClockRule, policy: ClockPolicy) -> dt.date:
    day = _day_of(start)
    if not policy.roll_forward or rule.back:
        return day
    if is_working_day(day, policy) and not _after_hours(start, policy):
        return day
    return _count(day, 1, 1, policy)


def _after_hours(start: dt.date | dt.datetime, policy: ClockPolicy) -> bool:
    if not isinstance(start, dt.datetime):
        return False
    local = start if start.tzinfo is None else to_london(start)
    return local.time() >= policy.due_at


def _last_day(first: dt.date, rule: ClockRule, policy: ClockPolicy) -> dt.date:
    direction = -1 if rule.back else 1
    if rule.unit is Unit.MONTHS:
        return _months_on(first, direction * rule.length)
    return _count(first, rule.length, direction, policy)


def _count(day: dt.date, length: int, direction: int, policy: ClockPolicy) -> dt.date:
    left = length
    while left:
        day += direction * _DAY
        left -= is_working_day(day, policy)
    return day


def _months_on(day: dt.date, months: int) -> dt.date:
    """The same day of another month, clipped to the end of a shorter one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _due_instant(day: dt.date, policy: ClockPolicy) -> dt.datetime:
    return dt.datetime.combine(day, policy.due_at, LONDON).astimezone(dt.UTC)


def _excluded(first: dt.date, last: dt.date, policy: ClockPolicy) -> tuple[tuple[dt.date, str], ...]:
    """Bank holidays that would else have counted. Weekends are not named, nor a holiday that falls on one."""
    low, high = (first + _DAY, last) if first <= last else (last, first - _DAY)
    days = (low + _DAY * offset for offset in range((high - low).days + 1))
    return tuple((day, name) for day in days if day.weekday() < 5 and (name := bank_holiday(day, policy)))
