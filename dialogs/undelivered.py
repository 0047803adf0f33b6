"""What could not be delivered is told to the coordinator, by reference and reason only."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.reply import Reply
from dialogs.telling import coordinators
from dialogs.turn import GivenUp


def tell(desk: Desk, said: GivenUp) -> None:
    """Say it in the coordinators' channel, or one to one; nothing where it is the coordinators who cannot be reached."""
    reason = desk.words(said.reason)
    key = "home.given_up_case" if said.reference else "home.given_up"
    reply = Reply(text=desk.words(key, reference=said.reference, reason=reason), preview=desk.words("filling.preview"))
    desk.note("partnership", "given_up", reason=said.reason, what=said.kind, reference=said.reference)
    for place in coordinators(desk):
        desk.post(place, reply, reminder=True)
