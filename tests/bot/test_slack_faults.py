"""What each fault of Slack becomes: try again, nobody knows, or never; each with a reason that has its words."""

from __future__ import annotations

import re
import socket
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from teams_kit import WORDS

from bot.doors import NotDelivered
from bot.slack.faults import FAULTS, LATER, MUCH_LATER, NEVER, ONE_TO_ONE, NoToken, as_there, not_delivered
from bot.teams import faults as teams_faults
from dialogs.undelivered import OF_THE_PLACE


async def called(answer: web.Response | None) -> Exception:
    """What the SDK raises where Slack answers so; None: it hangs up."""

    async def method(request: web.Request) -> web.Response:
        if answer is None:
            assert request.transport is not None
            request.transport.close()
        return answer or web.Response()

    app = web.Application()
    app.router.add_post("/api/chat.postMessage", method)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    client = AsyncWebClient(token="xoxb-1", base_url=f"http://127.0.0.1:{port}/api/", retry_handlers=[])
    try:
        with pytest.raises(FAULTS) as raised:
            await client.api_call("chat.postMessage", json={"channel": "C1", "text": "Test Child"})
        return raised.value
    finally:
        await runner.cleanup()


async def told(answer: web.Response | None, jitter: float = 0.0) -> NotDelivered:
    return not_delivered(await called(answer), lambda: jitter)


def says(code: str, status: int = 200, **headers: str) -> web.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.json_response({"ok": False, "error": code}, status=status, headers=named)


@pytest.mark.parametrize(
    ("answer", "reason", "again_after", "uncertain"),
    [
        (says("ratelimited", 429, Retry_After="7"), "delivery.throttled", 7.0, False),
        (says("ratelimited", 429, Retry_After="99999999"), "delivery.throttled", 3600.0, False),
        (says("rate_limited"), "delivery.throttled", 2.0, False),
        (web.Response(status=429, headers={"Retry-After": "30"}), "delivery.throttled", 30.0, False),
        (web.Response(status=429, text="slow", headers={"Retry-After": "3"}), "delivery.throttled", 3.0, False),
        (says("message_limit_exceeded"), "delivery.throttled", 2.0, False),
        (says("request_timeout"), "delivery.no_connection", 2.0, False),
        (says("invalid_auth"), "delivery.sign_in", 60.0, False),
        (says("token_revoked"), "delivery.sign_in", 60.0, False),
        (says("account_inactive"), "delivery.sign_in", 60.0, False),
        (says("not_authed"), "delivery.sign_in", 60.0, False),
        (says("token_expired"), "delivery.sign_in", 60.0, False),
        (web.Response(status=401), "delivery.sign_in", 60.0, False),
        (web.Response(status=403), "delivery.sign_in", 60.0, False),
        (says("team_added_to_org"), "delivery.workspace_moves", 60.0, False),
        (says("not_in_channel"), "delivery.not_in_channel", None, False),
        (says("channel_not_found"), "delivery.channel_unseen", None, False),
        (says("is_archived"), "delivery.archived", None, False),
        (says("user_not_in_channel"), "delivery.not_a_member", None, False),
        (says("user_not_found"), "delivery.person_not_found", None, False),
        (says("users_not_found"), "delivery.person_not_found", None, False),
        (says("user_disabled"), "delivery.person_not_found", None, False),
        (says("cannot_dm_bot"), "delivery.person_not_found", None, False),
        (says("restricted_action"), "delivery.not_allowed", None, False),
        (says("restricted_action_read_only_channel"), "delivery.not_allowed", None, False),
        (says("restricted_action_thread_only_channel"), "delivery.not_allowed", None, False),
        (says("team_access_not_granted"), "delivery.blocked_by_it", None, False),
        (says("missing_scope"), "delivery.install_again", None, False),
        (says("messages_tab_disabled"), "delivery.install_again", None, False),
        (says("message_not_found"), "delivery.card_gone", None, False),
        (says("cant_update_message"), "delivery.card_fixed", None, False),
        (says("edit_window_closed"), "delivery.card_fixed", None, False),
        (says("msg_too_long"), "delivery.too_large", None, False),
        (says("msg_blocks_too_long"), "delivery.too_large", None, False),
        (web.Response(status=413), "delivery.too_large", None, False),
        (says("invalid_blocks"), "delivery.cannot_show", None, False),
        (says("something_new"), "delivery.refused", None, False),
        (web.Response(status=404), "delivery.refused", None, False),
        (says("fatal_error"), "delivery.no_answer", None, True),
        (says("internal_error"), "delivery.no_answer", None, True),
        (says("service_unavailable", 503), "delivery.no_answer", None, True),
        (says("ratelimited", 500), "delivery.throttled", 2.0, False),
        (web.Response(status=502, text="<html>", content_type="text/html"), "delivery.no_answer", None, True),
        (web.Response(status=504, text="upstream"), "delivery.no_answer", None, True),
        (web.Response(text="not JSON", content_type="application/json"), "delivery.no_answer", None, True),
        (web.Response(text="<html>", content_type="text/html"), "delivery.no_answer", None, True),
        (None, "delivery.no_answer", None, True),
    ],
)
async def test_each_fault_has_its_reason(
    answer: web.Response | None, reason: str, again_after: float | None, uncertain: bool
) -> None:
    found = await told(answer)
    assert (found.reason, found.again_after, found.uncertain) == (reason, again_after, uncertain)
    assert WORDS.has(reason)


async def test_many_sends_do_not_come_back_at_one_moment() -> None:
    assert (await told(says("ratelimited", 429, Retry_After="10"), jitter=1.0)).again_after == 15.0


async def test_nobody_there_is_safe_to_try_again() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    client = AsyncWebClient(token="xoxb-1", base_url=f"http://127.0.0.1:{port}/api/", retry_handlers=[])
    with pytest.raises(aiohttp.ClientConnectorError) as raised:
        await client.api_call("chat.postMessage")
    found = not_delivered(raised.value, lambda: 0.0)
    assert (found.reason, found.again_after, found.uncertain) == ("delivery.no_connection", 2.0, False)


@pytest.mark.parametrize(
    ("fault", "reason", "again_after", "uncertain"),
    [
        (NoToken(), "delivery.no_token", 60.0, False),
        (SlackRequestError("x"), "delivery.cannot_show", None, False),
        (TimeoutError(), "delivery.no_answer", None, True),
        (aiohttp.ServerDisconnectedError(), "delivery.no_answer", None, True),
    ],
)
def test_what_comes_from_our_own_side(fault: Exception, reason: str, again_after: float | None, uncertain: bool) -> None:
    found = not_delivered(fault, lambda: 0.0)
    assert (found.reason, found.again_after, found.uncertain) == (reason, again_after, uncertain)
    assert WORDS.has(reason)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("channel_not_found", "delivery.chat_gone"),
        ("not_in_channel", "delivery.chat_gone"),
        ("is_archived", "delivery.chat_gone"),
        ("user_disabled", "delivery.person_not_found"),
        ("missing_scope", "delivery.install_again"),
    ],
)
async def test_in_somebodys_own_chat_a_fault_is_said_of_them(code: str, reason: str) -> None:
    found = await told(says(code))
    assert as_there(found, personal=True).reason == reason
    assert as_there(found, personal=False).reason == found.reason
    assert WORDS.has(reason)


async def test_what_is_said_of_a_place_keeps_when_to_try_again() -> None:
    for answer in (says("ratelimited", 429, Retry_After="7"), says("fatal_error")):
        found = await told(answer)
        there: Any = as_there(found, personal=True)
        assert (there.reason, there.again_after, there.uncertain) == (found.reason, found.again_after, found.uncertain)


def test_each_channel_names_itself_and_not_the_other() -> None:
    """Who reads it may be in the other channel, and must not look for what is wrong there."""
    teams = {*teams_faults.NEVER.values(), *teams_faults.ONE_TO_ONE.values(), "delivery.not_registered"}
    slack = {*NEVER.values(), *LATER.values(), *MUCH_LATER.values(), *ONE_TO_ONE.values(), "delivery.no_token"}
    assert [reason for reason in teams if "Slack" in WORDS.say(reason)] == []
    assert [reason for reason in slack if re.search("Teams|Microsoft", WORDS.say(reason))] == []


def test_where_nothing_else_gets_through_the_telling_goes_elsewhere() -> None:
    of_the_place = (
        "not_in_channel",
        "channel_not_found",
        "is_archived",
        "user_disabled",
        "restricted_action",
        "ekm_access_denied",
    )
    for code in of_the_place:
        assert reason_of(code) in OF_THE_PLACE
        assert as_there(NotDelivered(reason_of(code)), personal=True).reason in OF_THE_PLACE
    for code in ("message_not_found", "msg_too_long", "invalid_blocks", "user_not_in_channel"):
        assert reason_of(code) not in OF_THE_PLACE


def reason_of(code: str) -> str:
    answer = AsyncSlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data={"error": code}, headers={}, status_code=200
    )
    return not_delivered(SlackApiError("refused", answer), lambda: 0.0).reason


async def test_what_an_error_says_is_not_kept() -> None:
    fault = await called(web.json_response({"ok": False, "error": "invalid_blocks", "errors": ["Test Child is too long"]}))
    assert isinstance(fault, SlackApiError)
    assert "Child" in str(fault), "the SDK's own words quote what was sent: they are never logged"
    assert "Child" not in str(not_delivered(fault, lambda: 0.0))
