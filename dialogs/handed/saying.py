"""What is said of a file that was handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dialogs.desk import Desk
from dialogs.handed.reading import Reading
from dialogs.reply import Button, Card, Paragraph, Reply

LEAST_NAMED = 6
"""Of many labels so many are named; check your answers lists what is unclear."""


def say(desk: Desk, text: str, *buttons: Button) -> None:
    """A sentence, with what can be done about it."""
    if not buttons:
        return desk.say(Reply(text=text, preview=desk.words("filling.preview")))
    return desk.say(Reply(card=Card(blocks=(Paragraph(text),), buttons=buttons), preview=desk.words("filling.preview")))


def counted(desk: Desk, reading: Reading) -> str:
    """How much was read. It names nobody and may be said anywhere."""
    if not reading.count and not reading.unclear:
        return desk.words("files.nothing_new")
    if not reading.count:
        return desk.words("files.read_none", unclear=reading.unclear)
    key = "files.read_one" if reading.count == 1 else "files.read"
    return desk.words(key, count=reading.count, unclear=reading.unclear)


def echoes(desk: Desk, reading: Reading) -> tuple[str, ...]:
    """Everything there is to know of it, above check your answers."""
    settle = (desk.words("files.settle"),) if reading.unclear else ()
    return (counted(desk, reading), *settle, *to_know(desk, reading))


def to_know(desk: Desk, reading: Reading) -> Iterator[str]:
    """What whoever checks it should know. No answer is among it: labels of questions name nobody."""
    if reading.older:
        yield desk.words("files.older_issue")
    if reading.more_children:
        yield desk.words("files.more_children")
    if reading.taken_out:
        yield desk.words("files.taken_out", labels=named(reading.taken_out))
    yield from (desk.words(f"files.{note}") for note in reading.notes)


def named(labels: Sequence[str]) -> str:
    """The first of some labels."""
    return ", ".join((*labels[:LEAST_NAMED], *(["…"] if len(labels) > LEAST_NAMED else [])))
