"""What Slack's errors mean for a send: try again, nobody knows, or never. Reasons: templates/words/delivery.yaml.

Source: docs.slack.dev, the errors on the page of each method in `methods.py`, and "Rate limits". Slack answers most errors with
status 200 and a code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import aiohttp
import msgspec
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.again import LONG, SHORT, asked_for, spread
from bot.doors import NotDelivered

NEVER = {
    "not_in_channel": "delivery.not_in_channel",
    "channel_not_found": "delivery.channel_unseen",
    "invalid_channel": "delivery.channel_unseen",
    "is_archived": "delivery.archived",
    "is_inactive": "delivery.archived",
    "user_not_in_channel": "delivery.not_a_member",
    "user_not_found": "delivery.person_not_found",
    "users_not_found": "delivery.person_not_found",
    "user_not_visible": "delivery.person_not_found",
    "user_disabled": "delivery.person_not_found",
    "cannot_dm_bot": "delivery.person_not_found",
    "invalid_user_combination": "delivery.person_not_found",
    "access_denied": "delivery.not_allowed",
    "no_permission": "delivery.not_allowed",
    "posting_to_channel_denied": "delivery.not_allowed",
    "ekm_access_denied": "delivery.blocked_by_it",
    "enterprise_is_restricted": "delivery.blocked_by_it",
    "team_access_not_granted": "delivery.blocked_by_it",
    "messages_tab_disabled": "delivery.install_again",
    "missing_scope": "delivery.install_again",
    "not_allowed_token_type": "delivery.install_again",
    "message_not_found": "delivery.card_gone",
    "cant_update_message": "delivery.card_fixed",
    "edit_window_closed": "delivery.card_fixed",
    "msg_too_long": "delivery.too_large",
    "msg_blocks_too_long": "delivery.too_large",
    "block_mismatch": "delivery.cannot_show",
    "invalid_attachments": "delivery.cannot_show",
    "invalid_blocks": "delivery.cannot_show",
    "invalid_blocks_format": "delivery.cannot_show",
    "no_text": "delivery.cannot_show",
}
LATER = {
    "ratelimited": "delivery.throttled",
    "rate_limited": "delivery.throttled",
    "message_limit_exceeded": "delivery.throttled",
    "request_timeout": "delivery.no_connection",
}
"""Nothing was done, and soon it may be."""
MUCH_LATER = {
    "account_inactive": "delivery.sign_in",
    "accesslimited": "delivery.sign_in",
    "invalid_auth": "delivery.sign_in",
    "not_authed": "delivery.sign_in",
    "token_expired": "delivery.sign_in",
    "token_revoked": "delivery.sign_in",
    "two_factor_setup_required": "delivery.sign_in",
    "external_channel_migrating": "delivery.workspace_moves",
    "org_login_required": "delivery.workspace_moves",
    "team_added_to_org": "delivery.workspace_moves",
}
"""Nothing was done. A renewed token mends it, or a workspace whose move is over."""
NOBODY_KNOWS = frozenset({"fatal_error", "internal_error", "service_unavailable", "update_failed"})
"""Slack says of these that part of it may have been done."""
READ_ONLY = "restricted_action"
"""How the codes begin with which a workspace or a channel lets only some people write."""
BY_STATUS = {401: "delivery.sign_in", 403: "delivery.sign_in", 413: "delivery.too_large"}
ONE_TO_ONE = {
    "delivery.not_in_channel": "delivery.chat_gone",
    "delivery.channel_unseen": "delivery.chat_gone",
    "delivery.archived": "delivery.chat_gone",
}
"""What the same code means in somebody's own chat: Slack says it of people who were removed."""


class NoToken(Exception):
    """There is no token for the workspace that a place is in. Nothing was sent."""


class NoName(Exception):
    """Slack did not say who we are in a workspace. Nothing was taken: what came comes again."""


FAULTS = (SlackClientError, NoToken, NoName, aiohttp.ClientError, OSError, TimeoutError)
"""Everything a call to Slack can end with beside an answer."""


class _Answer(msgspec.Struct, frozen=True):
    """What Slack answered, as far as we look at it. Its text may quote what we sent, and is not kept."""

    status: int
    code: str
    retry_after: str


def not_delivered(fault: Exception, jitter: Callable[[], float]) -> NotDelivered:
    """The fault as the courier understands it. `jitter` gives a number from 0 to 1."""
    match fault:
        case SlackApiError():
            return _refused(_answer(fault.response), jitter)
        case SlackClientError():
            return NotDelivered("delivery.cannot_show")
        case NoToken():
            return NotDelivered("delivery.no_token", again_after=spread(LONG, jitter))
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return NotDelivered("delivery.no_connection", again_after=spread(SHORT, jitter))
        case _:
            return NotDelivered("delivery.no_answer", uncertain=True)


def code_of(fault: Exception) -> str:
    """Slack's own code of an error, or nothing where it gave none."""
    return _answer(fault.response).code if isinstance(fault, SlackApiError) else ""


def named(fault: Exception) -> str:
    """A fault for the log: its kind, and Slack's own code. Its text may hold what was sent."""
    return f"{type(fault).__name__} {code_of(fault)}".strip()


def as_there(told: NotDelivered, *, personal: bool) -> NotDelivered:
    """The same fault, said of a channel or of somebody's own chat."""
    reason = ONE_TO_ONE.get(told.reason, told.reason) if personal else told.reason
    return NotDelivered(reason, again_after=told.again_after, uncertain=told.uncertain)


def _refused(answer: _Answer, jitter: Callable[[], float]) -> NotDelivered:
    if answer.status == 429 or answer.code in LATER:
        reason = LATER.get(answer.code, "delivery.throttled")
        return NotDelivered(reason, again_after=spread(asked_for(answer.retry_after), jitter))
    if answer.code in MUCH_LATER:
        return NotDelivered(MUCH_LATER[answer.code], again_after=spread(LONG, jitter))
    if answer.status >= 500 or answer.code in NOBODY_KNOWS or (answer.status == 200 and not answer.code):
        return NotDelivered("delivery.no_answer", uncertain=True)
    if answer.code.startswith(READ_ONLY):
        return NotDelivered("delivery.not_allowed")
    reason = NEVER.get(answer.code) or BY_STATUS.get(answer.status, "delivery.refused")
    return NotDelivered(reason, again_after=spread(LONG, jitter) if reason == "delivery.sign_in" else None)


def _answer(response: Any) -> _Answer:
    """From the SDK's response; or from aiohttp's, which the SDK hands on where the body could not be read as JSON."""
    status: int = getattr(response, "status_code", 0) or getattr(response, "status", 0)
    data = getattr(response, "data", None)
    code = data.get("error", "") if isinstance(data, Mapping) else ""
    headers = getattr(response, "headers", None) or {}
    return _Answer(status, str(code or ""), str(headers.get("Retry-After", "")))
