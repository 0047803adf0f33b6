"""A request that did not get through: sent again, once, or put to the organisation by e-mail instead."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dialogs.casework.common import case_for, chain
from dialogs.delivered.reaching import is_under_way, not_reached, paper_rows
from dialogs.desk import Desk
from dialogs.scoping.common import organisation_name
from dialogs.scoping.machine import WAITS
from dialogs.scoping.pieces import chosen, done
from dialogs.scoping.post import order_papers, post_card
from dialogs.scoping.reroute import put_to
from dialogs.turn import Press
from state.ledger import GIVEN_UP
from state.records import CaseRecord
from state.scoping_records import RequestRecord


def send_again(desk: Desk, said: Press) -> None:
    """Post the card once more, and make the papers again where they were not made."""
    case = case_for(desk, "chase")
    if case is None:
        return None
    requests = _chosen(desk, said)
    if not requests:
        return desk.tell(desk.words("delivered.choose_which"))
    told = [_send(desk, case, one) for one in requests]
    done(desk)
    return desk.tell("\n".join(told))


def _chosen(desk: Desk, said: Press) -> list[RequestRecord]:
    names = [said.at] if said.at else chosen(said.inputs, "requests")
    return [one for one in desk.snapshot.requests if one.id in names]


def _send(desk: Desk, case: CaseRecord, request: RequestRecord) -> str:
    """What happened, in a sentence. Whoever presses second is told that it was sent."""
    name = organisation_name(desk, request)
    if request.state not in WAITS:
        return desk.words("delivered.no_longer_waits", organisation=name)
    if is_under_way(desk, request) or not not_reached(desk, request):
        return desk.words("delivered.was_sent", organisation=name)
    broken = any(row.status in GIVEN_UP for row in paper_rows(desk, request))
    if request.delivery != "email" and not post_card(desk, request):
        return desk.words("scoping.nowhere_to_post", organisation=name)
    if broken:
        order_papers(desk, request)
    # Written as it is: of two who press at once, the second finds the row changed, looks again and sends nothing.
    desk.put(request)
    desk.note(chain(case), "request_posted_again", request=request.id)
    return desk.words("delivered.papers_again" if request.delivery == "email" else "delivered.sent_again", organisation=name)


def use_email(desk: Desk, said: Press) -> None:
    """The request goes by secure e-mail from now on: its letter and form are made, and the coordinator sends them."""
    case = case_for(desk, "send_requests")
    if case is None:
        return None
    requests = _chosen(desk, said)
    if not requests:
        return desk.tell(desk.words("delivered.choose_which"))
    done(desk)
    return _by_email(desk, requests)


def _by_email(desk: Desk, requests: Sequence[RequestRecord]) -> None:
    for request in requests:
        if request.state not in WAITS or request.delivery == "email":
            desk.tell(desk.words("scoping.settled_already"))
        else:
            put_to(desk, request, replace(request, delivery="email", senior="", emailed_at=None, emailed_by=""))
