"""What a question about the dates reads: worked out before anything is read, from what was typed, pressed, or asked last."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from dialogs.asking.meaning import Understood
from dialogs.kit import Kit
from dialogs.overdue.question import CHASE, INTENTS, NOT_REPLIED, OVERDUE, Question, look_for, question_carried
from dialogs.turn import OpenWindow, Press, SubmitWindow, Turn
from state.looking import Look
from state.records import TalkRecord
from state.values import PlaceKind

ROWS, ROWS_OF_A_CASE, ROWS_TO_CHASE = 10, 40, 25
"""Lines of a page; organisations of one case that have not replied; dates that are chased in one go."""
Names = Mapping[str, str]
"""The ids of organisations by what they are called."""
Looking = Callable[[TalkRecord | None, Names], Look | None]
Meaning = Callable[[Names], Understood]


def of_text(meaning: Meaning, turn: Turn, kit: Kit) -> Looking:
    """What was typed names it, as it is understood with the organisations that there are."""

    def look(_talk: TalkRecord | None, names: Names) -> Look | None:
        meant = meaning(names)
        intent = meant.intent if meant.intent in INTENTS else OVERDUE
        return _look(Question(intent=intent, slots=meant.slots), turn, kit)

    return look


def of_press(said: Press | OpenWindow | SubmitWindow, turn: Turn, kit: Kit) -> Looking:
    """The button carries it; where it does not, it is what was asked last in this place."""
    question = question_carried(kit, said.at)
    if question is not None:
        return _always(question, turn, kit)
    return lambda talk, _names: _look(question_carried(kit, talk.shown) if talk is not None else None, turn, kit)


def of_page(said: Press | OpenWindow | SubmitWindow, turn: Turn, kit: Kit) -> Looking:
    """A page of an answer; a button that carries no question asks what is overdue."""
    return _always(question_carried(kit, said.at) or Question(), turn, kit)


def _always(question: Question, turn: Turn, kit: Kit) -> Looking:
    return lambda _talk, _names: _look(question, turn, kit)


def _look(question: Question | None, turn: Turn, kit: Kit) -> Look | None:
    if question is None:
        return None
    look = look_for(kit, question, turn.at, rows=rows_of(question))
    return replace(look, listed=turn.listed(kit.tenants), public=turn.place.kind is PlaceKind.CHANNEL)


def rows_of(question: Question) -> int:
    """How many lines are shown at once."""
    if question.intent == CHASE:
        return ROWS_TO_CHASE
    return ROWS_OF_A_CASE if question.intent == NOT_REPLIED and question.slots.case else ROWS
