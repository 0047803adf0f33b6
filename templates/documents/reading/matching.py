"""Which table of the template each table of a document is: by its tags, else by its labels and what stands above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from templates.documents.reading.grid import Row, Table
from templates.documents.reading.layout import Layout, Plan

ENOUGH = 0.5
"""The share of a table's labels that has to be there."""
CAPTION, USED, AWAY = 0.3, 0.1, 0.001
"""What a caption adds, and what it costs to be a table that was there already, or one far from the last."""
HEAD_ROWS = 2
"""Rows at the top of which one may be the header."""


class Sheet(msgspec.Struct):
    """Rows of a document that are one table of the template, for one child where there are several."""

    plan: Plan
    rows: list[Row]
    tagged_child: int = 0
    child: int = 1
    seen: set[str] = set()
    """Labels and tags that stand in it."""


def sheets_of(tables: Iterable[Table], layout: Layout) -> list[Sheet]:
    """Every table that is one of the template's. Tables that somebody joined are parted again."""
    matcher = _Matcher(layout)
    for table in tables:
        matcher.take(table)
    _number_children(matcher.sheets)
    return matcher.sheets


def plan_votes(row: Row, layout: Layout) -> Counter[tuple[int, int]]:
    """The template's tables, and children, that the tags of a row belong to."""
    votes: Counter[tuple[int, int]] = Counter()
    for cell in row.cells:
        for control in cell.text.controls:
            place = layout.find(control.tag)
            if place is not None and place.plan >= 0:
                votes[place.plan, place.child] += 1
    return votes


def head_share(row: Row, plan: Plan) -> float:
    """How much of a table's header a row is."""
    labels = {cell.label for cell in row.cells if cell.label}
    hits = len(labels.intersection(plan.heads))
    return hits / max(len(plan.heads), len(labels)) if hits else 0.0


class _Matcher:
    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.sheets: list[Sheet] = []
        self.last = -1
        self.heads: dict[frozenset[str], list[Plan]] = {}
        for plan in layout.plans:
            if len(plan.heads) > 1:
                self.heads.setdefault(frozenset(plan.heads), []).append(plan)

    def take(self, table: Table) -> None:
        """Part a table into sheets."""
        votes = [plan_votes(row, self.layout) for row in table.rows]
        plan = self._plan(table, votes)
        if plan is None:
            return
        sheet = self._begin(plan)
        for place, row in enumerate(table.rows):
            other = self._turn(sheet, place, row, votes[place])
            if other is not None:
                sheet = self._begin(other)
            sheet.rows.append(row)
            sheet.seen |= self._names(row, sheet.plan)
            if sheet.plan.of_child and not sheet.tagged_child:
                sheet.tagged_child = max((child for _, child in votes[place]), default=0)
        self._drop_empty()

    def _begin(self, plan: Plan) -> Sheet:
        sheet = Sheet(plan, [], seen=set())
        self.sheets.append(sheet)
        self.last = plan.number
        return sheet

    def _drop_empty(self) -> None:
        self.sheets = [sheet for sheet in self.sheets if sheet.rows]

    def _plan(self, table: Table, votes: list[Counter[tuple[int, int]]]) -> Plan | None:
        tagged: Counter[int] = Counter()
        for vote in votes:
            for (number, _), count in vote.items():
                tagged[number] += count
        if tagged:
            return self.layout.plans[tagged.most_common(1)[0][0]]
        return self._by_labels(table) or self._going_on(table)

    def _by_labels(self, table: Table) -> Plan | None:
        used = {sheet.plan.number for sheet in self.sheets}
        scored = [(self._score(plan, table, used), plan) for plan in self.layout.plans]
        found = [(score, -plan.number) for score, plan in scored if score is not None]
        return self.layout.plans[-max(found)[1]] if found else None

    def _score(self, plan: Plan, table: Table, used: Iterable[int]) -> float | None:
        share = max([head_share(row, plan) for row in table.rows[:HEAD_ROWS]] + [_label_share(table, plan)])
        caption = any(line in table.above for line in plan.above[:1])
        if share < ENOUGH and not (caption and _width(table.rows) == max(len(plan.heads), 1)):
            return None
        spent = USED if plan.number in used and not plan.of_child else 0.0
        return share + CAPTION * caption - spent - AWAY * abs(plan.number - self.last - 1)

    def _going_on(self, table: Table) -> Plan | None:
        """A table without a header after one that grows, and as wide, is its other half."""
        last = self.sheets[-1] if self.sheets else None
        same = last is not None and last.plan.group and not table.above and _width(table.rows) == len(last.plan.heads)
        return last.plan if last is not None and same else None

    def _turn(self, sheet: Sheet, place: int, row: Row, votes: Mapping[tuple[int, int], int]) -> Plan | None:
        """The table that begins at this row, if another one does."""
        if votes:
            return self._tagged(sheet, row, votes)
        if place < HEAD_ROWS and len(sheet.rows) == place:
            return None
        return self._headed(row) or self._again(sheet, row) or self._labelled(sheet, row)

    def _tagged(self, sheet: Sheet, row: Row, votes: Mapping[tuple[int, int], int]) -> Plan | None:
        own = any(number == sheet.plan.number and child in (0, sheet.tagged_child or child) for number, child in votes)
        again = sheet.plan.of_child and bool(self._tags(row) & sheet.seen)
        if own and not again:
            return None
        return self.layout.plans[sheet.plan.number if own else next(iter(votes))[0]]

    def _headed(self, row: Row) -> Plan | None:
        """The header of another table. Where it is the same as this one's, it is the next table with such a header."""
        plans = self.heads.get(frozenset(cell.label for cell in row.cells if cell.label), [])
        used = {one.plan.number for one in self.sheets}
        return next((plan for plan in plans if plan.number not in used), None)

    def _again(self, sheet: Sheet, row: Row) -> Plan | None:
        """Another child's rows begin where the labels of the first one's come again."""
        labels = _lefts_in(row, sheet.plan)
        return sheet.plan if sheet.plan.of_child and not sheet.plan.heads and labels and labels <= sheet.seen else None

    def _names(self, row: Row, plan: Plan) -> set[str]:
        """What stands in a row, so that two halves of one table are told from two children's."""
        return _lefts_in(row, plan) | self._tags(row)

    def _tags(self, row: Row) -> set[str]:
        places = (self.layout.find(control.tag) for cell in row.cells for control in cell.text.controls)
        return {place.slot.tag for place in places if place is not None}

    def _labelled(self, sheet: Sheet, row: Row) -> Plan | None:
        """The first row of a table of labels: a label without a control, and something beside it."""
        if _lefts_in(row, sheet.plan) or len(row.cells) in (0, 1, len(sheet.plan.heads)) or row.cells[0].text.controls:
            return None
        found = (plan for plan in self.layout.plans if not plan.heads and plan is not sheet.plan)
        return next((plan for plan in found if row.cells[0].label in plan.lefts), None)


def _width(rows: list[Row]) -> int:
    return max((len(row.cells) for row in rows[:HEAD_ROWS]), default=0)


def _lefts_in(row: Row, plan: Plan) -> set[str]:
    return {cell.label for cell in row.cells if cell.label} & plan.lefts


def _label_share(table: Table, plan: Plan) -> float:
    found = {cell.label for row in table.rows for cell in row.cells if cell.label}
    return len(found & plan.lefts) / len(plan.lefts) if plan.lefts else 0.0


def _number_children(sheets: list[Sheet]) -> None:
    """A child has the number of its tags. A block that was copied, or has lost its tags, gets the next one that is free."""
    by_plan: dict[int, list[Sheet]] = {}
    for sheet in sheets:
        if sheet.plan.of_child:
            by_plan.setdefault(sheet.plan.number, []).append(sheet)
    for same in by_plan.values():
        _number(same)


def _number(sheets: list[Sheet]) -> None:
    reserved = {sheet.tagged_child for sheet in sheets}
    used: dict[int, set[str]] = {}
    last = 0
    for sheet in sheets:
        same = sheet.tagged_child or last
        if same in used and not sheet.seen & used[same]:
            sheet.child = same
        elif sheet.tagged_child and sheet.tagged_child not in used:
            sheet.child = sheet.tagged_child
        else:
            sheet.child = next(number for number in range(1, len(sheets) + 2) if number not in used and number not in reserved)
        last = sheet.child
        used.setdefault(last, set()).update(sheet.seen)
