"""The cell in which the answer of a slot stands: by its tag, by its title, by its labels, or only by its place."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from templates.documents.reading.answers import unmarked
from templates.documents.reading.cleaning import LONGEST_LABEL, begins
from templates.documents.reading.grid import Cell, Row
from templates.documents.reading.inline import Control
from templates.documents.reading.labels import alike, columns_of
from templates.documents.reading.layout import Layout, Slot, Way, base_alias
from templates.documents.reading.matching import ENOUGH, HEAD_ROWS, Sheet, head_share


class Found(NamedTuple):
    """A cell, and its control if it has one. It is not sure where only its place spoke for it."""

    cell: Cell
    control: Control | None
    sure: bool = True
    behind: str = ""
    """The label in the cell itself, behind which the answer stands."""


class Finder:
    """The cells of one sheet."""

    def __init__(self, sheet: Sheet, layout: Layout) -> None:
        self.plan, self.rows = sheet.plan, sheet.rows
        self.head_row = next((one for one in self.rows[:HEAD_ROWS] if head_share(one, self.plan) >= ENOUGH), None)
        self.columns = dict(columns_of(self.plan.heads, self.head_row))
        self.by_tag: dict[str, list[Found]] = {}
        self.by_alias: dict[str, list[Found]] = {}
        self.at_label: dict[str, list[tuple[int, Cell]]] = {}
        self.at_box: dict[str, list[Cell]] = {}
        for place, row in enumerate(self.rows):
            for cell in row.cells:
                self._note(place, cell, layout)
        self.lefts = self._lefts()

    def _note(self, place: int, cell: Cell, layout: Layout) -> None:
        if cell.label:
            self.at_label.setdefault(cell.label, []).append((place, cell))
            self.at_box.setdefault(unmarked(cell.text.whole), []).append(cell)
        for control in cell.text.controls:
            found = layout.find(control.tag)
            title = layout.by_alias.get(base_alias(control.alias)) if control.alias and found is None else None
            if found is not None:
                self.by_tag.setdefault(found.slot.tag, []).append(Found(cell, control))
            elif title is not None:
                self.by_alias.setdefault(title, []).append(Found(cell, control))

    def _lefts(self) -> dict[str, tuple[int, Cell]]:
        """Each label to the left of an answer with where it stands: the same words may be an answer elsewhere."""
        found: dict[str, tuple[int, Cell]] = {}
        for slot in self.plan.slots:
            if slot.left and slot.left not in found:
                place = self._label(slot)
                if place is not None:
                    found[slot.left] = place
        return found

    def _label(self, slot: Slot) -> tuple[int, Cell] | None:
        there = self.at_label.get(slot.left, [])
        if not there and slot.left_open:
            there = [one for label, cells in self.at_label.items() if begins(label, slot.left) for one in cells]
        if not there:
            others = (pair for pair in self.at_label.items() if pair[0] not in self.plan.lefts)
            there = [one for label, cells in others if alike(label, slot.left) for one in cells]
        return min(there, key=lambda one: (abs(one[1].column + 1 - slot.column), one[0]), default=None)

    def find(self, slot: Slot) -> list[Found]:
        """Where its answer stands. Two places are a doubt, unless they have the same tag: then they say it twice."""
        if slot.tag in self.by_tag:
            return self.by_tag[slot.tag]
        titled = self.by_alias.get(slot.tag, [])
        labelled = self._by_label(slot)
        if len(titled) == 1:
            other = labelled is not None and labelled.sure and labelled.cell is not titled[0].cell
            return [titled[0], labelled] if other and labelled is not None else titled
        return [labelled] if labelled is not None else []

    def _by_label(self, slot: Slot) -> Found | None:
        ways = {
            Way.OWN: self._own,
            Way.LEFT: self._beside,
            Way.GRID: self._crossing,
            Way.HEAD: self._first_under,
            Way.ABOVE: self._below,
        }
        cell = ways[slot.way](slot) if slot.way in ways else None
        if cell is not None:
            return Found(cell, _only(cell))
        return self._behind(slot)

    def _own(self, slot: Slot) -> Cell | None:
        there = self.at_box.get(slot.own, [])
        if not there:
            there = [cell for label, cells in self.at_label.items() if begins(label, slot.own) for _, cell in cells]
        head = self.columns.get(slot.head)
        return next((cell for cell in there if head is not None and cell.covers(head[0])), there[0] if there else None)

    def _beside(self, slot: Slot) -> Cell | None:
        """The next cell of the row that is no label, or the one below where there is none."""
        at = self.lefts.get(slot.left)
        if at is None:
            return None
        place, label = at
        right = [cell for cell in self.rows[place].cells if cell.column > label.column]
        if right and not self._is_label(right[0]):
            return right[0]
        below = self.rows[place + 1].at(label.column) if place + 1 < len(self.rows) else None
        return below if below is not None and not self._is_label(below) else None

    def _behind(self, slot: Slot) -> Found | None:
        """The cell that holds a label and its answer behind it."""
        there = (cell for label, cells in self.at_label.items() if begins(label, slot.left) for _, cell in cells)
        cell = next(there, None) if slot.way is Way.LEFT else None
        return None if cell is None or cell.label == slot.left else Found(cell, None, behind=slot.left)

    def _is_label(self, cell: Cell) -> bool:
        return any(cell is other for _, other in self.lefts.values())

    def _crossing(self, slot: Slot) -> Cell | None:
        at, column = self.lefts.get(slot.left), self.columns.get(slot.head)
        if at is None or column is None or not column[1]:
            return None
        return self.rows[at[0]].at(column[0])

    def under(self, slot: Slot) -> list[Cell]:
        """Every cell below a slot's header: people add a row where they have more to say."""
        column = self.columns.get(slot.head)
        below = (row for row in self.rows if row is not self.head_row)
        cells = (row.at(column[0]) for row in below if column is not None)
        return [cell for cell in cells if cell is not None]

    def _first_under(self, slot: Slot) -> Cell | None:
        return next(iter(self.under(slot)), None)

    def _below(self, slot: Slot) -> Cell | None:
        there = self.at_label.get(slot.above, [])
        for place, label in there:
            below = self.rows[place + 1].at(label.column) if place + 1 < len(self.rows) else None
            if below is not None and not self._is_label(below):
                return below
        return None

    def by_place(self, slot: Slot, claimed: Collection[int]) -> Found | None:
        """Where the template has it, if nothing there is known to be something else. `claimed` are ids of cells."""
        row = self._row_of(slot)
        column = self.columns[slot.head][0] if slot.head in self.columns else slot.column
        cell = row.at(column) if row is not None else None
        if cell is None or row is self.head_row or id(cell) in claimed or self._is_known(cell):
            return None
        return Found(cell, _only(cell), sure=False)

    def _row_of(self, slot: Slot) -> Row | None:
        """The row of its label, else the template's, unless another label has it."""
        if slot.left in self.lefts:
            return self.rows[self.lefts[slot.left][0]]
        taken = slot.way is Way.GRID and any(place == slot.row for place, _ in self.lefts.values())
        return None if taken or slot.row >= len(self.rows) else self.rows[slot.row]

    def _is_known(self, cell: Cell) -> bool:
        known = {*self.plan.lefts, *self.plan.heads, *(slot.own for slot in self.plan.slots if slot.own)}
        return (
            cell.label in known
            or unmarked(cell.text.whole[:LONGEST_LABEL]) in known
            or bool(cell.text.controls and _tagged(cell))
        )


def _tagged(cell: Cell) -> bool:
    return any(control.tag for control in cell.text.controls)


def _only(cell: Cell) -> Control | None:
    return cell.text.controls[0] if len(cell.text.controls) == 1 else None
