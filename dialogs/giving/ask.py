"""A copy of a document: what will happen is asked first, then it is sent, and its message says that it is there."""

from __future__ import annotations

from datetime import timedelta

from dialogs.casework.common import absent, chain
from dialogs.desk import Desk
from dialogs.filling.cards import answered_card
from dialogs.giving.lying import NAMES
from dialogs.giving.may import may_have, request_of
from dialogs.giving.offer import DATES, file_name
from dialogs.reply import Button, Card, FileRef, Paragraph, Reply, Upload
from dialogs.scoping.common import note_opening, step
from dialogs.turn import Consented, Press
from state.access import Access
from state.changes import Kind, OutboxStatus
from state.ledger import GIVEN_UP
from state.records import CaseRecord
from state.values import Channel

ASKS_ITSELF = frozenset({Channel.TEAMS})
"""Channels that ask before a file is kept, in a card of their own: to ask in ours as well would be to ask twice."""
ON_ITS_WAY = frozenset({OutboxStatus.QUEUED, OutboxStatus.SENDING})
JUST_NOW = timedelta(minutes=1)


def get_file(desk: Desk, press: Press) -> None:
    """Say what a copy in this conversation means, and ask."""
    what = press.at
    if not _can(desk, what):
        return
    if desk.turn.place.channel in ASKS_ITSELF:
        return send(desk, what)
    return ask_first(desk, press, "send_file")


def ask_first(desk: Desk, press: Press, yes: str) -> None:
    """What a copy here means, with a yes and a no. `yes` is what is done then."""
    where = desk.words(f"delivered.channel_{desk.turn.place.channel.value}")
    text = desk.words("giving.ask", file=called(desk, press.at), channel=where)
    buttons = tuple(
        Button(action=name, label=desk.words(f"buttons.{label}"), target=press.target, at=press.at, primary=name == yes)
        for name, label in ((yes, "send_file"), ("no_file", "no_file"))
    )
    desk.say(Reply(card=Card(blocks=(Paragraph(text),), buttons=buttons), preview=desk.words("filling.preview")))


def send_file(desk: Desk, press: Press) -> None:
    """Yes: it is sent, once."""
    if _can(desk, press.at) and not under_way(desk, press.at):
        coming(desk, press.at)


def coming(desk: Desk, what: str) -> None:
    """It was asked for, and is on its way."""
    _answered(desk, desk.words("giving.coming", file=called(desk, what)))
    _note(desk, what)
    send(desk, what)


def no_file(desk: Desk, press: Press) -> None:
    """No: nothing is sent."""
    if may_here(desk, press.at):
        _answered(desk, desk.words("giving.not_sent"))


def consented(desk: Desk, said: Consented) -> None:
    """What was answered to a channel that asked by itself."""
    if not _can(desk, said.what):
        return
    if said.upload is None:
        return _answered(desk, desk.words("giving.not_sent"))
    if under_way(desk, said.what, taken=True):
        return None
    _answered(desk, desk.words("giving.coming", file=called(desk, said.what)))
    _note(desk, said.what)
    return send(desk, said.what, said.upload)


def _can(desk: Desk, what: str) -> bool:
    """Whether this person may have it, here, and it was ever made. If not, they are told why."""
    filed = desk.snapshot.filed
    if not may_here(desk, what):
        return False
    if filed is None or filed.status in GIVEN_UP:
        desk.tell(desk.words("giving.not_made"))
        return False
    return True


def may_here(desk: Desk, what: str) -> bool:
    """Whether this person may have it, here. If not, they are told why."""
    filed = desk.snapshot.filed
    access = may_have(desk, what, filed.made_at if filed else None)
    if access is Access.YES and desk.private:
        return True
    if access is Access.YES:
        desk.tell(desk.words("giving.one_to_one"))
        return False
    desk.note("partnership", "refused", action="get_file")
    desk.tell(_why_not(desk, what, access))
    return False


def _why_not(desk: Desk, what: str, access: Access) -> str:
    """Of a case that this person may not know of, the same is said as of one that is not there."""
    if what.startswith(f"{DATES}:"):
        return desk.words("giving.dates_are_old" if desk.may_see_own() else "access.nothing")
    return absent(desk) if access is Access.ABSENT else desk.words("access.not_this_case")


def send(desk: Desk, what: str, upload: Upload | None = None) -> None:
    """The row that gives this person a copy. It waits until the document is there."""
    case = desk.snapshot.case
    file = FileRef(what=what, case=case.id if case else "", upload=upload)
    text = desk.words("giving.here", file=called(desk, what))
    reply = Reply(text=text, preview=desk.words("filling.preview"), file=file)
    desk.give(reply, case=file.case, card=_card(what, taken=upload is not None))


def _card(what: str, *, taken: bool) -> str:
    return f"{'taken' if taken else 'file'}:{what}"


def under_way(desk: Desk, what: str, *, taken: bool = False) -> bool:
    """Whether the same copy is on its way to this conversation, or has just been sent: a button may be pressed twice.

    Then that is said.
    """
    here = (
        one
        for one in desk.snapshot.ledger
        if one.send.kind is Kind.FILE and one.send.place == desk.turn.place.id and one.send.card == _card(what, taken=taken)
    )
    found = any(
        one.status in ON_ITS_WAY or (one.status is OutboxStatus.SENT and desk.turn.at - one.made_at < JUST_NOW) for one in here
    )
    if found:
        desk.tell(desk.words("giving.on_its_way", file=called(desk, what)))
    return found


def _note(desk: Desk, what: str) -> None:
    """That somebody has a copy is kept like any reading of the case. The form of a request shows whom to search for."""
    case, (form, _, about) = desk.snapshot.case, what.partition(":")
    request = request_of(desk, about)
    if form == NAMES and request is not None and desk.may_request("open_request", request) is Access.YES:
        note_opening(desk, request)
        if request.state == "sent":
            step(desk, request, "open", opened_at=desk.turn.at)
    more = {"request": request.id} if request is not None else {}
    reference = {"reference": case.reference} if case is not None else {}
    desk.note(chain(case) if case else "partnership", "file_sent", file=form, **reference, **more)


def called(desk: Desk, what: str) -> str:
    """What a document is called in a sentence, with its case."""
    case: CaseRecord | None = desk.snapshot.case
    name = file_name(desk, what)
    return desk.words("giving.named", file=name, reference=case.reference) if case is not None else name


def _answered(desk: Desk, text: str) -> None:
    """The question is answered: it cannot be pressed again, and what follows is said."""
    desk.replace_card(answered_card(desk, []))
    desk.tell(text)
