"""How old a child was, from two kept dates (shapes: dates.py), either of which may be inexact.

Somebody born on 29 February is a year older on 1 March in other years, as is reckoned in England.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from state.values import JSON
from templates.answers.asking import Refused
from templates.answers.dates import span_of

if TYPE_CHECKING:
    from templates.wording import Words

_NOT_TOLD = (None, None)


def age_on(born: JSON, on: JSON) -> tuple[int | None, int | None]:
    """The youngest and the oldest the child can have been, in whole years. Two None: unborn, not known, or impossible."""
    if not _dated(born) or not _dated(on) or _born_after(born, on):
        return _NOT_TOLD
    first, then = span_of(_date(born)), span_of(_date(on))
    return max(0, _years(first.last, then.first)), _years(first.first, then.last)


def age_problem(born: JSON, on: JSON, words: Words) -> Refused | None:
    """Why the two dates cannot both be right, or None. An expected birth after the incident is no problem."""
    if _dated(born) and _dated(on) and _born_after(born, on):
        return Refused(words.say("answers.born_after"))
    return None


def age_text(born: JSON, on: JSON, words: Words) -> str:
    """The age at the time of the incident in words; days, weeks or months for a baby. Empty where nothing can be told.

    Where the dates cannot both be right it is the reason (ask `age_problem` first).
    """
    if problem := age_problem(born, on, words):
        return problem.message
    if isinstance(born, dict) and born.get("precision") in ("unborn", "expected"):
        return words.say("answers.age_unborn")
    youngest, oldest = age_on(born, on)
    if youngest is None or oldest is None:
        return ""
    if youngest != oldest:
        return words.say("answers.age_between", youngest=youngest, oldest=oldest)
    if oldest:
        return words.say("answers.age_years" if oldest > 1 else "answers.age_one_year", count=oldest)
    return _baby(born, on, words)


def _baby(born: JSON, on: JSON, words: Words) -> str:
    first, then = span_of(_date(born)), span_of(_date(on))
    if first.first != first.last or then.first != then.last:
        return words.say("answers.age_under_one")
    days = (then.first - first.first).days
    if days == 0:
        return words.say("answers.age_newborn")
    if days < 14:
        return _counted("day", days, words)
    months = _months(first.first, then.first)
    return _counted("week", days // 7, words) if months < 3 else _counted("month", months, words)


def _counted(unit: str, count: int, words: Words) -> str:
    return words.say(f"answers.age_{unit}s" if count > 1 else f"answers.age_one_{unit}", count=count)


def _dated(value: JSON) -> bool:
    return isinstance(value, dict) and value.get("earliest") is not None and value.get("precision") != "expected"


def _date(value: JSON) -> dict[str, JSON]:
    return value if isinstance(value, dict) else {}


def _born_after(born: JSON, on: JSON) -> bool:
    return span_of(_date(born)).first > span_of(_date(on)).last


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _months(born: date, on: date) -> int:
    return (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
