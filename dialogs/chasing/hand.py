"""Chasing by hand: whoever has to act is asked now, in the thread of the card, as the ladder would ask them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from dialogs.casework.common import chain
from dialogs.chasing.lines import Line, text_for_us, to_organisation
from dialogs.chasing.recipients import who_runs
from dialogs.chasing.saying import say_lines
from dialogs.chasing.things import RETURN, Thing, keep, of_date
from dialogs.desk import Desk
from dialogs.scoping.machine import WAITS
from dialogs.telling import one_to_one
from state.policy import Says, To
from state.records import CaseRecord, DeadlineRecord
from state.values import london_day

BY_HAND = "by_hand"


class Chased(msgspec.Struct, frozen=True, kw_only=True):
    """What came of chasing some dates by hand."""

    told: tuple[DeadlineRecord, ...] = ()
    """Somebody was told; outside working hours they hear it when these begin."""
    today: tuple[DeadlineRecord, ...] = ()
    """Chased already on this day, so nobody was told again."""
    done: tuple[DeadlineRecord, ...] = ()
    """The return is in, or the date was kept: nobody is asked for it any more."""
    nobody: tuple[DeadlineRecord, ...] = ()
    """It is for those who run the case themselves, or there is nobody who can be told."""


def chase(desk: Desk, dates: Sequence[DeadlineRecord], *, again: bool = False) -> Chased:
    """Ask for some dates of the case that was read. Whether this person may (`chase`) is the caller's to ask.

    Needs `people`, `organisations`, `requests` and `chases` read. `again`: although somebody was told on this day already.
    """
    case, found = desk.snapshot.case, dict[str, list[DeadlineRecord]]()
    if case is None:
        return Chased()
    for date in dates:
        found.setdefault(_one(desk, case, date, again=again), []).append(date)
    return Chased(**{name: tuple(those) for name, those in found.items()})


def _one(desk: Desk, case: CaseRecord, date: DeadlineRecord, *, again: bool) -> str:
    thing = of_date(desk, case, date)
    if date.met is not None or (date.kind == RETURN and (thing.request is None or thing.request.state not in WAITS)):
        return "done"
    if chased_today(desk, thing) and not again:
        return "today"
    lines = _lines(desk, case, thing)
    if not lines:
        return "nobody"
    say_lines(desk, case, lines)
    keep(desk, thing, told_at=desk.turn.at)
    desk.note(chain(case), "chased", date=date.id, rung=BY_HAND)
    return "told"


def chased_today(desk: Desk, thing: Thing) -> bool:
    """Whether somebody was told on this day, by the clock or by hand."""
    told = thing.chase.told_at if thing.chase else None
    return told is not None and london_day(told) == london_day(desk.turn.at)


def _lines(desk: Desk, case: CaseRecord, thing: Thing) -> list[Line]:
    """An organisation is asked where its card stands. A date of those who run the case only where it was handed to another."""
    if thing.request is not None and thing.date is not None:
        chase = thing.item.chase
        own = replace(thing, item=replace(thing.item, chase=replace(chase, left_to="") if chase else None))
        return to_organisation(desk, case, own, thing.request, Says.BEFORE, To.ORGANISATION, key=BY_HAND)
    handed = thing.chase.handed_to if thing.chase else ""
    if not handed or handed == desk.turn.who.id or handed not in who_runs(desk):
        return []
    text = text_for_us(desk, thing, Says.BEFORE)
    places = one_to_one(desk, {handed})
    return [Line(place=one, to=To.COORDINATOR, text=text, about=thing.item.id, says=Says.BEFORE) for one in places]
