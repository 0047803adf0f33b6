"""The grammar of dates: a row of token sorts, matched against a table, gives a span of days.

Sorts: N number, O ordinal, Y year of four digits, M month, W weekday, S season, P part of (early, mid, late), A about, T today
and its neighbours, R last/this/next, U unit, K weekend, C counting word, G ago, B before/after, J joins two dates, E expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from templates.answers.asking import Asking, Refusal
from templates.answers.calendar_days import check_month, check_weekday, full_year, made, month_end, without_year
from templates.answers.calendar_words import MONTHS, Token
from templates.answers.date_relative import RELATIVE
from templates.answers.date_span import ABOUT_DAY, Span, month_span, part_of, season, year_span


class Said(NamedTuple):
    """What a rule is given: its tokens by sort, in order, and what was asked."""

    tokens: list[Token]
    asking: Asking
    typed: str

    def values(self, sorts: str) -> list[int]:
        """The values of the tokens of these sorts, in order."""
        return [token.value for token in self.tokens if token.sort in sorts]


Rule = Callable[[Said], Span]


def read(tokens: list[Token], asking: Asking, typed: str) -> Span:
    """The span that a row of tokens means. Raises Refusal with the reason."""
    if [token.sort for token in tokens].count("J") == 1:
        return _joined(tokens, asking, typed)
    if tokens and tokens[0].sort == "A":
        return _about(read(tokens[1:], asking, typed))
    sorts = "".join(token.sort for token in tokens)
    for pattern, rule in _RULES:
        if re.fullmatch(pattern, sorts):
            return rule(Said(tokens, asking, typed))
    raise Refusal("date_unread")


def _about(span: Span) -> Span:
    if span.first == span.last:
        return Span(span.first - ABOUT_DAY, span.last + ABOUT_DAY, "about")
    return Span(span.first, span.last, "about")


def _joined(tokens: list[Token], asking: Asking, typed: str) -> Span:
    """From one date to another; the first takes the month and year it lacks from the second."""
    cut = next(at for at, token in enumerate(tokens) if token.sort == "J")
    before, after = tokens[:cut], tokens[cut + 1 :]
    sorts = [token.sort for token in before]
    lent = [token for token in after if token.sort in _lacks(sorts)]
    first, last = read([*before, *lent], asking, typed), read(after, asking, typed)
    if first.first > last.last:
        raise Refusal("date_backwards")
    return Span(first.first, last.last, "day" if first.first == last.last else "about")


def _lacks(sorts: list[str]) -> str:
    """Which of month and year the first date may borrow: "3 or 4 April 2019", "June to August 2019"."""
    if sorts in (["N"], ["O"]):
        return "MY"
    whole = "Y" in sorts or sum(sort in "NO" for sort in sorts) + ("M" in sorts) > 2
    return "" if whole or not set(sorts) & set("NOMS") else "Y"


def _day_month(said: Said) -> Span:
    day, month = said.values("NO")[0], said.values("M")[0]
    return _weekday_too(said, without_year(day, month, said.asking, said.typed))


def _day_month_year(said: Said) -> Span:
    numbers = said.values("NOY")
    year = full_year(numbers[1], said.asking)
    return _weekday_too(said, made(numbers[0], said.values("M")[0], year, said.asking, said.typed))


def _year_month_day(said: Said) -> Span:
    year, day = said.values("Y")[0], said.values("NO")[0]
    return _weekday_too(said, made(day, said.values("M")[0], full_year(year, said.asking), said.asking, said.typed))


def _numbers(said: Said) -> Span:
    day, month, year = said.values("NOY")
    return _weekday_too(said, made(day, month, full_year(year, said.asking), said.asking, said.typed))


def _iso(said: Said) -> Span:
    year, month, day = said.values("NY")
    full = full_year(year, said.asking)
    if not 1 <= month <= 12:
        raise Refusal("date_no_such_iso_month", typed=said.typed, month=month)
    return _weekday_too(said, made(day, month, full, said.asking, said.typed))


def _two_numbers(said: Said) -> Span:
    day, month = said.values("NO")
    check_month(month, day, said.asking.today.year, said.typed)
    return _weekday_too(said, without_year(day, month, said.asking, said.typed))


def _month_number(said: Said) -> Span:
    """April 3: a day, unless it may as well be a year; April '19 is a year."""
    month, number = said.values("M")[0], said.tokens[-1]
    year = full_year(number.value, said.asking)
    if number.said.startswith("'"):
        return month_span(year, month)
    if 1 <= number.value <= 31 and not (said.asking.inexact and number.value > 9):
        return _day_month(said)
    if number.value > 31:
        return month_span(year, month)
    raise Refusal("date_day_or_year", typed=said.typed, day=number.value, month=MONTHS[month - 1], year=year)


def _month_year(said: Said) -> Span:
    return month_span(full_year(said.values("Y")[0], said.asking), said.values("M")[0])


def _numbered_month(said: Said) -> Span:
    """06/2019, 2019-06; 2019/20 is two years; 2011/12 may be either and is refused."""
    number, year = said.values("N")[0], full_year(said.values("Y")[0], said.asking)
    if said.tokens[0].sort == "Y" and number == (year + 1) % 100:
        if number <= 12:
            raise Refusal("date_month_or_years", typed=said.typed, month=MONTHS[number - 1], year=year, next=year + 1)
        return Span(date(year, 1, 1), date(year + 1, 12, 31), "about")
    check_month(number, 0, year, said.typed)
    return month_span(year, number)


def _month(said: Said) -> Span:
    day = without_year(1, said.values("M")[0], said.asking, said.typed)
    return month_span(day.year, day.month)


def _year(said: Said) -> Span:
    return year_span(full_year(said.values("Y")[0], said.asking))


def _years(said: Said) -> Span:
    first, last = (full_year(year, said.asking) for year in said.values("Y"))
    if first > last:
        raise Refusal("date_backwards")
    return Span(date(first, 1, 1), date(last, 12, 31), "about")


def _season_year(said: Said) -> Span:
    return season(said.values("S")[0], full_year(said.values("Y")[0], said.asking), None)


def _winter_of_two_years(said: Said) -> Span:
    year, next_year = full_year(said.values("Y")[0], said.asking), said.tokens[-1].value
    if said.values("S")[0] != 12 or next_year % 100 != (year + 1) % 100:
        raise Refusal("date_unread")
    return Span(date(year, 12, 1), month_end(year + 1, 2), "about")


def _part(said: Said) -> Span:
    return part_of(read(said.tokens[1:], said.asking, said.typed), said.tokens[0].value)


def _weekday_too(said: Said, day: date) -> Span:
    for weekday in said.values("W"):
        check_weekday(day, weekday, said.asking)
    return Span(day, day, "day")


def _relative(said: Said) -> Span:
    sorts = "".join(token.sort for token in said.tokens)
    for pattern, rule in RELATIVE:
        if re.fullmatch(pattern, sorts):
            return rule(said.tokens, said.asking)
    raise Refusal("date_unread")


_RULES: tuple[tuple[str, Rule], ...] = (
    ("W?[NO]MW?|W?MO", _day_month),
    ("W?[NO]M[NY]W?|W?M[NO]Y|W?MON", _day_month_year),
    ("W?YM[NO]", _year_month_day),
    ("W?[NO]N[NY]W?", _numbers),
    ("W?YNN", _iso),
    ("W?[NO]N", _two_numbers),
    ("W?MN", _month_number),
    ("MY|YM", _month_year),
    ("NY|YN", _numbered_month),
    ("M", _month),
    ("Y", _year),
    ("YY", _years),
    ("SY", _season_year),
    ("SY[NY]", _winter_of_two_years),
    ("P(M|MY|YM|Y|SY|S|RM|RU)", _part),
    ("[TRUKCGBWNOSM]+", _relative),
)
