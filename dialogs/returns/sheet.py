"""One page of an organisation's side: a window where there are windows, a card in the person's own conversation elsewhere.

Nothing of it is ever shown in a channel: pressed there, it is sent one to one.
"""

from __future__ import annotations

import msgspec

from dialogs.desk import Desk
from dialogs.reply import Block, Button, Card, Input, Reply, Window
from dialogs.turn import OpenWindow, SubmitWindow
from state.scoping_records import RequestRecord

BEGUN = ("drafting", "sent_back")
"""States of a request whose return is under way: it is gone on with, not begun."""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown, and the ways on from it: the first one is the one to press."""

    title: str
    blocks: tuple[Block, ...] = ()
    inputs: tuple[Input, ...] = ()
    buttons: tuple[Button, ...] = ()


def can_show(desk: Desk) -> bool:
    """Whether this person can be shown something alone. If not, they are told what to do first."""
    if desk.unseen or desk.own_place(desk.turn.who.id) is not None:
        return True
    desk.tell(desk.words("returns.write_first"))
    return False


def show(desk: Desk, sheet: Sheet) -> None:
    """Show it to this person alone. Needs `can_show`."""
    if isinstance(desk.turn.said, OpenWindow | SubmitWindow):
        first, rest = (sheet.buttons[0], sheet.buttons[1:]) if sheet.buttons else (None, ())
        desk.window = Window(title=sheet.title, blocks=sheet.blocks, inputs=sheet.inputs, submit=first, buttons=rest)
        return
    _send(desk, Reply(card=_card(sheet), preview=desk.words("filling.preview")))


def _card(sheet: Sheet) -> Card:
    return Card(title=sheet.title, blocks=sheet.blocks, inputs=sheet.inputs, buttons=sheet.buttons)


def answer(desk: Desk, text: str) -> None:
    """Tell this person alone; where only the channel can be reached, the sentence must say nothing that others may not read."""
    if desk.unseen:
        return desk.tell(text)
    return _send(desk, Reply(text=text, preview=desk.words("filling.preview")))


def _send(desk: Desk, reply: Reply) -> None:
    own = None if desk.private else desk.own_place(desk.turn.who.id)
    if own is None:
        return desk.say(reply)
    desk.post(own, reply)
    return desk.say(Reply(text=desk.words("returns.sent_one_to_one"), preview=desk.words("filling.preview")))


def way(desk: Desk, action: str, request: RequestRecord, *, at: str = "", primary: bool = False, version: int = 0) -> Button:
    """A button on a sheet about a request. Its words are `buttons.<action>`; the sheet's inputs go with it."""
    begun = action == "begin_return" and request.state in BEGUN
    label = desk.words("buttons.go_on_return" if begun else f"buttons.{action}")
    return Button(
        action=action,
        label=label,
        target=request.id,
        at=at,
        version=version or request.issue,
        primary=primary,
        takes_inputs=True,
    )
