"""Who may have a copy of which document: the same who may read what is in it (docs/access.md). What is not listed, nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dialogs.desk import Desk
from dialogs.giving.offer import DATES
from state.access import Access
from state.scoping_records import RequestRecord
from state.values import london_day

OF_A_CASE: Mapping[str, str] = {
    "referral": "read_case",
    "decision": "read_case",
    "rapid_review": "read_case",
    "rapid_review_pdf": "read_case",
    "rapid_review_zip": "read_case",
    "returns_zip": "send_requests",
    "overview": "read_case",
    "agenda": "read_case",
    "calendar": "read_case",
    "panel_letter": "read_case",
    "supplementary": "read_case",
    "timeline": "run_meeting",
    "handover": "record_decision",
}
"""What somebody must be allowed to do with the case. The package of a hand-over holds everything that is filed.

Whoever runs the case may have each return; others of the panel read them in the pack, and have the zip without them.
"""
OF_A_REQUEST: Mapping[str, str] = {
    "scoping_letter": "open_request",
    "scoping": "open_request",
    "scoping_return": "open_request",
    "nil_return": "open_request",
}
"""The same with a request. Whoever runs the case may have all of them; others of the panel read a return in the pack alone."""
OWN = "referral"
"""What whoever sent the referral may have of it."""
NOT_ASKED = ("to_send", "withdrawn")


def may_have(desk: Desk, what: str, made_at: datetime | None) -> Access:
    """Whether this person may have that document now. `made_at` is when it was ordered, where it is known."""
    form, _, about = what.partition(":")
    if desk.snapshot.person is not None and desk.snapshot.person.removed_at is not None:
        return Access.ABSENT
    if form == DATES:
        return Access.YES if desk.may_see_own() and _as_then(desk, made_at) else Access.NO
    if form in OF_A_REQUEST:
        return _of_request(desk, form, about)
    return _of_case(desk, form)


def _of_case(desk: Desk, form: str) -> Access:
    case = desk.snapshot.case
    if case is None:
        return Access.ABSENT
    if form not in OF_A_CASE:
        return Access.NO
    access = desk.may(OF_A_CASE[form], case=case)
    if form == OWN and access is Access.NO:
        return desk.may("see_own_referral", case=case)
    return access


def _of_request(desk: Desk, form: str, about: str) -> Access:
    case, request = desk.snapshot.case, request_of(desk, about)
    if case is None or request is None or request.case != case.id:
        return Access.ABSENT
    runs = desk.may("send_requests", case=case)
    if runs is not Access.NO:
        return runs
    return Access.ABSENT if request.state in NOT_ASKED else desk.may_request(OF_A_REQUEST[form], request)


def request_of(desk: Desk, about: str) -> RequestRecord | None:
    """The request of that id, of those that were read."""
    read = (*desk.snapshot.requests, *((desk.snapshot.request,) if desk.snapshot.request else ()))
    return next((one for one in read if one.id == about), None)


def _as_then(desk: Desk, made_at: datetime | None) -> bool:
    """A list of dates shows what its asker could see when it was made: it is given that day, while no role has ended since."""
    if made_at is None:
        return True
    ended = any(one.ended_at is not None and one.ended_at >= made_at for one in desk.snapshot.grants)
    return not ended and london_day(made_at) == london_day(desk.turn.at)
