"""The bell rang: what there is to look at is looked at, and whoever should know is told."""

from __future__ import annotations

from msgspec.structs import replace

from dialogs.casework.common import chain
from dialogs.chasing.drafts import remind
from dialogs.chasing.ladder import due_now, standing
from dialogs.chasing.lines import Line, lines_of
from dialogs.chasing.saying import say_lines
from dialogs.chasing.things import Thing, things
from dialogs.desk import Desk
from dialogs.turn import Tick
from state.chasing_records import DRAFT
from state.records import CaseRecord
from state.snapshot import Wanted

FORMS = ("referral", "decision")
"""Forms of the case that counting its dates again looks at."""


def reads(turn: str, said: Tick, today: str) -> Wanted:
    """What has to be read for a tick."""
    return Wanted(
        turn=turn,
        person="",
        place="",
        case=said.case or said.recount,
        draft=said.draft,
        chase=f"{DRAFT}{said.draft}" if said.draft else "",
        chases=True,
        requests=True,
        organisations=True,
        people=True,
        forms=FORMS if said.recount else (),
        today=today,
    )


def tick(desk: Desk, said: Tick) -> None:
    """What follows from a tick. Everything said by it is a reminder: it is never sent twice."""
    if said.draft:
        remind(desk)
    elif said.case and desk.snapshot.case is not None:
        _case(desk, desk.snapshot.case)


def _case(desk: Desk, case: CaseRecord) -> None:
    """Every date of a case at once, so that each place gets one message."""
    say_lines(desk, case, [line for thing in things(desk, case) for line in _climb(desk, case, thing)])


def _climb(desk: Desk, case: CaseRecord, thing: Thing) -> list[Line]:
    """What is due to be said about one thing, and to whom; how far it has come is kept."""
    profile = desk.kit.profile
    climbed = due_now(thing.item, desk.turn.at, profile.chasing.hours, profile.clocks)
    found = {rung.id: lines_of(desk, case, thing, rung) for rung in climbed.say}
    told = [rung for rung, lines in found.items() if lines]
    if climbed.record is not None:
        desk.put(climbed.record if told else replace(climbed.record, told_at=standing(thing.item).told_at))
    for rung in told:
        desk.note(chain(case), "chased", date=thing.item.id, rung=rung)
    return [line for lines in found.values() for line in lines]
