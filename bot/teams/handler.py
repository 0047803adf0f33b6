"""The SDK's activity handler, in front of the house: it sorts activities by kind, and each becomes a Turn or nothing."""

from __future__ import annotations

from botbuilder.core import ActivityHandler, TurnContext

from bot.doors import House
from bot.teams.adapter import INCOMING
from bot.teams.answers import Body, InvokeAnswers
from bot.teams.codec import turn_from
from bot.teams.wire import Incoming
from state.values import JSON, Clock

ANSWER = "cspr.answer"
"""Where the turn context holds the body an invoke is answered with."""
INVOKES = frozenset({"adaptiveCard/action", "task/fetch", "task/submit"})


class AssistantBot(ActivityHandler):  # type: ignore[misc]  # the SDK has no types
    """Hands every turn to the house. Raises codec.Refused for an activity of a wrong shape."""

    def __init__(self, house: House, clock: Clock, answers: InvokeAnswers) -> None:
        self._house = house
        self._clock = clock
        self._answers = answers

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """A typed message or a pressed button."""
        await self._take(turn_context)

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        """Somebody came: us, or other people."""
        await self._take(turn_context)

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        """We were added or taken away."""
        await self._take(turn_context)

    async def on_invoke_activity(self, turn_context: TurnContext) -> None:
        """A window or a card that waits for an answer. It is kept aside: the SDK's way would copy it whole."""
        incoming: Incoming = turn_context.turn_state[INCOMING]
        if incoming.name in INVOKES:
            turn_context.turn_state[ANSWER] = self._answers.body(incoming.name, await self._take(turn_context))

    async def _take(self, context: TurnContext) -> JSON:
        turn = turn_from(context.turn_state[INCOMING], self._clock.now())
        return await self._house.take(turn) if turn is not None else None


def answer_of(context: TurnContext) -> Body | None:
    """The body for an invoke that was understood, else None."""
    answer: Body | None = context.turn_state.get(ANSWER)
    return answer
