"""Steps that the stories of delivery share: how a channel fails, and a question with its slots."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from scoping_steps import REFERENCE
from story import Story, text_of

from bot.console.places import who_is
from bot.doors import NotDelivered
from dialogs.asking.meaning import Slots, Understood
from dialogs.delivered.narrow import Narrow
from dialogs.desk import Desk
from dialogs.reads import wanted
from dialogs.reply import Reply, reply_from
from dialogs.table import INTENTS
from dialogs.turn import Text, Turn
from state.changes import Kind, OutboxRow
from state.values import london_day

GONE = NotDelivered("delivery.channel_gone")
NOT_THERE = NotDelivered("delivery.not_in_channel")
SLOW = NotDelivered("delivery.throttled", again_after=60.0)
UNCLEAR = NotDelivered("delivery.no_answer", uncertain=True)
LEFT = NotDelivered("delivery.person_not_found")
COORDINATORS = "channel:coordinators"
PHRASES = {"delivered": f"did it reach everybody {REFERENCE}", "sent": "what have we sent"}


async def replies_to(story: Story, intent: str, **slots: Any) -> list[Reply]:
    """What is answered to a question with these slots, by whoever speaks, where they speak."""
    named = Slots(**slots)
    who, now = who_is(story.me), story.clock.now()
    phrase = PHRASES[intent] if named.case or intent == "sent" else "what was delivered"
    turn = Turn(id="asked", who=who, place=story.place, said=Text(phrase), at=now)
    reads = wanted(turn, story.parts.kit)
    period = Narrow.by(named).instants(london_day(now)) if intent == "sent" else None
    desk = Desk(turn, await story.parts.store.read(replace(reads, sent=period)), story.parts.kit)
    desk.meant = Understood(intent, slots=named)
    INTENTS[intent].do(desk)
    return [reply_from(send.body) for send in desk.changes().sends if send.kind is not Kind.DOCUMENT]


async def answer_to(story: Story, intent: str, **slots: Any) -> str:
    """The same as one text."""
    return "\n".join(text_of(reply) for reply in await replies_to(story, intent, **slots))


async def did_it_reach(story: Story) -> str:
    """The answer about the story's case, asked in words."""
    return text_of(await story.says(PHRASES["delivered"]))


async def ledger(story: Story, **narrow: Any) -> list[OutboxRow]:
    """The rows of the ledger, oldest first."""
    return list(reversed(await story.parts.store.ledger(limit=1000, **narrow)))


def told_in(story: Story, place: str = COORDINATORS) -> str:
    """The newest thing said in a place."""
    return text_of(story.channel.said[place][-1])
