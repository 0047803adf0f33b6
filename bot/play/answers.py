"""The answers of a `form` step: nested as people write them, flat as a form keeps them, each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
import yaml

from bot.play.nested import Pair, listed, pairs
from templates.answers import Kind
from templates.forms.model import Question
from templates.forms.shape import CHILDREN, NEVER_ASKED, Placed, Shape, Spot
from templates.forms.yaml_lines import Mistake, Source
from templates.profile import InventedPerson

PARTS = ("name", "role", "agency", "email", "telephone")
"""Of a person, in the order they are typed."""
TRUTH = {"true": "yes", "false": "no"}


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """One answer of the file. `cells` are a row's columns; an empty row list of the file is the answer "none".

    A cell of a table is an answer of its own, and `state` that of its row.
    """

    state: str
    question: Question
    line: int
    child: int = 0
    path: str = ""
    """The path of a plain answer or a cell, as an input on a card carries it; for a row, the question's."""
    column: str = ""
    """For a cell of a table: its column."""
    text: str = ""
    cells: dict[str, str] = {}
    none: bool = False

    @property
    def is_rows(self) -> bool:
        """Whether it is a row, or says that there are none."""
        return self.question.kind is Kind.ROWS

    @property
    def spot(self) -> Spot:
        """The question, with the child it is about."""
        return Spot(self.state, self.child)


class AnswersReader:
    """Reads the answers of one step against a form. Every mistake is kept with its line."""

    def __init__(self, source: Source, shape: Shape, people: Mapping[str, InventedPerson] | None = None) -> None:
        """`people` may be named by their ids where the form asks for a person."""
        self._source = source
        self._shape = shape
        self._people = people or {}
        self._wrong: list[str] = []

    def read(self, node: yaml.Node | None) -> list[Given]:
        """The answers in the file's order. Raises Mistake with every mistake found."""
        return self.read_pairs(pairs(node))

    def read_pairs(self, given: list[Pair]) -> list[Given]:
        """The answers of some keys and values. Raises Mistake with every mistake found."""
        found = [one for key, value in given for one in self._one(key, value)]
        if self._wrong:
            raise Mistake(self._wrong)
        return found

    def _one(self, key: yaml.Node, value: yaml.Node) -> Iterator[Given]:
        if key.value == CHILDREN and any(placed.repeats for placed in self._shape.order):
            whole = value if listed(value) is None and isinstance(value, yaml.MappingNode) else None
            for number, child in enumerate([whole] if whole else self._listed(value), 1):
                yield from self._child(child, number)
            return
        placed = self._shape.by_state.get(key.value)
        if placed is None or placed.repeats:
            self._mistake(key, f"{key.value} is no question of this form. {self._near(key.value)}")
        else:
            yield from self._answer(placed, value, 0)

    def _child(self, node: yaml.Node, number: int) -> Iterator[Given]:
        if not isinstance(node, yaml.MappingNode):
            return self._mistake(node, "each child is a list of `question: answer`. Write {name: …}.")
        for key, value in pairs(node):
            placed = self._shape.by_state.get(f"{CHILDREN}.{key.value}")
            if placed is None:
                self._mistake(key, f"{key.value} is no question about a child. {self._near(key.value)}")
            else:
                yield from self._answer(placed, value, number)

    def _answer(self, placed: Placed, node: yaml.Node, child: int) -> Iterator[Given]:
        question = placed.question
        if question.kind in NEVER_ASKED:
            return self._mistake(node, f"{question.id} is not answered by people. Take it out.")
        if placed.is_rows:
            yield from self._rows(placed, node)
        elif placed.is_table:
            yield from self._table(placed, node, child)
        elif text := self._text(question, node):
            yield self._given(Spot(placed.state, child), question, node, text)

    def _given(self, spot: Spot, question: Question, node: yaml.Node, text: str, column: str = "") -> Given:
        path, line = self._shape.path(spot, column), node.start_mark.line + 1
        return Given(state=spot.state, question=question, line=line, child=spot.row, path=path, column=column, text=text)

    def _table(self, table: Placed, node: yaml.Node, child: int) -> Iterator[Given]:
        rows = {placed.row: placed for placed in self._shape.table_rows(table.state)}
        if isinstance(node, yaml.SequenceNode):
            yield from self._ticked(table, rows, node, child)
        elif not isinstance(node, yaml.MappingNode):
            self._mistake(node, f"{table.question.id} is a table. Write {{row: {{column: …}}}}.")
        for key, value in pairs(node):
            if key.value not in rows:
                self._mistake(key, f"{key.value} is no row of {table.question.id}. There are: {', '.join(rows)}.")
            else:
                row = self._as_row(rows[key.value].cells, value)
                yield from self._table_row(rows[key.value], row, child)

    def _ticked(self, table: Placed, rows: Mapping[str, Placed], node: yaml.SequenceNode, child: int) -> Iterator[Given]:
        """A list of rows: the first column says yes to each of them."""
        for row in node.value:
            if row.value not in rows:
                self._mistake(row, f"{row.value} is no row of {table.question.id}. There are: {', '.join(rows)}.")
                continue
            column = next(iter(rows[row.value].cells))
            yield self._given(Spot(rows[row.value].state, child), rows[row.value].cells[column], row, "yes", column)

    def _as_row(self, columns: Mapping[str, Question], node: yaml.Node) -> yaml.Node:
        """A row of which only the first column is written, as `police: yes`, with that column's name."""
        if isinstance(node, yaml.MappingNode):
            return node
        first = next(name for name, column in columns.items() if column.kind not in NEVER_ASKED)
        key = yaml.ScalarNode("tag:yaml.org,2002:str", first, node.start_mark, node.end_mark)
        return yaml.MappingNode("tag:yaml.org,2002:map", [(key, node)], node.start_mark, node.end_mark)

    def _table_row(self, row: Placed, node: yaml.Node, child: int) -> Iterator[Given]:
        people = [name for name, cell in row.cells.items() if cell.kind not in NEVER_ASKED]
        for key, value in pairs(node):
            if key.value not in people:
                self._mistake(key, f"{key.value} is no column that people answer. There are: {', '.join(people)}.")
            elif text := self._text(row.cells[key.value], value) or self._empty(value):
                yield self._given(Spot(row.state, child), row.cells[key.value], value, text, key.value)

    def _empty(self, node: yaml.Node) -> str:
        """An empty list is an answer: none of them."""
        return "none" if isinstance(node, yaml.SequenceNode) else ""

    def _rows(self, placed: Placed, node: yaml.Node) -> Iterator[Given]:
        none = (isinstance(node, yaml.ScalarNode) and node.value == "none") or (
            isinstance(node, yaml.SequenceNode) and not node.value
        )
        if none:
            line = node.start_mark.line + 1
            yield Given(state=placed.state, question=placed.question, line=line, path=placed.state, none=True)
            return
        for row in self._listed(node):
            yield from self._row(placed, row)

    def _row(self, placed: Placed, node: yaml.Node) -> Iterator[Given]:
        columns = {column.id: column for column in placed.question.columns}
        node = self._as_row(columns, node) if len(columns) == 1 else node
        if not isinstance(node, yaml.MappingNode):
            return self._mistake(node, f"each row of {placed.state} is a list of `column: answer`. Write {{name: …}}.")
        cells: dict[str, str] = {}
        for key, value in pairs(node):
            if key.value not in columns:
                self._mistake(key, f"{key.value} is no column of {placed.state}. There are: {', '.join(sorted(columns))}.")
            column = columns.get(key.value)
            cells[key.value] = self._text(column, value) if column else ""
        line = node.start_mark.line + 1
        yield Given(state=placed.state, question=placed.question, line=line, path=placed.state, cells=cells)

    def _listed(self, node: yaml.Node) -> list[yaml.Node]:
        found = listed(node)
        if found is None:
            self._mistake(node, "this is a list. Write [{…}, {…}].")
        return found or []

    def _text(self, question: Question, node: yaml.Node) -> str:
        """An answer. A person may be written in parts, or be named by an id of the play."""
        if question.kind is not Kind.PERSON:
            return self._scalar(node)
        if isinstance(node, yaml.MappingNode):
            parts = {str(key.value): self._scalar(value) for key, value in pairs(node)}
            return ", ".join(parts[name] for name in PARTS if parts.get(name))
        known = self._people.get(str(node.value)) if isinstance(node, yaml.ScalarNode) else None
        return ", ".join(filter(None, (known.name, known.job, known.agency))) if known else self._scalar(node)

    def _scalar(self, node: yaml.Node) -> str:
        """What a person would type, to the letter: a date or telephone number stays as it is written."""
        if isinstance(node, yaml.SequenceNode):
            return ", ".join(self._scalar(one) for one in node.value)
        if not isinstance(node, yaml.ScalarNode):
            self._mistake(node, "this is one answer, not a list of answers. Write it as a text.")
            return ""
        if node.style is None and node.tag == "tag:yaml.org,2002:null":
            return ""
        plain = str(node.value)
        typed = TRUTH.get(plain, plain) if node.style is None else plain
        return typed.replace("not_known", "not known") if typed == "not_known" else typed

    def _near(self, name: str) -> str:
        found = [placed.state for placed in self._shape.order if placed.question.id == name]
        return f"Did you mean {found[0]}?" if found else "The forms of the profile list the questions."

    def _mistake(self, node: yaml.Node, what: str) -> None:
        self._wrong.append(f"{self._source.path}:{node.start_mark.line + 1}: {what}")
