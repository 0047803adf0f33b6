"""Telling every organisation that was asked about a case to stop."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.reply import Reply
from dialogs.scoping.common import card_name, card_places, step
from dialogs.scoping.machine import REQUEST
from state.scoping_records import RequestRecord

NEVER_SENT = "to_send"


def stop_asking(desk: Desk, reason: str) -> list[RequestRecord]:
    """Withdraw every request of the case that is not at an end. Returns those that have no channel here: they are told by hand.

    Needs the case's requests, its organisations and people to have been read. `reason` says nothing that identifies.
    """
    by_hand = []
    for request in desk.snapshot.requests:
        if not REQUEST.may(request.state, "withdraw"):
            continue
        stopped = step(desk, request, "withdraw", reason=reason)
        if stopped is None or request.state == NEVER_SENT:
            continue
        desk.note(f"case:{request.case}", "request_withdrawn", request=request.id)
        if not _told(desk, stopped):
            by_hand.append(stopped)
    return by_hand


def _told(desk: Desk, request: RequestRecord) -> bool:
    places = card_places(desk, request)
    text = desk.words("casework.stop", reference=request.reference)
    for place in places:
        desk.follow(place, Reply(text=text, preview=text), case=request.case, card=card_name(request))
    return bool(places)
