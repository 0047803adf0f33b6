"""What the connector's errors mean for a send: try again, nobody knows, or never. Reasons: templates/words/delivery.yaml.

Source: learn.microsoft.com/microsoftteams, "Optimize your bot with rate limiting" and "Status codes
from bot conversational APIs".
"""

from __future__ import annotations

from collections.abc import Callable

import aiohttp

from bot.again import LONG, SHORT, asked_for, spread
from bot.doors import NotDelivered
from bot.teams.adapter import NOT_OUR_CONVERSATION, AddressNotAllowed, ConnectorRefused
from bot.teams.credentials import NoToken

NEVER = {
    "BotNotInConversationRoster": "delivery.not_in_channel",
    "BotDisabledByAdmin": "delivery.blocked_by_it",
    "ConversationBlockedByUser": "delivery.blocked_by_person",
    "MessageWritesBlocked": "delivery.blocked_by_person",
    "ForbiddenOperationException": "delivery.not_installed",
    "InvalidBotApiHost": "delivery.other_cloud",
    "NotEnoughPermissions": "delivery.not_allowed",
    "MemberNotFoundInConversation": "delivery.person_not_found",
    NOT_OUR_CONVERSATION: "delivery.no_place",
    "ConversationNotFound": "delivery.channel_gone",
    "ActivityNotFoundInConversation": "delivery.card_gone",
    "MessageSizeTooBig": "delivery.too_large",
}
ONE_TO_ONE = {
    "delivery.not_in_channel": "delivery.not_installed",
    "delivery.channel_gone": "delivery.chat_gone",
}
"""What the same code means in somebody's own chat."""
IN_A_CHANNEL = {"delivery.blocked_by_person": "delivery.not_allowed"}
"""In a channel nobody blocks us alone: its owners let only some people write."""
BY_STATUS = {403: "delivery.not_allowed", 404: "delivery.channel_gone", 413: "delivery.too_large"}
FAULTS = (ConnectorRefused, AddressNotAllowed, NoToken, aiohttp.ClientError, OSError, TimeoutError)
"""Everything a call to the connector can end with beside an answer."""


def not_delivered(fault: Exception, jitter: Callable[[], float]) -> NotDelivered:
    """The fault as the courier understands it. `jitter` gives a number from 0 to 1."""
    match fault:
        case ConnectorRefused():
            return _refused(fault, jitter)
        case AddressNotAllowed():
            return NotDelivered("delivery.address_not_allowed")
        case NoToken():
            return NotDelivered("delivery.sign_in", again_after=spread(LONG, jitter))
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return NotDelivered("delivery.no_connection", again_after=spread(SHORT, jitter))
        case _:
            return NotDelivered("delivery.no_answer", uncertain=True)


def as_there(told: NotDelivered, *, personal: bool, update: bool) -> NotDelivered:
    """The same fault, said of a channel or of somebody's own chat. A card that cannot be found is not a chat that is gone."""
    reason = (ONE_TO_ONE if personal else IN_A_CHANNEL).get(told.reason, told.reason)
    if update and isinstance(told, NoSuchThing):
        reason = "delivery.card_gone"
    return NotDelivered(reason, again_after=told.again_after, uncertain=told.uncertain)


class NoSuchThing(NotDelivered):
    """404 without a code: what was addressed is not there, whether that is the conversation or a card in it."""


def _refused(fault: ConnectorRefused, jitter: Callable[[], float]) -> NotDelivered:
    """401 is tried again with a new token: the message has surely not arrived, and a renewed credential mends it."""
    if fault.status in (412, 429):
        return NotDelivered("delivery.throttled", again_after=spread(asked_for(fault.retry_after), jitter))
    if fault.status == 401:
        reason = "delivery.not_registered" if fault.code == "BotNotRegistered" else "delivery.sign_in"
        return NotDelivered(reason, again_after=spread(LONG, jitter))
    if fault.status >= 500:
        return NotDelivered("delivery.no_answer", uncertain=True)
    if fault.status == 404 and not fault.code:
        return NoSuchThing("delivery.channel_gone")
    return NotDelivered(NEVER.get(fault.code) or BY_STATUS.get(fault.status, "delivery.refused"))
