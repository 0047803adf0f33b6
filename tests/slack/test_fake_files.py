"""The fake refuses what Slack refuses: files on their way in and out."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from method_scopes import EVERY_SCOPE
from slack_app import SlackApp
from slack_kit import Api, web_api


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    async with web_api() as opened:
        yield opened


async def _put(url: str, content: bytes | aiohttp.FormData) -> int:
    async with aiohttp.ClientSession() as session, session.post(url, data=content) as answer:
        return answer.status


async def _get(api: Api, url: str, token: str) -> tuple[int, str, bytes]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        return answer.status, answer.content_type, await answer.read()


async def test_a_file_is_announced_uploaded_and_shared(api: Api) -> None:
    channel = api.fake.book.direct(api.anna)
    uploaded = await api.client.files_upload_v2(
        channel=channel.id, filename="line.png", content=b"png", initial_comment="A line"
    )
    [message] = channel.messages
    assert (message.text, message.files) == ("A line", [uploaded["file"]["id"]])
    shown = {"type": "image", "alt_text": "A line", "slack_file": {"id": uploaded["file"]["id"]}}
    await api.call("chat.postMessage", channel=channel.id, text="x", blocks=[shown])


async def test_an_upload_is_as_long_as_was_said_and_happens_once(api: Api) -> None:
    told = await api.client.files_getUploadURLExternal(filename="a.txt", length=3)
    assert await _put(told["upload_url"], b"four") == 400
    early = [{"id": told["file_id"]}]
    assert await api.refused("files.completeUploadExternal", files=early) == "file_not_found"
    form = aiohttp.FormData()
    form.add_field("filename", b"abc", filename="a.txt")
    assert await _put(told["upload_url"], form) == 200
    assert await _put(told["upload_url"], b"abc") == 404
    await api.call("files.completeUploadExternal", files=early)


async def test_where_a_file_may_not_go(api: Api) -> None:
    elsewhere = api.fake.add_channel("elsewhere", api.anna, bot=False)
    told = await api.client.files_getUploadURLExternal(filename="a.txt", length=3)
    await _put(told["upload_url"], b"abc")
    files = [{"id": told["file_id"], "title": "A"}]
    assert await api.refused("files.completeUploadExternal", files=files, channel_id=elsewhere.id) == "not_in_channel"
    assert await api.refused("files.completeUploadExternal", files=files, channel_id="C0") == "channel_not_found"
    assert await api.refused("files.completeUploadExternal", files="[]") == "invalid_arguments"
    assert await api.refused("files.getUploadURLExternal", filename="a.txt", length=0) == "missing_argument"


async def test_a_file_is_fetched_with_the_token_and_otherwise_signing_in_is_asked_for(api: Api) -> None:
    file = api.fake.files.shared_by(api.anna, "return.docx", b"PK", api.fake.book.direct(api.anna))
    url = (await api.client.files_info(file=file.id))["file"]["url_private_download"]
    assert (await _get(api, url, api.fake.home.bot_token))[2] == b"PK"
    for token in ("", "xoxb-other"):
        status, kind, content = await _get(api, url, token)
        assert (status, kind) == (200, "text/html")
        assert b"PK" not in content


async def test_a_token_without_the_scope_fetches_nothing() -> None:
    async with web_api(SlackApp(scopes=EVERY_SCOPE - {"files:read"})) as api:
        file = api.fake.files.shared_by(api.anna, "return.docx", b"PK", api.fake.book.direct(api.anna))
        url = api.fake.files.shown(file)["url_private_download"]
        assert (await _get(api, url, api.fake.home.bot_token))[1] == "text/html"


async def test_a_file_of_a_conversation_without_the_bot_is_not_there(api: Api) -> None:
    elsewhere = api.fake.add_channel("elsewhere", api.anna, bot=False)
    file = api.fake.files.shared_by(api.anna, "return.docx", b"PK", elsewhere)
    assert await api.refused("files.info", file=file.id) == "file_not_found"
    url = api.fake.files.shown(file)["url_private_download"]
    assert (await _get(api, url, api.fake.home.bot_token))[0] == 404
