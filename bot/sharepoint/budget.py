"""How much we ask of SharePoint: less than half of what its smallest tenant allows all its applications together.

Source: learn.microsoft.com, "Avoid getting throttled or blocked in SharePoint Online", "Resource units": 1,250 units a minute
for an application in a tenant of up to 1,000 licences; calls that are refused count too.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.library.storage import LibraryAway
from state.values import Clock

READ, WRITE, PERMISSION = 1, 2, 5
A_MINUTE = 600
WITHIN = timedelta(minutes=1)
SHORT_REST = 5.0
"""Seconds of Retry-After that a caller waits for; of a longer rest it is told, and its row waits in the outbox."""

Sleep = Callable[[float], Awaitable[None]]


class Budget:
    """Counts the units of the last minute. Whoever would go over waits, in order."""

    def __init__(self, clock: Clock, sleep: Sleep = asyncio.sleep, a_minute: int = A_MINUTE) -> None:
        self._clock, self._sleep, self._most = clock, sleep, a_minute
        self._spent: deque[tuple[datetime, int]] = deque()
        self._rests_until: datetime | None = None
        self._turn = asyncio.Lock()

    async def spend(self, units: int) -> None:
        """Returns once there is room for so many. Raises LibraryAway while SharePoint wants to be left alone for long."""
        async with self._turn:
            while wait := self._wait(units):
                await self._sleep(wait)
            self._spent.append((self._clock.now(), units))

    def rest(self, seconds: float) -> None:
        """SharePoint said how long it wants to be left alone: nothing is sent before."""
        until = self._clock.now() + timedelta(seconds=seconds)
        self._rests_until = max(until, self._rests_until or until)

    def _wait(self, units: int) -> float:
        now = self._clock.now()
        rest = (self._rests_until - now).total_seconds() if self._rests_until else 0.0
        if rest > SHORT_REST:
            raise LibraryAway("SharePoint wants to be left alone", rest)
        while self._spent and self._spent[0][0] <= now - WITHIN:
            self._spent.popleft()
        return max(rest, self._until_room(units, now), 0.0)

    def _until_room(self, units: int, now: datetime) -> float:
        """Seconds until enough of the last minute is over."""
        over = sum(spent for _, spent in self._spent) + units - self._most
        for at, spent in self._spent:
            if over <= 0:
                break
            over -= spent
            waits = (at + WITHIN - now).total_seconds()
            if over <= 0:
                return waits
        return 0.0
