"""What could not be delivered is told to the coordinator, by reference and reason only."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.reply import Reply
from dialogs.telling import coordinators, one_to_one
from dialogs.turn import GivenUp
from state.access import in_force
from state.records import CaseRecord, PlaceRecord


def tell(desk: Desk, said: GivenUp) -> None:
    """Say it in the coordinators' channel, or one to one; nothing where it is the coordinators who cannot be reached."""
    case = desk.snapshot.case
    reference = case.reference if case else ""
    reason = desk.words(said.reason)
    key = "home.given_up_case" if reference else "home.given_up"
    reply = Reply(text=desk.words(key, reference=reference, reason=reason), preview=desk.words("filling.preview"))
    chain = f"case:{case.id}" if case else "partnership"
    desk.note(chain, "given_up", reason=said.reason, what=said.kind, reference=reference)
    for place in _places(desk, case):
        desk.post(place, reply, case=said.case, reminder=True)


def _places(desk: Desk, case: CaseRecord | None) -> list[PlaceRecord]:
    """For a restricted case only the people on its list who have a role: to all others there is nothing to deliver."""
    if case is None or not case.restricted:
        return coordinators(desk)
    roles = {grant.person for grant in desk.snapshot.all_grants if in_force(grant)}
    return one_to_one(desk, roles & {p.person for p in desk.snapshot.case_people if p.relation == "named"})
