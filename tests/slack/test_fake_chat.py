"""The fake refuses what Slack refuses: messages, people, tokens and scopes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from method_scopes import EVERY_SCOPE, METHOD_SCOPES
from slack_app import SlackApp
from slack_kit import Api, web_api
from slack_methods import METHODS
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_state import Message

DIVIDER = {"type": "divider"}


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    async with web_api() as opened:
        yield opened


async def test_messages_have_ids_that_rise(api: Api) -> None:
    sent = [(await api.call("chat.postMessage", channel=api.anna.id, text="x"))["ts"] for _ in range(3)]
    assert sent == sorted(set(sent))
    assert all(ts.startswith(str(int(api.clock.time.timestamp()))) for ts in sent)


async def test_the_same_message_sent_twice_is_there_twice(api: Api) -> None:
    for _ in range(2):
        await api.call("chat.postMessage", channel=api.anna.id, text="x")
    assert [message.text for message in api.fake.said(api.fake.book.direct(api.anna).id)] == ["x", "x"]


async def test_where_the_bot_may_not_write(api: Api) -> None:
    public = api.fake.add_channel("public", api.anna, bot=False)
    private = api.fake.add_channel("private", api.anna, bot=False, private=True)
    old = api.fake.add_channel("old", api.anna)
    old.archived = True
    refused = [await api.refused("chat.postMessage", channel=one.id, text="x") for one in (public, private, old)]
    assert refused == ["not_in_channel", "channel_not_found", "is_archived"]
    assert await api.refused("chat.postMessage", channel="C0NOWHERE", text="x") == "channel_not_found"


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({}, "no_text"),
        ({"text": "", "blocks": []}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": [{"type": "divider", "block_id": "a"}] * 2}, "invalid_blocks"),
        ({"text": "x", "blocks": [DIVIDER] * 51}, "invalid_blocks"),
        ({"text": "x", "blocks": "not json"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [{"type": "image", "alt_text": "x", "slack_file": {"id": "F0"}}]}, "invalid_blocks"),
        ({"text": "x", "colour": "red"}, "invalid_arguments"),
        ({"text": "x", "thread_ts": "1.000001"}, "cannot_reply_to_message"),
    ],
)
async def test_what_a_message_may_not_be(api: Api, said: dict[str, Any], error: str) -> None:
    assert await api.refused("chat.postMessage", channel=api.anna.id, **said) == error
    assert api.fake.said(api.fake.book.direct(api.anna).id) == []


async def test_an_answer_stands_under_the_first_message_of_a_thread(api: Api) -> None:
    first = await api.call("chat.postMessage", channel=api.anna.id, text="x")
    reply = await api.call("chat.postMessage", channel=api.anna.id, text="y", thread_ts=first["ts"])
    assert reply["message"]["thread_ts"] == first["ts"]
    under = {"channel": api.anna.id, "text": "z", "thread_ts": reply["ts"]}
    assert await api.refused("chat.postMessage", **under) == "cannot_reply_to_message"


async def test_an_update_needs_the_conversation_and_a_message_of_our_own(api: Api) -> None:
    channel = api.fake.book.direct(api.anna)
    theirs = Message(channel=channel.id, ts=api.fake.book.ts(), user=api.anna.id, text="mine")
    channel.messages.append(theirs)
    sent = await api.call("chat.postMessage", channel=channel.id, text="x", blocks=[DIVIDER])
    assert await api.refused("chat.update", channel=channel.id, ts=theirs.ts, text="y") == "cant_update_message"
    assert await api.refused("chat.update", channel=channel.id, ts="1.000001", text="y") == "message_not_found"
    assert await api.refused("chat.update", channel=api.anna.id, ts=sent["ts"], text="y") == "channel_not_found"
    assert await api.refused("chat.update", channel=channel.id, ts=sent["ts"], text="y" * 4_001) == "msg_too_long"
    channel.archived = True
    assert await api.refused("chat.update", channel=channel.id, ts=sent["ts"], text="y") == "is_inactive"


async def test_an_update_with_text_alone_takes_the_blocks_away(api: Api) -> None:
    channel = api.fake.book.direct(api.anna)
    sent = await api.call("chat.postMessage", channel=channel.id, text="x", blocks=[DIVIDER])
    await api.call("chat.update", channel=channel.id, ts=sent["ts"], text="y")
    [message] = channel.messages
    assert (message.text, message.blocks, message.updates) == ("y", [], 1)


async def test_a_message_is_deleted_once(api: Api) -> None:
    channel = api.fake.book.direct(api.anna)
    sent = await api.call("chat.postMessage", channel=channel.id, text="x")
    await api.call("chat.delete", channel=channel.id, ts=sent["ts"])
    assert channel.messages == []
    assert await api.refused("chat.delete", channel=channel.id, ts=sent["ts"]) == "message_not_found"


async def test_an_ephemeral_message_is_for_a_member_and_cannot_be_updated(api: Api) -> None:
    channel = api.fake.add_channel("safeguarding", api.anna)
    sent = await api.call("chat.postEphemeral", channel=channel.id, user=api.anna.id, text="x")
    assert [message.aside for message in api.fake.said(channel.id)] == [api.anna.id]
    changed = {"channel": channel.id, "ts": sent["message_ts"], "text": "y"}
    assert await api.refused("chat.update", **changed) == "cant_update_message"
    to_ben = {"channel": channel.id, "user": api.ben.id, "text": "x"}
    assert await api.refused("chat.postEphemeral", **to_ben) == "user_not_in_channel"


async def test_an_ephemeral_answer_shows_in_a_thread_that_goes_on_already(api: Api) -> None:
    channel = api.fake.add_channel("safeguarding", api.anna)
    first = await api.call("chat.postMessage", channel=channel.id, text="x")
    aside = {"channel": channel.id, "user": api.anna.id, "thread_ts": first["ts"]}
    await api.call("chat.postEphemeral", **aside, text="not seen")
    await api.call("chat.postMessage", channel=channel.id, text="reply", thread_ts=first["ts"])
    await api.call("chat.postEphemeral", **aside, text="seen")
    assert [message.text for message in api.fake.said(channel.id)] == ["x", "reply", "seen"]


async def test_a_conversation_is_opened_with_one_person_and_is_the_same_again(api: Api) -> None:
    first = await api.call("conversations.open", users=api.anna.id)
    assert first == await api.call("conversations.open", users=api.anna.id)
    assert first["channel"]["id"].startswith("D")
    assert await api.refused("conversations.open", users="U0NOBODY") == "user_not_found"
    assert await api.refused("conversations.open") == "users_list_not_supplied"
    assert await api.refused("conversations.open", users=f"{api.anna.id},{api.ben.id}") == "missing_scope"
    api.ben.deleted = True
    assert await api.refused("conversations.open", users=api.ben.id) == "user_disabled"


async def test_who_somebody_is(api: Api) -> None:
    guest = api.fake.add_person("guest", "Test Guest", is_restricted=True)
    told = (await api.call("users.info", user=guest.id))["user"]
    assert (told["real_name"], told["is_restricted"], told["team_id"]) == ("Test Guest", True, api.fake.home.id)
    assert await api.refused("users.info", user="U0NOBODY") == "user_not_found"
    with pytest.raises(SlackApiError, match="missing required field: user"):
        await api.client.api_call("users.info", json={"user": guest.id})


async def test_an_address_is_told_to_whom_may_read_it() -> None:
    for scopes, told in ((EVERY_SCOPE, "anna@example.org"), (EVERY_SCOPE - {"users:read.email"}, None)):
        async with web_api(SlackApp(scopes=scopes)) as api:
            user = (await api.call("users.info", user=api.anna.id))["user"]
            assert user["profile"].get("email") == told


async def test_who_is_not_known_is_refused(api: Api) -> None:
    stranger = AsyncWebClient(token="xoxb-other", base_url=api.fake.api_url)
    nobody = AsyncWebClient(base_url=api.fake.api_url)
    for client, error in ((stranger, "invalid_auth"), (nobody, "not_authed")):
        answer = await _error(client, "auth.test")
        assert answer == error
    assert await api.refused("chat.unknown") == "unknown_method"


async def _error(client: AsyncWebClient, method: str) -> str:
    headers = {"Authorization": f"Bearer {client.token}"} if client.token else {}
    async with aiohttp.ClientSession() as session, session.post(f"{client.base_url}{method}", headers=headers) as answer:
        return str((await answer.json())["error"])


@pytest.mark.parametrize("method", sorted(name for name, needed in METHOD_SCOPES.items() if needed & EVERY_SCOPE))
async def test_a_method_needs_its_scopes(method: str) -> None:
    async with web_api(SlackApp(scopes=EVERY_SCOPE - METHOD_SCOPES[method])) as api:
        answer = await api.client.api_call("auth.test")
        assert answer["ok"]
        assert await api.refused(method) == "missing_scope"


async def test_another_workspace_is_another_world(api: Api) -> None:
    from fake_slack import FakeSlack, serving, workspace

    async with serving(FakeSlack(api.clock, workspaces=(workspace(1), workspace(2)))) as fake:
        one, two = fake.book.workspaces.values()
        there = fake.add_person("cara", "Test Cara", team=two.id)
        client = AsyncWebClient(token=one.bot_token, base_url=fake.api_url)
        other = Api(fake, client, api.clock, there, there)
        assert await other.refused("users.info", user=there.id) == "user_not_found"
        assert await other.refused("chat.postMessage", channel=there.id, text="x") == "channel_not_found"


def test_scopes_and_arguments_are_known_of_the_same_methods() -> None:
    assert METHODS.keys() == METHOD_SCOPES.keys()
