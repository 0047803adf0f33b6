"""Spans of days: an exact day, a whole month or year, or something between."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from templates.answers.calendar_days import month_end

ABOUT_DAY = timedelta(days=7)
"""How far "about 3 April 2019" reaches, either way. A month or year that is "about" keeps its own length."""


class Span(NamedTuple):
    """First and last possible day, both included. `precision` is `day`, `month`, `year` or `about`."""

    first: date
    last: date
    precision: str


def month_span(year: int, month: int) -> Span:
    """A whole month."""
    return Span(date(year, month, 1), month_end(year, month), "month")


def year_span(year: int) -> Span:
    """A whole calendar year."""
    return Span(date(year, 1, 1), date(year, 12, 31), "year")


def season(first_month: int, year: int, began: int | None) -> Span:
    """Three whole months. Winter 2019 may be either end of that year: both are kept, unless the year it began is known."""
    if first_month != 12:
        return Span(date(year, first_month, 1), month_end(year, first_month + 2), "about")
    if began is not None:
        return Span(date(began, 12, 1), month_end(began + 1, 2), "about")
    return Span(date(year - 1, 12, 1), month_end(year + 1, 2), "about")


def part_of(span: Span, part: int) -> Span:
    """The first, middle (1) or last (2) third of a span, in whole months where it is longer than two of them."""
    months = (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1
    if months == 1:
        days = ((1, 10), (11, 20), (21, span.last.day))[part]
        return Span(span.first.replace(day=days[0]), span.first.replace(day=days[1]), "about")
    start = span.first.month - 1 + part * months // 3
    end = span.first.month - 1 + (part + 1) * months // 3 - 1
    year = span.first.year
    return Span(date(year + start // 12, start % 12 + 1, 1), month_end(year + end // 12, end % 12 + 1), "about")
