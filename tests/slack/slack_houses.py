"""A house behind the Slack door that only keeps what it is told."""

from __future__ import annotations

from dialogs.turn import Turn
from state.values import JSON


class Listening:
    """A house that keeps what it is told, and may break."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.turns: list[Turn] = []
        self.fault = fault

    async def take(self, turn: Turn) -> JSON:
        """Answers nothing."""
        if self.fault is not None:
            raise self.fault
        self.turns.append(turn)
        return None
