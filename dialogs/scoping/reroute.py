"""A request that was sent is put to somebody else: what stands in the channel says only that nothing is needed there."""

from __future__ import annotations

from dialogs.casework.common import chain
from dialogs.desk import Desk
from dialogs.reply import Card, Paragraph, Reply, Style
from dialogs.returns.common import closed
from dialogs.scoping.cards import request_card
from dialogs.scoping.common import card_name, card_places, organisation_name
from dialogs.scoping.listed import put_on_list
from dialogs.scoping.notices import settle
from dialogs.scoping.post import order_papers, post_card
from state.scoping_records import RequestRecord


def put_to(desk: Desk, before: RequestRecord, after: RequestRecord) -> None:
    """Keep the new way, take the card down where it stood, and ask where it belongs now."""
    for place in card_places(desk, before):
        if place not in card_places(desk, after):
            desk.update_card(place, _moved(desk, before), case=before.case, card=card_name(before))
    put_on_list(desk, after)
    desk.put(after)
    if card_places(desk, after) == card_places(desk, before) and after.delivery != "email":
        for place in card_places(desk, after):
            desk.update_card(place, request_card(desk, after), case=after.case, card=card_name(after))
    elif after.delivery == "email":
        order_papers(desk, after)
    else:
        post_card(desk, after)
    settle(desk, after.id, "involvement")
    desk.note(chain(after.case), "request_rerouted", request=after.id, delivery=after.delivery, senior=after.senior)
    text = desk.words(f"scoping.rerouted_{after.delivery}", organisation=organisation_name(desk, after))
    desk.tell(f"{text} {desk.words('scoping.lies_there')}" if _lies_there(desk, before, after) else text)


def _lies_there(desk: Desk, before: RequestRecord, after: RequestRecord) -> bool:
    """Whether its letter and form lie where somebody involved may read them. We never take away what was filed."""
    case, own = desk.snapshot.case, after.organisation in desk.kit.libraries
    return own and closed(after) and not closed(before) and case is not None and not case.restricted


def _moved(desk: Desk, request: RequestRecord) -> Reply:
    """What is left of the card: the reference, and that nobody here need do anything."""
    blocks = (
        Paragraph(desk.words("scoping.card_asked", reference=request.reference), Style.HEADING),
        Paragraph(desk.words("scoping.state_elsewhere")),
    )
    return Reply(
        card=Card(title=desk.words("scoping.card_title"), blocks=blocks),
        preview=desk.words("scoping.preview", reference=request.reference),
    )
