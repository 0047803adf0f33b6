"""Small machines of docs/machines.md: a case and a request, drawn from their tables of steps."""

from __future__ import annotations

from collections.abc import Iterator

from bot.reference.markdown import code, table
from dialogs.casework.machine import CASE
from dialogs.scoping.machine import REQUEST
from dialogs.steps import Steps

SAID = {
    CASE: "A case. Scoping runs beside it; undoing a join leads back to the state before, which is no step of its own.",
    REQUEST: "A request to one organisation. More time, who writes it and how it is delivered are no states.",
}


def steps_pages() -> Iterator[str]:
    """Each machine: what it is, its drawing, and its steps as a table."""
    for steps, said in SAID.items():
        yield f"## The machine `{steps.name}`"
        yield said
        yield "\n".join(["```mermaid", "stateDiagram-v2", f"    [*] --> {steps.states[0]}", *_arrows(steps), "```"])
        rows = [(code(step.trigger), ", ".join(step.sources), step.dest) for step in steps.table]
        yield table(("step", "from", "to"), rows)


def _arrows(steps: Steps) -> Iterator[str]:
    for step in steps.table:
        for source in step.sources:
            yield f"    {source} --> {step.dest}: {step.trigger}"
