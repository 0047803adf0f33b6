"""A kept answer as people read it, in chat and in documents."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from state.values import JSON
from templates.answers.asking import Asking, Kind
from templates.answers.choices import joined
from templates.answers.contact import person_text
from templates.answers.dates import show_date
from templates.answers.datetimes import show_datetime
from templates.answers.numbers import number_text
from templates.answers.times import time_text

if TYPE_CHECKING:
    from templates.wording import Words


def show(value: JSON, state: str, asking: Asking, words: Words) -> str:
    """The answer in words: a date with its weekday, labels for ids, "Not known"; text as it was given.

    Empty for an answer that is not there (skipped, removed). An option that the question no longer has is shown by its id.
    """
    if state == "not_known":
        return words.say("answers.not_known")
    if value is None:
        return ""
    if isinstance(value, dict):
        return _parts(value, asking.kind, words)
    if isinstance(value, list):
        return _labels(value, asking, words)
    return _single(value, asking, words)


def _parts(value: dict[str, JSON], kind: Kind, words: Words) -> str:
    if kind is Kind.DATETIME:
        return show_datetime(value, words)
    if "precision" in value:
        return show_date(value, words)
    return person_text(value) if kind is Kind.PERSON else ", ".join(str(part) for part in value.values() if part)


def _labels(value: list[JSON], asking: Asking, words: Words) -> str:
    labels = dict(asking.options)
    return joined([labels.get(str(one), str(one)) for one in value]) or words.say("answers.none")


def _single(value: bool | int | float | str, asking: Asking, words: Words) -> str:
    if asking.kind is Kind.YES_NO:
        return words.say("answers.yes" if value in ("yes", True) else "answers.no")
    if asking.kind is Kind.TIME:
        return time_text(time.fromisoformat(str(value)))
    if isinstance(value, int | float):
        return number_text(value)
    return dict(asking.options).get(value, value) if asking.kind is Kind.CHOICE else value
