"""The chaser: looks for what is due to be reminded of, and sends each as a turn of the clockwork through the house.

Several processes may look at once: what was said is a row, and its version is the guard. Nothing is kept here that matters.
"""

from __future__ import annotations

import logging
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import MovableClock
from bot.clockwork import by_the_bell
from bot.house import TheHouse
from bot.recounting import Recounting
from dialogs.turn import Tick
from state.hours import ends, in_hours, next_in_hours
from state.snapshot import Store, ToChase
from state.values import Clock, london_day
from state.weekly import next_round, this_round
from templates.profile import Profile

log = logging.getLogger("cspr.chaser")
MOST_LOOKS = 2
"""Something may have changed right after the first look. After the second it is a fault."""
MOST = 500
"""How much is looked for at once."""
MOST_STOPS = 1_000
"""Moments at which a clock that is moved stops on the way: four years of working days."""
AGAIN = timedelta(hours=1)
"""How long what has a fault is left alone."""


class Chaser:
    """Looks in working hours only. `run` by the bell; at the console, in a play and in a test at every moment on the way."""

    def __init__(self, store: Store, house: TheHouse, clock: Clock, profile: Profile) -> None:
        self._store, self._house, self._clock = store, house, clock
        self._hours, self._clocks = profile.chasing.hours, profile.clocks
        self._waiting, self._weekly = tuple(profile.chasing.waiting), profile.chasing.digest
        self._recounting = Recounting(store, house, clock, profile.clocks)
        self._name = uuid.uuid4().hex
        self._rung = 0
        self._left: dict[ToChase, datetime] = {}

    async def ring(self) -> int:
        """Look once, and have everything said that is due. Returns how many cases, drafts and digests were looked at."""
        now = self._clock.now()
        if not in_hours(now, self._hours, self._clocks):
            return 0
        await self._recounting.look()
        self._left = {one: until for one, until in self._left.items() if until > now}
        looks: Counter[ToChase] = Counter()
        while found := await self._found(now, looks):
            for one in found:
                await self._look(one, now)
            looks.update(found)
        return len(looks)

    async def _found(self, now: datetime, looks: Counter[ToChase]) -> list[ToChase]:
        """What is to be looked at. What is still there after two looks has a fault: it is left alone, and hides nothing."""
        found = await self._due(now, len(looks) + len(self._left) + MOST)
        self._left |= {one: now + AGAIN for one in found if looks[one] >= MOST_LOOKS}
        return [one for one in found if one not in self._left]

    async def _due(self, now: datetime, limit: int) -> list[ToChase]:
        """Reminders first: a digest that comes at the same moment tells what is so after them."""
        found = await self._store.to_chase(now, self._waiting, limit)
        since = this_round(now, self._weekly, self._clocks)
        digests = await self._store.to_digest(since, london_day(now).isoformat()) if since else ()
        return [*found, *digests]

    async def _look(self, one: ToChase, now: datetime) -> None:
        """One turn. A fault in it is logged and ends it alone."""
        self._rung += 1
        said = Tick(case=one.case, draft=one.draft, digest=one.digest)
        try:
            await self._house.take(by_the_bell(f"bell:{self._name}:{self._rung}", said, now))
        except Exception as fault:
            log.error("a reminder could not be worked out: %s", type(fault).__name__)

    async def next_after(self, now: datetime) -> datetime:
        """The next moment at which something may be due: a reminder that is known, a digest, or when working hours begin."""
        soon = now + timedelta(microseconds=1)
        if in_hours(soon, self._hours, self._clocks):
            soon = ends(london_day(soon), self._hours)
        known = await self._store.next_chase(now)
        rounds = (next_in_hours(soon, self._hours, self._clocks), next_round(now, self._weekly, self._clocks))
        return min(*rounds, *([known] if known else []))


class Watching(Protocol):
    """Who looks at the document libraries (bot/library/watching.py)."""

    async def look(self) -> int:
        """Look once. Returns how much there was to tell."""
        ...

    async def next_after(self, now: datetime) -> datetime | None:
        """When something that was seen is to be told, if anything is."""
        ...


async def pass_time(
    chaser: Chaser,
    clock: MovableClock,
    until: datetime,
    settle: Callable[[], Awaitable[None]],
    watcher: Watching | None = None,
) -> None:
    """Move the clock, and stop at every moment on the way at which something may be due. `settle` sends what there is."""
    await _look(watcher, settle)
    await _ring(chaser, settle)
    for _ in range(MOST_STOPS):
        due, seen = await chaser.next_after(clock.now()), await _seen(watcher, clock.now())
        moment = min(due, seen) if seen else due
        if moment > until:
            break
        clock.set(moment)
        await settle()
        await _look(watcher if moment == seen else None, settle)
        await _ring(chaser, settle)
    clock.set(until)
    await settle()
    await _look(watcher, settle)
    await _ring(chaser, settle)


async def _ring(chaser: Chaser, settle: Callable[[], Awaitable[None]]) -> None:
    if await chaser.ring():
        await settle()


async def _look(watcher: Watching | None, settle: Callable[[], Awaitable[None]]) -> None:
    if watcher is not None and await watcher.look():
        await settle()


async def _seen(watcher: Watching | None, now: datetime) -> datetime | None:
    return await watcher.next_after(now) if watcher is not None else None
