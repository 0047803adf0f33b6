"""What a door needs from the house, and what the house needs from a door. Doors know nothing else of each other."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from dialogs.turn import Turn
from state.changes import Send
from state.values import JSON, Place

MOST_INPUTS = 200
"""Fields that come with one button or window. No form of ours has as many; what has more is none of ours."""


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


@runtime_checkable
class Apart(Protocol):
    """A door that can show an answer to one person among others. It does so for a moment only: what is late is sent apart."""

    async def deliver_apart(self, place: Place, send: Send) -> str:
        """Send to that person's own conversation what was meant for them in a channel. Raises NotDelivered."""
        ...


@runtime_checkable
class Reached(Protocol):
    """A door that can ask whether its channel is there: what may have arrived has one more try, which is not to be wasted."""

    async def reach(self, place: Place) -> None:
        """Raises NotDelivered where the channel does not answer. Nothing is sent."""
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
