"""Sums with days: weeks from Monday to Sunday, calendar months, quarters and years, and which year is meant."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from dialogs.asking.found import Direction
from dialogs.asking.time_words import DAY, FORTNIGHT, HOUR, MONTH, QUARTER, WEEK, WEEKEND, WORKING_DAY, YEAR
from state.clocks import is_working_day
from state.policy import ClockPolicy

ONE = timedelta(days=1)
_DAYS = {DAY: 1, WEEK: 7, FORTNIGHT: 14, WEEKEND: 7}
_MONTHS = {MONTH: 1, QUARTER: 3, YEAR: 12}
_POLICY = ClockPolicy()
_MOST_WORKING_DAYS = 400


class Days(NamedTuple):
    """A first and a last day."""

    first: date
    last: date


def one(day: date) -> Days:
    """A single day."""
    return Days(day, day)


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def moved(day: date, count: int, unit: int) -> date:
    """The day so many units later, or earlier where `count` is negative."""
    if unit in _MONTHS:
        return months_on(day, count * _MONTHS[unit])
    if unit == HOUR:
        return day + timedelta(days=count // 24 if count > 0 else -(-count // 24))
    if unit == WORKING_DAY:
        return _working_days_on(day, count)
    return day + timedelta(days=count * _DAYS[unit])


def _working_days_on(day: date, count: int) -> date:
    left, step = min(abs(count), _MOST_WORKING_DAYS), ONE if count > 0 else -ONE
    while left:
        day += step
        left -= is_working_day(day, _POLICY)
    return day


def week_of(day: date) -> Days:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + timedelta(days=6))


def months_of(year: int, first: int, count: int) -> Days:
    """So many whole months from the first of one."""
    start = date(year, first, 1)
    return Days(start, months_on(start, count) - ONE)


def whole(day: date, unit: int) -> Days:
    """The calendar unit that a day lies in. A weekend is that of the day's week."""
    if unit == WEEK:
        return week_of(day)
    if unit == WEEKEND:
        sunday = week_of(day).last
        return Days(sunday - ONE, sunday)
    if unit in _MONTHS:
        length = _MONTHS[unit]
        return months_of(day.year, (day.month - 1) // length * length + 1, length)
    return one(day)


def beside(day: date, steps: int, unit: int) -> Days:
    """The whole calendar unit so many steps after the one that a day lies in: 1 is the next, -1 the last."""
    return whole(moved(whole(day, unit).first, steps, unit), unit)


def nearest(choices: Iterable[Days], today: date, direction: Direction) -> Days | None:
    """The nearest in the direction. What today lies in is nearest of all."""
    if direction is Direction.FORWARD:
        return min((days for days in choices if days.last >= today), default=None)
    if direction is Direction.BACK:
        return max((days for days in choices if days.first <= today), default=None)
    return min(choices, key=lambda days: (_distance(days, today), -days.first.toordinal()), default=None)


def _distance(days: Days, today: date) -> int:
    return max((days.first - today).days, (today - days.last).days, 0)


def weekday(number: int, today: date, direction: Direction) -> date:
    """The nearest such weekday in the direction; today where it is one."""
    ahead = (number - today.weekday()) % 7
    if direction is Direction.BACK or (direction is Direction.NEAREST and ahead > 3):
        ahead -= 7 if ahead else 0
    return today + timedelta(days=ahead)


def made(day: int, month: int, year: int) -> Days | None:
    """That day, or nothing where there is none."""
    if not (1 <= month <= 12 and 1900 <= year <= 2100 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return one(date(year, month, day))


def day_of_year(day: int, month: int, today: date, direction: Direction) -> Days | None:
    """A day without a year: the nearest in the direction. Eight years hold every 29 February but those around 2100."""
    choices = (made(day, month, year) for year in range(today.year - 8, today.year + 9))
    return nearest((days for days in choices if days), today, direction)


def day_of_month(day: int, today: date, direction: Direction) -> Days | None:
    """A day without a month, as "the 12th"."""
    starts = (months_on(today.replace(day=1), step) for step in range(-3, 4))
    choices = (made(day, start.month, start.year) for start in starts)
    return nearest((days for days in choices if days), today, direction)


def months_of_year(first: int, count: int, today: date, direction: Direction) -> Days | None:
    """A month or quarter without a year: the nearest in the direction."""
    return nearest((months_of(year, first, count) for year in (today.year - 1, today.year, today.year + 1)), today, direction)


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian rule)."""
    golden, century, rest = year % 19, year // 100, year % 100
    lift = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - lift - rest % 4) % 7
    late = (golden + 11 * lift + 22 * week) // 451
    month, day = divmod(lift + week - 7 * late + 114, 31)
    return date(year, month, day + 1)
