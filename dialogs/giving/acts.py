"""What can be done about copies of documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.acts import About, Act, Intent
from dialogs.desk import Desk
from dialogs.giving.ask import get_file, no_file, send_file
from dialogs.giving.documents import DOCUMENTS, documents
from dialogs.giving.offer import GET, filed_as
from dialogs.giving.one_file import make_one_file, one_file
from dialogs.turn import Press, Turn

SEND = "send_file"


def _filed(press: Press, turn: Turn) -> str:
    return filed_as(turn.who.id, press.at)


def _file(do: Callable[[Desk, Press], None], *, files: bool = False) -> Act:
    return Act(do=do, about=About.CASE, requests=True, organisations=True, people=True, ledger=True, filed=_filed, files=files)


PRESSES: Mapping[str, Act] = {
    GET: _file(get_file),
    SEND: _file(send_file),
    "no_file": _file(no_file),
    "one_file": _file(one_file, files=True),
    "make_one_file": _file(make_one_file, files=True),
    DOCUMENTS: Act(do=documents, about=About.CASE, requests=True, organisations=True, people=True, files=True),
}
"""Buttons alone: a file is given in conversation, never from a window over a channel."""
INTENTS: Mapping[str, Intent] = {
    DOCUMENTS: Intent(do=documents, requests=True, organisations=True, people=True, files=True),
}
