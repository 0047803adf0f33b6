"""The date that a coordinator or a manager presses about, and what a date is called to them."""

from __future__ import annotations

from dialogs.casework.common import case_for
from dialogs.chasing.lines import name_of_date
from dialogs.chasing.things import RETURN, Thing, of_date
from dialogs.desk import Desk
from dialogs.scoping.common import organisation_name
from dialogs.turn import Press
from state.records import CaseRecord

CHASE = "chase"
DATE = "date"
"""The input that a date is chosen in."""


def date_at_hand(desk: Desk, said: Press) -> tuple[CaseRecord, Thing] | None:
    """Case and date, where this person may chase it and it is still open. Otherwise it says why not."""
    case = case_for(desk, CHASE)
    if case is None:
        return None
    wanted = said.inputs.get(DATE, "") or said.target
    date = next((one for one in desk.snapshot.deadlines if one.id == wanted and one.met is None), None)
    if date is None:
        desk.tell(desk.words("chasing.not_open"))
        return None
    return case, of_date(desk, case, date)


def called(desk: Desk, case: CaseRecord, thing: Thing) -> str:
    """What a date is called, with the case's reference: an organisation's answer, or a date of the guidance."""
    return f"{case.reference}, {short(desk, thing)}"


def short(desk: Desk, thing: Thing) -> str:
    """The same within a case."""
    if thing.date is not None and thing.date.kind == RETURN and thing.request is not None:
        return desk.words("chasing.of_organisation", organisation=organisation_name(desk, thing.request))
    return name_of_date(desk, thing.date) if thing.date is not None else ""
