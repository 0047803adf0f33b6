"""A card for one person alone: said where only they read along, and sent to them one to one from a channel."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.reply import Reply


def say_alone(desk: Desk, reply: Reply, case: str) -> None:
    """Say it here, or one to one where somebody reads along."""
    if desk.private:
        return desk.say(reply)
    place = desk.own_place(desk.turn.who.id)
    if place is None:
        return desk.tell(desk.words("casework.write_first"))
    desk.post(place, reply, case=case)
    return desk.tell(desk.words("casework.sent_alone"))
