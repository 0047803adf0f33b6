"""A typed day with its time in England, as an instant. A day without a time is kept as a day.

The JSON: `{"said", "date", "time", "instant"}`: an ISO day, `HH:MM` or null (time not given), ISO 8601 in UTC or null.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from state.values import JSON, LONDON, to_london, utc_text
from templates.answers.asking import Asking, Refusal, Understood
from templates.answers.calendar_days import day_text
from templates.answers.calendar_words import LONGEST, tokens
from templates.answers.date_grammar import read
from templates.answers.dates import check_allowed
from templates.answers.normal import normal
from templates.answers.times import find_time, time_text

if TYPE_CHECKING:
    from templates.wording import Words


def understand_datetime(raw: str, asking: Asking, words: Words) -> Understood:
    """The day, and the time where one was given. Raises Refusal where it cannot be read, cannot be, or is not allowed."""
    text, said = normal(raw), " ".join(raw.split())
    if len(text) > LONGEST:
        raise Refusal("datetime_unread")
    if "midnight" in text:
        raise Refusal("time_midnight")
    found = find_time(text)
    day = _day(text if found is None else _without(text, found.start, found.end), asking, said)
    if found is None:
        return _understood({"said": said, "date": day.isoformat(), "time": None, "instant": None}, words)
    return _understood(_at(day, found.time, found.zone, said), words)


def _without(text: str, start: int, end: int) -> str:
    """The text without its time; the T of an ISO date and time goes with it."""
    before = text[:start]
    return f"{before[:-1] if before[-2:-1].isdigit() and before.endswith('t') else before} {text[end:]}"


def _day(text: str, asking: Asking, said: str) -> date:
    marks = tokens(text)
    span = read(marks, asking, said)
    check_allowed(span, asking)
    if span.first != span.last:
        raise Refusal("date_inexact")
    return span.first


def _at(day: date, moment: time, zone: str, said: str) -> dict[str, JSON]:
    local = _named_zone(day, moment, zone) if zone else _in_england(day, moment)
    return {"said": said, "date": local.date().isoformat(), "time": local.strftime("%H:%M"), "instant": utc_text(local)}


def _named_zone(day: date, moment: time, zone: str) -> datetime:
    ahead = timedelta(hours=1 if zone == "bst" else 0)
    return to_london(datetime.combine(day, moment, UTC) - ahead)


def _in_england(day: date, moment: time) -> datetime:
    """That moment by the clocks of England. Raises Refusal where the clocks skip it or show it twice."""
    local = datetime.combine(day, moment, LONDON)
    if _twice(local):
        raise Refusal("time_twice", day=day_text(day), time=time_text(moment))
    if to_london(local.astimezone(UTC)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Refusal("time_skipped", day=day_text(day), time=time_text(moment))
    return local


def _twice(local: datetime) -> bool:
    first, second = (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return first < second


def _understood(value: dict[str, JSON], words: Words) -> Understood:
    return Understood(value, echo=show_datetime(value, words))


def show_datetime(value: dict[str, JSON], words: Words) -> str:
    """The day with its weekday and the time; BST or GMT in the hour that the clocks show twice."""
    day = date.fromisoformat(str(value["date"]))
    if value["time"] is None or value["instant"] is None:
        return day_text(day)
    local = to_london(datetime.fromisoformat(str(value["instant"])))
    zone = f" {local.tzname()}" if _twice(local) else ""
    return words.say("answers.day_and_time", day=day_text(day), time=time_text(local.time()) + zone)
