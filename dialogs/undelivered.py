"""What could not be delivered is told to the coordinator, by reference and reason only."""

from __future__ import annotations

from dialogs.casework.common import coordinator_places
from dialogs.desk import Desk
from dialogs.reply import Reply
from dialogs.telling import coordinators
from dialogs.turn import GivenUp


def tell(desk: Desk, said: GivenUp) -> None:
    """Say it in the coordinators' channel, or one to one; nothing where it is the coordinators who cannot be reached."""
    case = desk.snapshot.case
    reference = case.reference if case else ""
    reason = desk.words(said.reason)
    key = "home.given_up_case" if reference else "home.given_up"
    reply = Reply(text=desk.words(key, reference=reference, reason=reason), preview=desk.words("filling.preview"))
    chain = f"case:{case.id}" if case else "partnership"
    desk.note(chain, "given_up", reason=said.reason, what=said.kind, reference=reference)
    for place in coordinator_places(desk, case) if case else coordinators(desk):
        desk.post(place, reply, case=said.case, reminder=True)
