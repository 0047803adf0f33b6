"""Unlinking: the other account is nobody in particular again, and keeps nothing."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.accounts.common import refused, tell
from dialogs.desk import Desk
from dialogs.filling.cards import answered_card
from dialogs.knowing import known_as
from dialogs.reply import Button, Card, Paragraph, Reply
from dialogs.turn import Press
from state.records import AccountRecord, PersonRecord, PlaceRecord

MOST = 5
"""Accounts that have a button at once."""


def which(desk: Desk, _press: Press | None = None) -> None:
    """Ask which account, and whether it is meant."""
    if refused(desk):
        return
    mine = _mine(desk)
    if not mine:
        return desk.tell(desk.words("accounts.none"))
    buttons = (
        *(
            Button(action="unlink_account", label=desk.words("buttons.unlink_account", name=one.name), target=one.id)
            for one in mine[:MOST]
        ),
        Button(action="keep_account", label=desk.words("buttons.keep_account"), primary=True),
    )
    card = Card(blocks=(Paragraph(desk.words("accounts.which")),), buttons=buttons)
    return desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def _mine(desk: Desk) -> list[AccountRecord]:
    """The person's other accounts, the one they speak from first."""
    mine = (one for one in desk.snapshot.accounts.rows if one.linked and one.person == desk.turn.who.id)
    return sorted(mine, key=lambda one: one.id != desk.turn.account)


def keep(desk: Desk, _press: Press) -> None:
    """It was not meant."""
    if not refused(desk):
        desk.replace_card(answered_card(desk, []))
        desk.tell(desk.words("accounts.kept"))


def unlink(desk: Desk, press: Press) -> None:
    """The account is its own again, and so is its conversation."""
    if refused(desk):
        return
    account = next((one for one in _mine(desk) if one.id == press.target), None)
    if account is None:
        return desk.tell(desk.words("accounts.none"))
    desk.put(replace(account, ended_at=desk.turn.at))
    own = [_given_back(desk, place, account.id) for place in desk.snapshot.accounts.places if place.account == account.id]
    _told_elsewhere(desk, account)
    desk.note("partnership", "account_unlinked", account=account.id, person=account.person)
    desk.replace_card(answered_card(desk, []))
    desk.tell(desk.words("accounts.unlinked", name=account.name))
    there = [desk.own_place(account.person)] if desk.turn.account == account.id else own
    for place in there:
        tell(desk, place, desk.words("accounts.unlinked_there"))
    return None


def _given_back(desk: Desk, place: PlaceRecord, account: str) -> PlaceRecord:
    own = replace(desk.put_so_far(PlaceRecord, place.id) or place, person=account, account="")
    desk.put(own)
    return own


def _told_elsewhere(desk: Desk, account: AccountRecord) -> None:
    """Nobody is written to where they are not any more."""
    left = [place for place in desk.snapshot.accounts.places if place.account != account.id and place.person == account.person]
    known = desk.put_so_far(PersonRecord, account.person) or known_as(desk)
    if known.told_in and known.told_in not in {place.channel for place in left}:
        desk.put(replace(known, told_in=""))
