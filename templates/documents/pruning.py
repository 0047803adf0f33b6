"""What is taken out of a filled document because it says nothing: sentences, rows and headings that do not apply."""

from __future__ import annotations

import re

from docx.oxml.ns import qn

from templates.documents import controls
from templates.documents.text import Element

_HEADING = re.compile(r"Heading(\d)")
_TABLE = qn("w:tbl")
CAPTION = "TableCaption"


def heading_level(element: Element) -> int:
    """The level of a heading, and 0 for everything else."""
    match = _HEADING.fullmatch(_style(element))
    return int(match[1]) if match else 0


def _style(element: Element) -> str:
    style = element.find(f"{controls.P_PR}/{qn('w:pStyle')}")
    return "" if style is None else str(style.get(controls.VAL))


def drop_empty_paragraphs(body: Element) -> None:
    """Take out each paragraph that had nothing but a control, and is empty now."""
    for paragraph in list(body.iterchildren(controls.P)):
        if _says_nothing(paragraph):
            body.remove(paragraph)


def drop_unanswered(body: Element) -> None:
    """Take out each row whose answers are all empty, then each table and heading with nothing left under it."""
    tables = [table for table in body.iterchildren(_TABLE) if next(table.iter(controls.SDT), None) is not None]
    for table in tables:
        for row in list(table.iterchildren(controls.ROW)):
            if _says_nothing(row, labelled=True):
                table.remove(row)
        if next(table.iter(controls.SDT), None) is None:
            _drop_table(body, table)
    _drop_bare_headings(body)


def _drop_table(body: Element, table: Element) -> None:
    before = table.getprevious()
    if before is not None and _style(before) == CAPTION:
        body.remove(before)
    body.remove(table)


def _says_nothing(element: Element, *, labelled: bool = False) -> bool:
    """Whether it has controls and all are empty; what stands beside a control counts, unless it is only its label."""
    sdts = list(element.iter(controls.SDT))
    texts = [text for sdt in sdts for text in sdt.iter(controls.TEXT)] if labelled else element.iter(controls.TEXT)
    return bool(sdts) and not "".join(text.text or "" for text in texts).strip()


def _drop_bare_headings(body: Element) -> None:
    """From the end, so that a heading whose only headings go goes too."""
    for element in reversed(list(body)):
        level = heading_level(element)
        after = element.getnext()
        if level and (after is None or after.tag == qn("w:sectPr") or 0 < heading_level(after) <= level):
            body.remove(element)
