"""What can be done about copies of documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.acts import About, Act
from dialogs.desk import Desk
from dialogs.giving.ask import get_file, no_file, send_file
from dialogs.giving.offer import GET, filed_as
from dialogs.turn import Press, Turn

SEND = "send_file"


def _filed(press: Press, turn: Turn) -> str:
    return filed_as(turn.who.id, press.at)


def _file(do: Callable[[Desk, Press], None]) -> Act:
    return Act(do=do, about=About.CASE, requests=True, organisations=True, people=True, ledger=True, filed=_filed)


PRESSES: Mapping[str, Act] = {GET: _file(get_file), SEND: _file(send_file), "no_file": _file(no_file)}
"""Buttons alone: a file is given in conversation, never from a window over a channel."""
