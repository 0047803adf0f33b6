"""Where each answer of a form stands, taken from the profile's own template: a restyled template works as ours does."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from templates.documents.controls import Kind
from templates.documents.data import CHILDREN, is_heading
from templates.documents.reading.cleaning import normal, without_box
from templates.documents.reading.grid import Cell, Pages, Table, pages_of
from templates.documents.reading.inline import Control
from templates.documents.reading.package import open_word

_NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")
_CHILD = re.compile(rf"([a-z_]+)\.{CHILDREN}\.(\d{{1,4}})\.(.+)")
_ROW = re.compile(r"(.+)\.(\d{1,5})\.([a-z_]+)")


class Way(enum.StrEnum):
    """How an answer is found without its tag: by the label beside it, by those of its row and column, and so on."""

    OWN = "own"
    LEFT = "left"
    GRID = "grid"
    ROWS = "rows"
    HEAD = "head"
    ABOVE = "above"
    NONE = "none"


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """A place for an answer. `tag` is that of the first child and the first row; labels are normal ones."""

    tag: str
    alias: str
    kind: Kind
    prompt: str
    row: int = 0
    column: int = 0
    own: str = ""
    left: str = ""
    left_open: bool = False
    """The label to the left has an answer of its own behind it."""
    head: str = ""
    above: str = ""
    way: Way = Way.NONE

    @property
    def field(self) -> str:
        """The last part of the tag."""
        return self.tag.rpartition(".")[2]

    @property
    def is_heading(self) -> bool:
        """A heading says nothing that anybody answered."""
        return is_heading(self.field)


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A table of the template. `group` is what its rows are of (`scoping.key_events`), if they grow."""

    number: int
    above: tuple[str, ...]
    heads: tuple[str, ...]
    slots: tuple[Slot, ...]
    group: str = ""
    of_child: bool = False

    @property
    def lefts(self) -> frozenset[str]:
        """The labels to the left of answers."""
        return frozenset(slot.left for slot in self.slots if slot.left)


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """What is needed to read a form, with its tags and without them."""

    form: str
    version: int
    plans: tuple[Plan, ...]
    lines: tuple[Slot, ...]
    by_tag: dict[str, tuple[int, Slot]]
    """Number of its plan, and the slot, by the tag of the first child and row."""
    by_alias: dict[str, str]
    """Tags by title, as far as a title stands only once."""
    labels: frozenset[str]

    def find(self, tag: str) -> Place | None:
        """Where a tag stands. A shared answer in the block of a later child has a tag of that child."""
        base, child, row = base_of(tag)
        found = self.by_tag.get(base) or self.by_tag.get(base.replace(f".{CHILDREN}.1.", ".", 1))
        return None if found is None else Place(found[0], found[1], child, row)


class Place(NamedTuple):
    """A slot, the number of its plan (-1 for a line), the child's number and the row's, 0 where there is none."""

    plan: int
    slot: Slot
    child: int
    row: int


def tag_for(slot: Slot, child: int, row: int) -> str:
    """The tag of a slot for a child and a row. What is shared stands under each child after the first one."""
    tag = slot.tag
    if match := _CHILD.fullmatch(tag):
        tag = f"{match[1]}.{CHILDREN}.{child}.{match[3]}"
    elif child > 1:
        form, _, rest = tag.partition(".")
        tag = f"{form}.{CHILDREN}.{child}.{rest}"
    return _ROW.sub(rf"\g<1>.{row}.\g<3>", tag) if row else tag


def base_of(tag: str) -> tuple[str, int, int]:
    """The tag as the template has it, the child's number and the row's, 0 where there is none."""
    form, child, rest = tag, 0, ""
    if match := _CHILD.fullmatch(tag):
        form, child, rest = match[1], int(match[2]), match[3]
        prefix = f"{form}.{CHILDREN}.1."
    else:
        prefix, rest = "", tag
    if row := _ROW.fullmatch(rest):
        return f"{prefix}{row[1]}.1.{row[3]}", child, int(row[2])
    return prefix + rest, child, 0


def base_alias(alias: str) -> str:
    """A title as the template has it: numbers of children and rows are 1 there."""
    return normal(_NUMBER.sub("1", alias.replace(":", " : ")))


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
                of_child=any(_CHILD.fullmatch(slot.tag) for slot in slots),
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
