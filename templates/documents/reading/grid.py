"""A document as tables of cells and lines of text, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import msgspec
from docx.oxml.ns import qn

from templates.documents import controls
from templates.documents.reading.cleaning import LONGEST_LABEL, normal
from templates.documents.reading.inline import Text, children_of, read_text
from templates.documents.text import Element

TABLE = qn("w:tbl")
MOST_ABOVE = 3
"""Lines above a table that may be its caption."""
_ROW_PR, _CELL_PR = qn("w:trPr"), qn("w:tcPr")
_DELETED = (qn("w:del"), qn("w:moveFrom"))
_BEFORE, _SPAN, _MERGE = qn("w:gridBefore"), qn("w:gridSpan"), qn("w:vMerge")
WIDEST = 200


class Cell(msgspec.Struct, dict=True):
    """A cell, at a column of the table's grid. One that continues a cell above has nothing of its own."""

    column: int
    span: int
    text: Text
    continues: bool = False

    @cached_property
    def label(self) -> str:
        """The whole text as labels are compared."""
        return normal(self.text.whole)

    def covers(self, column: int) -> bool:
        """Whether it stands at a column of the grid."""
        return self.column <= column < self.column + self.span


class Row(msgspec.Struct):
    """A row. What is nested in its cells comes as tables of their own."""

    cells: list[Cell]

    def at(self, column: int) -> Cell | None:
        """The cell at a column of the grid."""
        return next((cell for cell in self.cells if cell.covers(column)), None)


class Table(msgspec.Struct):
    """A table, and the labels of the lines above it, the nearest first."""

    rows: list[Row]
    above: tuple[str, ...] = ()


class Pages(msgspec.Struct):
    """All of a body, header or footer."""

    tables: list[Table]
    lines: list[Text]


def pages_of(roots: Iterable[Element]) -> Pages:
    """The tables and lines of the parts, tables within tables after the one that they stand in."""
    made = Pages([], [])
    for root in roots:
        body = root.find(qn("w:body"))
        _blocks(root if body is None else body, made, [])
    return made


def _blocks(element: Element, made: Pages, above: list[str]) -> None:
    for block, around in children_of(element, controls.P, TABLE):
        if block.tag == TABLE:
            _table(block, made, tuple(reversed(above[-MOST_ABOVE:])))
            above.clear()
            continue
        text = read_text(block, around)
        if text.whole or text.controls:
            made.lines.append(text)
            above.append(normal((text.outside if text.controls else text.whole)[:LONGEST_LABEL]))


def _table(element: Element, made: Pages, above: tuple[str, ...]) -> None:
    table = Table([], above)
    made.tables.append(table)
    for row, _ in children_of(element, controls.ROW):
        properties = row.find(_ROW_PR)
        if properties is None or not any(part.tag in _DELETED for part in properties):
            table.rows.append(Row(list(_cells(row, made, _number(properties, _BEFORE, 0)))))


def _cells(row: Element, made: Pages, column: int) -> Iterator[Cell]:
    for cell, around in children_of(row, controls.CELL):
        properties = cell.find(_CELL_PR)
        if properties is not None and properties.find(qn("w:cellDel")) is not None:
            continue
        span = _number(properties, _SPAN, 1)
        yield Cell(column, span, _text(cell, around, made), _continues(properties))
        column += span


def _text(cell: Element, around: Element | None, made: Pages) -> Text:
    """A cell's text. Where a table with controls is nested in it, that table is read by itself and the cell says nothing."""
    nested = [table for table, _ in children_of(cell, TABLE)]
    if any(next(table.iter(controls.SDT), None) is not None for table in nested) or len(nested) > 1:
        _blocks(cell, made, [])
        return Text()
    return read_text(cell, around)


def _number(properties: Element | None, name: str, otherwise: int) -> int:
    found = None if properties is None else properties.find(name)
    text = "" if found is None else str(found.get(controls.VAL, ""))
    return min(int(text), WIDEST) if text.isdecimal() else otherwise


def _continues(properties: Element | None) -> bool:
    found = None if properties is None else properties.find(_MERGE)
    return found is not None and found.get(controls.VAL, "continue") == "continue"
