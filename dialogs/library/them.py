"""Telling an organisation about a file that it left in its own library: in its channel, and whoever left it there."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.desk import Desk
from dialogs.reply import Card, Paragraph, Reply, Style
from dialogs.returns.common import closed, colleagues, fit
from dialogs.scoping.cards import request_button
from dialogs.scoping.common import card_places
from dialogs.scoping.reach import leads_of
from dialogs.telling import one_to_one
from state.records import PlaceRecord
from state.scoping_records import RequestRecord


def tell_them(desk: Desk, request: RequestRecord, by: str, lines: Sequence[str], action: str) -> bool:
    """Say it where the request's card stands, and to whoever left the file. False where nobody there can be reached."""
    button = (request_button(desk, action, request, primary=True),) if action else ()
    card = Card(blocks=_paragraphs(lines), buttons=button)
    reply = Reply(card=card, preview=desk.words("scoping.preview", reference=request.reference))
    places = _places(desk, request, by)
    for place in places:
        desk.post(place, reply, case=request.case)
    return bool(places)


def tell_organisation(desk: Desk, organisation: str, lines: Sequence[str]) -> bool:
    """Say something that is about no request of theirs, and names no case."""
    leads = {grant.person for grant in leads_of(desk, organisation)} - _removed(desk)
    places = desk.tied(organisation) or one_to_one(desk, leads)
    for place in places:
        desk.post(place, Reply(card=Card(blocks=_paragraphs(lines)), preview=desk.words("filling.preview")))
    return bool(places)


def _places(desk: Desk, request: RequestRecord, by: str) -> list[PlaceRecord]:
    """Where the card stands; else its leads, one by one. Whoever left the file hears it too, where it is theirs to hear."""
    standing = card_places(desk, request)
    own = [one for one in (request.senior, request.delegate) if one and fit(desk, one)]
    theirs = {*own, *(() if closed(request) else colleagues(desk, request))}
    people = theirs & {by} if standing else theirs
    return [*standing, *(one for one in one_to_one(desk, people) if one.id not in {place.id for place in standing})]


def _removed(desk: Desk) -> set[str]:
    return {one.id for one in desk.snapshot.all_people if one.removed_at is not None}


def _paragraphs(lines: Sequence[str]) -> tuple[Paragraph, ...]:
    head, *others = lines
    return (Paragraph(head, Style.HEADING), *(Paragraph(one) for one in others))
