"""What linking and unlinking accounts share: who is meant, where they are, and who may ask."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.reply import Reply
from state.access import Access
from state.records import AccountRecord, PersonRecord, PlaceRecord
from state.values import ACCOUNTS_ARE_PEOPLE, Channel


def refused(desk: Desk) -> bool:
    """Whether this person may not link accounts, or not here; then that is said."""
    if desk.may("link_accounts") is not Access.YES:
        desk.note("partnership", "refused", action="link_accounts")
        desk.tell(desk.words("access.nothing"))
        return True
    if not desk.private:
        desk.tell(desk.words("accounts.one_to_one"))
    return not desk.private


def record_of(desk: Desk, person: str) -> PersonRecord | None:
    """What is known of somebody, as this turn leaves it."""
    so_far = desk.put_so_far(PersonRecord, person)
    return so_far or next((one for one in desk.snapshot.accounts.people if one.id == person), None)


def account_of(desk: Desk, account: str) -> AccountRecord | None:
    """The row of an account that was asked for or linked once."""
    return next((one for one in desk.snapshot.accounts.rows if one.id == account), None)


def channel_of(desk: Desk, person: str) -> str:
    """The channel that somebody's own account is in: that of the conversation which is no other account's."""
    if person == desk.turn.who.id and not desk.turn.account:
        return desk.turn.place.channel.value
    own = (place.channel for place in desk.snapshot.accounts.places if place.person == person and not place.account)
    return next(own, "")


def always_a_person(channel: str) -> bool:
    """Whether accounts of a channel are always people themselves. One that is not known may be."""
    return not channel or channel in ACCOUNTS_ARE_PEOPLE


def who(desk: Desk, person: str) -> str:
    """Somebody by their name, with the address that their channel gives."""
    known = record_of(desk, person)
    name = known.name if known else person
    return desk.words("accounts.who", name=name, email=known.email) if known and known.email else name


def where(desk: Desk, person: str, place: str = "") -> str:
    """Where somebody is: their channel, and in Slack which workspace. `place`: where they were when they made a code."""
    there = next((one for one in desk.snapshot.accounts.places if one.id == place and one.person == person), None)
    channel = there.channel if there else channel_of(desk, person)
    if channel == Channel.SLACK.value:
        account = there.account if there and there.account else person
        return desk.words("accounts.slack", workspace=account.partition("/")[0])
    return desk.words(f"delivered.channel_{channel or Channel.TEAMS.value}")


def tell(desk: Desk, place: PlaceRecord | None, text: str) -> None:
    """Say something to the other account, where it can be reached."""
    if place is not None:
        desk.post(place, Reply(text=text, preview=desk.words("filling.preview")))
