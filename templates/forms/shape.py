"""Where every question of a form stands: states, paths and back again. Built once a form."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from templates.answers import Kind
from templates.forms.model import Form, Question, Section

NEVER_ASKED = (Kind.AUTO, Kind.FIXED)
"""Kinds that the assistant fills in itself; they are only printed."""
CHILDREN = "children"
MORE_CHILDREN = "children.more"
"""The state that asks whether there is another child. Settled once `children` itself is answered."""


class Spot(NamedTuple):
    """A question's state, and the child or row it is about (0: neither)."""

    state: str
    row: int = 0

    def __str__(self) -> str:
        """As a button carries it."""
        return f"{self.state}:{self.row}"


def spot_from(text: str) -> Spot | None:
    """A spot as a button carried it back, or None where it is not one."""
    state, _, row = text.partition(":")
    return Spot(state, int(row or 0)) if state and (row in ("", "0") or _is_number(row)) else None


class Placed(msgspec.Struct, frozen=True):
    """A question in its section. `state` is its id, with `children.` before it where the section repeats."""

    state: str
    question: Question
    section: Section
    index: int

    @property
    def repeats(self) -> bool:
        """Whether it is answered once for each child."""
        return self.section.repeats

    @property
    def is_rows(self) -> bool:
        """Whether its answer is a list of rows."""
        return self.question.kind is Kind.ROWS


class Shape:
    """The order of a form's questions, and the way between states and paths."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.order: list[Placed] = []
        for section in form.sections:
            for question in section.questions:
                if question.kind in NEVER_ASKED and not question.shows:
                    continue
                state = f"{CHILDREN}.{question.id}" if section.repeats else question.id
                self.order.append(Placed(state, question, section, len(self.order)))
        self.by_state = {placed.state: placed for placed in self.order}

    def path(self, spot: Spot, column: str = "") -> str:
        """The path of an answer: `children.2.name`, `family.3.relationship`, `incident_date`."""
        placed = self.by_state[spot.state]
        if placed.repeats:
            return f"{CHILDREN}.{spot.row}.{placed.question.id}"
        if placed.is_rows and spot.row:
            return f"{spot.state}.{spot.row}.{column}" if column else f"{spot.state}.{spot.row}"
        return spot.state

    def find(self, path: str) -> tuple[Spot, Question] | None:
        """The spot and the question (or column) that a path belongs to, or None where the form has no such path."""
        parts = path.split(".")
        if parts[0] == CHILDREN:
            return self._find_child(parts)
        placed = self.by_state.get(parts[0])
        if placed is None or placed.repeats:
            return None
        if len(parts) == 1:
            return Spot(placed.state), placed.question
        return self._find_row(placed, parts)

    def _find_child(self, parts: list[str]) -> tuple[Spot, Question] | None:
        if len(parts) != 3 or not _is_number(parts[1]):
            return None
        placed = self.by_state.get(f"{CHILDREN}.{parts[2]}")
        return (Spot(placed.state, int(parts[1])), placed.question) if placed else None

    def _find_row(self, placed: Placed, parts: list[str]) -> tuple[Spot, Question] | None:
        if not placed.is_rows or len(parts) > 3 or not _is_number(parts[1]):
            return None
        spot = Spot(placed.state, int(parts[1]))
        if len(parts) == 2:
            return spot, placed.question
        column = next((c for c in placed.question.columns if c.id == parts[2]), None)
        return (spot, column) if column else None

    def group(self, placed: Placed) -> list[Placed]:
        """The questions that are asked on one card with this one, itself included."""
        if not placed.question.group:
            return [placed]
        return [p for p in self.order if p.section is placed.section and p.question.group == placed.question.group]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and not text.startswith("0") and len(text) < 5
