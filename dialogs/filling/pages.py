"""What is asked together: one question, a group of neighbours, one row, a table, or a whole section in a window."""

from __future__ import annotations

import msgspec

from dialogs.filling.asking import child_label
from dialogs.kit import Kit
from templates.forms.cells import EVERY_ROW
from templates.forms.filled import ANSWERED, TOUCHED, Filled
from templates.forms.model import Question
from templates.forms.shape import NEVER_ASKED, Placed, Spot
from templates.forms.tables import column_cells


class Asked(msgspec.Struct, frozen=True):
    """A question at a path."""

    path: str
    question: Question

    @property
    def label(self) -> str:
        """The label as part of a sentence, without a question mark of its own."""
        return self.question.label.rstrip("?: ")

    @property
    def is_ticks(self) -> bool:
        """Whether it answers a whole column of a table: the rows that are ticked."""
        return f".{EVERY_ROW}." in self.path

    def cells(self, filled: Filled) -> list[str]:
        """The paths of the cells it answers, where it answers a column of a table."""
        return list(column_cells(filled.shape, self.path, filled.own).values())


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Questions that stand on one card. `spot` is the first of them; for a row, `spot.row` is the row's number."""

    spot: Spot
    asked: tuple[Asked, ...]
    is_row: bool = False
    is_table: bool = False
    """Whether it is a table, or one row of one: what is left empty says nothing, and the table is left out as a whole."""

    @property
    def single(self) -> Asked | None:
        """The question, where there is only one."""
        return self.asked[0] if len(self.asked) == 1 and not self.is_row and not self.is_table else None


def page_at(filled: Filled, spot: Spot) -> Page:
    """The page a spot stands on."""
    placed = filled.shape.by_state[spot.state]
    if placed.is_rows:
        return _row_page(placed, spot.row or _open_row(filled, placed))
    if placed.is_table or placed.row:
        return _table_page(filled, placed, spot)
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
    people = [column for column in placed.question.columns if column.kind not in NEVER_ASKED]
    columns = tuple(Asked(f"{placed.state}.{row}.{column.id}", column) for column in people)
    return Page(spot=Spot(placed.state, row), asked=columns, is_row=True)


def _table_page(filled: Filled, placed: Placed, spot: Spot) -> Page:
    """A row of a table; or the whole table; or, where that is no page, its first row that is not complete."""
    if placed.is_table and not placed.question.bulk:
        rows = filled.table_rows(spot)
        spot = next(iter(filled.lacking(spot) or rows))
    row = filled.shape.by_state[spot.state]
    asked = _cells(filled, spot) if row.row else _whole_table(filled, spot)
    return Page(spot=spot, asked=tuple(asked), is_table=True)


def _cells(filled: Filled, row: Spot) -> list[Asked]:
    cells = filled.shape.by_state[row.state].cells
    return [Asked(filled.shape.path(row, n), cell) for n, cell in cells.items() if cell.kind not in NEVER_ASKED]


def _whole_table(filled: Filled, table: Spot) -> list[Asked]:
    """One input for each column that is ticked, then the boxes that only some rows have, while their row may matter."""
    placed = filled.shape.by_state[table.state]
    ticks = [Asked(filled.shape.path(table, f"{EVERY_ROW}.{name}"), one) for name, one in placed.cells.items()]
    rows = [_cells(filled, row) for row in filled.table_rows(table)]
    return [*ticks, *(one for cells in rows if _may_matter(filled, placed, cells) for one in _boxes(placed, cells))]


def _boxes(table: Placed, cells: list[Asked]) -> list[Asked]:
    return [one for one in cells if one.path.rsplit(".", 1)[-1] not in table.cells]


def _may_matter(filled: Filled, table: Placed, cells: list[Asked]) -> bool:
    ticked = [one.path for one in cells if one not in _boxes(table, cells)]
    return any(filled.status(path) not in TOUCHED or filled.value(path) == "yes" for path in ticked)


def section_page(filled: Filled, spot: Spot) -> Page:
    """Every question of a section that a window can show: on the path, or waiting for another one of the same section."""
    placed = filled.shape.by_state[spot.state]
    if placed.row:
        return page_at(filled, spot)
    inside = [p for p in filled.shape.inside(placed.section) if _fits_a_window(filled, Spot(p.state, spot.row))]
    here = {p.question.id for p in inside}
    wanted = [Spot(p.state, spot.row) for p in inside if _in_window(filled, p, spot.row, here)]
    asked = tuple(one for where in wanted for one in _asked_at(filled, where))
    return Page(spot=Spot(inside[0].state, spot.row) if inside else spot, asked=asked)


def _fits_a_window(filled: Filled, spot: Spot) -> bool:
    placed = filled.shape.by_state[spot.state]
    return not placed.is_rows and not placed.question.shows and filled.stops(spot)


def _asked_at(filled: Filled, spot: Spot) -> list[Asked]:
    placed = filled.shape.by_state[spot.state]
    return _whole_table(filled, spot) if placed.is_table else [Asked(filled.shape.path(spot), placed.question)]


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
