"""Who reads the answer along: in a channel only what everybody there may know is said, and elsewhere one to one."""

from __future__ import annotations

from collections.abc import Callable

from dialogs.desk import Desk
from dialogs.scoping.pieces import alone
from dialogs.telling import COORDINATORS, tied_here
from state.access import Access
from state.ledger import AskedOf
from state.scoping_records import RequestRecord

Asked = RequestRecord | AskedOf


def tied(desk: Desk) -> str:
    """What the channel that was asked in is tied to: an organisation, the coordinators, or nothing."""
    return "" if desk.unseen else tied_here(desk)


def where_it_may_be_read(desk: Desk, do: Callable[[Desk], None]) -> None:
    """In a tied channel here, from any other channel one to one. Who has never written to us is told to."""
    if desk.unseen or tied(desk):
        return do(desk)
    if desk.own_place(desk.turn.who.id) is None:
        return desk.tell(desk.words("casework.write_first"))
    return alone(desk, do)


def may_be_shown(desk: Desk, request: Asked) -> bool:
    """Whether a request may be named to everybody who reads along. What was put to one person is not told in the channel."""
    here = tied(desk)
    if others_may_be_shown(desk):
        return True
    return request.organisation == here and request.delivery == "channel" and not request.quiet


def others_may_be_shown(desk: Desk) -> bool:
    """Whether what is about no request may be named: news of a case, invitations, its papers."""
    return desk.unseen or tied(desk) == COORDINATORS


def runs_cases(desk: Desk) -> bool:
    """Whether this person sees every case that is not restricted."""
    return desk.may("see_reference") is Access.YES
