"""How fast one person may speak: far faster than anybody types, far slower than a program that floods us."""

from __future__ import annotations

import enum
from collections import deque
from datetime import datetime, timedelta

MOST = 300
WITHIN = timedelta(minutes=1)
MOST_PEOPLE = 5_000


class Answer(enum.Enum):
    """Whether a turn is taken; a refusal is said once a minute, so that a flood is not answered with another."""

    TAKE = "take"
    SAY_NO = "say_no"
    DROP = "drop"


class Pace:
    """Counts the turns of the last minute for each person, in this process."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._turns: dict[str, deque[datetime]] = {}
        self._told: dict[str, datetime] = {}

    def answer(self, person: str, at: datetime) -> Answer:
        """Whether this person may take another turn now; it is counted if so."""
        turns = self._turns.setdefault(person, deque())
        while turns and turns[0] <= at - WITHIN:
            turns.popleft()
        if len(turns) >= self._most:
            return self._no(person, at)
        turns.append(at)
        if len(self._turns) > MOST_PEOPLE:
            self._forget(at)
        return Answer.TAKE

    def _no(self, person: str, at: datetime) -> Answer:
        told = self._told.get(person)
        if told is not None and told > at - WITHIN:
            return Answer.DROP
        self._told[person] = at
        return Answer.SAY_NO

    def _forget(self, at: datetime) -> None:
        """Drop everybody who has said nothing for a minute."""
        self._turns = {person: turns for person, turns in self._turns.items() if turns and turns[-1] > at - WITHIN}
        self._told = {person: told for person, told in self._told.items() if told > at - WITHIN}
