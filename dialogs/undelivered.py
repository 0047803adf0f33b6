"""What could not be delivered is told to the coordinator, by reference and reason only."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.reply import Reply
from dialogs.turn import GivenUp
from state.access import in_force
from state.records import PlaceRecord


def tell(desk: Desk, said: GivenUp) -> None:
    """Say it in the coordinators' channel, or one to one; nothing where it is the coordinators who cannot be reached."""
    reason = desk.words(said.reason)
    key = "home.given_up_case" if said.reference else "home.given_up"
    reply = Reply(text=desk.words(key, reference=said.reference, reason=reason), preview=desk.words("filling.preview"))
    desk.note("partnership", "given_up", reason=said.reason, what=said.kind, reference=said.reference)
    for place in _coordinators(desk):
        desk.post(place, reply, reminder=True)


def _coordinators(desk: Desk) -> list[PlaceRecord]:
    people = sorted({g.person for g in desk.snapshot.all_grants if g.role == "coordinator" and in_force(g)})
    own = (desk.own_place(person) for person in people)
    return desk.tied("coordinators") or [place for place in own if place is not None]
