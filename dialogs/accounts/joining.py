"""What follows once both have said that they are the same: everything is the person's, and they say where to write to them."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.accounts.common import record_of, tell, where, who
from dialogs.accounts.writing import channels, write_buttons
from dialogs.desk import Desk
from dialogs.reply import Card, Paragraph, Reply
from dialogs.telling import coordinators
from state.records import AccountRecord, PersonRecord

FILLED_UP = ("email", "telephone", "job", "agency", "organisation")
"""What is known of the account alone is known of the person."""


def join(desk: Desk, agreed: AccountRecord, other: str) -> None:
    """Link the account: from its next message on the person speaks."""
    told = desk.own_place(other)
    said = desk.words("accounts.linked_there", who=who(desk, desk.turn.who.id), where=where(desk, desk.turn.who.id))
    desk.put(replace(agreed, confirmed_at=desk.turn.at))
    _known(desk, agreed)
    desk.becomes(agreed.id, agreed.person)
    desk.note("partnership", "account_linked", account=agreed.id, person=agreed.person)
    _signed_alone(desk, agreed.person)
    _linked(desk, agreed)
    tell(desk, told, said)


def _known(desk: Desk, agreed: AccountRecord) -> None:
    """Nobody is listed by the account any more; what only it knew is kept with the person."""
    person, account = record_of(desk, agreed.person), record_of(desk, agreed.id)
    if person is None or account is None:
        return
    new = {name: getattr(account, name) for name in FILLED_UP if not getattr(person, name) and getattr(account, name)}
    if new:
        desk.put(replace(person, **new))
    if account.organisation:
        desk.put(replace(account, organisation=""))


def _linked(desk: Desk, agreed: AccountRecord) -> None:
    there = channels(desk, {agreed.id, agreed.person})
    card = Card(blocks=(Paragraph(desk.words("accounts.linked")),), buttons=write_buttons(desk, there))
    desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def _signed_alone(desk: Desk, person: str) -> None:
    """Nobody signs off their own return. Where one of the two signed what the other wrote, that comes to light now.

    Of a restricted case the history alone says so: others than those on its list would read it.
    """
    known: PersonRecord | None = record_of(desk, person)
    name = known.name if known else person
    told = {one.id for one in desk.snapshot.accounts.cases if not one.restricted}
    for request in desk.snapshot.accounts.signed_alone:
        desk.note(f"case:{request.case}", "signed_alone", request=request.id)
        text = desk.words("accounts.signed_alone", name=name, reference=request.reference)
        for place in coordinators(desk) if request.case in told else ():
            desk.post(place, Reply(text=text, preview=desk.words("filling.preview")), case=request.case)
