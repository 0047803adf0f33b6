"""The Slack door as the courier sees it: an outbox row becomes one or more messages, and a fault becomes a reason."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from bot.again import SHORT, spread
from bot.doors import NotDelivered
from bot.slack.api import SlackApi, Workspaces
from bot.slack.codec import channel_of, chat_place
from bot.slack.faults import FAULTS, NoToken, as_there, not_delivered
from bot.slack.files import SlackFiles
from bot.slack.messages import CannotShow, Renderer, SlackMessage, escaped
from dialogs.reply import Picture, Reply, as_json, reply_from
from state.changes import Kind, Send
from state.values import Place, PlaceKind
from templates.pictures.png import picture_png

log = logging.getLogger("cspr.slack.deliver")
PICTURE = "picture.png"
BETWEEN = 1.0
"""Seconds between messages of one row: Slack takes one a second in a channel. Source: docs.slack.dev, "Rate limits"."""
POST, ASIDE, UPDATE = "chat.postMessage", "chat.postEphemeral", "chat.update"
ELSEWHERE = frozenset(
    f"delivery.{reason}"
    for reason in ("archived", "channel_unseen", "not_a_member", "not_allowed", "not_in_channel", "refused")
)
"""Why a channel never shows somebody an answer that is for them alone. Their own conversation may."""
AS_IT_IS: dict[str, dict[str, Any]] = {
    POST: {"unfurl_links": False, "unfurl_media": False, "mrkdwn": False, "parse": "none"},
    ASIDE: {"parse": "none"},
    UPDATE: {"parse": "none"},
}
"""Nothing in a message is looked up, shown in advance or read as markup."""


class SlackDeliverer:
    """Implements `bot.doors.Deliverer`. `jitter` gives a number from 0 to 1; `pause` waits so many seconds."""

    def __init__(
        self,
        workspaces: Workspaces,
        renderer: Renderer,
        files: SlackFiles,
        *,
        jitter: Callable[[], float],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._workspaces = workspaces
        self._renderer = renderer
        self._files = files
        self._jitter = jitter
        self._pause = pause

    async def deliver(self, place: Place, send: Send) -> str:
        """Send one row; the id of the last message, which holds its buttons. Raises NotDelivered.

        What only one person sees has no id: it can never be replaced.
        """
        team = place.address.get("team", "")
        if not team or not channel_of(place):
            raise NotDelivered("delivery.no_address")
        if send.kind is Kind.UPDATE and not send.replaces:
            raise NotDelivered("delivery.card_gone")
        try:
            api = self._workspaces.api(team)
            if send.kind is Kind.FILE:
                return await self._give(api, place, send)
            remote = await self._send_all(api, place, send)
            await self._pictures(api, place, send)
            return remote
        except NoToken as fault:
            raise not_delivered(fault, self._jitter) from None
        except NotDelivered as told:
            if _is_aside(place, send) and told.reason in ELSEWHERE and not told.uncertain:
                return await self.deliver_apart(place, send)
            raise as_there(told, personal=place.kind is PlaceKind.PERSONAL) from None

    async def reach(self, place: Place) -> None:
        """Whether Slack answers at all. Raises NotDelivered where it does not."""
        try:
            await self._workspaces.api(place.address.get("team", "")).send("auth.test")
        except FAULTS as fault:
            failed = not_delivered(fault, self._jitter)
            again = failed.again_after if failed.again_after is not None else spread(SHORT, self._jitter)
            raise NotDelivered(failed.reason, again_after=again) from None

    async def deliver_apart(self, place: Place, send: Send) -> str:
        """To the person's own conversation, with a word of why. It has no id here: in the channel there is nothing of it."""
        team = place.address.get("team", "")
        try:
            opened = await self._workspaces.api(team).send("conversations.open", users=send.aside)
        except FAULTS as fault:
            failed = not_delivered(fault, self._jitter)
            raise NotDelivered(failed.reason, again_after=SHORT if failed.uncertain else failed.again_after) from None
        alone = chat_place(team, str(opened["channel"]["id"]), send.aside)
        body = as_json(self._renderer.apart(self._reply(send)))
        await self.deliver(alone, msgspec.structs.replace(send, body=body, aside=""))
        return ""

    def _reply(self, send: Send) -> Reply:
        try:
            return reply_from(send.body)
        except msgspec.ValidationError:
            raise NotDelivered("delivery.cannot_show") from None

    def _messages(self, send: Send) -> list[SlackMessage]:
        try:
            return self._renderer.messages(self._reply(send))
        except CannotShow:
            raise NotDelivered("delivery.cannot_show") from None

    async def _give(self, api: SlackApi, place: Place, send: Send) -> str:
        """A copy of a document, with what is said of it: one message, which is there whole or not at all."""
        reply = reply_from(send.body)
        if reply.parcel is None:
            raise NotDelivered("delivery.fault")
        try:
            name, content = reply.parcel.name, reply.parcel.content
            return await self._files.upload(api, channel_of(place), name, content, comment=escaped(reply.text))
        except FAULTS as fault:
            raise not_delivered(fault, self._jitter) from None

    async def _pictures(self, api: SlackApi, place: Place, send: Send) -> None:
        """What a message shows as well, after it. One that does not get through is left to its words, which have arrived."""
        if send.kind is Kind.UPDATE or send.aside:
            return
        card = reply_from(send.body).card
        for picture in card.blocks if card is not None else ():
            if not isinstance(picture, Picture):
                continue
            drawn = await asyncio.to_thread(picture_png, picture.data)
            try:
                await self._files.upload(api, channel_of(place), PICTURE, drawn, alt=picture.alt, thread=_thread(place, send))
            except (NotDelivered, *FAULTS) as fault:
                log.warning("slack: a picture was not shown, %s", type(fault).__name__)

    async def _send_all(self, api: SlackApi, place: Place, send: Send) -> str:
        """In order. Once the first has arrived, a fault leaves the row uncertain: part of it has been read."""
        remote = ""
        for number, message in enumerate(self._messages(send)):
            if number:
                await self._pause(BETWEEN)
            method, more = _way(place, send, first=number == 0)
            try:
                told = await api.send(method, text=message.text, blocks=message.blocks, **more, **AS_IT_IS[method])
            except FAULTS as fault:
                failed = not_delivered(fault, self._jitter)
                raise (NotDelivered(failed.reason, uncertain=True) if number else failed) from None
            remote = str(told.get("ts", ""))
        return remote


def _way(place: Place, send: Send, *, first: bool) -> tuple[str, dict[str, Any]]:
    """The method, and what it needs beside the message: a card is replaced, one person is told, or all are.

    Slack tells of a reply in a thread only those who follow it, and a card of ours is followed by nobody. What comes under one
    by itself, such as a reminder, is shown in the channel too. Source: docs.slack.dev, chat.postMessage, `reply_broadcast`.
    """
    where = {"channel": channel_of(place)}
    if send.kind is Kind.UPDATE and first:
        return UPDATE, {**where, "ts": send.replaces}
    there = {**where, "thread_ts": _thread(place, send)}
    if _is_aside(place, send):
        return ASIDE, {**there, "user": send.aside}
    if send.kind is Kind.FOLLOW and there["thread_ts"]:
        return POST, {**there, "reply_broadcast": True}
    return POST, there


def _is_aside(place: Place, send: Send) -> bool:
    return send.kind is Kind.REPLY and bool(send.aside) and place.kind is PlaceKind.CHANNEL


def _thread(place: Place, send: Send) -> str:
    """The thread a message goes to: the one it answers, or the one of the card it is about. A conversation of two has none."""
    if place.kind is not PlaceKind.CHANNEL:
        return ""
    return send.replaces if send.kind in (Kind.FOLLOW, Kind.UPDATE) else send.thread if send.kind is Kind.REPLY else ""
