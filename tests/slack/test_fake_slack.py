"""The fake as a whole: its limits, what may go wrong on request, answers to interactions, Socket Mode."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import yaml
from fake_slack import APP_TOKEN, Fault
from method_scopes import EVENT_SCOPES
from slack_app import app_of
from slack_kit import Api, web_api
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    async with web_api() as opened:
        yield opened


async def test_one_message_a_second_to_a_channel_after_a_short_burst(api: Api) -> None:
    post = {"channel": api.anna.id, "text": "x"}
    for _ in range(3):
        await api.call("chat.postMessage", **post)
    with pytest.raises(SlackApiError) as refused:
        await api.call("chat.postMessage", **post)
    assert (refused.value.response.status_code, refused.value.response["error"]) == (429, "ratelimited")
    await api.call("chat.postMessage", channel=api.ben.id, text="another conversation")
    api.clock.forward(float(refused.value.response.headers["Retry-After"]))
    await api.call("chat.postMessage", **post)
    assert await api.refused("chat.postMessage", **post) == "ratelimited"


async def test_a_tier_is_so_many_calls_a_minute(api: Api) -> None:
    for _ in range(50):
        await api.call("conversations.open", users=api.anna.id)
    with pytest.raises(SlackApiError) as refused:
        await api.call("conversations.open", users=api.anna.id)
    api.clock.forward(float(refused.value.response.headers["Retry-After"]))
    await api.call("conversations.open", users=api.anna.id)


async def test_faults_meet_the_next_call_of_their_method_once(api: Api) -> None:
    api.fake.faults += [
        Fault(method="chat.postMessage", error="fatal_error"),
        Fault(method="chat.postMessage", retry_after=7),
        Fault(method="chat.postMessage", status=503),
    ]
    assert await api.refused("auth.test") == ""
    assert await api.refused("chat.postMessage", channel=api.anna.id, text="x") == "fatal_error"
    with pytest.raises(SlackApiError) as refused:
        await api.call("chat.postMessage", channel=api.anna.id, text="x")
    assert refused.value.response.headers["Retry-After"] == "7"
    with pytest.raises(SlackApiError) as broken:
        await api.call("chat.postMessage", channel=api.anna.id, text="x")
    assert broken.value.response.status_code == 503
    await api.call("chat.postMessage", channel=api.anna.id, text="x")
    assert len(api.fake.called("chat.postMessage")) == 4
    assert len(api.fake.said(api.fake.book.direct(api.anna).id)) == 1


async def test_an_answer_that_is_lost_may_have_been_carried_out(api: Api) -> None:
    api.fake.faults += [Fault(drop_connection=True), Fault(drop_connection=True, carried_out=True)]
    channel = api.fake.book.direct(api.anna)
    client = AsyncWebClient(token=api.fake.home.bot_token, base_url=api.fake.api_url, retry_handlers=[])
    for there in (0, 1):
        with pytest.raises(aiohttp.ClientError):
            await client.chat_postMessage(channel=channel.id, text="x")
        assert len(channel.messages) == there


async def test_a_slow_answer_comes_late(api: Api) -> None:
    api.fake.faults.append(Fault(delay=5))
    client = AsyncWebClient(token=api.fake.home.bot_token, base_url=api.fake.api_url, timeout=0.05)
    with pytest.raises(TimeoutError):
        await client.auth_test()


async def _answer(api: Api, url: str, **said: object) -> int:
    async with aiohttp.ClientSession() as session, session.post(url, json=said) as answer:
        return answer.status


async def test_an_interaction_is_answered_five_times(api: Api) -> None:
    channel = api.fake.add_channel("safeguarding", api.anna)
    sent = await api.call("chat.postMessage", channel=channel.id, text="x")
    url = api.fake.book.answer_url("actions", api.anna.id, channel.id, sent["ts"])
    assert await _answer(api, url) == 400
    assert await _answer(api, url, text="aside") == 200
    assert await _answer(api, url, text="to all", response_type="in_channel") == 200
    assert await _answer(api, url, text="instead", replace_original=True) == 200
    assert await _answer(api, url, delete_original=True) == 200
    assert await _answer(api, url, delete_original=True) == 400
    assert await _answer(api, url, text="five") == 200
    assert await _answer(api, url, text="six") == 404
    shown = [(message.text, bool(message.aside)) for message in channel.messages]
    assert shown == [("aside", True), ("to all", False), ("five", True)]


async def test_an_interaction_is_answered_for_half_an_hour(api: Api) -> None:
    url = api.fake.book.answer_url("commands", api.anna.id, api.fake.book.direct(api.anna).id)
    api.clock.forward(1_801)
    assert await _answer(api, url, text="late") == 404


async def test_socket_mode_greets_and_is_acknowledged(api: Api) -> None:
    client = AsyncWebClient(token=APP_TOKEN, base_url=api.fake.api_url)
    url = (await client.apps_connections_open(app_token=APP_TOKEN))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        hello = await socket.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        sending = asyncio.create_task(api.fake.sockets.send("interactive", {"type": "shortcut"}, answerable=True))
        envelope = await socket.receive_json()
        await socket.send_json({"envelope_id": "other"})
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "x"}})
        assert await sending == {"text": "x"}
        assert api.fake.sockets.unknown == [{"envelope_id": "other"}]
        await api.fake.sockets.disconnect("warning")
        assert (await socket.receive_json())["reason"] == "warning"
        await api.fake.sockets.disconnect()
        assert (await socket.receive_json())["reason"] == "refresh_requested"
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)


async def test_socket_mode_needs_the_token_of_the_app(api: Api) -> None:
    assert await api.refused("apps.connections.open") == "not_allowed_token_type"
    app = Api(api.fake, AsyncWebClient(token=APP_TOKEN, base_url=api.fake.api_url), api.clock, api.anna, api.ben)
    assert await app.refused("chat.postMessage", channel=api.anna.id, text="x") == "not_allowed_token_type"


def test_the_app_is_what_its_manifest_says(tmp_path: Path) -> None:
    manifest = {
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
            "slash_commands": [{"command": "/cspr"}],
            "shortcuts": [{"type": "global", "callback_id": "refer"}, {"type": "message", "callback_id": "about_this"}],
        },
        "oauth_config": {"scopes": {"bot": ["chat:write", "im:history"]}},
        "settings": {"event_subscriptions": {"bot_events": ["message.im", "app_mention", "app_home_opened"]}},
    }
    (tmp_path / "slack.yaml").write_text(yaml.safe_dump(manifest))
    app = app_of(tmp_path / "slack.yaml")
    assert (app.commands, app.shortcuts, app.message_shortcuts) == ({"/cspr"}, {"refer"}, {"about_this"})
    assert (app.home, app.messages) == (True, True)
    heard = [event for event, needed in EVENT_SCOPES.items() if app.hears(event, needed)]
    assert heard == ["app_home_opened", "message.im"]
