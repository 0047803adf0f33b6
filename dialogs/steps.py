"""Small state machines as tables: a row a step, each read aloud as "from SOURCE, TRIGGER leads to DEST".

One shared `transitions` machine a table, built once; what moves through it is a light object (docs/decisions/0005).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from transitions import Machine


class Step(NamedTuple):
    """One line of a table. `sources` may be several states."""

    trigger: str
    sources: tuple[str, ...]
    dest: str


class _Standing:
    """What moves through a machine."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


class Steps:
    """A table of steps and its machine."""

    def __init__(self, name: str, states: Sequence[str], table: Sequence[Step]) -> None:
        self.name, self.states, self.table = name, tuple(states), tuple(table)
        rows = [{"trigger": step.trigger, "source": list(step.sources), "dest": step.dest} for step in table]
        self._machine = Machine(
            model=None, states=list(states), initial=states[0], transitions=rows, auto_transitions=False, send_event=True
        )

    def after(self, state: str, trigger: str) -> str | None:
        """The state that a trigger leads to from there, or None where the table has no such step."""
        event = self._machine.events[trigger]
        if state not in event.transitions:
            return None
        standing = _Standing(state)
        event.trigger(standing)
        return standing.state

    def may(self, state: str, trigger: str) -> bool:
        """Whether the table has that step from there."""
        return state in self._machine.events[trigger].transitions
