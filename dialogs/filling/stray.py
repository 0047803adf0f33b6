"""Answers to questions that are not asked any more: the way changed, from another device, after the card or window was made."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.desk import Desk
from dialogs.filling.accept import accept
from dialogs.filling.pages import Asked, Page
from dialogs.filling.writing import may_write
from templates.forms.filled import ANSWERED
from templates.forms.shape import CHILDREN, Spot


def keep_strays(desk: Desk, page: Page, inputs: Mapping[str, str], *, source: str) -> tuple[str, ...]:
    """Keep what was sent for questions that are not on the page now, and what to say of it.

    Nothing kept before is overwritten. While its question does not apply, such an answer is never printed.
    """
    here = {asked.path for asked in page.asked}
    sent = (_asked(desk, path) for path, value in inputs.items() if path not in here and value.strip())
    strays = tuple(asked for asked in sent if asked is not None)
    if not strays:
        return ()
    accept(desk, Page(spot=page.spot, asked=strays), inputs, source=source)
    filled = desk.filled()
    off = [a.question.label for a in strays if filled.status(a.path) in ANSWERED and not filled.printed(a.path)]
    return (desk.words("filling.kept_off_path", labels=", ".join(off)),) if off else ()


def _asked(desk: Desk, path: str) -> Asked | None:
    """The question of a path, if the form has one that could have stood on a card and nothing is kept for it."""
    filled = desk.filled()
    found = filled.shape.find(path)
    if found is None or filled.status(path) in ANSWERED:
        return None
    spot, question = found
    placed = filled.shape.by_state[spot.state]
    if not may_write(desk, spot) or placed.is_rows or question.shows or (placed.repeats and not _was_there(desk, spot)):
        return None
    return Asked(path, question)


def _was_there(desk: Desk, spot: Spot) -> bool:
    """Whether there is or was such a child: no card makes one by naming it."""
    return spot.row in desk.filled().children() or f"{CHILDREN}.{spot.row}" in desk.answers
