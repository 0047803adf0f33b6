"""Who is answered what, and where: the case for those who run it or read it, for an organisation its own requests alone."""

from __future__ import annotations

from collections.abc import Collection

from dialogs.casework.common import absent
from dialogs.desk import Desk
from dialogs.reply import Reply
from dialogs.returns.common import closed
from dialogs.telling import COORDINATORS, among_us, tied_here
from state.access import Access
from state.records import CaseRecord
from state.scoping_records import RequestRecord

SEES = ("see_reference", "read_case")
"""Either of them is enough to be told the dates and states of a case."""


def sees_case(desk: Desk, case: CaseRecord) -> bool:
    """Whether this person may know where the whole case stands."""
    return any(desk.may(action, case=case) is Access.YES for action in SEES)


def own_requests(desk: Desk) -> list[RequestRecord]:
    """The requests of the case that was read which this person may answer, those that were never sent left out."""
    return [one for one in desk.snapshot.requests if one.state != "to_send" and _answers(desk, one)]


def _answers(desk: Desk, request: RequestRecord) -> bool:
    case = desk.snapshot.case
    if case is None or (case.restricted and not desk.private):
        return False
    return desk.may_request("open_request", request) is Access.YES


def refuse(desk: Desk, action: str, text: str = "") -> None:
    """Say why not, the same of a case that is not there and of one that may not be known, and keep that it was asked."""
    desk.note("partnership", "refused", action=action)
    desk.tell(text or absent(desk))


def answer(desk: Desk, reply: Reply, case: CaseRecord | None, organisations: Collection[str]) -> None:
    """Say it here where whoever reads along may know it, else one to one.

    The coordinators' channel may know of every case that is not restricted; an organisation's of its own requests.
    """
    if desk.private or _may_read_along(desk, organisations):
        return desk.say(reply)
    place = desk.own_place(desk.turn.who.id)
    if place is None:
        return desk.tell(desk.words("casework.write_first"))
    desk.post(place, reply, case=case.id if case else "")
    return desk.tell(desk.words("casework.sent_alone"))


def hidden_here(desk: Desk, request: RequestRecord) -> bool:
    """Whether those who read along here must not know of it: it was put to somebody independent of their organisation."""
    return closed(request) and not among_us(desk)


def _may_read_along(desk: Desk, organisations: Collection[str]) -> bool:
    here = tied_here(desk)
    return bool(here) and (here == COORDINATORS or set(organisations) == {here})
