"""What keeps a decision from being recorded, beside questions that are not answered: each says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dialogs.casework.facts import FROM_REFERRAL, Known, cell_of, covers, when
from dialogs.casework.machine import way
from dialogs.decision.signs import covered
from dialogs.desk import Desk
from dialogs.filling.machine import CHECK
from templates.forms.shape import Spot
from templates.rules import FACTS
from templates.rules.from_answers import facts_for


class Problem(NamedTuple):
    """Where it is mended, and what is said there."""

    spot: Spot
    text: str


def problem(desk: Desk, one: Known) -> Problem | None:
    """The first thing to mend, or None."""
    return next(_problems(desk, one), None)


def _problems(desk: Desk, one: Known) -> Iterator[Problem]:
    children = [child for child in covered(desk.answers) if child in desk.filled().children()]
    if not children:
        yield Problem(Spot("children_covered"), desk.words("decision.no_child"))
    for child in children:
        yield from _without_reason(desk, one, child)
        yield from _unread(desk, child)
    if desk.filled().value("decision") != "notify" and _sent(desk, one, children):
        yield Problem(Spot(CHECK), desk.words("decision.sent_already"))
    if not way(one.case.status, status_after(desk, one)):
        yield Problem(Spot(CHECK), desk.words("decision.too_far"))


def _without_reason(desk: Desk, one: Known, child: int) -> Iterator[Problem]:
    """A fact that is not what the referral says needs the reason why."""
    found = facts_for(one.referral.answers, child) if one.referral else {}
    for fact in FACTS:
        path = f"children.{child}.facts.{fact}"
        cell, why = desk.answers.get(f"{path}.answer"), desk.filled().value(f"{path}.why_changed")
        if cell is None or cell.source == FROM_REFERRAL or why:
            continue
        now = cell.value if cell.state == "given" else None
        if now != (cell_of(fact, found[fact]) if fact in found else None):
            yield Problem(Spot(f"children.facts.{fact}", child), desk.words("decision.why_changed"))


def _unread(desk: Desk, child: int) -> Iterator[Problem]:
    """The advice is read again after a fact was changed."""
    seen = desk.answers.get(f"children.{child}.advice")
    cells = [desk.answers.get(f"children.{child}.facts.{fact}.answer") for fact in FACTS]
    changed = max((cell.at for cell in cells if cell is not None), default=None)
    if seen is not None and seen.state == "given" and changed is not None and changed > seen.at:
        yield Problem(Spot("children.advice", child), desk.words("decision.advice_changed"))


def _sent(desk: Desk, one: Known, children: list[int]) -> bool:
    """Whether a notification about any of these children was sent: then it is stood down, not decided away."""
    notified = [child for child in children if one.case.decisions.get(str(child)) == "notify"]
    sent = [decision for decision in one.decisions if when(decision, "notified_at") is not None]
    return any(covers(decision, child) or decision.draft.id == desk.at_hand.id for decision in sent for child in notified)


def decisions_after(desk: Desk, one: Known) -> dict[str, str]:
    """What is decided for each child once this is recorded."""
    decided = str(desk.filled().value("decision"))
    chosen = {str(child): decided for child in covered(desk.answers)}
    before = {child: was for child, was in one.case.decisions.items() if child in chosen or not _was_ours(desk, one, child)}
    return before | chosen


def _was_ours(desk: Desk, one: Known, child: str) -> bool:
    """Whether only this decision, as it was recorded before, said something of a child that it no longer covers."""
    return not any(covers(other, int(child)) for other in one.decisions if other.draft.id != desk.at_hand.id)


def status_after(desk: Desk, one: Known) -> str:
    """The state of the case once this is recorded. A rapid review that has begun goes on."""
    decided = decisions_after(desk, one)
    children = [str(child) for child in desk.filled().children()]
    if "notify" in decided.values():
        return one.case.status if one.case.status in ("reviewing", "decided") else "notified"
    if "more_information" in decided.values():
        return "more_information"
    return "not_notified" if all(child in decided for child in children) else "deciding"
