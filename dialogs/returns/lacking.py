"""What a full return should still say before it is sent: actions with a lead and a date, events with their child."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from dialogs.desk import Desk
from templates.forms.filled import ANSWERED, Filled
from templates.forms.shape import Spot

ACTIONS, EVENTS = "actions", "key_events"
SMART = ("lead", "deadline")
"""What makes an action one that can be done: somebody leads it, and there is a date (Document 2)."""


class Lack(msgspec.Struct, frozen=True):
    """A row that should say more, and the sentence that asks for it."""

    spot: Spot
    text: str


def lacks(desk: Desk) -> list[Lack]:
    """Every such row, in order. "Not known" is an answer."""
    filled = desk.filled()
    return [*_actions(desk, filled), *_events(desk, filled)]


def _actions(desk: Desk, filled: Filled) -> Iterator[Lack]:
    for number, row in enumerate(_rows(filled, ACTIONS), 1):
        cells = {column.id: column.label for column in filled.shape.by_state[ACTIONS].question.columns}
        left = [cells[name] for name in SMART if filled.status(f"{ACTIONS}.{row}.{name}") not in ANSWERED]
        if left:
            text = desk.words("returns.action_lacks", number=number, labels=", ".join(left).lower())
            yield Lack(Spot(ACTIONS, row), text)


def _events(desk: Desk, filled: Filled) -> Iterator[Lack]:
    """Where there are several children. With one child every event is about that child."""
    if len(filled.children()) < 2:
        return
    for number, row in enumerate(_rows(filled, EVENTS), 1):
        path = f"{EVENTS}.{row}.children"
        if filled.status(path) not in ANSWERED or filled.value(path) == []:
            yield Lack(Spot(EVENTS, row), desk.words("returns.event_lacks", number=number))


def _rows(filled: Filled, name: str) -> list[int]:
    return filled.rows(name) if filled.on_path(Spot(name)) else []


def notes(desk: Desk) -> list[str]:
    """The sentences, for check your answers."""
    return [lack.text for lack in lacks(desk)]
