"""The clock's bell: what has to happen by itself, once a day and all the time. It rings; nothing is decided here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from bot.chaser import Chaser, Watching
from state.sqlite.store import SqliteStore
from state.values import Clock, london_day

log = logging.getLogger("cspr.bell")
LOOKS_EVERY = 60.0
WATCHES_EVERY = 180.0
TURNS_KEPT = timedelta(days=30)


class Bell:
    """Rings for the day's work once each day in England, and once when the assistant starts; for reminders each minute.

    The libraries are looked at every few minutes, at all hours, beside it: one that is slow never holds up a reminder.
    """

    def __init__(
        self,
        store: SqliteStore,
        clock: Clock,
        heads: Path,
        chaser: Chaser | None = None,
        watcher: Watching | None = None,
        *,
        looks_every: float = LOOKS_EVERY,
        watches_every: float = WATCHES_EVERY,
    ) -> None:
        self._store = store
        self._clock = clock
        self._heads = heads
        self._chaser = chaser
        self._watcher = watcher
        self._looks_every = looks_every
        self._watches_every = watches_every
        self._rung = ""

    async def run(self) -> None:
        """For ever. A fault, such as a full disk, is logged and tried again: nobody would notice a bell that died."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._ring_on())
            if self._watcher is not None:
                tasks.create_task(self._watch_on(self._watcher))

    async def _watch_on(self, watcher: Watching) -> None:
        while True:
            await self._try(watcher.look, "the libraries could not be looked at")
            await asyncio.sleep(self._watches_every)

    async def _ring_on(self) -> None:
        while True:
            await self._try(self.ring, "the day's work could not be done")
            if self._chaser is not None:
                await self._try(self._chaser.ring, "reminders could not be looked for")
            await asyncio.sleep(self._looks_every)

    async def _try(self, work: Callable[[], Awaitable[object]], failed: str) -> None:
        try:
            await work()
        except Exception as fault:
            log.error("%s: %s", failed, type(fault).__name__)

    async def ring(self) -> bool:
        """The day's work, once: each chain's length and head outside the database, and old turn ids forgotten."""
        now = self._clock.now()
        today = london_day(now).isoformat()
        if today == self._rung:
            return False
        self._heads.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        await self._store.write_heads(self._heads, now)
        await self._store.forget_turns(now - TURNS_KEPT)
        self._rung = today
        return True
