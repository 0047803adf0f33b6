"""A whole return as pages that a window or a card holds, for whoever signs it off."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from dialogs.desk import Desk
from dialogs.filling.check import Line, lines, long_answers
from dialogs.reply import Block, Facts, Paragraph, Style

HOLDS = 6_000
"""Characters of a page: with its headings it stays under what Teams takes."""
PART = 3_000


def pages(desk: Desk) -> list[tuple[Block, ...]]:
    """The form at hand: every answer, then each long one in full."""
    made: list[tuple[Block, ...]] = []
    page: list[Block] = []
    used = 0
    for block, size in [*_short(desk), *_long(desk)]:
        if page and used + size > HOLDS:
            made.append(tuple(page))
            page, used = [], 0
        page.append(block)
        used += size
    return [*made, tuple(page)] if page else made


def _short(desk: Desk) -> Iterator[tuple[Block, int]]:
    for heading, together in groupby(lines(desk), key=lambda line: line.heading):
        yield Paragraph(heading, Style.HEADING), len(heading)
        for rows in _parted(list(together)):
            yield Facts(tuple((line.label, line.text) for line in rows)), sum(len(x.label) + len(x.text) for x in rows)


def _parted(together: list[Line]) -> Iterator[list[Line]]:
    """Lines in parts of a page."""
    part: list[Line] = []
    used = 0
    for line in together:
        size = len(line.label) + len(line.text)
        if part and used + size > PART:
            yield part
            part, used = [], 0
        part.append(line)
        used += size
    if part:
        yield part


def _long(desk: Desk) -> Iterator[tuple[Block, int]]:
    for label, text in long_answers(desk):
        yield Paragraph(label, Style.HEADING), len(label)
        for start in range(0, len(text), PART):
            yield Paragraph(text[start : start + PART]), len(text[start : start + PART])
