"""Workbooks: texts stay texts whatever they look like, days are days, the header stays in sight, and it is quick."""

from __future__ import annotations

import io
import time
from datetime import UTC, date, datetime

import openpyxl

from templates.documents.workbook import LONGEST, Table, Value, workbook

MADE = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
HEADS = ("Reference", "Due", "Late", "What")
HOSTILE = ("=1+1", "+44", "@SUM(A1)", "{=1}", "-2", "http://evil.example", "0012", "a\x00b\x1fc", "<b>&amp;", "")


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def made(*rows: tuple[Value, ...]) -> openpyxl.Workbook:
    return opened(workbook("A test", [Table(name="Dates", heads=HEADS, rows=rows)], MADE))


def test_a_text_is_never_a_formula_a_link_or_a_number() -> None:
    sheet = made(*((text, None, None, text) for text in HOSTILE)).active
    for row, text in enumerate(HOSTILE, 2):
        cell = sheet.cell(row, 1)
        assert cell.data_type == ("s" if text else "n")
        assert (cell.value or "") == text.replace("\x00", "").replace("\x1f", "")
        assert cell.hyperlink is None


def test_on_paper_all_columns_are_side_by_side_with_the_heads_on_every_page() -> None:
    sheet = made(("NS-2026-0001", None, 1, "x")).active
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToWidth in (None, 1), "one page wide, which is what a file means that does not say"
    assert sheet.page_setup.fitToHeight == 0, "and as many high as it takes"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"


def test_days_and_numbers_are_what_they_are() -> None:
    sheet = made(("NS-2026-0001", date(2026, 11, 30), 2, "x"), ("NS-2026-0002", None, 0, "y")).active
    assert sheet["B2"].value == datetime(2026, 11, 30)
    assert sheet["B2"].is_date
    assert (sheet["C2"].value, sheet["C3"].value) == (2, 0)
    assert sheet["B3"].value is None


def test_the_header_stays_in_sight_and_can_be_filtered() -> None:
    sheet = made(("NS-2026-0001", None, 1, "A long text. " * 20)).active
    assert [cell.value for cell in sheet[1]] == list(HEADS)
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D2"
    assert sheet.column_dimensions["A"].width >= len("NS-2026-0001")
    assert sheet.column_dimensions["D"].width <= 65


def test_a_table_without_rows_and_a_very_long_text() -> None:
    assert made().active.max_row == 1
    assert len(made(("x" * 50_000, None, 1, "")).active["A2"].value) == LONGEST


def test_the_same_tables_give_the_same_file() -> None:
    tables = [Table(name="Dates", heads=HEADS, rows=(("NS-2026-0001", date(2026, 11, 30), 2, "x"),))]
    assert workbook("A test", tables, MADE) == workbook("A test", tables, MADE)
    assert opened(workbook("A test", tables, MADE)).properties.title == "A test"


def test_five_thousand_rows_are_quick() -> None:
    rows = tuple((f"NS-2026-{n:04d}", date(2026, 11, 30), n, f"Test {n} " * 4) for n in range(5_000))
    begun = time.process_time()
    workbook("A test", [Table(name="Dates", heads=HEADS, rows=rows)], MADE)
    assert time.process_time() - begun < 5
