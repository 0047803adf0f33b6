"""A decision is recorded: the case moves on, its dates are counted from what is known now, and people are told."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.casework.announce import moved_blocks, tell
from dialogs.casework.clocks import notified_at, recompute
from dialogs.casework.common import case_button, chain, meet_deadline
from dialogs.casework.facts import Known, advice_of, children, facts_of, known, undecided
from dialogs.casework.glance import counted_facts
from dialogs.decision.advice import advice_text
from dialogs.decision.check import decisions_after, problem, status_after
from dialogs.decision.signs import covered
from dialogs.decision.told import tell_referrers
from dialogs.desk import Desk
from dialogs.filling.asking import child_label
from dialogs.filling.cards import answered_card
from dialogs.filling.machine import CHECK, Walker
from dialogs.filling.talk import arrive, machine
from dialogs.giving.offer import file_button, offered
from dialogs.instants import instant_of, moment_value
from dialogs.reply import Block, Button, Card, Facts, Paragraph, Reply, Style
from dialogs.turn import Press
from state.records import CaseRecord
from state.values import JSON, utc_text
from templates.answers.choices import joined
from templates.forms.shape import Spot

KEPT = ("decision", "children_covered", "reasons", "departs_reason", "decided_by", "decided_at")
"""Answers that the history keeps beside the fact that a decision was recorded."""


def submit(desk: Desk, _press: Press) -> None:
    """Record the decision. What is missing or does not fit is said instead, and nothing is recorded."""
    if not machine(desk).fire(Walker(desk.filled(), Spot(CHECK)), "submit"):
        return _again(desk, Spot(CHECK), desk.words("filling.not_yet"))
    wrong = problem(desk, known(desk))
    if wrong is not None:
        return _again(desk, wrong.spot, wrong.text)
    before = known(desk)
    case = _case(desk, before)
    desk.put(replace(desk.at_hand, status="submitted", touched_at=desk.turn.at))
    one = _settled(desk, before, case)
    moved = recompute(desk, one)
    meet_deadline(desk, one.case, "read_referral")
    told = tell_referrers(desk, one.case, outcome_texts(desk))
    if told:
        desk.keep_answer("referrer_told_at", "given", moment_value(desk.turn.at), source="assistant")
    _record(desk, one.case)
    file_decision(desk, one.case)
    tell(desk, one.case, _line(desk, one.case), moved_blocks(desk, moved, why_moved(desk, before.case, one.case)))
    desk.replace_card(answered_card(desk, []))
    desk.stand_at("", "")
    return _thank(desk, one, told=told)


def _again(desk: Desk, spot: Spot, text: str) -> None:
    if desk.private:
        return arrive(desk, spot, echoes=(text,))
    return desk.tell(text)


def _case(desk: Desk, one: Known) -> CaseRecord:
    """The case after the decision; when its notification was sent is looked at once all is in place."""
    filled = desk.filled()
    decided = instant_of(filled.value("decided_at"))
    return replace(
        one.case,
        status=status_after(desk, one),
        decisions=decisions_after(desk, one),
        decided_at=decided or desk.turn.at,
        la_aware_at=instant_of(filled.value("la_aware_at")),
        harm_aware_at=instant_of(filled.value("harm_aware_at")) if filled.printed("harm_aware_at") else None,
        acknowledged_at=one.case.acknowledged_at or desk.turn.at,
    )


def _settled(desk: Desk, before: Known, case: CaseRecord) -> Known:
    """The case with its duties and the day its notification was sent, written."""
    one = replace(before, case=case)
    _note_duties(desk, one)
    _note_advice(desk)
    one = known(desk, case)
    one = replace(one, case=replace(case, notified_at=notified_at(one)))
    desk.put(one.case)
    return one


def _note_duties(desk: Desk, one: Known) -> None:
    """Which duties apply to any of the children now."""
    applying = {duty for child in children(desk.kit, one) for duty in advice_of(desk.kit, facts_of(one, child)).duties}
    for option in desk.kit.profile.lists["duties"]:
        path, before = f"duties.{option.id}.applies", desk.answers.get(f"duties.{option.id}.applies")
        applies = "yes" if option.id in applying else "no"
        if (before is None and applies == "yes") or (before is not None and before.value != applies):
            desk.keep_answer(path, "given", applies, source="advice")


def _note_advice(desk: Desk) -> None:
    """What was advised for each child on the facts as they stand: it belongs to the record of the decision."""
    for child in desk.filled().children():
        text = advice_text(desk, child)
        before = desk.answers.get(f"children.{child}.advice")
        if before is None or before.value != text:
            desk.keep_answer(f"children.{child}.advice", "given", text, source="advice")


def _record(desk: Desk, case: CaseRecord) -> None:
    content: dict[str, JSON] = {name: desk.filled().value(name) for name in KEPT}
    numbers = ",".join(str(child) for child in covered(desk.answers))
    decided = str(desk.filled().value("decision"))
    desk.note(chain(case), "decision_recorded", content=content, decision=decided, children=numbers, status=case.status)


def file_decision(desk: Desk, case: CaseRecord) -> None:
    """Have the decision made as a document, as it stands now."""
    draft = desk.at_hand
    body = {"form": draft.form, "draft": draft.id, "case": case.id, "reference": case.reference, "at": utc_text(desk.turn.at)}
    desk.make_document(case.id, dict(body))


def outcome_texts(desk: Desk) -> list[str]:
    """What a referrer is told: what was decided, for which children where that matters, and why."""
    filled = desk.filled()
    decided = str(filled.value("decision"))
    texts = [desk.words(f"decision.told_{decided}")]
    if len(filled.children()) > 1:
        names = joined([child_label(filled, child, desk.kit) for child in covered(desk.answers)])
        texts.append(desk.words("decision.told_children", names=names))
    return [*texts, desk.words("decision.told_reasons", reasons=str(filled.value("reasons")))]


def _line(desk: Desk, case: CaseRecord) -> str:
    """By reference and number only."""
    decided = str(desk.filled().value("decision"))
    numbers = [str(child) for child in covered(desk.answers)]
    if len(desk.filled().children()) > 1:
        which = desk.words("decision.children" if len(numbers) > 1 else "decision.child", numbers=joined(numbers))
        return desk.words(f"decision.posted_{decided}_some", reference=case.reference, children=which)
    return desk.words(f"decision.posted_{decided}", reference=case.reference)


def why_moved(desk: Desk, before: CaseRecord, after: CaseRecord) -> str:
    """Which starting events are other ones than before, in words."""
    reasons = {
        "casework.why_notified": before.notified_at != after.notified_at,
        "casework.why_harm": before.harm_aware_at != after.harm_aware_at,
        "casework.why_aware": before.la_aware_at != after.la_aware_at,
    }
    said = [desk.words(key) for key, holds in reasons.items() if holds]
    return "; ".join(said) or desk.words("casework.why_facts")


def _thank(desk: Desk, one: Known, *, told: bool) -> None:
    """What was recorded, what follows, and the next steps."""
    case = one.case
    blocks: list[Block] = [Paragraph(_line(desk, case), Style.HEADING), Facts(tuple(counted_facts(desk, one)))]
    blocks.append(Paragraph(desk.words("decision.referrer_told" if told else "decision.tell_referrer")))
    if not desk.private:
        return desk.tell(_line(desk, case))
    card = Card(title=desk.words("decision.recorded"), blocks=tuple(blocks), buttons=_next(desk, one))
    return desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def _next(desk: Desk, one: Known) -> tuple[Button, ...]:
    names = ["notified"] if "notify" in one.case.decisions.values() and one.case.notified_at is None else []
    names += ["decide"] if undecided(desk.kit, one) else []
    names += ["duties", "show_case"]
    buttons = tuple(case_button(desk, name, one.case, primary=number == 0) for number, name in enumerate(names))
    return (*buttons, *offered(desk, file_button(desk, one.case.id, "decision")))
