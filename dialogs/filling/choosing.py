"""Settling what a file said that was not clear: one answer after another, by a button or by what is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.asking.moves import move
from dialogs.desk import Desk
from dialogs.filling.accept import accept
from dialogs.filling.asking import input_for
from dialogs.filling.cards import answered_card, title_of
from dialogs.filling.machine import CHECK
from dialogs.filling.pages import Asked, Page, page_at
from dialogs.filling.talk import arrive
from dialogs.filling.unclear import (
    DIFFERS,
    DOUBT,
    Unclear,
    all_unclear,
    here,
    label_of,
    readings,
    reason,
    settle_unclear,
    unclear_at,
)
from dialogs.filling.writing import may_write
from dialogs.reply import Block, Button, Card, Facts, Paragraph, Reply, Style
from dialogs.turn import Press
from state.values import london_day
from templates.forms.shape import Spot

NOTE = "unclear "
"""What the talk notes, with the path, while one of them is asked."""
MOST_READINGS = 3
"""Readings that have a button of their own. Another one is typed."""


def settle_first(desk: Desk, _press: Press | None = None) -> None:
    """Ask for the first that waits; with none, check your answers."""
    _ask_next(desk, "")


def _ask_next(desk: Desk, after: str, *echoes: str) -> None:
    """The first one behind a path that this person may write, else the first of all that they have not left just now."""
    waiting = [one for one in all_unclear(desk) if may_write(desk, one.spot)]
    paths = [one.path for one in waiting]
    behind = waiting[paths.index(after) + 1 :] if after in paths else waiting
    if not behind:
        return arrive(desk, Spot(CHECK), echoes=echoes)
    return _ask(desk, behind[0], echoes=echoes)


def _ask(desk: Desk, one: Unclear, *, echoes: tuple[str, ...] = (), error: str = "", typed: str | None = None) -> None:
    desk.say(Reply(card=_card(desk, one, echoes, error, typed), preview=desk.words("filling.preview")))
    desk.stand_at(desk.at_hand.id, one.spot.state, one.spot.row, note=f"{NOTE}{one.path}")


def _card(desk: Desk, one: Unclear, echoes: tuple[str, ...], error: str, typed: str | None) -> Card:
    today, filled = london_day(desk.turn.at), desk.filled()
    field = input_for(one.path, one.question, filled, desk.kit, today, error=error, typed=typed or one.correctable or None)
    blocks: list[Block] = [Paragraph(text) for text in echoes]
    blocks += [Paragraph(label_of(desk, one), Style.HEADING), *_said(desk, one)]
    return Card(
        title=title_of(desk, page_at(filled, one.spot)), blocks=tuple(blocks), inputs=(field,), buttons=_ways(desk, one)
    )


def _said(desk: Desk, one: Unclear) -> list[Block]:
    """What the file says, and what else there is."""
    said = readings(desk, one)
    if one.why == DOUBT:
        rows = tuple((desk.words("files.reading", number=n), text) for n, text in enumerate(said, 1))
        return [Paragraph(desk.words("files.doubt")), Facts(rows)]
    if one.why == DIFFERS:
        rows = ((desk.words("files.in_the_file"), said[0]), (desk.words("files.here"), here(desk, one)))
        return [Paragraph(desk.words("files.differs")), Facts(rows)]
    return [Paragraph(reason(desk, one))]


def _ways(desk: Desk, one: Unclear) -> tuple[Button, ...]:
    ways = [_way(desk, "settle_this", one)]
    if one.why == DOUBT:
        ways += [_way(desk, f"take_{number}", one) for number in range(1, len(one.texts[:MOST_READINGS]) + 1)]
    if one.why == DIFFERS:
        ways += [_way(desk, "take_1", one, "take_the_file"), _way(desk, "keep_here", one)]
    return (*ways, _way(desk, "leave_unclear", one))


def _way(desk: Desk, action: str, one: Unclear, words: str = "") -> Button:
    first = action == "settle_this"
    label = desk.words(f"buttons.{words or action}")
    return Button(action=action, label=label, target=desk.at_hand.id, at=one.path, primary=first, takes_inputs=first)


def _at(desk: Desk, press: Press) -> Unclear | None:
    """What the button is about. Where it was settled meanwhile, what is left is asked."""
    one = unclear_at(desk, press.at)
    if one is None or not may_write(desk, one.spot):
        _ask_next(desk, "", desk.words("filling.stale"))
        return None
    return one


def settle_this(desk: Desk, press: Press) -> None:
    """What stands in the card's field is the answer."""
    one = _at(desk, press)
    if one is not None:
        _take(desk, one, press.inputs.get(one.path, ""))


def take(desk: Desk, press: Press, number: int) -> None:
    """One of the readings is right."""
    one = _at(desk, press)
    if one is None:
        return None
    text = one.texts[number - 1] if number <= len(one.texts) else ""
    return _take(desk, one, text) if text.strip() else keep_here(desk, press)


def keep_here(desk: Desk, press: Press) -> None:
    """What the file says is not taken. What is here, if anything, stays."""
    one = _at(desk, press)
    if one is None:
        return
    settle_unclear(desk, one.path)
    desk.replace_card(answered_card(desk, []))
    _ask_next(desk, "")


def leave_unclear(desk: Desk, press: Press) -> None:
    """Later: it stays where it is, and the next one is asked."""
    desk.replace_card(answered_card(desk, []))
    _ask_next(desk, press.at)


def _take(desk: Desk, one: Unclear, text: str) -> None:
    """Keep an answer; what is wrong with it is said at its field."""
    if not text.strip():
        return _ask(desk, one, error=desk.words("filling.needed", label=one.question.label))
    page = Page(spot=one.spot, asked=(Asked(one.path, one.question),))
    accepted = accept(desk, page, {one.path: text}, source="card")
    if error := accepted.errors.get(one.path):
        return _ask(desk, one, error=error, typed=text)
    desk.replace_card(answered_card(desk, accepted.taken))
    return _ask_next(desk, "", *accepted.echoes)


def at_hand(desk: Desk) -> Unclear | None:
    """What is asked here now, where it is one of these."""
    path = desk.talk.note.removeprefix(NOTE) if desk.talk.note.startswith(NOTE) else ""
    return unclear_at(desk, path) if path and desk.talk.draft == desk.at_hand.id else None


def typed(desk: Desk, one: Unclear, text: str) -> bool:
    """What was typed, where it is one of the buttons. False where it is none: then it may be another move, or the answer."""
    wanted = text.strip().casefold()
    pressed = next((way for way in _ways(desk, one) if way.label.casefold() == wanted), None)
    if pressed is None and move(text, desk.kit.profile.phrases) == "skip":
        pressed = _way(desk, "leave_unclear", one)
    if pressed is None or pressed.takes_inputs:
        return False
    ACTIONS[pressed.action](desk, Press(action=pressed.action, at=one.path))
    return True


def answered(desk: Desk, one: Unclear, text: str) -> None:
    """What was typed is the answer."""
    _take(desk, one, text)


ACTIONS: Mapping[str, Callable[[Desk, Press], None]] = {
    "settle_unclear": settle_first,
    "settle_this": settle_this,
    "take_1": lambda desk, press: take(desk, press, 1),
    "take_2": lambda desk, press: take(desk, press, 2),
    "take_3": lambda desk, press: take(desk, press, 3),
    "keep_here": keep_here,
    "leave_unclear": leave_unclear,
}
"""What the buttons do, by their action."""
