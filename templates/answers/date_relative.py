"""Dates said from today: "last Tuesday", "a fortnight ago", "the day before yesterday", "last month"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from templates.answers.asking import Asking, Refusal
from templates.answers.calendar_days import meant, month_end, months_before
from templates.answers.calendar_words import Token
from templates.answers.date_span import Span, month_span, season, year_span

DAY, WEEK, FORTNIGHT, MONTH, YEAR = range(5)
_DAYS = {DAY: 1, WEEK: 7, FORTNIGHT: 14}
_MOST = 150 * 12


def _value(tokens: list[Token], sorts: str, otherwise: int = 0) -> int:
    return next((token.value for token in tokens if token.sort in sorts), otherwise)


def _one(day: date) -> Span:
    return Span(day, day, "day")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _near_today(tokens: list[Token], asking: Asking) -> Span:
    return _one(asking.today + timedelta(days=_value(tokens, "T")))


def _days_beside(tokens: list[Token], asking: Asking) -> Span:
    """The day before yesterday; two days after tomorrow is read too."""
    if _value(tokens, "U") not in _DAYS:
        raise Refusal("date_unread")
    days = _value(tokens, "NC", 1) * _DAYS[_value(tokens, "U")]
    return _one(asking.today + timedelta(days=_value(tokens, "T") + _value(tokens, "B") * days))


def _ago(tokens: list[Token], asking: Asking) -> Span:
    """Days and weeks are counted exactly; months reach half a month either way, years half a year."""
    unit, count = _value(tokens, "U"), _value(tokens[::-1], "NC", 1)
    if unit in _DAYS:
        return _one(asking.today - timedelta(days=count * _DAYS[unit]))
    months = count if unit == MONTH else count * 12
    if months > _MOST:
        raise Refusal("date_unread")
    half = timedelta(days=15 if unit == MONTH else 183)
    middle = months_before(asking.today, months)
    return Span(middle - half, middle + half, "about")


def _weekday(tokens: list[Token], asking: Asking) -> Span:
    """A weekday alone: the last one that can be meant, today included; where the future is allowed, the nearest."""
    monday, weekday = _monday(asking.today), _value(tokens, "W")
    return _one(meant([monday + timedelta(days=weekday + 7 * week) for week in (-1, 0, 1)], asking))


def _which_weekday(tokens: list[Token], asking: Asking) -> Span:
    """Last: the latest before today. This: of the current week. Next: of next week."""
    which, weekday = _value(tokens, "R"), _value(tokens, "W")
    day = _monday(asking.today) + timedelta(days=weekday + (7 if which > 0 else 0))
    return _one(day - timedelta(days=7) if which < 0 and day >= asking.today else day)


def _day_of_month(tokens: list[Token], asking: Asking) -> Span:
    """The 3rd, or Tuesday the 3rd: the last such day that can be meant, within half a year."""
    number, months = _value(tokens, "NO"), [months_before(asking.today.replace(day=1), ago) for ago in range(-6, 7)]
    days = [month.replace(day=number) for month in months if 1 <= number <= month_end(month.year, month.month).day]
    weekday = _value(tokens, "W", -1)
    days = [day for day in days if weekday in (-1, day.weekday())]
    if not days:
        raise Refusal("date_no_such_day", day=number) if not 1 <= number <= 31 else Refusal("date_unread")
    return _one(meant(days, asking))


def _weekday_of_week(tokens: list[Token], asking: Asking) -> Span:
    """Tuesday last week, Tuesday of next week; "Friday week" is seven days after the coming Friday."""
    if _value(tokens, "U") != WEEK:
        raise Refusal("date_unread")
    weekday = _value(tokens, "W")
    if not any(token.sort == "R" for token in tokens):
        coming = (weekday - asking.today.weekday() - 1) % 7 + 1
        return _one(asking.today + timedelta(days=coming + 7))
    return _one(_monday(asking.today) + timedelta(days=weekday + 7 * _value(tokens, "R")))


def _which_unit(tokens: list[Token], asking: Asking) -> Span:
    """Last week, this month, next year: whole ones."""
    which, unit, today = _value(tokens, "R"), _value(tokens, "U"), asking.today
    if unit == WEEK:
        monday = _monday(today) + timedelta(days=7 * which)
        return Span(monday, monday + timedelta(days=6), "about")
    if unit == MONTH:
        month = months_before(today.replace(day=1), -which)
        return month_span(month.year, month.month)
    if unit == YEAR:
        return year_span(today.year + which)
    raise Refusal("date_unread")


def _which_weekend(tokens: list[Token], asking: Asking) -> Span:
    saturday = _monday(asking.today) + timedelta(days=5 + 7 * _value(tokens, "R"))
    return Span(saturday, saturday + timedelta(days=1), "about")


def _season(tokens: list[Token], asking: Asking) -> Span:
    """Last summer is over, next summer has not begun, this summer is this year's; a bare summer is the last to have begun."""
    first, today = _value(tokens, "S"), asking.today
    spans = [season(first, year, year) for year in range(today.year - 2, today.year + 3)]
    which = _value(tokens, "R", -2)
    if which == -2:
        return meant_span(spans, asking)
    if which == 0:
        return next(span for span in spans if span.first.year == today.year)
    past = [span for span in spans if span.last < today]
    return past[-1] if which < 0 else next(span for span in spans if span.first > today)


def _which_month(tokens: list[Token], asking: Asking) -> Span:
    """Last June is over, next June has not begun, this June is this year's."""
    which, month, today = _value(tokens, "R"), _value(tokens, "M"), asking.today
    if which < 0:
        year = today.year if month_end(today.year, month) < today else today.year - 1
    else:
        year = today.year + 1 if which and date(today.year, month, 1) <= today else today.year
    return month_span(year, month)


def meant_span(spans: list[Span], asking: Asking) -> Span:
    """The span whose beginning is the one that is meant."""
    first = meant([span.first for span in spans], asking)
    return next(span for span in spans if span.first == first)


RELATIVE: tuple[tuple[str, Callable[[list[Token], Asking], Span]], ...] = (
    ("T", _near_today),
    ("[NC]?UBT", _days_beside),
    ("[NC]{0,2}UG", _ago),
    ("W", _weekday),
    ("W?O|WN|OW", _day_of_month),
    ("RW", _which_weekday),
    ("WR?U", _weekday_of_week),
    ("RU", _which_unit),
    ("RK", _which_weekend),
    ("R?S", _season),
    ("RM", _which_month),
)
