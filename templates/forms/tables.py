"""What the answers of a table say together: which of its rows are asked, what a ticked column holds, what is dealt with.

A table is kept one row a cell, at `contacts.police.contact`. Its own path, `contacts`, says only that it was left out or is
not known.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from state.records import AnswerRecord
from state.values import JSON
from templates.forms.cells import EVERY_ROW
from templates.forms.shape import NEVER_ASKED, Shape, Spot

SETTLED = frozenset({"given", "not_known", "skipped"})
SAID = frozenset({"given", "not_known", "offered"})
BEGUN = "begun"
"""The state of a column of which some cells are answered: it is still asked, and shows what there is."""


def shown_rows(shape: Shape, spot: Spot, own: str) -> list[Spot]:
    """The rows of a table that are asked: all but the own row of the organisation that answers, where that is hidden."""
    table = shape.by_state[spot.state]
    rows = shape.table_rows(spot.state)
    return [Spot(placed.state, spot.row) for placed in rows if not (table.question.hide_own and placed.row == own)]


def column_cells(shape: Shape, path: str, own: str) -> Mapping[str, str]:
    """The paths of the cells that one input ticks, by row: of `contacts.*.contact`, `contacts.gp.contact` and so on."""
    found = shape.find(path)
    if found is None or f".{EVERY_ROW}." not in path:
        return {}
    column = path.rsplit(".", 1)[-1]
    rows = shown_rows(shape, found[0], own)
    having = [row for row in rows if column in shape.by_state[row.state].cells]
    return {shape.by_state[row.state].row: shape.path(row, column) for row in having}


def column_answer(shape: Shape, answers: Mapping[str, AnswerRecord], path: str, own: str) -> AnswerRecord | None:
    """A ticked column as one answer: the rows that say yes. None where no cell says anything."""
    cells = column_cells(shape, path, own)
    kept = {row: answers[cell] for row, cell in cells.items() if cell in answers}
    if not any(one.state in SAID for one in kept.values()):
        return None
    ticked: list[JSON] = [row for row, one in kept.items() if one.state in SAID and one.value == "yes"]
    newest = max(kept.values(), key=lambda one: one.at)
    return replace(newest, path=path, state=_together(kept, len(cells)), value=ticked)


def _together(kept: Mapping[str, AnswerRecord], cells: int) -> str:
    states = {one.state for one in kept.values()}
    if "offered" in states:
        return "offered"
    if len(kept) < cells or not states <= SETTLED:
        return BEGUN
    return "not_known" if states == {"not_known"} else "given"


def asked_cells(shape: Shape, row: Spot) -> list[str]:
    """The paths of a row's cells that people fill in."""
    return [shape.path(row, name) for name, cell in shape.by_state[row.state].cells.items() if cell.kind not in NEVER_ASKED]
