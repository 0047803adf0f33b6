"""docs/machines.md: the machine of each form, drawn from its table with a box a section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.reference.markdown import code, page, table
from bot.reference.steps import steps_pages
from dialogs.filling.machine import CHECK, START, FormMachine, Row
from templates.forms.shape import MORE_CHILDREN
from templates.profile import Profile

NAMES = {CHECK: "check_answers", START: "[*]", MORE_CHILDREN: "more_children"}
EVERYWHERE = "any question"

INTRO = """
A form's definition is compiled to one [transitions](https://github.com/pytransitions/transitions) machine, with a
state for every question. The drawing has a box for each section. An arrow without a word is `onward`; on
`another_child` it goes round once more for the next child. Two things are left out because they are the same
everywhere: inside a section `onward` leads from each question to the next, and `back` leads every `onward` the other
way.

Whether a question is asked at all is not in the machine but in its conditions (see [forms.md](forms.md)). The walk
passes every question that does not apply or is answered, and stops at the next one that wants an answer. A group of
questions on one card, a row of a table and a window are pages over the same states.
"""


def machines_page(profile: Profile) -> str:
    """The page of a profile's form machines."""
    parts = [part for name, shape in profile.shapes.items() for part in _machine(name, FormMachine(shape))]
    return page("State machines", INTRO, *steps_pages(), *parts)


def _machine(name: str, machine: FormMachine) -> Iterator[str]:
    boxes = _boxes(machine)
    yield f"## Filling in the form {code(name)}"
    yield "\n".join(["```mermaid", "stateDiagram-v2", *_drawn(machine.table, boxes), "```"])
    yield "What can happen from every question and at the end:"
    head = ("from", "trigger", "to", "only if", "then")
    yield table(head, dict.fromkeys(_line(row, boxes) for row in machine.table if _is_common(row)))


def _boxes(machine: FormMachine) -> Mapping[str, str]:
    """The section of every question's state."""
    return {placed.state: placed.section.id for placed in machine.shape.order}


def _drawn(rows: list[Row], boxes: Mapping[str, str]) -> Iterator[str]:
    for row in rows:
        source, dest = _box(row.source, boxes), _box(row.dest, boxes)
        if row.trigger in ("onward", "add_child") and (source != dest or row.condition):
            label = row.condition or ("" if row.trigger == "onward" else row.trigger)
            yield f"    {source} --> {dest}{f': {label}' if label else ''}"
    yield f"    {CHECK} --> submitted: submit"
    yield "    submitted --> [*]"


def _box(state: str, boxes: Mapping[str, str]) -> str:
    return boxes.get(state) or NAMES.get(state, state)


def _is_common(row: Row) -> bool:
    return row.trigger not in ("onward", "back", "add_child")


def _line(row: Row, boxes: Mapping[str, str]) -> tuple[str, ...]:
    source, dest = (EVERYWHERE if state in boxes or state == MORE_CHILDREN else state for state in (row.source, row.dest))
    trigger = row.trigger.partition(":")[0]
    named = f"{trigger}:question" if trigger != row.trigger else trigger
    then = row.effect.replace("_", " ")
    return source, code(named), dest, row.condition, then
