"""Who speaks and where is kept, so that people can be told things later, and so that it is known who reads a channel."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.desk import Desk
from state.records import PersonRecord

OF_ONE_TURN = frozenset({"thread", "aside"})
"""What an address says of what was said now: an answer keeps it (`Send.thread`, `Send.aside`), the place does not."""


def know_person(desk: Desk) -> None:
    """Keep the person's name and this conversation."""
    person = known_as(desk)
    if person != desk.snapshot.person:
        desk.put(person)
    _know_place(desk)


def known_as(desk: Desk) -> PersonRecord:
    """What is known of the person, with the name and address that the channel gives now: not that of another account."""
    who, known = desk.turn.who, desk.snapshot.person
    record = known or PersonRecord(id=who.id, name=who.name or who.id)
    if known is not None and desk.turn.account:
        return known
    return replace(record, name=who.name or record.name, email=who.email or record.email)


def belongs_to(desk: Desk, organisation: str) -> None:
    """Keep which organisation the person belongs to."""
    desk.put(replace(known_as(desk), organisation=organisation))


def _know_place(desk: Desk) -> None:
    address = {name: value for name, value in desk.turn.place.address.items() if name not in OF_ONE_TURN}
    address = address or dict(desk.place.address)
    spoke = desk.place.speakers if desk.private else tuple(dict.fromkeys((*desk.place.speakers, desk.turn.who.id)))
    known = replace(desk.place, address=address, speakers=spoke)
    if desk.snapshot.place is None or known != desk.place:
        desk.put(known)
