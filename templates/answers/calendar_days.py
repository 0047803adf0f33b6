"""Days, months and years out of what was typed: which year is meant, what cannot be, and how a day is written in full."""

from __future__ import annotations

from datetime import date, timedelta

from templates.answers.asking import Asking, Refusal
from templates.answers.calendar_words import MONTHS, WEEKDAYS

FIRST_YEAR, LAST_YEAR = 1900, 2100


def day_text(day: date) -> str:
    """A day nobody can mistake: "Wednesday 3 April 2019"."""
    return f"{WEEKDAYS[day.weekday()]} {short_day(day)}"


def short_day(day: date) -> str:
    """A day without its weekday: "3 April 2019"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def full_year(year: int, asking: Asking) -> int:
    """A two-digit year in full: this century up to the last year that can be meant, else the century before.

    Where the future is allowed, twenty years of it are: 27 is 2027 for a deadline and 1927 for a date of birth.
    """
    if year >= 100:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Refusal("date_year", year=year)
        return year
    last = asking.latest.year if asking.latest else asking.today.year + 20
    return 2000 + year if 2000 + year <= last else 1900 + year


def made(day: int, month: int, year: int, asking: Asking, typed: str) -> date:
    """That day. Raises Refusal with the reason for a day that does not exist."""
    check_month(month, day, year, typed)
    if day < 1 or day > 31:
        raise Refusal("date_no_such_day", day=day)
    if day > _longest(month):
        name = MONTHS[month - 1]
        raise (
            Refusal("date_february", day=day)
            if month == 2
            else Refusal("date_short_month", month=name, day=day, days=_longest(month))
        )
    if day > month_end(year, month).day:
        raise Refusal("date_no_leap_past" if year <= asking.today.year else "date_no_leap", year=year)
    return date(year, month, day)


def check_month(month: int, day: int, year: int, typed: str) -> None:
    """Raises Refusal for a month that does not exist, saying how we write dates."""
    if not 1 <= month <= 12:
        swapped = 1 <= day <= 12 and 1 <= month <= month_end(year, day).day
        example = short_day(date(year, day, month)) if swapped else "3 April 2019"
        raise Refusal("date_no_such_month", typed=typed, month=month, example=example)


def without_year(day: int, month: int, asking: Asking, typed: str) -> date:
    """That day of the year that is meant: the last one that can be, or the nearest where the future is allowed too."""
    leap_day = (day, month) == (29, 2)
    made(day, month, 2000, asking, typed)
    near = (
        range(asking.today.year - 8, asking.today.year + 9) if leap_day else range(asking.today.year - 1, asking.today.year + 2)
    )
    return meant([date(year, month, day) for year in near if not leap_day or month_end(year, 2).day == 29], asking)


def meant(days: list[date], asking: Asking) -> date:
    """Which of several days is meant: the last that is allowed; without a bound, the nearest to today."""
    allowed = [day for day in days if asking.latest is None or day <= asking.latest]
    if asking.latest is not None and asking.latest <= asking.today:
        return max(allowed)
    return min(allowed or days, key=lambda day: (abs((day - asking.today).days), day))


def check_weekday(day: date, weekday: int, asking: Asking) -> date:
    """The same day. Raises Refusal where the weekday that was typed is another one."""
    if day.weekday() != weekday:
        key = "date_weekday_past" if day < asking.today else "date_weekday"
        raise Refusal(key, day=short_day(day), really=WEEKDAYS[day.weekday()], typed=WEEKDAYS[weekday])
    return day


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of a shorter month."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, month_end(years, month + 1).day))


def _longest(month: int) -> int:
    return month_end(2000, month).day
