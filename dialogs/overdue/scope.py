"""Of what an answer speaks: whose cases were counted, and what it was narrowed to. Every number says it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dialogs.desk import Desk
from dialogs.overdue.question import Question
from dialogs.scoping.reach import kinds_label
from state.looking import Looked
from templates.days import day_text


def scope(desk: Desk, looked: Looked) -> str:
    """Whose cases were counted."""
    if looked.tied:
        return desk.words("overdue.scope_organisations", names=looked.tied)
    if looked.runs:
        return desk.words("overdue.scope_all" if desk.private else "overdue.scope_channel")
    if looked.organisations:
        return desk.words("overdue.scope_organisations", names=", ".join(looked.organisations))
    return desk.words("overdue.scope_own")


def narrowed(desk: Desk, question: Question) -> str:
    """What it was narrowed to, as it was understood; nothing where it was not."""
    parts = tuple(_parts(desk, question))
    return desk.words("overdue.narrowed", what="; ".join(parts)) if parts else ""


def _parts(desk: Desk, question: Question) -> Iterator[str]:
    slots = question.slots
    if slots.case:
        yield slots.case
    if slots.agency:
        yield kinds_label(desk, slots.agency)
    if slots.organisation:
        known = desk.organisation(slots.organisation)
        yield known.name if known else slots.organisation
    if slots.person:
        yield desk.words("overdue.one_person")
    if slots.kind and desk.kit.words.has(f"overdue.kind_{slots.kind}"):
        yield desk.words(f"overdue.kind_{slots.kind}")
    if slots.days is not None:
        yield desk.words("overdue.by_more_than", days=slots.days)
    if period := _period(desk, slots.from_, slots.to):
        yield period


def _period(desk: Desk, first: str, last: str) -> str:
    days = {name: day_text(date.fromisoformat(text)) for name, text in (("first", first), ("last", last)) if text}
    if not days:
        return ""
    if first == last:
        return desk.words("overdue.period_day", day=days["first"])
    if first and last:
        return desk.words("overdue.period_both", first=days["first"], last=days["last"])
    return desk.words("overdue.period_from", day=days["first"]) if first else desk.words("overdue.period_to", day=days["last"])
