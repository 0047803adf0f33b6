"""Recording the decision: begun with what is known, carried on by whoever runs the case, opened again to be changed."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dialogs.casework.clocks import AT_AN_END
from dialogs.casework.common import case_button, case_for, chain
from dialogs.casework.facts import known, undecided
from dialogs.casework.machine import CASE
from dialogs.decision.prefill import begin, fill
from dialogs.desk import Desk
from dialogs.filling.machine import CHECK, START
from dialogs.filling.talk import arrive
from dialogs.reply import Card, Paragraph, Reply
from dialogs.turn import Press
from state.records import CaseRecord
from state.snapshot import Written
from state.values import london_day
from templates.days import day_text
from templates.forms.shape import Spot


def decide(desk: Desk, press: Press | None = None) -> None:
    """Record the decision of a case: begin it, carry on with it, or change one that was recorded."""
    case = case_for(desk, "record_decision")
    if case is None:
        return None
    if case.status in AT_AN_END:
        return _at_an_end(desk, case)
    one = known(desk)
    chosen = press.at if press is not None else ""
    written = next((d for d in one.decisions if d.draft.status == "open" or d.draft.id == chosen), None)
    if written is not None:
        return _take_up(desk, case, written)
    if undecided(desk.kit, one) or not one.decisions:
        begin(desk, case)
        return arrive(desk, Spot(START))
    if len(one.decisions) == 1:
        return _take_up(desk, case, one.decisions[0])
    return _which(desk, case, one.decisions)


def _take_up(desk: Desk, case: CaseRecord, written: Written) -> None:
    desk.take_up(written)
    fill(desk, known(desk))
    if written.draft.status == "open":
        return arrive(desk, Spot(START), echoes=(desk.words("filling.carry_on"),))
    desk.put(replace(desk.at_hand, status="open", touched_at=desk.turn.at))
    desk.note(chain(case), "decision_opened_again", draft=written.draft.id)
    return arrive(desk, Spot(CHECK), echoes=(desk.words("decision.opened_again"),))


def _which(desk: Desk, case: CaseRecord, decisions: Sequence[Written]) -> None:
    """There are several: the newest ones can be chosen."""
    buttons = tuple(
        replace(
            case_button(desk, "decide", case, at=one.draft.id),
            label=desk.words("buttons.change_decision", day=day_text(london_day(one.draft.begun_at)), number=number),
        )
        for number, one in list(enumerate(decisions, 1))[-5:]
    )
    card = Card(blocks=(Paragraph(desk.words("decision.which")),), buttons=buttons)
    desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def _at_an_end(desk: Desk, case: CaseRecord) -> None:
    again = (case_button(desk, "reopen", case),) if CASE.may(case.status, "reopen") else ()
    key = "decision.joined" if case.status == "joined" else "decision.at_an_end"
    card = Card(blocks=(Paragraph(desk.words(key)),), buttons=(*again, case_button(desk, "show_case", case)))
    desk.say(Reply(card=card, preview=desk.words("filling.preview")))
