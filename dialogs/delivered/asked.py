""" "Did it reach Housing?", "who did not get it": who asks decides what is answered."""

from __future__ import annotations

from dialogs.casework.common import absent
from dialogs.delivered.everywhere import about_everything
from dialogs.delivered.narrow import Narrow
from dialogs.delivered.of_case import about_case
from dialogs.delivered.own import about_own
from dialogs.delivered.readers import runs_cases, where_it_may_be_read
from dialogs.desk import Desk
from dialogs.turn import Press
from state.access import Access
from state.records import CaseRecord


def delivered(desk: Desk) -> None:
    """Of the case that was named, or of every case that this person may see."""
    where_it_may_be_read(desk, _of_the_case if desk.meant.reference else _of_all)


def see_delivery(desk: Desk, _said: Press) -> None:
    """The same from a button about a case."""
    _of_the_case(desk)


def _of_the_case(desk: Desk) -> None:
    """For those who run the case; for an organisation that was asked; for the practitioner who referred it."""
    case = desk.snapshot.case
    access = desk.may("see_reference", case=case) if case is not None else Access.ABSENT
    if case is not None and access is Access.YES:
        return about_case(desk, case, Narrow.by(desk.meant.slots))
    if case is not None and access is Access.NO and _is_asked(desk):
        return about_case(desk, case, Narrow.by(desk.meant.slots))
    if case is not None and access is Access.NO and _is_own(desk, case):
        return about_own(desk, (case,))
    desk.note("partnership", "refused", action="see_reference")
    return desk.tell(absent(desk))


def _is_asked(desk: Desk) -> bool:
    sent = (one for one in desk.snapshot.requests if one.state != "to_send")
    return any(desk.may_request("open_request", one) is Access.YES for one in sent)


def _is_own(desk: Desk, case: CaseRecord) -> bool:
    return case.referrer == desk.turn.who.id and desk.may_see_own()


def _of_all(desk: Desk) -> None:
    if runs_cases(desk) or desk.snapshot.my_requests:
        return about_everything(desk, Narrow.by(desk.meant.slots))
    if desk.may_see_own():
        return about_own(desk, desk.snapshot.my_cases)
    desk.note("partnership", "refused", action="see_own_referral")
    return desk.tell(desk.words("access.nothing"))
