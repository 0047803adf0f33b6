"""A notification that was found not to meet the criteria is stood down, with the Panel's acknowledgement."""

from __future__ import annotations

from dialogs.casework.asking import Asked, Field, answers, ask, decider
from dialogs.casework.common import case_for
from dialogs.casework.ending import end
from dialogs.casework.machine import CASE
from dialogs.desk import Desk
from dialogs.reply import Paragraph
from dialogs.turn import Press
from state.records import CaseRecord
from templates.answers import Kind


def stand_down(desk: Desk, _press: Press) -> None:
    """Who decided, why, and what the Panel answered."""
    if (case := _case(desk)) is not None:
        ask(desk, case, _asked(desk, case))


def _case(desk: Desk) -> CaseRecord | None:
    case = case_for(desk, "record_decision")
    if case is not None and not CASE.may(case.status, "stand_down"):
        desk.tell(desk.words("casework.cannot_stand_down"))
        return None
    return case


def _asked(desk: Desk, case: CaseRecord) -> Asked:
    return Asked(
        title=desk.words("casework.stand_down_title", reference=case.reference),
        action="do_stand_down",
        fields=(
            decider(desk),
            Field(id="reason", kind=Kind.LONG_TEXT),
            Field(id="panel_on", kind=Kind.DATE),
            Field(id="panel_reference", need=False),
        ),
        blocks=(Paragraph(desk.words("casework.stand_down_help")),),
    )


def do_stand_down(desk: Desk, press: Press) -> None:
    """Stand it down, and tell every organisation that was asked to stop."""
    case = _case(desk)
    values = answers(desk, case, _asked(desk, case), press) if case is not None else None
    if case is None or values is None:
        return
    texts = [desk.words("casework.told_stand_down"), desk.words("decision.told_reasons", reasons=values["reason"])]
    end(desk, case, "stand_down", dict(values), texts)
