"""New facts open a case again: it is decided anew, and its clock runs from when the local authority learned of them."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.casework.announce import tell
from dialogs.casework.asking import Asked, Field, answers, ask, decider, moment
from dialogs.casework.clocks import recompute
from dialogs.casework.common import case_button, case_for, chain
from dialogs.casework.facts import known
from dialogs.casework.glance import counted_facts
from dialogs.casework.machine import CASE
from dialogs.decision.told import tell_referrers
from dialogs.desk import Desk
from dialogs.instants import instant_of
from dialogs.reply import Card, Facts, Paragraph, Reply, Style
from dialogs.turn import Press
from state.records import CaseRecord
from templates.answers import Kind


def reopen(desk: Desk, _press: Press) -> None:
    """What is new, since when it is known, and who decided."""
    if (case := _case(desk)) is not None:
        ask(desk, case, _asked(desk, case))


def _case(desk: Desk) -> CaseRecord | None:
    case = case_for(desk, "record_decision")
    if case is not None and not CASE.may(case.status, "reopen"):
        desk.tell(desk.words("casework.cannot_reopen"))
        return None
    return case


def _asked(desk: Desk, case: CaseRecord) -> Asked:
    return Asked(
        title=desk.words("casework.reopen_title", reference=case.reference),
        action="do_reopen",
        fields=(Field(id="what_is_new", kind=Kind.LONG_TEXT), moment(desk, "aware_at"), decider(desk)),
        blocks=(Paragraph(desk.words("casework.reopen_help")),),
    )


def do_reopen(desk: Desk, press: Press) -> None:
    """Open it again."""
    case = _case(desk)
    values = answers(desk, case, _asked(desk, case), press) if case is not None else None
    if case is None or values is None:
        return
    again = replace(
        case,
        status=str(CASE.after(case.status, "reopen")),
        before=case.status,
        decisions={},
        decided_at=None,
        la_aware_at=instant_of(values["aware_at"]),
        harm_aware_at=None,
        notified_at=None,
        sent_at=None,
        reopened_at=desk.turn.at,
    )
    desk.put(again)
    one = known(desk, again)
    recompute(desk, one)
    desk.note(chain(case), "case_reopened", content=dict(values))
    told = tell_referrers(desk, again, [desk.words("casework.told_reopen")])
    said = desk.words("casework.reopened", reference=case.reference)
    tell(desk, again, said, [Facts(tuple(counted_facts(desk, one)))])
    blocks = (
        Paragraph(said, Style.HEADING),
        Facts(tuple(counted_facts(desk, one))),
        Paragraph(desk.words("decision.referrer_told" if told else "decision.tell_referrer")),
    )
    buttons = (case_button(desk, "decide", again, primary=True), case_button(desk, "show_case", again))
    desk.say(Reply(card=Card(blocks=blocks, buttons=buttons), preview=desk.words("filling.preview")))
