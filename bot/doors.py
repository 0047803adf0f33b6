"""What a door needs from the house, and what the house needs from a door. Doors know nothing else of each other."""

from __future__ import annotations

from typing import Protocol

from dialogs.turn import Turn
from state.changes import Send
from state.values import JSON, Place


class House(Protocol):
    """Takes a turn: decides it, commits it, has its replies sent. Never raises for what a person said."""

    async def take(self, turn: Turn) -> JSON:
        """Returns what an invoke is answered with (a `Window` as JSON), or None. Replies go through the outbox."""
        ...


class Deliverer(Protocol):
    """A door seen from the courier: it can say something in a place of its channel."""

    async def deliver(self, place: Place, send: Send) -> str:
        """Send one row and return the channel's own id of it. `send.body` is a Reply as JSON. Raises NotDelivered."""
        ...


class NotDelivered(Exception):
    """A send did not succeed, or nobody knows whether it did.

    `reason` is the key of a sentence in templates/words (`delivery.…`); it holds no personal data. `again_after` is in seconds
    and None where trying again is useless. `uncertain` says that the message may have arrived.
    """

    def __init__(self, reason: str, *, again_after: float | None = None, uncertain: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again_after = again_after
        self.uncertain = uncertain
