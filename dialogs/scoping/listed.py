"""The list of a restricted case: who is asked about it is put on it, or the case would not be there for them."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.desk import Desk
from state.records import CasePersonRecord
from state.scoping_records import RequestRecord


def put_on_list(desk: Desk, request: RequestRecord) -> None:
    """Name the senior of a request on a restricted case. On any other nothing is written."""
    case = desk.snapshot.case
    if case is None or not case.restricted or not request.senior:
        return
    named = [p for p in desk.snapshot.case_people if p.person == request.senior and p.relation == "named"]
    if named and (named[0].until is None or named[0].until > desk.turn.at):
        return
    before = named[0] if named else CasePersonRecord(case=case.id, person=request.senior, relation="named", reason="scoping")
    desk.put(replace(before, until=None))
