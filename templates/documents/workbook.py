"""A workbook of plain tables: texts are never formulas, days are days, the header stays in sight and can be filtered."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from templates.documents.text import clean

Value = str | int | date | None
LONGEST = 32_000
"""Characters that a cell holds."""
WIDEST, NARROWEST = 36, 10
LINE, MOST_LINES = 15, 27
"""Points that a line is high, and the lines of the highest row there can be."""
A4 = 9
"""The number of that paper in such files."""
DAY = "d mmmm yyyy"
SETTINGS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One sheet: its name, the heads of its columns, and its rows."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


class Formats(msgspec.Struct, frozen=True):
    """How cells look: a head, a day, and a text that may have several lines."""

    head: Any
    day: Any
    text: Any


def workbook(title: str, tables: Sequence[Table], made: datetime) -> bytes:
    """The file. The same tables at the same instant give the same content."""
    import xlsxwriter  # noqa: PLC0415 - needed only once somebody asks for a file

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, SETTINGS) as book:
        book.set_properties({"title": title, "created": made.replace(tzinfo=None)})
        formats = Formats(
            book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            book.add_format({"num_format": DAY, "align": "left", "valign": "top"}),
            book.add_format({"text_wrap": True, "align": "left", "valign": "top"}),
        )
        for table in tables:
            _fill(book.add_worksheet(table.name), table, formats)
    return file.getvalue()


def _fill(sheet: Any, table: Table, formats: Formats) -> None:
    widths = [_width(table, column) for column in range(len(table.heads))]
    for column, head in enumerate(table.heads):
        sheet.write_string(0, column, head, formats.head)
        sheet.set_column(column, column, widths[column])
    for number, row in enumerate(table.rows, 1):
        if (lines := _lines(row, widths)) > 1:
            sheet.set_row(number, LINE * lines)
        for column, value in enumerate(row):
            _cell(sheet, number, column, value, formats)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)
    _printed(sheet)


def _printed(sheet: Any) -> None:
    """On paper all columns are side by side, with the heads on every page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)


def _cell(sheet: Any, row: int, column: int, value: Value, formats: Formats) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, clean(value)[:LONGEST], formats.text)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats.day)
    else:
        sheet.write_number(row, column, value, formats.text)


def _width(table: Table, column: int) -> int:
    """Wide enough for most of what stands in it."""
    longest = max((_length(row[column]) for row in table.rows), default=0)
    return max(NARROWEST, min(WIDEST, max(longest, len(table.heads[column])) + 2))


def _lines(row: tuple[Value, ...], widths: Sequence[int]) -> int:
    """How many lines the longest text of a row takes: not every program makes the row high enough by itself."""
    return min(MOST_LINES, max((-(-_length(value) // width) for value, width in zip(row, widths, strict=True)), default=1))


def _length(value: Value) -> int:
    return len(DAY) + 4 if isinstance(value, date) else len(str(value or ""))
