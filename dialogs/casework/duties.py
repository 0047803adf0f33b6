"""The duties that stand beside the decision: who does each, by when, and that it was done."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.casework.asking import Asked, Field, answers, ask
from dialogs.casework.clocks import done_on, duty_owner, recompute
from dialogs.casework.common import case_for, chain
from dialogs.casework.facts import Known, advice_of, children, facts_of, known
from dialogs.casework.kinds import duty_label
from dialogs.decision.prefill import begin
from dialogs.desk import Desk
from dialogs.reply import Block, Choice, Facts, Paragraph, Reply
from dialogs.turn import Press
from state.records import CaseRecord
from state.values import JSON, london_day
from templates.answers import Kind
from templates.days import day_text


def duties(desk: Desk, _press: Press) -> None:
    """Every duty that applies, and the fields to name somebody or to say that it was done."""
    case = case_for(desk, "record_decision")
    if case is not None:
        _show(desk, case)


def _show(desk: Desk, case: CaseRecord, *said: str) -> None:
    one = known(desk, case)
    if not _applying(desk, one):
        return desk.say(Reply(text=desk.words("casework.no_duties", reference=case.reference)))
    return ask(desk, case, _asked(desk, one, *said))


def _applying(desk: Desk, one: Known) -> Mapping[str, list[int]]:
    """The children that each duty is about, by the duty."""
    found: dict[str, list[int]] = {}
    for child in children(desk.kit, one):
        for duty in advice_of(desk.kit, facts_of(one, child)).duties:
            found.setdefault(duty, []).append(child)
    return found


def _asked(desk: Desk, one: Known, *said: str) -> Asked:
    applying = _applying(desk, one)
    rows = tuple((duty_label(desk.kit, duty) or duty, _line(desk, one, duty, about)) for duty, about in applying.items())
    blocks: list[Block] = [*(Paragraph(text) for text in said), Facts(rows)]
    return Asked(
        title=desk.words("casework.duties_title", reference=one.case.reference),
        action="do_duty",
        fields=(
            Field(id="duty", kind=Kind.CHOICE, choices=tuple(Choice(duty, duty_label(desk.kit, duty)) for duty in applying)),
            Field(id="owner", kind=Kind.PERSON, need=False),
            Field(id="done_on", kind=Kind.DATE, need=False),
            Field(id="note", need=False),
        ),
        blocks=tuple(blocks),
    )


def _line(desk: Desk, one: Known, duty: str, about: list[int]) -> str:
    """What it is, who does it, by when, and whether it was done. A child is a number."""
    text = desk.kit.profile.rules.duty_text(duty)
    owner = duty_owner(one, duty) or desk.words("casework.the_coordinator")
    done = done_on(one, duty)
    rows = [row for row in one.deadlines if row.kind == duty]
    parts = [text, desk.words("casework.duty_owner", owner=owner)]
    if len(children(desk.kit, one)) > 1:
        parts.append(desk.words("casework.duty_children", children=", ".join(str(child) for child in about)))
    if done is not None:
        parts.append(desk.words("casework.duty_done", day=day_text(london_day(done))))
    elif rows:
        parts.append(desk.words("casework.duty_due", day=day_text(london_day(min(row.due for row in rows)))))
    return " ".join(parts)


def do_duty(desk: Desk, press: Press) -> None:
    """Keep who does a duty, and when it was done, in the decision's own table."""
    case = case_for(desk, "record_decision")
    if case is None:
        return
    values = answers(desk, case, _asked(desk, known(desk)), press)
    if values is None:
        return
    _keep(desk, case, values)
    one = known(desk)
    recompute(desk, one)
    named = {name: "yes" for name in ("owner", "done_on", "note") if name in values}
    desk.note(chain(case), "duty_recorded", duty=str(values["duty"]), **named)
    _show(desk, case, desk.words("casework.duty_kept"))


def _keep(desk: Desk, case: CaseRecord, values: Mapping[str, JSON]) -> None:
    decisions = known(desk).decisions
    if decisions:
        desk.take_up(decisions[-1])
    else:
        begin(desk, case)
    for name in ("owner", "done_on", "note"):
        if name in values:
            desk.keep_answer(f"duties.{values['duty']}.{name}", "given", values[name], source="card")
