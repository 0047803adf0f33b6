"""What is known of a case when dates are counted: its referral, its decisions, and the facts of each child they give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec
from msgspec.structs import replace

from dialogs.completed import filled
from dialogs.desk import Desk
from dialogs.instants import instant_of
from dialogs.kit import Kit
from state.records import AnswerRecord, CaseRecord, DeadlineRecord
from state.snapshot import Written
from state.values import JSON
from templates.rules import FACTS, Advice, assess
from templates.rules.from_answers import facts_for

REFERRAL, DECISION = "referral", "decision"
FROM_REFERRAL = "referral"
"""The source of a fact that nobody has overruled."""
MORE = "more_information"
SOME = "some"
"""There are some: a fact that is a list of texts is kept in a table of facts as whether there are any."""

_FACT = re.compile(r"children\.(\d+)\.facts\.([a-z_]+)\.answer")


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A case and what was read of it."""

    case: CaseRecord
    deadlines: tuple[DeadlineRecord, ...] = ()
    joined: tuple[CaseRecord, ...] = ()
    referral: Written | None = None
    decisions: tuple[Written, ...] = ()
    """Oldest first. One may be open: it is being written, or changed."""


def known(desk: Desk, case: CaseRecord | None = None) -> Known:
    """The case of this turn, as it is now. Needs the forms `referral` and `decision` to have been read."""
    snapshot = desk.snapshot
    own = case or snapshot.case
    if own is None:
        raise LookupError("this turn is not about a case")
    written = (*snapshot.written, *_at_hand(desk, snapshot.written))
    return _known(desk, own, snapshot.deadlines, snapshot.joined, written)


def known_other(desk: Desk, case: CaseRecord | None = None) -> Known:
    """The other case of this turn."""
    other = desk.snapshot.other
    if other is None:
        raise LookupError("this turn is not about another case")
    return _known(desk, case or other.case, other.deadlines, other.joined, other.written)


def _known(
    desk: Desk,
    case: CaseRecord,
    deadlines: tuple[DeadlineRecord, ...],
    joined: tuple[CaseRecord, ...],
    written: Iterable[Written],
) -> Known:
    now = [_now(desk, one) for one in written]
    return Known(
        case=case,
        deadlines=deadlines,
        joined=joined,
        referral=next((one for one in now if one.draft.id == case.draft), None),
        decisions=tuple(one for one in now if one.draft.form == DECISION),
    )


def _now(desk: Desk, one: Written) -> Written:
    """The draft at hand has answers that this turn has written already."""
    if desk.draft is None or desk.draft.id != one.draft.id:
        return one
    return Written(draft=desk.draft, answers=dict(desk.answers))


def _at_hand(desk: Desk, read: tuple[Written, ...]) -> tuple[Written, ...]:
    """A draft of the case that this turn has begun."""
    draft = desk.draft
    if draft is None or draft.form not in (DECISION, REFERRAL) or any(one.draft.id == draft.id for one in read):
        return ()
    return (Written(draft=draft, answers=dict(desk.answers)),)


def with_joined(known_case: Known, joined: tuple[CaseRecord, ...]) -> Known:
    """The same with other referrals joined to it."""
    return replace(known_case, joined=joined)


def children(kit: Kit, one: Known) -> list[int]:
    """The numbers of the subject children."""
    if one.referral is None:
        return [1]
    return filled(kit, one.referral.draft, one.referral.answers).children()


def facts_of(one: Known, child: int) -> dict[str, object]:
    """The facts of a child: what the referral says, and what the coordinator has overruled."""
    facts = facts_for(one.referral.answers, child) if one.referral else {}
    for decision in one.decisions:
        facts |= overruled(decision.answers, child)
    return {fact: value for fact, value in facts.items() if value is not None}


def overruled(answers: Mapping[str, AnswerRecord], child: int) -> dict[str, object]:
    """The facts that a decision gives for a child otherwise than the referral; None where it says that it is not known."""
    cells = {fact: answers.get(f"children.{child}.facts.{fact}.answer") for fact in FACTS}
    changed = {fact: cell for fact, cell in cells.items() if cell is not None and cell.source != FROM_REFERRAL}
    return {fact: _fact(fact, cell) for fact, cell in changed.items() if cell.state in ("given", "not_known")}


def table_facts(answers: Mapping[str, AnswerRecord], child: int) -> dict[str, object]:
    """The facts of a child as the table of a decision has them."""
    cells = {fact: answers.get(f"children.{child}.facts.{fact}.answer") for fact in FACTS}
    return {fact: _fact(fact, cell) for fact, cell in cells.items() if cell is not None and cell.state == "given"}


def children_of_table(answers: Mapping[str, AnswerRecord]) -> list[int]:
    """The children whose facts a decision has."""
    numbers = {int(found[1]) for path in answers if (found := _FACT.fullmatch(path))}
    return sorted(n for n in numbers if getattr(answers.get(f"children.{n}"), "state", "") != "removed")


def cell_of(fact: str, value: object) -> JSON:
    """A fact as its cell in the table holds it."""
    if fact == "safeguarding_concerns":
        return SOME if value else "none"
    if isinstance(value, list):
        return [str(one) for one in value]
    return value if isinstance(value, str | int) else str(value)


def _fact(fact: str, cell: AnswerRecord) -> object:
    if cell.state != "given":
        return None
    if fact == "safeguarding_concerns":
        return [SOME] if cell.value == SOME else []
    return cell.value


def advice_of(kit: Kit, facts: Mapping[str, object]) -> Advice:
    """The advice on a child's facts."""
    return assess(facts, kit.profile.rules)


def undecided(kit: Kit, one: Known) -> list[int]:
    """The children for whom nothing is decided yet, or more information was asked for."""
    return [n for n in children(kit, one) if one.case.decisions.get(str(n), MORE) == MORE]


def given(one: Written, path: str) -> JSON:
    """The value given at a path, or None."""
    answer = one.answers.get(path)
    return answer.value if answer is not None and answer.state == "given" else None


def covers(one: Written, child: int) -> bool:
    """Whether a decision is about that child."""
    covered = given(one, "children_covered")
    return isinstance(covered, list) and str(child) in covered


def decision_for(one: Known, child: int) -> Written | None:
    """The newest decision that is about that child: one that was recorded, before one that is still being written."""
    ours = [decision for decision in reversed(one.decisions) if covers(decision, child)]
    return next((decision for decision in ours if decision.draft.status == "submitted"), next(iter(ours), None))


def when(one: Written | None, path: str) -> datetime | None:
    """The instant given at a path of a decision, or None."""
    return instant_of(given(one, path)) if one is not None else None
