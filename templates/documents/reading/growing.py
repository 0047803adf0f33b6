"""The rows of a table that grows, in order: also those that somebody put in without a control, or copied with its tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from templates.documents.reading.answers import said
from templates.documents.reading.finding import Finder, Found
from templates.documents.reading.grid import Cell, Row
from templates.documents.reading.layout import Layout, Slot
from templates.documents.reading.matching import head_share

Filled = dict[Slot, tuple[str, ...]]


def rows_of(finder: Finder, layout: Layout) -> Iterator[Filled]:
    """Each row that says something: its slots with what they say, of which more than one text is a doubt."""
    columns = _Columns(finder, layout)
    for row in finder.rows:
        if row is not finder.head_row and head_share(row, finder.plan) < 1.0:
            filled = columns.read(row)
            if any(any(texts) for texts in filled.values()):
                yield filled


class _Columns:
    """Which slot each column of a table is."""

    def __init__(self, finder: Finder, layout: Layout) -> None:
        self.layout = layout
        self.slots = {slot.tag: slot for slot in finder.plan.slots}
        by_head = {slot.head: slot for slot in finder.plan.slots}
        self.headed = {column: (by_head[head], sure) for head, (column, sure) in finder.columns.items() if head in by_head}
        self.tagged = dict(_by_tags(finder, self.slots))

    def read(self, row: Row) -> Filled:
        """What a row says."""
        filled: Filled = {}
        for cell in row.cells:
            slot, found = self._slot(cell)
            if slot is None or cell.continues:
                continue
            texts = said(cell.text, found.control, slot)
            texts = texts if found.sure or not texts[0] else (*texts, "")
            filled[slot] = texts if not any(filled.get(slot, ())) else (*filled[slot], *texts)
        return filled

    def _slot(self, cell: Cell) -> tuple[Slot | None, Found]:
        """By the tag in the cell, by the tags in the rest of its column, by the header above it."""
        control = cell.text.controls[0] if cell.text.controls else None
        for one in cell.text.controls:
            place = self.layout.find(one.tag) if one.tag else None
            if place is not None and place.slot.tag in self.slots:
                return place.slot, Found(cell, one)
        if cell.column in self.tagged:
            return self.slots[self.tagged[cell.column]], Found(cell, control)
        slot, sure = self.headed.get(cell.column, (None, False))
        return slot, Found(cell, control if len(cell.text.controls) == 1 else None, sure)


def _by_tags(finder: Finder, slots: Collection[str]) -> Iterator[tuple[int, str]]:
    """Each column with the tag that stands in most of its cells."""
    counted: dict[int, Counter[str]] = {}
    for tag, places in finder.by_tag.items():
        for found in places if tag in slots else ():
            counted.setdefault(found.cell.column, Counter())[tag] += 1
    yield from ((column, tags.most_common(1)[0][0]) for column, tags in counted.items())
