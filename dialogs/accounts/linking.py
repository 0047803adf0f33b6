"""Linking: a code made in one app is typed in the other, and both are asked whether they are the same person.

Both, because a code can be read over somebody's shoulder, and somebody can be talked into typing one. Only the second yes
links them.
"""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from dialogs.accounts.common import account_of, always_a_person, channel_of, record_of, refused, tell, where, who
from dialogs.accounts.joining import join
from dialogs.desk import Desk
from dialogs.filling.cards import answered_card
from dialogs.people import code_text
from dialogs.reply import Button, Card, Paragraph, Reply, Style
from dialogs.turn import Press
from state.access import Access
from state.records import AccountRecord, CodeRecord, PlaceRecord

ACCOUNT = "account"
"""What a code that links accounts is for."""
CODE_LASTS = timedelta(minutes=15)
ASKED_FOR = timedelta(hours=24)
"""So long a question can be answered."""


def make_code(desk: Desk, _press: Press | None = None) -> None:
    """A code to type in the other app. Only its keyed digest is kept."""
    if refused(desk):
        return
    code = code_text(desk.kit.digest("code-seed", desk.turn.id))
    made = CodeRecord(
        digest=desk.kit.digest("code", code),
        purpose=ACCOUNT,
        made_by=desk.turn.who.id,
        made_in=desk.turn.place.id,
        expires_at=desk.turn.at + CODE_LASTS,
    )
    desk.put(made)
    desk.note("partnership", "account_code_made")
    desk.tell(desk.words("accounts.code", code=code, minutes=CODE_LASTS.seconds // 60))


def claim(desk: Desk, code: CodeRecord) -> None:
    """A code was typed: whoever typed it is asked first."""
    if not desk.private:
        return desk.say(Reply(text=desk.words("people.claim_one_to_one")))
    if not _works(desk, code):
        desk.note("partnership", "refused", action="claim")
        return desk.say(Reply(text=desk.words("people.code_wrong")))
    if code.made_by == desk.turn.who.id:
        return desk.say(Reply(text=desk.words("accounts.own_code")))
    account, person = _which(desk, code.made_by)
    if always_a_person(channel_of(desk, account)):
        return desk.say(Reply(text=desk.words("accounts.same_app")))
    known, before = record_of(desk, account), account_of(desk, account)
    asked = AccountRecord(
        id=account,
        person=person,
        name=known.name if known else "",
        asked_at=desk.turn.at,
        asked_in=code.made_in,
        version=before.version if before else 0,
    )
    desk.put(replace(code, used_by=desk.turn.who.id, used_at=desk.turn.at))
    desk.put(asked)
    desk.note("partnership", "account_asked", account=account, person=person)
    return desk.say(_question(desk, asked, code.made_by))


def _works(desk: Desk, code: CodeRecord) -> bool:
    maker = record_of(desk, code.made_by)
    fresh = code.used_at is None and code.expires_at >= desk.turn.at
    there = maker is not None and maker.removed_at is None
    return fresh and there and desk.may("link_accounts") is Access.YES


def _which(desk: Desk, maker: str) -> tuple[str, str]:
    """Which of the two becomes the other's: that of whoever typed the code, unless theirs is always a person."""
    me = desk.turn.who.id
    return (maker, me) if always_a_person(channel_of(desk, me)) else (me, maker)


def _question(desk: Desk, asked: AccountRecord, other: str) -> Reply:
    """Is that you? The buttons are good for this asking alone."""
    version = asked.version + 1
    buttons = tuple(
        Button(action=action, label=desk.words(f"buttons.{action}"), target=asked.id, version=version, primary=first)
        for action, first in (("confirm_account", True), ("refuse_account", False))
    )
    asks = desk.words("accounts.asks", who=who(desk, other), where=where(desk, other, asked.asked_in))
    blocks = (Paragraph(asks, Style.HEADING), Paragraph(desk.words("accounts.asks_more")))
    return Reply(card=Card(blocks=blocks, buttons=buttons), preview=desk.words("filling.preview"))


def confirm(desk: Desk, press: Press) -> None:
    """One of the two says yes. The second yes links."""
    asked = _open(desk, press)
    if asked is None:
        return
    other = _other(desk, asked)
    agreed = replace(asked, agreed=(*asked.agreed, desk.turn.who.id))
    desk.replace_card(answered_card(desk, []))
    if other in agreed.agreed:
        return join(desk, agreed, other)
    place = _asked_in(desk, asked) or desk.own_place(other)
    if place is None:
        desk.put(replace(asked, ended_at=desk.turn.at))
        return desk.tell(desk.words("accounts.cannot_reach"))
    desk.put(agreed)
    desk.post(place, _question(desk, agreed, desk.turn.who.id))
    return desk.tell(desk.words("accounts.asked_there", where=where(desk, other, asked.asked_in)))


def _asked_in(desk: Desk, asked: AccountRecord) -> PlaceRecord | None:
    """Where the code was made, while that is still the other one's conversation."""
    there = (place for place in desk.snapshot.accounts.places if place.id == asked.asked_in)
    return next((place for place in there if place.person == _other(desk, asked) and desk.can_reach(place)), None)


def refuse(desk: Desk, press: Press) -> None:
    """One of the two says no: nothing is linked, and both are told."""
    asked = _open(desk, press)
    if asked is None:
        return
    desk.put(replace(asked, ended_at=desk.turn.at))
    desk.note("partnership", "account_refused", account=asked.id, person=asked.person)
    desk.replace_card(answered_card(desk, []))
    desk.tell(desk.words("accounts.refused"))
    here = where(desk, desk.turn.who.id)
    tell(desk, desk.own_place(_other(desk, asked)), desk.words("accounts.refused_there", where=here))


def _open(desk: Desk, press: Press) -> AccountRecord | None:
    """The question that the button is about, while it can be answered by this person; else why not is said."""
    if refused(desk):
        return None
    asked = account_of(desk, press.target)
    if asked is not None and asked.version == press.version and _can_answer(desk, asked):
        return asked
    desk.tell(desk.words("accounts.settled"))
    return None


def _can_answer(desk: Desk, asked: AccountRecord) -> bool:
    me, other = desk.turn.who.id, record_of(desk, _other(desk, asked))
    mine = me in (asked.id, asked.person) and asked.id != asked.person and me not in asked.agreed
    waits = asked.confirmed_at is None and asked.ended_at is None and asked.asked_at + ASKED_FOR >= desk.turn.at
    return mine and waits and other is not None and other.removed_at is None


def _other(desk: Desk, asked: AccountRecord) -> str:
    return asked.person if desk.turn.who.id == asked.id else asked.id
