"""The button under a message that says that a document was made: it carries what the document is, nothing of it."""

from __future__ import annotations

from dialogs.delivered.rows import FILES
from dialogs.desk import Desk
from dialogs.reply import Button, Card, Paragraph, Reply
from dialogs.turn import ANSWERED_AT_ONCE
from state.scoping_records import RequestRecord
from state.values import derived_id

GET = "get_file"
DATES = "dates"


def file_button(desk: Desk, case: str, what: str, *, primary: bool = False) -> Button:
    """A button that asks for a copy of a document (`Send.what`), under words of its own."""
    label = desk.words("buttons.get_file", file=file_name(desk, what))
    return Button(action=GET, label=label, target=case, at=what, primary=primary)


def request_file(desk: Desk, request: RequestRecord, form: str) -> Button:
    """The same for a document that belongs to a request."""
    return file_button(desk, request.case, f"{form}:{request.id}")


def dates_button(desk: Desk, stem: str) -> Button:
    """The same for a workbook of dates, by the name it was given."""
    return file_button(desk, "", f"{DATES}:{stem}")


def file_name(desk: Desk, what: str) -> str:
    """What a document is called in a sentence."""
    file = f"file_{what.partition(':')[0]}"
    return desk.words(f"delivered.{file if file in FILES else 'what_file'}")


def offered(desk: Desk, *buttons: Button) -> tuple[Button, ...]:
    """These buttons where they can be pressed: in this person's own conversation, and not in a window."""
    return buttons if desk.private and not isinstance(desk.turn.said, ANSWERED_AT_ONCE) else ()


def tell_with_files(desk: Desk, text: str, *buttons: Button) -> None:
    """Say that something was done, with what can be had of it."""
    if not offered(desk, *buttons):
        return desk.tell(text)
    card = Card(blocks=(Paragraph(text),), buttons=buttons)
    return desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def filed_as(person: str, what: str) -> str:
    """What a document is filed under. A workbook of dates is filed for the one who asked: nobody else's button finds it."""
    form, _, stem = what.partition(":")
    return f"{DATES}:{derived_id(person, stem)}" if form == DATES else what
