"""Where every question of a form stands: states, paths and back again. Built once a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from templates.answers import Kind
from templates.forms.cells import EVERY_ROW, Lists, cells_of, row_question, rows_of, ticks_of
from templates.forms.model import Form, Question, Section

NEVER_ASKED = (Kind.AUTO, Kind.FIXED, Kind.FILE)
"""Kinds that are no question: the assistant fills them in itself, and a file is dropped."""
CHILDREN = "children"
NAMES = "names"
"""Beside the lists of the profile, what a choice may be made from: the subject children, or everybody the draft names."""
MORE_CHILDREN = "children.more"
"""The state that asks whether there is another child. Settled once `children` itself is answered."""


class Spot(NamedTuple):
    """A question's state, and the child or row it is about (0: neither)."""

    state: str
    row: int = 0

    def __str__(self) -> str:
        """As a button carries it."""
        return f"{self.state}:{self.row}"


def spot_from(text: str) -> Spot | None:
    """A spot as a button carried it back, or None where it is not one."""
    state, _, row = text.partition(":")
    return Spot(state, int(row or 0)) if state and (row in ("", "0") or _is_number(row)) else None


class Placed(msgspec.Struct, frozen=True):
    """A question in its section. `state` is its id, with `children.` before it where the section repeats.

    A row of a table is placed too, at `contacts.police`: it has a page of its own, and the machine knows only its table.
    """

    state: str
    question: Question
    section: Section
    index: int
    row: str = ""
    """The row's id, for a row of a table."""
    cells: Mapping[str, Question] = {}
    """For a row of a table its cells, for a table with ticks its ticks: by column."""

    @property
    def repeats(self) -> bool:
        """Whether it is answered once for each child."""
        return self.section.repeats

    @property
    def is_rows(self) -> bool:
        """Whether its answer is a list of rows."""
        return self.question.kind is Kind.ROWS

    @property
    def is_table(self) -> bool:
        """Whether its answer is a table of named rows."""
        return self.question.kind is Kind.TABLE and not self.row

    @property
    def table(self) -> str:
        """The state of the table that a row belongs to; its own state for everything else."""
        return self.state.removesuffix(f".{self.row}") if self.row else self.state


class Shape:
    """The order of a form's questions, and the way between states and paths."""

    def __init__(self, form: Form, lists: Lists | None = None) -> None:
        self.form = form
        self.order: list[Placed] = []
        for section in form.sections:
            for question in section.questions:
                if question.kind in NEVER_ASKED and not question.shows:
                    continue
                state = f"{CHILDREN}.{question.id}" if section.repeats else question.id
                self.order.append(Placed(state, question, section, len(self.order), cells=ticks_of(question)))
        self._inside = {
            id(section): [placed for placed in self.order if placed.section is section] for section in form.sections
        }
        self.by_state = {placed.state: placed for placed in self.order}
        for table in [placed for placed in self.order if placed.is_table]:
            self.by_state |= {row.state: row for row in _rows(table, lists or {})}

    def inside(self, section: Section) -> list[Placed]:
        """The questions of one of the form's sections, in order."""
        return self._inside[id(section)]

    def table_rows(self, state: str) -> list[Placed]:
        """The rows of a table, in order."""
        return [self.by_state[f"{state}.{row.id}"] for row in rows_of(self.by_state[state].question)]

    def walked(self, spot: Spot) -> Spot:
        """Where the machine stands for a spot: for a row of a table, at its table."""
        placed = self.by_state.get(spot.state)
        return Spot(placed.table, spot.row) if placed is not None and placed.row else spot

    def path(self, spot: Spot, column: str = "") -> str:
        """The path of an answer: `children.2.name`, `family.3.relationship`, `incident_date`, `contacts.police.contact`."""
        placed = self.by_state[spot.state]
        path = spot.state
        if placed.repeats:
            path = f"{CHILDREN}.{spot.row}.{path.removeprefix(f'{CHILDREN}.')}"
        elif placed.is_rows and spot.row:
            path = f"{path}.{spot.row}"
        return f"{path}.{column}" if column else path

    def find(self, path: str) -> tuple[Spot, Question] | None:
        """The spot and the question (or column) that a path belongs to, or None where the form has no such path."""
        parts = path.split(".")
        if parts[0] == CHILDREN:
            return self._find_child(parts)
        placed = self.by_state.get(parts[0])
        if placed is None or placed.repeats:
            return None
        if len(parts) == 1:
            return Spot(placed.state), placed.question
        return self._find_cell(placed, 0, parts[1:]) if placed.is_table else self._find_row(placed, parts)

    def _find_child(self, parts: list[str]) -> tuple[Spot, Question] | None:
        if len(parts) < 3 or not _is_number(parts[1]):
            return None
        placed = self.by_state.get(f"{CHILDREN}.{parts[2]}")
        if placed is None or len(parts) > 3:
            return self._find_cell(placed, int(parts[1]), parts[3:]) if placed else None
        return Spot(placed.state, int(parts[1])), placed.question

    def _find_cell(self, table: Placed, child: int, parts: list[str]) -> tuple[Spot, Question] | None:
        """A row of a table, a cell of it, or a column that is ticked in one input."""
        state = table.state if parts[0] == EVERY_ROW else f"{table.state}.{parts[0]}"
        placed = self.by_state.get(state) if table.is_table and len(parts) < 3 else None
        if placed is None or (len(parts) == 1 and not placed.row):
            return None
        question = placed.cells.get(parts[1]) if len(parts) == 2 else placed.question
        return (Spot(state, child), question) if question else None

    def _find_row(self, placed: Placed, parts: list[str]) -> tuple[Spot, Question] | None:
        if not placed.is_rows or len(parts) > 3 or not _is_number(parts[1]):
            return None
        spot = Spot(placed.state, int(parts[1]))
        if len(parts) == 2:
            return spot, placed.question
        column = next((c for c in placed.question.columns if c.id == parts[2]), None)
        return (spot, column) if column else None

    def group(self, placed: Placed) -> list[Placed]:
        """The questions that are asked on one card with this one, itself included."""
        if not placed.question.group:
            return [placed]
        return [p for p in self.inside(placed.section) if p.question.group == placed.question.group]


def _rows(table: Placed, lists: Lists) -> Iterator[Placed]:
    for row in rows_of(table.question):
        made = row_question(table.question, row)
        cells = cells_of(table.question, row, lists)
        yield Placed(f"{table.state}.{row.id}", made, table.section, table.index, row.id, cells)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and not text.startswith("0") and len(text) < 5
