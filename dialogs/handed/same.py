"""Whether a text of a document says what is known already, in whatever words."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.filling.asking import as_said, asking_for, shown
from dialogs.filling.collide import plain, state_of
from dialogs.handed.rows import folded
from state.records import AnswerRecord
from state.values import london_day
from templates.answers import Refused, understand
from templates.forms.filled import Filled
from templates.forms.model import Question


def same(desk: Desk, filled: Filled, question: Question, known: AnswerRecord, text: str) -> bool:
    """Whether it reads alike, or is understood as the same."""
    today = london_day(desk.turn.at)
    if folded(shown(known, question, filled, desk.kit, today)) == folded(text):
        return True
    meant = understand(as_said(text, question, desk.kit), asking_for(question, filled, desk.kit, today), desk.kit.words)
    return not isinstance(meant, Refused) and (meant.state, plain(meant.value)) == (state_of(known), plain(known.value))
