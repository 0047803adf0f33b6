"""The bridge to the Bot Framework SDK: one adapter, speaking to the connector over one pooled session.

The SDK's `CloudAdapter` builds two HTTP clients a turn and sends through threads (docs/decisions/0015-our-own-teams-adapter).
The SDK's activity types, turn context, middleware and handler are used as they are; reading and writing JSON is ours.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import aiohttp
import msgspec
from botbuilder.core import BotAdapter, TurnContext
from botbuilder.schema import Activity, Attachment, ChannelAccount, ConversationAccount, ConversationReference, ResourceResponse

from bot.teams.addresses import activities_url, conversations_url, speakable
from bot.teams.credentials import AppToken
from bot.teams.settings import TeamsSettings
from bot.teams.wire import Incoming

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
INCOMING = "cspr.incoming"
"""Where the turn context holds the activity as it was read."""


class ConnectorRefused(Exception):
    """The connector answered with an error: its status, its own code ("BotNotInConversationRoster"), and seconds to wait."""

    def __init__(self, status: int, code: str, retry_after: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.retry_after = retry_after


class AddressNotAllowed(Exception):
    """A place outside the settings' list of service URLs. Nothing was sent."""


class _Made(msgspec.Struct, frozen=True):
    id: str = ""


class _Error(msgspec.Struct, frozen=True):
    code: str = ""


class _Failure(msgspec.Struct, frozen=True):
    error: _Error = _Error()


SUB_CODE = re.compile(rb'"subCode\\*"\s*:\s*\\*"(\w+)')
"""A code that stands in a text within the answer, with its quotation marks escaped: how a blocked conversation is told."""
NOT_OURS = b"Failed to decrypt conversation id"
NOT_OUR_CONVERSATION = "NotOurConversation"
"""Our own name for that: the bot was registered anew, and what it knew of conversations is worth nothing."""


class ConnectorAdapter(BotAdapter):  # type: ignore[misc]  # the SDK has no types
    """Sends, replaces and deletes activities. Raises ConnectorRefused, AddressNotAllowed, NoToken, or aiohttp's own errors."""

    def __init__(self, settings: TeamsSettings, session: aiohttp.ClientSession, token: AppToken) -> None:
        super().__init__()
        self._settings = settings
        self._session = session
        self._token = token

    async def process(self, incoming: Incoming, logic: Callable[[TurnContext], Awaitable[None]]) -> TurnContext:
        """Run an activity that came in through the SDK's pipeline. Returns its context, which holds the answer to an invoke."""
        context = TurnContext(self, as_activity(incoming))
        context.turn_state[INCOMING] = incoming
        await self.run_pipeline(context, logic)
        return context

    async def send_activities(self, context: TurnContext, activities: Sequence[Activity]) -> list[ResourceResponse]:
        """Send them in order, each when the one before has arrived."""
        return [ResourceResponse(id=await self._send("POST", _where(context), activity)) for activity in activities]

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        """Replace the activity of that id."""
        return ResourceResponse(id=await self._send("PUT", _where(context, activity.id), activity) or activity.id)

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        """Delete the referenced activity."""
        await self._call("DELETE", _where(context, reference.activity_id), {})

    async def personal_conversation(self, service_url: str, bot: str, user: str, tenant: str) -> str:
        """The id of the one-to-one conversation with a person; Teams gives the same one each time."""
        body = {"bot": {"id": bot}, "members": [{"id": user}], "isGroup": False, "tenantId": tenant}
        body["channelData"] = {"tenant": {"id": tenant}}
        return await self._call("POST", conversations_url(service_url), body)

    async def _send(self, method: str, url: str, activity: Activity) -> str:
        return await self._call(method, url, written(activity))

    async def _call(self, method: str, url: str, body: dict[str, Any]) -> str:
        """The id in the connector's answer, or an empty text where it gives none."""
        if not speakable(url, self._settings):
            raise AddressNotAllowed
        headers = {**await self._token.headers(), "Content-Type": "application/json"}
        data = msgspec.json.encode(body)
        async with self._session.request(
            method, url, data=data, headers=headers, allow_redirects=False, timeout=TIMEOUT
        ) as answer:
            told = await answer.read()
            if answer.status >= 300:
                raise self._refused(answer, told)
            return _made_id(told)

    def _refused(self, answer: aiohttp.ClientResponse, told: bytes) -> ConnectorRefused:
        if answer.status == 401:
            self._token.forget()
        return ConnectorRefused(answer.status, error_code(told), answer.headers.get("Retry-After", ""))


def error_code(told: bytes) -> str:
    """The connector's own code of an error, or nothing. Its message is never kept: it can hold what was sent."""
    if NOT_OURS in told:
        return NOT_OUR_CONVERSATION
    if inner := SUB_CODE.search(told):
        return inner[1].decode("ascii", "replace")
    try:
        return msgspec.json.decode(told, type=_Failure).error.code
    except msgspec.DecodeError:
        return ""


def _made_id(told: bytes) -> str:
    try:
        return msgspec.json.decode(told, type=_Made).id
    except msgspec.DecodeError:
        return ""


def _where(context: TurnContext, activity_id: str = "") -> str:
    return activities_url(context.activity.service_url, context.activity.conversation.id, activity_id)


def as_activity(incoming: Incoming) -> Activity:
    """The SDK's own activity, with what its handler and middleware look at."""
    return Activity(
        type=incoming.type,
        id=incoming.id,
        name=incoming.name,
        action=incoming.action,
        channel_id=incoming.channel_id,
        service_url=incoming.service_url,
        conversation=ConversationAccount(id=incoming.conversation.id),
        from_property=ChannelAccount(id=incoming.sender.id, aad_object_id=incoming.sender.aad_object_id),
        recipient=ChannelAccount(id=incoming.recipient.id),
        reply_to_id=incoming.reply_to_id,
    )


def written(activity: Activity) -> dict[str, Any]:
    """An outgoing message as JSON. Only the fields we use: the SDK's serialiser takes 0.2 ms for each."""
    body = {
        "type": activity.type,
        "from": {"id": activity.from_property.id},
        "conversation": {"id": activity.conversation.id},
        "locale": activity.locale,
        "text": activity.text,
        "textFormat": activity.text_format,
        "summary": activity.summary,
        "attachments": [_attachment(one) for one in activity.attachments or ()],
    }
    return {name: value for name, value in body.items() if value}


def _attachment(one: Attachment) -> dict[str, Any]:
    body = {"contentType": one.content_type, "content": one.content, "name": one.name, "contentUrl": one.content_url}
    return {name: value for name, value in body.items() if value}
