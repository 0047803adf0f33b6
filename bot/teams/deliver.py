"""The Teams door as the courier sees it: an outbox row becomes one or more activities, and a fault becomes a reason."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import msgspec
from botbuilder.core import TurnContext
from botbuilder.schema import Activity, ActivityTypes, Attachment, ChannelAccount, ConversationAccount, TextFormatTypes

from bot.doors import NotDelivered
from bot.pictures import with_pictures
from bot.teams.adapter import ConnectorAdapter
from bot.teams.cards import CannotShow, Renderer
from bot.teams.faults import FAULTS, as_there, not_delivered
from bot.teams.files import TeamsFiles, consent
from dialogs.reply import Reply, reply_from
from state.changes import Kind, Send
from state.values import Place, PlaceKind
from templates.wording import Words

log = logging.getLogger("cspr.teams.deliver")
CARD = "application/vnd.microsoft.card.adaptive"
GROUP_CHAT = "@thread.v2"
"""How the id of a chat of several people ends. It is read by all of them, like a channel, and has no threads."""
MOST_CONVERSATIONS = 5_000
AT_ONCE, BETWEEN = 5, 0.5
"""Messages of one row sent at once, and seconds between the others: Teams takes 7 a second and 8 in two seconds."""


class TeamsDeliverer:
    """Implements `bot.doors.Deliverer`. `jitter` gives a number from 0 to 1; `pause` waits so many seconds."""

    def __init__(
        self,
        adapter: ConnectorAdapter,
        renderer: Renderer,
        files: TeamsFiles,
        words: Words,
        *,
        jitter: Callable[[], float],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._adapter = adapter
        self._renderer = renderer
        self._files = files
        self._words = words
        self._jitter = jitter
        self._pause = pause
        self._made: dict[tuple[str, str], str] = {}

    async def deliver(self, place: Place, send: Send) -> str:
        """Send one row; the id of the last activity, which holds its buttons. Raises NotDelivered."""
        if not place.address.get("service_url"):
            raise NotDelivered("delivery.no_address")
        if send.kind is Kind.UPDATE and not send.replaces:
            raise NotDelivered("delivery.card_gone")
        messages = await self._messages(send)
        conversation = await self._conversation(place, send)
        if await self._put(send):
            return await self._say_it_is_there(_context(self._adapter, place, conversation), messages, send)
        try:
            return await self._send_all(_context(self._adapter, place, conversation), messages, send)
        except NotDelivered as told:
            raise as_there(told, personal=place.kind is PlaceKind.PERSONAL, update=send.kind is Kind.UPDATE) from None

    async def _messages(self, send: Send) -> list[Activity]:
        try:
            reply = await with_pictures(reply_from(send.body))
            summary = reply.preview or self._words.say("teams.preview")
            if reply.file is not None:
                return self._of_a_file(reply, summary)
            return [_card_message(card, summary) for card in self._renderer.cards(reply)] or [_text_message(reply, summary)]
        except (CannotShow, msgspec.ValidationError):
            raise NotDelivered("delivery.cannot_show") from None

    def _of_a_file(self, reply: Reply, summary: str) -> list[Activity]:
        """Teams asks first whether the file is wanted; once it is there, that is said, with a card that opens it."""
        if reply.file is None or reply.parcel is None:
            raise CannotShow
        if reply.file.upload is None:
            offer = consent(reply.file, reply.parcel, self._words.say("teams.offer_file"))
            offer.summary = summary
            return [offer]
        card = self._files.card(reply.file.upload)
        return [_text_message(reply, summary), *([card] if card is not None else [])]

    async def _put(self, send: Send) -> bool:
        """Write the file where the row says that somebody wants it. False where it says nothing of that."""
        if send.kind is not Kind.FILE:
            return False
        reply = reply_from(send.body)
        upload = reply.file.upload if reply.file is not None else None
        if upload is None or reply.parcel is None:
            return False
        await self._files.put(upload, reply.parcel.content)
        return True

    async def _say_it_is_there(self, context: TurnContext, messages: list[Activity], send: Send) -> str:
        """The file has arrived, and cannot be put there again: a message about it that is lost is no reason to."""
        try:
            return await self._send_all(context, messages, send)
        except NotDelivered as told:
            log.warning("a file was put, and the message about it not sent: %s", told.reason)
            return ""

    async def _conversation(self, place: Place, send: Send) -> str:
        if place.conversation:
            thread = _thread(place, send)
            return f"{place.conversation};messageid={thread}" if thread else place.conversation
        person = (place.address.get("tenant", ""), place.address.get("user", ""))
        return self._made.get(person) or await self._make(place, *person)

    async def _make(self, place: Place, tenant: str, user: str) -> str:
        """Making a conversation twice gives the same one: a fault here is always safe to try again."""
        try:
            service, bot = place.address["service_url"], place.address.get("bot", "")
            made = await self._adapter.personal_conversation(service, bot, user, tenant)
        except FAULTS as fault:
            raise _safe_to_repeat(not_delivered(fault, self._jitter)) from None
        if not made:
            raise NotDelivered("delivery.person_not_found")
        if len(self._made) >= MOST_CONVERSATIONS:
            self._made.clear()
        self._made[tenant, user] = made
        return made

    async def _send_all(self, context: TurnContext, messages: list[Activity], send: Send) -> str:
        """In order. Once the first has arrived, a fault leaves the row uncertain: part of it has been read."""
        remote = ""
        for number, message in enumerate(messages):
            if number >= AT_ONCE:
                await self._pause(BETWEEN)
            try:
                remote = await self._send(context, message, send.replaces if number == 0 and send.kind is Kind.UPDATE else "")
            except FAULTS as fault:
                told = not_delivered(fault, self._jitter)
                raise (NotDelivered(told.reason, uncertain=True) if number else told) from None
        return remote

    async def _send(self, context: TurnContext, message: Activity, replaces: str) -> str:
        message.from_property = context.activity.from_property
        message.conversation = context.activity.conversation
        if replaces:
            message.id = replaces
            return str((await self._adapter.update_activity(context, message)).id)
        return str((await self._adapter.send_activities(context, [message]))[0].id)


def _thread(place: Place, send: Send) -> str:
    """The thread a message goes to: the one it answers, or the one of the card it is about. A chat has none."""
    if place.kind is not PlaceKind.CHANNEL or place.conversation.endswith(GROUP_CHAT):
        return ""
    if send.kind is Kind.FOLLOW:
        return send.replaces
    return send.thread if send.kind is Kind.REPLY else ""


def _safe_to_repeat(told: NotDelivered) -> NotDelivered:
    if told.reason in ("delivery.not_allowed", "delivery.refused", "delivery.channel_gone"):
        return NotDelivered("delivery.person_not_found")
    return NotDelivered(told.reason, again_after=5.0) if told.uncertain else told


def _context(adapter: ConnectorAdapter, place: Place, conversation: str) -> TurnContext:
    where = Activity(
        type=ActivityTypes.event,
        service_url=place.address["service_url"],
        conversation=ConversationAccount(id=conversation),
        from_property=ChannelAccount(id=place.address.get("bot", "")),
    )
    return TurnContext(adapter, where)


def _card_message(card: dict[str, object], summary: str) -> Activity:
    """A card goes alone: a text beside it is a second message in some clients. Its text twin is its `fallbackText`."""
    attachment = Attachment(content_type=CARD, content=card)
    return Activity(type=ActivityTypes.message, summary=summary, locale="en-GB", attachments=[attachment])


def _text_message(reply: Reply, summary: str) -> Activity:
    """`plain` keeps what looks like markup or a mention as it was typed."""
    text = reply.text or summary
    return Activity(type=ActivityTypes.message, text=text, text_format=TextFormatTypes.plain, summary=summary, locale="en-GB")
