"""The SDK's activity handler, in front of the house: it sorts activities by kind, and each becomes a Turn or nothing."""

from __future__ import annotations

from botbuilder.core import ActivityHandler, TurnContext
from msgspec.structs import replace

from bot.doors import House
from bot.teams.adapter import INCOMING
from bot.teams.answers import Body, InvokeAnswers
from bot.teams.codec import turn_from
from bot.teams.files import TeamsFiles
from bot.teams.wire import Incoming
from dialogs.turn import Text
from state.values import JSON, Clock, PlaceKind

ANSWER = "cspr.answer"
"""Where the turn context holds the body an invoke is answered with."""
INVOKES = frozenset({"adaptiveCard/action", "task/fetch", "task/submit", "fileConsent/invoke"})


class AssistantBot(ActivityHandler):  # type: ignore[misc]  # the SDK has no types
    """Hands every turn to the house. Raises codec.Refused for an activity of a wrong shape."""

    def __init__(self, house: House, clock: Clock, answers: InvokeAnswers, files: TeamsFiles) -> None:
        self._house = house
        self._clock = clock
        self._answers = answers
        self._files = files

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """A typed message or a pressed button; files that came with it are a turn each, after what was typed."""
        incoming: Incoming = turn_context.turn_state[INCOMING]
        if not incoming.attachments:
            await self._take(turn_context)
            return
        turn = turn_from(incoming, self._clock.now())
        if turn is None:
            return
        files = await self._files.taken(incoming, personal=turn.place.kind is PlaceKind.PERSONAL)
        if not files or turn.said != Text(""):
            await self._house.take(turn)
        for number, file in enumerate(files, 1):
            await self._house.take(replace(turn, id=f"{turn.id}:file:{number}", said=file))

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
