"""Steps that the stories of delivery share: how a channel fails, the question, and the ledger."""

from __future__ import annotations

from typing import Any

from scoping_steps import REFERENCE
from story import Story, text_of

from bot.doors import NotDelivered
from state.changes import OutboxRow

GONE = NotDelivered("delivery.channel_gone")
NOT_THERE = NotDelivered("delivery.not_in_channel")
SLOW = NotDelivered("delivery.throttled", again_after=60.0)
UNCLEAR = NotDelivered("delivery.no_answer", uncertain=True)
LEFT = NotDelivered("delivery.person_not_found")
COORDINATORS = "channel:coordinators"


async def ask(story: Story, text: str) -> str:
    """What is answered where the question was asked."""
    return text_of(await story.says(text))


async def did_it_reach(story: Story) -> str:
    """The answer about the story's case."""
    return await ask(story, f"did it reach everybody on {REFERENCE}")


async def in_general(story: Story, text: str = "which messages did not get through") -> str:
    """The answer to a question that names no case, where nothing was asked before: from another device."""
    before = story.place
    story.as_(story.me.id, device="tablet")
    said = await ask(story, text)
    story.place = before
    return said


async def ledger(story: Story, **narrow: Any) -> list[OutboxRow]:
    """The rows of the ledger, oldest first."""
    return list(reversed(await story.parts.store.ledger(limit=1000, **narrow)))


def told_in(story: Story, place: str = COORDINATORS) -> str:
    """The newest thing said in a place."""
    return text_of(story.channel.said[place][-1])
