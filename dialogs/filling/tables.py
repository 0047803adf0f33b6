"""Tables: one input ticks a whole column, and every cell is kept, checked and collided with on its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from dialogs.desk import Desk
from dialogs.filling.asking import NONE, asking_for, options_of, shown
from dialogs.filling.pages import Asked, Page
from state.values import london_day
from templates.answers import Refused, understand
from templates.answers.choices import joined
from templates.forms.cells import EVERY_ROW
from templates.forms.filled import TOUCHED, Filled
from templates.forms.shape import Spot
from templates.forms.tables import SAID, column_cells


class Spread(msgspec.Struct, frozen=True):
    """A page with its ticked columns taken apart: an input a cell, and an error at each column that was not understood."""

    page: Page
    inputs: Mapping[str, str]
    errors: Mapping[str, str] = {}
    columns: Mapping[str, Asked] = {}
    """The column that a cell was ticked in, by the cell's path."""

    def shown_at(self, errors: Mapping[str, str]) -> dict[str, str]:
        """Errors at the inputs of the page: one of a cell stands at its column."""
        return {self.columns[path].path if path in self.columns else path: error for path, error in errors.items()}


def spread(desk: Desk, page: Page, inputs: Mapping[str, str]) -> Spread:
    """Take the page's columns apart. Cells that come by their own paths pass as they are."""
    asked: list[Asked] = []
    left = dict(inputs)
    errors: dict[str, str] = {}
    columns: dict[str, Asked] = {}
    for one in page.asked:
        cells = _cells(desk.filled(), one) if one.is_ticks else {}
        asked += list(cells.values()) if one.is_ticks else [one]
        columns |= {cell.path: one for cell in cells.values()}
        if one.is_ticks and one.path in left:
            ticked = _ticked(desk, page, one, left.pop(one.path), inputs)
            left |= {cells[row].path: said for row, said in ticked.items() if row in cells}
            errors |= {one.path: ticked[""]} if "" in ticked else {}
    return Spread(msgspec.structs.replace(page, asked=tuple(asked)), left, errors, columns)


def _cells(filled: Filled, ticks: Asked) -> dict[str, Asked]:
    """The cells of a column by row, each called after the column: nobody is told of twenty-five."""
    found: dict[str, Asked] = {}
    for row, path in column_cells(filled.shape, ticks.path, filled.own).items():
        known = filled.shape.find(path)
        if known is not None:
            found[row] = Asked(path, known[1].model_copy(update={"label": ticks.question.label}))
    return found


def _ticked(desk: Desk, page: Page, ticks: Asked, raw: str, inputs: Mapping[str, str]) -> dict[str, str]:
    """What each row says, by row; nothing where the column was left alone; at no row, the reason for not understanding it."""
    if not raw.strip():
        if not _means_none(desk, page, ticks, inputs):
            return {}
        raw = NONE
    # "None of these" stood there and somebody ticked another row beside it: the row counts. It is the last of the numbers.
    none = (NONE, str(len(_rows(desk, ticks)) + 1))
    said = ",".join(part for part in raw.split(",") if part.strip() not in none) or NONE
    understood = understand(said, asking_for(ticks.question, desk.filled(), desk.kit, london_day(desk.turn.at)), desk.kit.words)
    if isinstance(understood, Refused):
        return {"": understood.message}
    if understood.state == "not_known":
        return dict.fromkeys(_rows(desk, ticks), desk.words("answers.not_known"))
    chosen = understood.value if isinstance(understood.value, list) else []
    unsure = _not_known(desk.filled(), ticks)
    return {row: "yes" if row in chosen else "no" for row in _rows(desk, ticks) if row in chosen or row not in unsure}


def _not_known(filled: Filled, ticks: Asked) -> set[str]:
    """Rows that were said to be not known, each for itself: no tick is not a no there. A whole column can be answered anew."""
    if filled.status(ticks.path) == "not_known":
        return set()
    cells = column_cells(filled.shape, ticks.path, filled.own)
    return {row for row, path in cells.items() if filled.status(path) == "not_known"}


def _rows(desk: Desk, ticks: Asked) -> list[str]:
    return [row for row, _ in options_of(ticks.question, desk.filled(), desk.kit)]


def _means_none(desk: Desk, page: Page, ticks: Asked, inputs: Mapping[str, str]) -> bool:
    """Whether nothing ticked says no to every row: rows were ticked before, or another part of the table has an answer now.

    A table that was wholly left alone says nothing, and not known never becomes a no.
    """
    before = desk.filled().answer(ticks.path)
    if before is not None and (before.value or before.state == "not_known"):
        return before.state != "not_known"
    table = _table(desk.filled(), ticks.path)
    return any(inputs.get(one.path, "").strip() for one in page.asked if _table(desk.filled(), one.path) == table)


def _table(filled: Filled, path: str) -> Spot | None:
    """The table that a path is of, or None."""
    found = filled.shape.find(path)
    placed = filled.shape.by_state[found[0].state] if found else None
    return filled.shape.walked(found[0]) if found and placed and (placed.row or placed.is_table) else None


def is_of_a_table(desk: Desk, path: str) -> bool:
    """Whether a path is a cell or a column of a table."""
    return _table(desk.filled(), path) is not None


def settle_tables(desk: Desk, page: Page, inputs: Mapping[str, str], errors: Mapping[str, str]) -> None:
    """A table that stood on the page: one that was sent empty is left out, one that has an answer again is not."""
    tables: dict[Spot, list[str]] = {}
    for one in page.asked:
        if one.is_ticks and (table := _table(desk.filled(), one.path)):
            tables.setdefault(table, []).append(one.path)
    for table, ticks in tables.items():
        path = desk.filled().shape.path(table)
        said = any(text.strip() and _table(desk.filled(), sent) == table for sent, text in inputs.items())
        if said and desk.filled().status(path) in TOUCHED and not errors:
            desk.keep_answer(path, "removed", source="card")
        elif not said and not desk.filled().touched(table) and all(one in inputs for one in ticks):
            desk.keep_answer(path, "skipped", source="card")


def table_text(desk: Desk, table: Spot) -> str:
    """A table as check your answers shows it: for each column the rows that say yes, then what was written."""
    filled = desk.filled()
    placed = filled.shape.by_state[table.state]
    ticks = [Asked(filled.shape.path(table, f"{EVERY_ROW}.{name}"), one) for name, one in placed.cells.items()]
    said = [f"{one.label}: {_column_text(desk, one)}" for one in ticks if filled.status(one.path) != "unanswered"]
    cells = [one for row in filled.table_rows(table) for one in row_lines(desk, row, leaving=placed.cells)]
    return "\n".join([*said, *(f"{label}: {text}" for label, text in cells)])


def _column_text(desk: Desk, ticks: Asked) -> str:
    filled = desk.filled()
    labels = dict(options_of(ticks.question, filled, desk.kit))
    cells = column_cells(filled.shape, ticks.path, filled.own)
    yes = [labels[row] for row, path in cells.items() if filled.value(path) == "yes"]
    unsure = [labels[row] for row, path in cells.items() if filled.status(path) == "not_known"]
    said = [joined(yes) or desk.words("filling.none")] if yes or len(unsure) < len(cells) else []
    return "; ".join([*said, *([f"{desk.words('answers.not_known')}: {joined(unsure)}"] if unsure else [])])


def row_lines(desk: Desk, row: Spot, *, leaving: Collection[str] = ()) -> list[tuple[str, str]]:
    """Label and text of each answered cell of a row."""
    filled, today = desk.filled(), london_day(desk.turn.at)
    cells = filled.shape.by_state[row.state].cells
    paths = [(filled.shape.path(row, name), cell) for name, cell in cells.items() if name not in leaving]
    kept = [(filled.answers[path], cell) for path, cell in paths if filled.status(path) in SAID]
    return [(cell.label, shown(answer, cell, filled, desk.kit, today)) for answer, cell in kept]


def read_back(desk: Desk, ticks: Asked) -> str:
    """How typed rows were understood."""
    value = desk.filled().value(ticks.path)
    labels = dict(options_of(ticks.question, desk.filled(), desk.kit))
    named = joined([labels[str(row)] for row in value if row in labels]) if isinstance(value, list) else ""
    return desk.words("filling.understood", label=ticks.label, value=named or desk.words("filling.none"))
