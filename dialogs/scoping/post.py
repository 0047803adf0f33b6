"""Asking an organisation: its card where it belongs, and the papers in its own folder."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.scoping.cards import request_card
from dialogs.scoping.common import card_name, card_places
from state.scoping_records import RequestRecord
from state.values import JSON, utc_text


def post_card(desk: Desk, request: RequestRecord) -> bool:
    """Post the card in the organisation's channel, or to the senior. False where there is no such place."""
    places = card_places(desk, request)
    for place in places:
        desk.post(place, request_card(desk, request), case=request.case, card=card_name(request))
    return bool(places)


def order_papers(desk: Desk, request: RequestRecord) -> None:
    """Have Document 2a and Document 2 made, as of this moment."""
    body: dict[str, JSON] = {
        "case": request.case,
        "reference": request.reference,
        "request": request.id,
        "issue": request.issue,
        "at": utc_text(desk.turn.at),
        "due": utc_text(request.due) if request.due else "",
    }
    desk.make_document(request.case, {**body, "form": "scoping_letter"})
    desk.make_document(request.case, {**body, "form": "scoping", "draft": request.draft})
