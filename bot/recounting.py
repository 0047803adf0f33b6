"""Notices that the days off have changed, and has the dates of every open case counted again, once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta

import msgspec

from bot.clockwork import by_the_bell
from bot.doors import House
from dialogs.turn import Tick
from state.changes import Changes
from state.chasing_records import RoundRecord
from state.clocks import bank_holiday
from state.policy import ClockPolicy
from state.snapshot import Conflict, Snapshot, Store, Wanted
from state.values import Clock, london_day

ROUND = "days_off"
YEARS = 3
"""How many years of days off are looked at, from this one on: no open date lies further away."""


def counted_with(policy: ClockPolicy, now: datetime) -> dict[str, str]:
    """What dates are counted with, as short digests: the days off of each year, and the clocks."""
    first = london_day(now).year
    years = {str(year): _digest(_off(year, policy)) for year in range(first, first + YEARS)}
    return {**years, "clocks": _digest((policy.clocks, policy.due_at, policy.roll_forward))}


def _off(year: int, policy: ClockPolicy) -> list[str]:
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(366))
    return [day.isoformat() for day in days if bank_holiday(day, policy)]


def _digest(what: object) -> str:
    return hashlib.sha256(msgspec.json.encode(what)).hexdigest()[:12]


def _differs(before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """A year that comes into view brings its holidays, and changes none."""
    return any(before[name] != with_ for name, with_ in now.items() if name in before)


class Recounting:
    """Looks whether the days off are the ones that dates were counted with."""

    def __init__(self, store: Store, house: House, clock: Clock, policy: ClockPolicy) -> None:
        self._store, self._house, self._clock, self._policy = store, house, clock, policy
        self._with: dict[str, str] = {}

    async def look(self) -> int:
        """Count the dates of every open case again where they have changed. Returns how many cases were looked at.

        Each case is a turn of its own with an id made of what it is counted with: done again after a crash, it does nothing.
        """
        now = self._clock.now()
        before = (await self._store.read(Wanted(turn="", person="", place="", round=ROUND))).round
        with_ = self._counted_with(now)
        known = msgspec.json.decode(before.note, type=dict[str, str]) if before else {}
        if known == with_:
            return 0
        cases = (await self._open()).open_cases if _differs(known, with_) else ()
        # The same days off may come back: what was counted with them before is not what is counted now.
        name = _digest((with_, before.version if before else 0))
        for case in cases:
            await self._house.take(by_the_bell(f"recount:{name}:{case.id}", Tick(recount=case.id), now))
        await self._keep(before, with_, now)
        return len(cases)

    def _counted_with(self, now: datetime) -> dict[str, str]:
        """Worked out once a year: a profile is loaded once."""
        if str(london_day(now).year) not in self._with:
            self._with = counted_with(self._policy, now)
        return self._with

    async def _open(self) -> Snapshot:
        return await self._store.read(Wanted(turn="", person="", place="", open_cases=True))

    async def _keep(self, before: RoundRecord | None, with_: Mapping[str, str], now: datetime) -> None:
        note = msgspec.json.encode(with_).decode()
        kept = RoundRecord(id=ROUND, done_at=now, note=note, version=before.version if before else 0)
        with suppress(Conflict):  # another process has kept it
            await self._store.commit(f"{ROUND}:{kept.version}:{_digest(with_)}", _digest(with_), now, Changes(puts=(kept,)))
