"""A filled table of 1,000 rows against the least there is to do, the same rows cloned and filled by bare lxml; and the pack of
a rapid review with 24 returns against as many tables of python-docx with cloned rows."""

from __future__ import annotations

import io
import sys
import time
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import docx
import msgspec
from docx.oxml.ns import qn
from lxml import etree

from templates.documents.data import DocumentData
from templates.documents.fill import fill
from templates.documents.pack import pack_document
from templates.documents.pack_data import Answer, Appendix, Attributed, Grid, PackData, Section
from templates.wording import load_words

PROFILE = Path(__file__).parents[2] / "templates" / "north-somerset"
TEMPLATE, PACK = PROFILE / "documents" / "referral.docx", PROFILE / "documents" / "rapid_review.docx"
COLUMNS = ("name", "relationship", "date_of_birth", "address", "ethnicity")
ROWS = 1000
RETURNS, EVENTS = 24, 10
EVENT = ("1 October 2026", "A visit by two workers, and a talk about sleep.", "The child was well.", "Test Child One")
TRIES = 5


def run() -> list[tuple[str, float, float, float]]:
    """(name, ours in ms, floor in ms, ratio), best of five in one run, taking turns."""
    data = _data(ROWS)
    ours, floor = _best(lambda: fill(TEMPLATE, data), lambda: _bare(data))
    pack, words = _pack(), load_words(PROFILE / "booklet", PROFILE / "words")
    whole, cloned = _best(lambda: pack_document(PACK, pack, words), _cloned)
    return [
        ("document 1a, 1,000 family rows", ours, floor, ours / floor),
        (f"document 3, {RETURNS} returns of {EVENTS} rows", whole, cloned, whole / cloned),
    ]


def _pack() -> PackData:
    columns = ("Date", "What happened", "Impact", "Which child")
    grid = Grid("Key events", columns, (EVENT,) * EVENTS)
    section = Section("2. Your agency involvement", (Answer("Summary of involvement:", "Seen each month. " * 20),), (grid,))
    returns = tuple(
        Appendix(
            organisation=f"Test {n}", returned_on="today", version="1", by="Test", signed_off_by="Test", sections=(section,)
        )
        for n in range(RETURNS)
    )
    summary = tuple(Attributed(f"Test {n}", "today", "Seen each month. " * 20) for n in range(RETURNS))
    return PackData(reference="NS-2026-0001", edition="E", generated_at="now", summary=summary, returns=returns)


def _cloned() -> bytes:
    """python-docx opens the template and adds a heading and a table a return, with cloned rows: no style, nothing checked."""
    document = docx.Document(str(PACK))
    for number in range(RETURNS):
        document.add_heading(f"Test {number}", 1)
        table = document.add_table(rows=2, cols=len(EVENT))
        for cell, text in zip(table.rows[1].cells, EVENT, strict=True):
            cell.text = text
        row = table.rows[1]._tr
        for _ in range(EVENTS - 1):
            row.addnext(deepcopy(row))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _data(rows: int) -> DocumentData:
    row = {column: f"Test {column}" for column in COLUMNS}
    return DocumentData(
        form="referral", number="1a", reference="NS-2026-0001", edition="E", marking="M", generated_at="now",
        rows={"family": (row,) * rows},
    )  # fmt: skip


def _best(*works: Callable[[], object]) -> list[float]:
    took: list[list[float]] = [[] for _ in works]
    for _ in range(TRIES):
        for work, times in zip(works, took, strict=True):
            begun = time.perf_counter()
            work()
            times.append(1000 * (time.perf_counter() - begun))
    return [min(times) for times in took]


def _bare(data: DocumentData) -> bytes:
    """Open, parse, clone one row 1,000 times, set its texts, write."""
    with zipfile.ZipFile(TEMPLATE) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = etree.fromstring(parts["word/document.xml"])
    row = next(
        r for r in body.iter(qn("w:tr")) if any(t.get(qn("w:val")) == "referral.family.1.name" for t in r.iter(qn("w:tag")))
    )
    last = row
    for values in data.rows["family"][1:]:
        copied = deepcopy(row)
        for text, column in zip(copied.iter(qn("w:t")), COLUMNS, strict=True):
            text.text = values[column]
        last.addnext(copied)
        last = copied
    parts["word/document.xml"] = etree.tostring(body, xml_declaration=True, encoding="UTF-8", standalone=True)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


if __name__ == "__main__":
    for line in run():
        sys.stdout.write(msgspec.json.encode(line).decode() + "\n")
