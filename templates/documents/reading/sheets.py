"""The tables of a form, read slot by slot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from templates.documents.controls import Kind
from templates.documents.reading.answers import said, ticked
from templates.documents.reading.collecting import Collected
from templates.documents.reading.finding import Finder, Found
from templates.documents.reading.growing import rows_of
from templates.documents.reading.layout import Layout, Slot, Way, tag_for
from templates.documents.reading.matching import Sheet


def read_sheets(sheets: Iterable[Sheet], layout: Layout, collected: Collected) -> None:
    """Read every table, and say what is missing of the template's.

    What has neither tag nor label in any part of a table is looked for in its place, where nothing else stands there.
    """
    rows: Counter[tuple[str, int]] = Counter()
    found: set[tuple[str, int]] = set()
    finders = [(sheet, Finder(sheet, layout)) for sheet in sheets]
    fixed = [(sheet, finder, set[int]()) for sheet, finder in finders if not sheet.plan.group]
    for sheet, finder in finders:
        if sheet.plan.group:
            _growing(sheet, finder, layout, rows, collected)
            found.update((slot.tag, 1) for slot in sheet.plan.slots if slot.head in finder.columns or slot.tag in finder.by_tag)
    for sheet, finder, claimed in fixed:
        _slots(sheet, finder, claimed, found, collected)
    for sheet, finder, claimed in fixed:
        _in_place(sheet, finder, claimed, found, collected)
    there = {tag for tag, _ in found}
    slots = (slot for plan in layout.plans for slot in plan.slots)
    collected.missing.extend(slot.tag for slot in slots if slot.tag not in there and not slot.is_heading)


def _growing(sheet: Sheet, finder: Finder, layout: Layout, rows: Counter[tuple[str, int]], collected: Collected) -> None:
    for filled in rows_of(finder, layout):
        rows[sheet.plan.group, sheet.child] += 1
        for slot, texts in filled.items():
            collected.text(tag_for(slot, sheet.child, rows[sheet.plan.group, sheet.child]), texts)
    for row in sheet.rows:
        for cell in row.cells:
            for control in cell.text.controls:
                collected.note(control)


def _slots(sheet: Sheet, finder: Finder, claimed: set[int], found: set[tuple[str, int]], collected: Collected) -> None:
    for slot in sheet.plan.slots:
        for place in finder.find(slot):
            found.add((slot.tag, sheet.child))
            claimed.add(id(place.cell))
            collected.note(place.control)
            _take(sheet, slot, place, finder, collected)


def _in_place(sheet: Sheet, finder: Finder, claimed: set[int], found: set[tuple[str, int]], collected: Collected) -> None:
    for slot in sheet.plan.slots:
        place = finder.by_place(slot, claimed) if (slot.tag, sheet.child) not in found else None
        if place is not None:
            found.add((slot.tag, sheet.child))
            claimed.add(id(place.cell))
            _take(sheet, slot, place, finder, collected)


def _take(sheet: Sheet, slot: Slot, place: Found, finder: Finder, collected: Collected) -> None:
    tag = tag_for(slot, sheet.child if sheet.plan.of_child else 1, 0)
    if slot.kind is Kind.TICK:
        mark = ticked(place.cell.text, place.control, slot)
        collected.box(tag, None if mark and not place.sure else mark)
        return
    texts = said(place.cell.text, place.control, msgspec.structs.replace(slot, own=place.behind) if place.behind else slot)
    if slot.way is Way.HEAD:
        texts = (_with_more(texts[0], slot, place, finder), *texts[1:])
    collected.text(tag, texts if place.sure or not texts[0] else (*texts, ""))


def _with_more(text: str, slot: Slot, place: Found, finder: Finder) -> str:
    """A long answer with what stands in rows that somebody added below it."""
    added = (cell.text.whole for cell in finder.under(slot) if cell is not place.cell and not cell.text.controls)
    return "\n".join(part for part in (text, *added) if part)
