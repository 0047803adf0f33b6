"""What a decision's answers say together: whether it departs from the advice, comes late, or is about harm that built up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dialogs.casework.facts import advice_of, children_of_table, table_facts
from dialogs.instants import KNOWN_FROM, instant_of
from dialogs.kit import Kit
from state.clocks import ClockRefused, due, is_overdue
from state.records import AnswerRecord
from state.values import JSON

DEPARTS = {("must", "not_notify"), ("no", "notify")}
"""Advice and decision that do not agree. Where the advice is to consider it, or more is asked for, nothing departs."""
SAID = ("given", "offered")


def signs(kit: Kit, answers: Mapping[str, AnswerRecord]) -> Mapping[str, bool]:
    """The named conditions of the form `decision`."""
    return {
        "departs": bool(departing(kit, answers)),
        "cumulative": any(built_up(answers, child) for child in children_of_table(answers)),
        "late": is_late(kit, answers),
    }


def said(answers: Mapping[str, AnswerRecord], path: str) -> JSON:
    """What stands at a path, confirmed or only offered."""
    answer = answers.get(path)
    return answer.value if answer is not None and answer.state in SAID else None


def covered(answers: Mapping[str, AnswerRecord]) -> list[int]:
    """The children that the decision is about."""
    chosen = said(answers, "children_covered")
    return [int(str(child)) for child in chosen] if isinstance(chosen, list) else []


def built_up(answers: Mapping[str, AnswerRecord], child: int) -> bool:
    """Whether the child's harm built up."""
    return table_facts(answers, child).get("neglect") == "cumulative"


def departing(kit: Kit, answers: Mapping[str, AnswerRecord]) -> list[int]:
    """The children for whom the decision is not what the guidance points to."""
    decided = str(said(answers, "decision"))
    return [n for n in covered(answers) if (advice_of(kit, table_facts(answers, n)).notify, decided) in DEPARTS]


def due_at(kit: Kit, answers: Mapping[str, AnswerRecord]) -> datetime | None:
    """When the notification was due, by what the decision says of its starting events; None where it says nothing."""
    found = (_due(kit, answers, child) for child in covered(answers) or children_of_table(answers))
    return min((instant for instant in found if instant is not None), default=None)


def _due(kit: Kit, answers: Mapping[str, AnswerRecord], child: int) -> datetime | None:
    cumulative = built_up(answers, child) and instant_of(said(answers, "harm_aware_at")) is not None
    start = instant_of(said(answers, "harm_aware_at" if cumulative else "la_aware_at"))
    if start is None:
        return None
    clock = "notification_cumulative" if cumulative else "notification"
    try:
        return due(clock, max(start, KNOWN_FROM), kit.profile.clocks).instant
    except ClockRefused:
        return None


def is_late(kit: Kit, answers: Mapping[str, AnswerRecord]) -> bool:
    """Whether the notification was sent after it was due."""
    sent, falls_due = instant_of(said(answers, "notified_at")), due_at(kit, answers)
    return sent is not None and falls_due is not None and is_overdue(falls_due, sent)
