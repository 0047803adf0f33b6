"""A typed date as a checked value, and a kept date as people read it.

The JSON of a date: `{"said", "earliest", "latest", "precision"}`, ISO days, both ends included. `precision` is `day` (both ends
the same), `month`, `year`, `about`, `expected` (of a birth) or `unborn` (both ends null). `said` is what the person typed.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from state.values import JSON
from templates.answers.asking import Asking, Refusal, Understood
from templates.answers.calendar_days import day_text, month_end, short_day
from templates.answers.calendar_words import MONTHS, Token, tokens
from templates.answers.date_grammar import read
from templates.answers.date_span import Span
from templates.answers.normal import normal

if TYPE_CHECKING:
    from templates.wording import Words

_UNBORN = r"(the |still |an )?(un-?born|not (yet )?born( yet)?|yet to be born)( baby| child)?"
_YEAR = r"\d{4}"


def understand_date(raw: str, asking: Asking, words: Words) -> Understood:
    """The date that was typed. Raises Refusal for one that cannot be read, cannot be, or is not allowed here."""
    typed, said = normal(raw), " ".join(raw.split())
    before_birth = re.match(_UNBORN, typed)
    rest = tokens(typed[before_birth.end() :] if before_birth else typed)
    due = [token for token in rest if token.sort != "E"]
    if before_birth or len(due) < len(rest):
        return _before_birth(due, bool(before_birth), asking, words, said)
    span = read(rest, asking, said)
    check_allowed(span, asking)
    return _understood(_json(span, said), words)


def _before_birth(due: list[Token], unborn: bool, asking: Asking, words: Words, said: str) -> Understood:
    """Unborn, or due on a date: the future is then allowed, and the date need not be exact."""
    if not asking.unborn_ok and (unborn or not due or not asking.inexact or asking.latest):
        raise Refusal("date_not_unborn")
    if not due:
        return _understood({"said": said, "earliest": None, "latest": None, "precision": "unborn"}, words)
    span = read(due, msgspec.structs.replace(asking, latest=None), said)
    return _understood(_json(span, said, "expected"), words)


def check_allowed(span: Span, asking: Asking) -> None:
    """Raises Refusal for a span that is outside the bounds, or not exact where it must be."""
    if asking.latest and span.first > asking.latest:
        key = "date_future" if asking.latest == asking.today else "date_too_late"
        raise Refusal(key, day=span_text(span), latest=short_day(asking.latest))
    if asking.earliest and span.last < asking.earliest:
        raise Refusal("date_too_early", day=span_text(span), earliest=short_day(asking.earliest))
    if span.first != span.last and not asking.inexact:
        raise Refusal("date_inexact")


def span_text(span: Span) -> str:
    """A span in full: a day with its weekday, a month, a year, or "between … and …"."""
    first, last = span.first, span.last
    if first == last:
        return day_text(first)
    if (first.month, first.day, last) == (1, 1, date(first.year, 12, 31)):
        return str(first.year)
    if first.day == 1 and last == month_end(first.year, first.month):
        return f"{MONTHS[first.month - 1]} {first.year}"
    return f"between {short_day(first)} and {short_day(last)}"


def show_date(value: dict[str, JSON], words: Words) -> str:
    """A kept date as people read it; what was said in other words stands first, with what it means behind it."""
    precision = str(value["precision"])
    if precision == "unborn":
        return words.say("answers.unborn")
    span = span_of(value)
    text = span_text(span)
    if precision == "expected":
        return words.say("answers.expected", date=text)
    if precision == "about" and not text.startswith("between"):
        return words.say("answers.about", date=text)
    said = str(value.get("said", ""))
    if precision == "about" and re.search(_YEAR, normal(said)) and "(" not in said and not said.lower().startswith("between"):
        text = f"{said} ({text})"
    return text[:1].upper() + text[1:]


def span_of(value: dict[str, JSON]) -> Span:
    """The span of a kept date that has one (every precision but `unborn`)."""
    return Span(date.fromisoformat(str(value["earliest"])), date.fromisoformat(str(value["latest"])), str(value["precision"]))


def _json(span: Span, said: str, precision: str = "") -> dict[str, JSON]:
    days = {"earliest": span.first.isoformat(), "latest": span.last.isoformat()}
    return {"said": said, **days, "precision": precision or span.precision}


def _understood(value: dict[str, JSON], words: Words) -> Understood:
    shown = show_date(value, words)
    exact = value["precision"] not in ("month", "year", "about")
    return Understood(value, echo=shown if exact else words.say("answers.not_exact", date=shown))
