"""A form with what has been answered so far: which questions are on the path, what is missing, what comes next. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache

from state.records import AnswerRecord
from state.values import JSON
from templates.forms.cells import EVERY_ROW
from templates.forms.conditions import NAMED, Scope
from templates.forms.model import Expected, Question, Section
from templates.forms.shape import CHILDREN, MORE_CHILDREN, NEVER_ASKED, Placed, Shape, Spot
from templates.forms.tables import asked_cells, column_answer, shown_rows

Worth = Callable[[int, str], bool]
"""Whether a fact of a child is worth asking for, whatever it is answered now: (child, fact) -> bool."""

TOUCHED: Collection[str] = frozenset({"given", "not_known", "skipped"})
ANSWERED: Collection[str] = frozenset({"given", "not_known"})


class Filled:
    """A form and its answers. `flags` are the draft's own properties that conditions may name.

    `own` is the agency that answers: a table may hide its row. `writes` says which sections the one who fills it in may
    write: the others are neither asked nor missing for them.
    """

    def __init__(
        self,
        shape: Shape,
        answers: Mapping[str, AnswerRecord],
        *,
        flags: Mapping[str, bool] | None = None,
        worth: Worth = lambda child, fact: True,
        age: Callable[[int], int | None] = lambda child: None,
        own: str = "",
        writes: Callable[[Section], bool] = lambda section: True,
    ) -> None:
        self.shape = shape
        self.answers = answers
        self.flags = flags or {}
        self.worth = worth
        self.age = age
        self.own = own
        self.writes = writes
        self._numbers = _numbers(answers)
        self._children = [(n, f"{CHILDREN}.{n}") for n in sorted({1, *self._numbers.get(CHILDREN, ())})]

    def answer(self, path: str) -> AnswerRecord | None:
        """What is kept at that path; for a column of a table that is ticked in one input, what its cells say together."""
        if EVERY_ROW in path:
            return column_answer(self.shape, self.answers, path, self.own)
        return self.answers.get(path)

    def status(self, path: str) -> str:
        """`unanswered`, or the state of the answer at that path."""
        answer = self.answer(path)
        return answer.state if answer else "unanswered"

    def value(self, path: str) -> JSON:
        """The value given at that path, or None."""
        answer = self.answer(path)
        return answer.value if answer and answer.state == "given" else None

    def children(self) -> list[int]:
        """The numbers of the subject children. There is always a first one unless it was taken out."""
        return [n for n, path in self._children if self.status(path) != "removed"] or [1]

    def rows(self, state: str) -> list[int]:
        """The numbers of the rows of a rows question, without those taken out."""
        return sorted(n for n in self._numbers.get(state, ()) if self._has_row(state, n))

    def _has_row(self, state: str, number: int) -> bool:
        """Whether there is that row, which was not taken out: lists are long, and this is asked of each row."""
        return number in self._numbers.get(state, ()) and self.status(f"{state}.{number}") != "removed"

    def next_row(self, state: str) -> int:
        """The number a new row would get: never one that was used before."""
        return max(self._numbers.get(state, {0}), default=0) + 1

    def holds(self, conditions: Mapping[str, Expected], row: int) -> bool:
        """Whether all named conditions hold, for that child."""
        return not conditions or all(self._one(name, expected, row) for name, expected in conditions.items())

    def _one(self, name: str, expected: Expected, row: int) -> bool:
        if name in NAMED:
            return NAMED[name](Scope(flag=self.flags.get(name, False), age=lambda: self.age(row)), expected)
        placed = self.shape.by_state.get(f"{CHILDREN}.{name}") if row else None
        placed = placed or self.shape.by_state[name]
        spot = Spot(placed.state, row if placed.repeats else 0)
        if not self.on_path(spot):
            return _matches("unanswered", None, expected)
        path = self.shape.path(spot)
        return _matches(self.status(path), self.value(path), expected)

    def on_path(self, spot: Spot) -> bool:
        """Whether the question is asked at all, given the other answers."""
        placed = self.shape.by_state[spot.state]
        if placed.repeats and spot.row not in self.children():
            return False
        row = spot.row if placed.repeats else 0
        if not self.holds(placed.section.only_if, row) or not self.holds(placed.question.only_if, row):
            return False
        return not placed.question.advice or self._worth(placed, row)

    def _worth(self, placed: Placed, row: int) -> bool:
        children = [row] if row else self.children()
        return any(self.worth(child, placed.question.fact) for child in children)

    def table_rows(self, spot: Spot) -> list[Spot]:
        """The rows of a table that are asked."""
        return shown_rows(self.shape, spot, self.own)

    def column_on_path(self, rows_state: str, row: int, column: Question) -> bool:
        """Whether a column of a row is asked, given the row's other cells."""
        return self.cell_on_path(f"{rows_state}.{row}", column)

    def cell_on_path(self, row_path: str, column: Question) -> bool:
        """Whether a cell is asked, given the other cells of its row."""
        for name, expected in column.only_if.items():
            path = f"{row_path}.{name}"
            if not _matches(self.status(path), self.value(path), expected):
                return False
        return True

    def touched(self, spot: Spot) -> bool:
        """Whether the person has dealt with it: answered, said not known, or skipped. An offered answer is not dealt with."""
        placed = self.shape.by_state[spot.state]
        if placed.is_rows:
            return self.status(spot.state) in TOUCHED
        if placed.row:
            return any(self.status(path) in TOUCHED for path in asked_cells(self.shape, spot))
        return self.status(self.shape.path(spot)) in TOUCHED or (placed.is_table and self._all_ticked(spot, placed))

    def _all_ticked(self, spot: Spot, table: Placed) -> bool:
        ticks = [self.shape.path(spot, f"{EVERY_ROW}.{column}") for column in table.cells]
        return bool(ticks) and all(self.status(path) in TOUCHED for path in ticks)

    def stops(self, spot: Spot) -> bool:
        """Whether the conversation ever stops here by itself: a table that is no page of its own is only gone to by name."""
        placed = self.shape.by_state[spot.state]
        return placed.question.bulk or not placed.is_table

    def asks(self, spot: Spot) -> bool:
        """Whether the conversation should stop here when going on: on the path, not optional, not yet dealt with."""
        if spot.state == MORE_CHILDREN:
            return self.status(CHILDREN) not in TOUCHED
        placed = self.shape.by_state[spot.state]
        if placed.question.need == "optional" or not self.stops(spot) or self.touched(spot):
            return False
        return self.on_path(spot) and self.writes(placed.section)

    def spots(self) -> Iterator[Spot]:
        """Every question in order, once for each child where the section repeats; section after section."""
        for section in self.shape.form.sections:
            placed = self.shape.inside(section)
            for row in self.children() if section.repeats else [0]:
                yield from (Spot(p.state, row) for p in placed)

    def missing(self) -> list[Spot]:
        """Required questions on the path without an answer that are theirs to write, in order."""
        needed = (spot for spot in self.spots() if self._required(spot) and not self._answered(spot))
        return [spot for spot in needed if self.on_path(spot) and self.writes(self.shape.by_state[spot.state].section)]

    def _required(self, spot: Spot) -> bool:
        return self.required(self.shape.by_state[spot.state].question, spot.row)

    def required(self, question: Question, row: int) -> bool:
        """Whether the question must be answered, given the other answers."""
        if question.need != "required":
            return False
        return not question.not_needed_if or not self.holds(question.not_needed_if, row)

    def _answered(self, spot: Spot) -> bool:
        placed = self.shape.by_state[spot.state]
        if placed.is_rows:
            return bool(self.rows(spot.state)) or self.status(spot.state) in ANSWERED
        if placed.is_table:
            return self.status(self.shape.path(spot)) in ANSWERED or not self.lacking(spot)
        return self.status(self.shape.path(spot)) in ANSWERED

    def lacking(self, table: Spot) -> list[Spot]:
        """The rows of a table that still need a cell."""
        return [row for row in self.table_rows(table) if self._lacks(row)]

    def _lacks(self, row: Spot) -> bool:
        cells = self.shape.by_state[row.state].cells
        needed = [name for name, cell in cells.items() if cell.need == "required" and cell.kind not in NEVER_ASKED]
        path = self.shape.path(row)
        return any(self.status(f"{path}.{n}") not in ANSWERED and self.cell_on_path(path, cells[n]) for n in needed)

    def printed(self, path: str) -> bool:
        """Whether an answer counts: its question is on the path and its row or child was not taken out."""
        found = self.shape.find(path)
        if found is None:
            return False
        spot, question = found
        placed = self.shape.by_state[spot.state]
        if placed.row:
            return spot in self.table_rows(self.shape.walked(spot)) and self._cell_printed(spot, path, question)
        if placed.is_rows and spot.row:
            kept = self._has_row(spot.state, spot.row) and self.on_path(Spot(spot.state))
            return kept and self.column_on_path(spot.state, spot.row, question)
        return self.on_path(spot)

    def _cell_printed(self, row: Spot, path: str, question: Question) -> bool:
        whole = self.shape.path(row)
        return self.on_path(row) and (path == whole or self.cell_on_path(whole, question))


_ROW = re.compile(r"([a-z_]+)\.(\d+)(?:\.|$)")


def _numbers(answers: Mapping[str, AnswerRecord]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for path in answers:
        if row := _row_of(path):
            found.setdefault(row[0], set()).add(row[1])
    return found


@lru_cache(maxsize=4096)
def _row_of(path: str) -> tuple[str, int] | None:
    """The rows or children that a path is about, and which of them. The same few hundred paths come in every turn."""
    match = _ROW.match(path)
    return (match[1], int(match[2])) if match else None


def _matches(status: str, value: JSON, expected: Expected) -> bool:
    if expected == "answered":
        return status in ANSWERED
    if expected == "unanswered":
        return status != "given"
    if expected == "not_known":
        return status == "not_known" or (status == "given" and value == "not_known")
    if isinstance(expected, list):
        return any(_matches(status, value, one) for one in expected)
    if isinstance(value, dict):
        value = value.get("precision")
    return status == "given" and value == expected
