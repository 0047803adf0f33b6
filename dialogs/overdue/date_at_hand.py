"""One date of the answer, chosen from its list: opening what it is about, and giving or asking for more time."""

from __future__ import annotations

from datetime import date

from dialogs.casework.common import absent
from dialogs.casework.glance import show_case
from dialogs.desk import Desk
from dialogs.overdue.more_time import sheet
from dialogs.overdue.question import question_carried
from dialogs.referral.mine import my_referrals
from dialogs.returns.opening import open_request
from dialogs.review.overview import review
from dialogs.scoping.pieces import alone
from dialogs.scoping.requests import show_one
from dialogs.turn import Press
from state.access import Access
from state.scoping_records import RequestRecord
from templates.days import day_text


def chosen(desk: Desk, said: Press) -> bool:
    """Whether one date was chosen, whose case was read. If not, that is said."""
    if desk.snapshot.case is not None:
        return True
    desk.note("partnership", "refused", action="see_reference")
    if not desk.may_see_own():
        desk.tell(desk.words("access.nothing"))
    elif said.target or said.inputs.get("date"):
        # A case that is not there is answered like one that may not be known, also in the place where it is answered.
        alone(desk, lambda desk: desk.tell(absent(desk)))
    else:
        desk.tell(desk.words("overdue.choose"))
    return False


def open_date(desk: Desk, said: Press) -> None:
    """What the date is about: the request, the case, the rapid review, or where one's own referral stands."""
    if chosen(desk, said):
        alone(desk, lambda desk: _open(desk, said))


def _open(desk: Desk, said: Press) -> None:
    case, request = desk.snapshot.case, desk.snapshot.request
    runs = case is not None and desk.may("see_reference", case=case) is Access.YES
    if request is not None and runs and desk.may("send_requests", case=case) is Access.YES:
        return show_one(desk, request)
    if request is not None and not runs and _answers(desk, request):
        return open_request(desk, said)
    if case is not None and case.referrer == desk.turn.who.id and not runs:
        return my_referrals(desk)
    if case is not None and not runs and desk.may("read_case", case=case) is Access.YES:
        return review(desk, said)
    return show_case(desk, said)


def _answers(desk: Desk, request: RequestRecord) -> bool:
    return desk.may_request("open_request", request) is Access.YES


def date_time(desk: Desk, said: Press) -> None:
    """More time for a return: given by the coordinator, asked for by an organisation."""
    if chosen(desk, said):
        alone(desk, lambda desk: _time(desk, said, desk.snapshot.request))


def _time(desk: Desk, said: Press, request: RequestRecord | None) -> None:
    question = question_carried(desk.kit, said.at)
    until = day_text(date.fromisoformat(question.slots.new_date)) if question and question.slots.new_date else ""
    case = desk.snapshot.case
    if request is not None and (desk.may("see_reference", case=case) is Access.YES or _answers(desk, request)):
        return sheet(desk, until)
    runs = desk.may("send_requests", case=case) is Access.YES
    return desk.tell(desk.words("overdue.no_more_time")) if runs else refuse(desk)


def refuse(desk: Desk) -> None:
    """A case whose dates are not theirs to move."""
    desk.note("partnership", "refused", action="send_requests")
    desk.tell(absent(desk))
