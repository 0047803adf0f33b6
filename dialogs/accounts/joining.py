"""What follows once both have said that they are the same: everything is the person's, and they say where to write to them."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.accounts.alone import comes_to_light
from dialogs.accounts.common import record_of, tell, where, who
from dialogs.accounts.writing import channels, write_buttons
from dialogs.desk import Desk
from dialogs.reply import Card, Paragraph, Reply
from state.records import AccountRecord

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
    comes_to_light(desk, agreed)
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
