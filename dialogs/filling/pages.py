"""What is asked together: one question, a group of neighbours, one row, or a whole section in a window."""

from __future__ import annotations

import msgspec

from dialogs.filling.asking import child_label
from dialogs.kit import Kit
from templates.forms.filled import ANSWERED, Filled
from templates.forms.model import Question
from templates.forms.shape import Placed, Spot


class Asked(msgspec.Struct, frozen=True):
    """A question at a path."""

    path: str
    question: Question

    @property
    def label(self) -> str:
        """The label as part of a sentence, without a question mark of its own."""
        return self.question.label.rstrip("?: ")


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Questions that stand on one card. `spot` is the first of them; for a row, `spot.row` is the row's number."""

    spot: Spot
    asked: tuple[Asked, ...]
    is_row: bool = False

    @property
    def single(self) -> Asked | None:
        """The question, where there is only one."""
        return self.asked[0] if len(self.asked) == 1 and not self.is_row else None


def page_at(filled: Filled, spot: Spot) -> Page:
    """The page a spot stands on."""
    placed = filled.shape.by_state[spot.state]
    if placed.is_rows:
        return _row_page(placed, spot.row or _open_row(filled, placed))
    together = [p for p in filled.shape.group(placed) if p is placed or filled.on_path(Spot(p.state, spot.row))]
    asked = tuple(Asked(filled.shape.path(Spot(p.state, spot.row)), p.question) for p in together)
    return Page(spot=Spot(together[0].state, spot.row), asked=asked)


def _open_row(filled: Filled, placed: Placed) -> int:
    """The row that was begun and still needs something, else a new one."""
    needed = [column.id for column in placed.question.columns if column.need == "required"]
    for row in filled.rows(placed.state):
        if any(filled.status(f"{placed.state}.{row}.{name}") not in ANSWERED for name in needed):
            return row
    return filled.next_row(placed.state)


def _row_page(placed: Placed, row: int) -> Page:
    columns = tuple(Asked(f"{placed.state}.{row}.{column.id}", column) for column in placed.question.columns)
    return Page(spot=Spot(placed.state, row), asked=columns, is_row=True)


def section_page(filled: Filled, spot: Spot) -> Page:
    """Every question of a section that a window can show: on the path, or waiting for another one of the same section."""
    section = filled.shape.by_state[spot.state].section
    placed = [p for p in filled.shape.order if p.section is section and not p.is_rows and not p.question.shows]
    here = {p.question.id for p in placed}
    wanted = [p for p in placed if _in_window(filled, p, spot.row, here)]
    asked = tuple(Asked(filled.shape.path(Spot(p.state, spot.row)), p.question) for p in wanted)
    return Page(spot=Spot(placed[0].state, spot.row) if placed else spot, asked=asked)


def _in_window(filled: Filled, placed: Placed, row: int, here: set[str]) -> bool:
    return filled.on_path(Spot(placed.state, row)) or (bool(placed.question.only_if) and set(placed.question.only_if) <= here)


def about(filled: Filled, spot: Spot, kit: Kit) -> str:
    """Which child or row a page is about, or nothing where there is only one child."""
    placed = filled.shape.by_state[spot.state]
    if placed.repeats and len(filled.children()) > 1:
        return child_label(filled, spot.row, kit)
    if placed.is_rows:
        count = len([row for row in filled.rows(spot.state) if row < spot.row]) + 1
        return kit.words.say("filling.row_number", number=count)
    return ""
