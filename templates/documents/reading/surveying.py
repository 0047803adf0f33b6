"""The layout of a form, taken from the profile's own template: one that was restyled works as ours does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from templates.documents.reading.cleaning import normal, without_box
from templates.documents.reading.grid import Cell, Pages, Table, pages_of
from templates.documents.reading.inline import Control
from templates.documents.reading.layout import Layout, Plan, Slot, Way, base_alias, base_of, is_of_child
from templates.documents.reading.package import open_word


def layouts_of(folder: Path) -> dict[str, Layout]:
    """The layout of every template in a profile's `documents` folder, by form. Raises NotReadable for a broken one."""
    made = (layout_of(path.read_bytes()) for path in sorted(folder.glob("*.docx")))
    return {layout.form: layout for layout in made}


def layout_of(template: bytes) -> Layout:
    """The layout of a template."""
    opened = open_word(template)
    form, _, version = opened.identifier.partition("/")
    body, furniture = pages_of([opened.body]), pages_of(opened.furniture)
    plans = tuple(_plans(body))
    lines = tuple(_lines(body)) + tuple(_lines(furniture))
    slots = [(plan.number, slot) for plan in plans for slot in plan.slots] + [(-1, slot) for slot in lines]
    titles = [base_alias(slot.alias) for _, slot in slots]
    return Layout(
        form=form,
        version=int(version) if version.isdecimal() else 0,
        plans=plans,
        lines=lines,
        by_tag={slot.tag: (number, slot) for number, slot in slots},
        by_alias={title: slot.tag for title, (_, slot) in zip(titles, slots, strict=True) if titles.count(title) == 1},
        labels=frozenset(_labels(body)),
    )


def _labels(body: Pages) -> Iterator[str]:
    """What the template itself says in its tables, and above them."""
    for table in body.tables:
        yield from (text for text in table.above[:1] if text)
        for row in table.rows:
            yield from (cell.label for cell in row.cells if cell.label and not cell.text.controls)


def _lines(pages: Pages) -> Iterator[Slot]:
    for text in pages.lines:
        for control in text.controls:
            if control.tag:
                way = Way.OWN if control.before else Way.NONE
                yield msgspec.structs.replace(_slot(control), own=normal(control.before), way=way)


def _slot(control: Control) -> Slot:
    return Slot(tag=control.tag, alias=control.alias, kind=control.kind, prompt=control.text)


def _plans(body: Pages) -> Iterator[Plan]:
    number = 0
    for table in body.tables:
        slots = tuple(_slots(table))
        if slots:
            growing = {_group(slot.tag) for slot in slots} - {""}
            heads = tuple(cell.label for cell in table.rows[0].cells) if _is_headed(table) else ()
            yield Plan(
                number=number,
                above=table.above,
                heads=heads,
                slots=slots,
                group=growing.pop() if len(growing) == 1 and heads else "",
                of_child=any(is_of_child(slot.tag) for slot in slots),
            )
            number += 1


def _group(tag: str) -> str:
    base, _, row = base_of(tag)
    return base.rsplit(".", 2)[0] if row else ""


def _is_headed(table: Table) -> bool:
    first = table.rows[0].cells
    return len(table.rows) > 1 and all(not cell.text.controls for cell in first) and all(cell.span == 1 for cell in first)


def _slots(table: Table) -> Iterator[Slot]:
    for place, row in enumerate(table.rows):
        for cell in row.cells:
            for control in cell.text.controls:
                if control.tag:
                    yield _placed(table, place, cell, control)


def _placed(table: Table, place: int, cell: Cell, control: Control) -> Slot:
    alone = len(cell.text.controls) == 1
    left, is_open = _left(table, place, cell)
    headed = _is_headed(table)
    head = table.rows[0].at(cell.column) if headed else None
    found = msgspec.structs.replace(
        _slot(control),
        row=place,
        column=cell.column,
        own=normal(without_box(cell.text.outside)) if alone else normal(control.before),
        left=left,
        left_open=is_open,
        head=head.label if head is not None and cell.span == 1 else "",
        above=_above(table, place, cell.column),
    )
    return msgspec.structs.replace(found, way=_way(found, table))


def _way(slot: Slot, table: Table) -> Way:
    if _group(slot.tag) and slot.head:
        return Way.ROWS
    if slot.own:
        return Way.OWN
    if slot.left:
        return Way.GRID if slot.head else Way.LEFT
    if slot.head and len(table.rows) == 2:
        return Way.HEAD
    return Way.ABOVE if slot.above else Way.NONE


def _left(table: Table, place: int, cell: Cell) -> tuple[str, bool]:
    """The label of the nearest cell to the left that has no control, else of one with a label before its control."""
    before = [_top(table, place, one) for one in table.rows[place].cells if one.column < cell.column]
    plain = next((one.label for one in reversed(before) if one.label and not one.text.controls), "")
    opened = next((normal(one.text.outside) for one in reversed(before) if one.text.outside), "")
    return (plain, False) if plain else (opened, bool(opened))


def _top(table: Table, place: int, cell: Cell) -> Cell:
    """The cell that a continuing one belongs to."""
    while cell.continues and place:
        place -= 1
        above = table.rows[place].at(cell.column)
        if above is None:
            break
        cell = above
    return cell


def _above(table: Table, place: int, column: int) -> str:
    """The label of the nearest cell above that has one."""
    for row in reversed(table.rows[:place]):
        cell = row.at(column)
        if cell is not None and not cell.continues:
            return cell.label if not cell.text.controls else ""
    return ""
