"""How far a date has been chased, and what is due to be said about it now. Pure: the present is always given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from state.chasing_records import ChaseRecord
from state.hours import begins, in_hours, working_days_on, working_hours_on
from state.policy import ClockPolicy, Counts, Hours, Rung, Says, To
from state.values import london_day


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is chased: an open date, or one of the things without a date. `due` is what its ladder belongs to."""

    id: str
    case: str = ""
    ladder: tuple[Rung, ...]
    due: datetime
    start: datetime
    chase: ChaseRecord | None = None


class Climbed(msgspec.Struct, frozen=True, kw_only=True):
    """What is said now, and what is kept of it. `record` is None where nothing changes."""

    say: tuple[Rung, ...] = ()
    record: ChaseRecord | None = None


def due_now(item: Item, now: datetime, hours: Hours, clocks: ClockPolicy) -> Climbed:
    """The rungs to say now. Outside working hours none; after a long time one catch-up, and what the manager should know.

    Every rung whose time has come is done with then, said or not: none is said twice.
    """
    if not in_hours(now, hours, clocks):
        return Climbed()
    before = standing(item)
    left = [(instant_of(rung, item, before, hours, clocks), rung) for rung in item.ladder if rung.id not in before.done]
    come = [rung for _, rung in sorted((one for one in left if one[0] <= now), key=lambda one: one[0])]
    say = _highest([rung for rung in come if not _before_it_began(rung, item, hours, clocks)])
    done = [*come, *_below(item, say, [rung for at, rung in left if at > now], hours, clocks)]
    changed = replace(before, done=(*before.done, *(rung.id for rung in done)), told_at=now if say else before.told_at)
    after = kept(item, changed, hours, clocks)
    return Climbed(say=say, record=after if after != item.chase else None)


def _before_it_began(rung: Rung, item: Item, hours: Hours, clocks: ClockPolicy) -> bool:
    """Whether a rung that looks ahead was due before there was anything to look ahead to."""
    return rung.says in (Says.BEFORE, Says.ON_THE_DAY) and _counted(rung, item, hours, clocks) < item.start


def _below(item: Item, say: Sequence[Rung], later: Sequence[Rung], hours: Hours, clocks: ClockPolicy) -> list[Rung]:
    """Rungs that were put off, and that what is said now has gone past."""
    highest = max((_counted(rung, item, hours, clocks) for rung in say), default=None)
    return [rung for rung in later if highest is not None and _counted(rung, item, hours, clocks) <= highest]


def standing(item: Item) -> ChaseRecord:
    """What is kept of a date. Another date begins its ladder again: without what is said once, not put off, nobody told."""
    known = item.chase
    if known is None:
        return ChaseRecord(id=item.id, case=item.case, due=item.due)
    if known.due == item.due:
        return known
    once = {rung.id for rung in item.ladder if rung.once}
    return replace(known, due=item.due, done=tuple(one for one in known.done if one in once), snoozed_until=None, told_at=None)


def kept(item: Item, chase: ChaseRecord, hours: Hours, clocks: ClockPolicy) -> ChaseRecord:
    """What is kept after somebody changed it by hand: its next rung is due when it is due now."""
    left = [instant_of(rung, item, chase, hours, clocks) for rung in item.ladder if rung.id not in chase.done]
    return replace(chase, next_at=min(left, default=None))


def instant_of(rung: Rung, item: Item, chase: ChaseRecord, hours: Hours, clocks: ClockPolicy) -> datetime:
    """When a rung is due: the beginning of a working day, or so many working hours on. A date that is put off waits."""
    at = _counted(rung, item, hours, clocks)
    if chase.snoozed_until is None or rung.always:
        return at
    return max(at, chase.snoozed_until)


def _counted(rung: Rung, item: Item, hours: Hours, clocks: ClockPolicy) -> datetime:
    if rung.counts is Counts.HOURS:
        return working_hours_on(item.start, rung.number, hours, clocks)
    day = london_day(item.due if rung.counts is Counts.DUE else item.start)
    return begins(working_days_on(day, rung.number, clocks), hours)


def _highest(come: Sequence[Rung]) -> tuple[Rung, ...]:
    """One catch-up: the newest rung; beside one for managers alone the newest for others, and managers always hear theirs."""
    if not come:
        return ()
    say = [come[-1]]
    for_others = [rung for rung in come if set(rung.to) != {To.MANAGER}]
    for_managers = [rung for rung in come if To.MANAGER in rung.to]
    for found in (for_others, for_managers):
        if found and not any(rung in found for rung in say):
            say.append(found[-1])
    return tuple(say)
