"""A decision as it begins: what is known already, each with its source, offered to be confirmed or changed."""

from __future__ import annotations

from dialogs.casework.clocks import aware
from dialogs.casework.common import OF_THE_CASE, begin_draft
from dialogs.casework.facts import DECISION, FROM_REFERRAL, Known, cell_of, children, known, undecided
from dialogs.desk import Desk
from dialogs.instants import moment_value
from state.records import CaseRecord
from state.values import JSON
from templates.forms.shape import CHILDREN
from templates.rules import FACTS
from templates.rules.from_answers import facts_for


def begin(desk: Desk, case: CaseRecord) -> None:
    """A new decision, at hand from now on."""
    one = known(desk)
    draft = begin_draft(desk, DECISION, f"{OF_THE_CASE}{case.id}", case, number=len(one.decisions) + 1)
    desk.note(f"case:{case.id}", "decision_begun", draft=draft.id)
    fill(desk, one)


def fill(desk: Desk, one: Known) -> None:
    """Offer what is known. What somebody has answered or changed stays as it is.

    When the referrer was told is not asked: the assistant tells them when the decision is recorded.
    """
    _names(desk, one)
    for child in children(desk.kit, one):
        _facts(desk, one, child)
    _awareness(desk, one)
    open_ones = undecided(desk.kit, one) or children(desk.kit, one)
    _offer(desk, "children_covered", [str(n) for n in open_ones], FROM_REFERRAL)
    _offer(desk, "decided_by", _me(desk), "sign-in")
    _offer(desk, "decided_at", moment_value(desk.turn.at), "clock")
    if "referrer_told_at" not in desk.answers:
        desk.keep_answer("referrer_told_at", "skipped", source="assistant")


def _names(desk: Desk, one: Known) -> None:
    """The children by name, for people who may see them: taken from the referral as it is now."""
    if one.referral is None:
        return
    kept = children(desk.kit, one)
    for number in range(1, max(kept) + 1):
        name = one.referral.answers.get(f"{CHILDREN}.{number}.name")
        if number not in kept:
            _keep(desk, f"{CHILDREN}.{number}", "removed", None)
        elif name is not None and name.state == "given":
            _keep(desk, f"{CHILDREN}.{number}.name", "given", name.value)


def _facts(desk: Desk, one: Known, child: int) -> None:
    """The facts that the referral gives, and which of its questions gave them. An overruled one stays."""
    found = facts_for(one.referral.answers, child) if one.referral else {}
    labels = _labels(desk)
    for fact in FACTS:
        path = f"{CHILDREN}.{child}.facts.{fact}"
        before = desk.answers.get(f"{path}.answer")
        if before is not None and before.source != FROM_REFERRAL:
            continue
        if fact in found:
            _keep(desk, f"{path}.answer", "given", cell_of(fact, found[fact]))
            label = labels.get(fact, "")
            _keep(desk, f"{path}.source", "given", label or desk.words("decision.from_referral"))
        elif before is not None:
            _keep(desk, f"{path}.answer", "removed", None)


def _labels(desk: Desk) -> dict[str, str]:
    """For each fact the first question of the referral that sets it."""
    found: dict[str, str] = {}
    for placed in desk.kit.profile.shapes["referral"].order:
        if placed.question.fact:
            found.setdefault(placed.question.fact, placed.question.label.rstrip("?: "))
    return found


def _awareness(desk: Desk, one: Known) -> None:
    start, _ = aware(one, desk.turn.at)
    _offer(desk, "la_aware_at", moment_value(start), FROM_REFERRAL)
    if harm := one.case.harm_aware_at or one.case.harm_from:
        _offer(desk, "harm_aware_at", moment_value(harm), FROM_REFERRAL)


def _me(desk: Desk) -> dict[str, JSON]:
    person = desk.snapshot.person
    parts = {"name": desk.name_of(desk.turn.who.id)}
    if person is not None:
        parts |= {"role": person.job, "agency": person.agency, "email": person.email, "telephone": person.telephone}
    return {name: text for name, text in parts.items() if text}


def _offer(desk: Desk, path: str, value: JSON, source: str) -> None:
    before = desk.answers.get(path)
    if before is None or (before.state == "offered" and before.value != value):
        desk.keep_answer(path, "offered", value, source=source)


def _keep(desk: Desk, path: str, state: str, value: JSON) -> None:
    before = desk.answers.get(path)
    if before is None or (before.state, before.value) != (state, value):
        desk.keep_answer(path, state, value, source=FROM_REFERRAL)
