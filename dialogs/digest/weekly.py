"""The digest that comes by itself: each week, one to one, to everybody who runs cases; nothing to say, no message.

That it was looked at is a row of its own, whose version is the guard: of several processes one sends it.
"""

from __future__ import annotations

from dialogs.absence.standing_in import away
from dialogs.casework.common import RUNS
from dialogs.desk import Desk
from dialogs.digest.look import look_at
from dialogs.digest.saying import digest_of
from dialogs.kit import Kit
from dialogs.turn import Tick, Turn
from state.access import in_force
from state.chasing_records import DIGEST, RoundRecord
from state.records import PersonRecord, PlaceRecord
from state.snapshot import Wanted
from state.values import Channel, Place, PlaceKind, Who, london_day
from state.weekly import this_round


def reads(turn: Turn, said: Tick, kit: Kit) -> Wanted:
    """What has to be read for somebody's digest: what they may see, and when they had the last one."""
    look = look_at(kit, turn.at, listed=said.digest.partition("/")[0] in kit.tenants)
    return Wanted(
        turn=turn.id,
        person=said.digest,
        place="",
        round=f"{DIGEST}{said.digest}",
        people=True,
        organisations=True,
        missed=True,
        look=lambda _talk, _names: look,
        today=london_day(turn.at).isoformat(),
    )


def digest(desk: Desk, said: Tick) -> None:
    """Tell it, where there is something to tell; either way it is done for this week."""
    person, before, chasing = desk.snapshot.person, desk.snapshot.round, desk.kit.profile.chasing
    due = this_round(desk.turn.at, chasing.digest, desk.kit.profile.clocks)
    if person is None or due is None or (before is not None and before.done_at >= due) or not _gets_it(desk, person):
        return
    desk.put(RoundRecord(id=f"{DIGEST}{said.digest}", done_at=desk.turn.at, version=before.version if before else 0))
    place = desk.own_place(person.id)
    reply = digest_of(_their_desk(desk, person, place)) if place is not None else None
    if place is not None and reply is not None:
        desk.post(place, reply, reminder=True)


def _gets_it(desk: Desk, person: PersonRecord) -> bool:
    """Whether they run cases and are there. Whoever is away has none: their deputy has one of their own."""
    runs = any(grant.role in RUNS and in_force(grant) for grant in desk.snapshot.grants)
    gone = away(desk.snapshot.absences, person.id, london_day(desk.turn.at))
    return runs and person.removed_at is None and gone is None


def _their_desk(desk: Desk, person: PersonRecord, place: PlaceRecord) -> Desk:
    """The same turn as if they had asked: what they may see is decided as everywhere else."""
    tenant, _, name = person.id.partition("/")
    there = Place(Channel(place.channel), place.conversation, PlaceKind(place.kind), dict(place.address))
    asks = Turn(id=desk.turn.id, who=Who(tenant, name, person.name), place=there, said=desk.turn.said, at=desk.turn.at)
    return Desk(asks, desk.snapshot, desk.kit)
