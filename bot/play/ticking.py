"""Cells of a table, as the inputs of a card or window take them: one input ticks a whole column."""

from __future__ import annotations

from collections.abc import Iterable

from bot.play.answers import Given
from dialogs.filling.asking import NONE
from dialogs.reply import Input
from templates.forms.cells import EVERY_ROW
from templates.forms.shape import Shape

TICKS = {"yes": True, "no": False}
"""Answers that a tick, or none, says. Anything else is answered on the page of the row."""


def answers(given: Given, asked: Input) -> bool:
    """Whether an answer of the file goes into that input."""
    return asked.id == given.path or (given.text in TICKS and asked.id == _column(given))


def _column(given: Given) -> str:
    """The path of the input that ticks the column of a cell, or nothing."""
    if not given.column:
        return ""
    table = given.path.removesuffix(f".{given.column}").rpartition(".")[0]
    return f"{table}.{EVERY_ROW}.{given.column}"


def filled_in(given: Iterable[Given], inputs: Iterable[Input]) -> dict[str, str]:
    """What is sent for the inputs: texts as they are, and for a column the rows that are ticked now."""
    sent: dict[str, str] = {}
    columns = {asked.id: asked for asked in inputs if f".{EVERY_ROW}." in asked.id}
    for one in given:
        column = columns.get(_column(one))
        if column is None:
            sent[one.path] = one.text
        else:
            sent[column.id] = _ticked(one, column, sent.get(column.id, column.value))
    return sent


def _ticked(given: Given, column: Input, before: str) -> str:
    row = given.path.split(".")[-2]
    rows = {part for part in before.split(",") if part and part != NONE} - {row}
    rows |= {row} if TICKS[given.text] else set()
    # A row that is hidden from whoever answers is sent all the same: its refusal is what the play has to see.
    order = [choice.value for choice in column.choices] + sorted(rows)
    return ",".join(dict.fromkeys(value for value in order if value in rows)) or NONE


def place_of(given: Given, shape: Shape) -> str:
    """What to change for a cell: its table where that is one page and a tick answers it, else its row."""
    row = given.path.removesuffix(f".{given.column}")
    table = shape.by_state[given.state].question
    ticked = table.bulk and (given.text in TICKS or given.question.only_rows)
    return row.rpartition(".")[0] if ticked else row
