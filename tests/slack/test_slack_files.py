"""Files in Slack, in front of the strict fake: what people send is read, copies are shown, and nothing else is spoken to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from form_reader import forms
from slack_kit import Api, web_api
from slack_sdk.errors import SlackApiError
from slack_state import StoredFile

from bot.doors import NotDelivered
from bot.dropped import LARGEST
from bot.http import pooled_session
from bot.slack.api import SlackApi
from bot.slack.files import CannotFetch, SlackFile, SlackFiles
from bot.slack.settings import SlackSettings
from dialogs.turn import Dropped, Said, Text
from templates.profile import profile_folder

FORM = (profile_folder("north-somerset") / "documents" / "scoping.docx").read_bytes()
SITE = "files.slack.com"
ATTACKS = (
    "http://files.slack.com/files-pri/T1-F1/download/a.docx",
    "https://files.slack.com:8443/a.docx",
    "https://user@files.slack.com/a.docx",
    "https://files.slack.com@evil.example/a.docx",
    "https://files.slack.com.evil.example/a.docx",
    "https://evilfiles.slack.com/a.docx",
    "https://evil.example\\files.slack.com/a.docx",
    "https://evil.example#files.slack.com",
    "https://files.slack.com./a.docx",
    "https://files.slack.com/a.docx#x",
    "https://files.slack.com\t/a.docx",
    "https://169.254.169.254/latest/meta-data",
    "http://127.0.0.1/a.docx",
    "file:///etc/passwd",
    "",
)


class Ours(msgspec.Struct):
    """Our side, and the fake behind it."""

    slack: Api
    files: SlackFiles
    api: SlackApi

    async def taken(self, *files: Mapping[str, Any]) -> list[Said]:
        return await self.files.taken(self.api, files)

    def shared(self, name: str, content: bytes, **more: object) -> dict[str, Any]:
        """A file that Anna put into her conversation with the assistant, as an event tells of it."""
        return {**self.slack.fake.files.shown(self.stored(name, content)), **more}

    def stored(self, name: str, content: bytes) -> StoredFile:
        return self.slack.fake.files.shared_by(self.slack.anna, name, content, self.slack.fake.book.direct(self.slack.anna))


@asynccontextmanager
async def opened(*sites: str) -> AsyncIterator[Ours]:
    async with web_api() as slack, pooled_session() as session:
        site = slack.fake.book.base.removeprefix("http://")
        settings = SlackSettings(
            workspaces=frozenset(slack.fake.book.workspaces),
            tokens_file=Path("tokens"),
            api_url=slack.fake.api_url,
            file_sites=frozenset(sites or (site,)),
        )
        yield Ours(slack, SlackFiles(settings, session, forms()), SlackApi(slack.fake.home.bot_token, settings, session))


@pytest.fixture
async def ours() -> AsyncIterator[Ours]:
    async with opened() as made:
        yield made


def problems(said: list[Said]) -> list[str]:
    return [one.problem for one in said if isinstance(one, Dropped)]


async def test_a_form_is_read_and_other_files_are_named(ours: Ours) -> None:
    form, other = await ours.taken(ours.shared("return.docx", FORM), ours.shared("notes.txt", b"no form"))
    assert isinstance(form, Dropped)
    assert (form.name, form.form, form.problem) == ("return.docx", "scoping", "")
    assert problems([other]) == ["not_word"]


async def test_a_long_text_that_slack_made_a_snippet_of_is_what_was_typed(ours: Ours) -> None:
    snippet = {"mode": "snippet", "mimetype": "text/plain", "filetype": "text"}
    long = "We saw the child on five days. " * 1_200
    assert await ours.taken(ours.shared("Untitled", long.encode(), **snippet)) == [Text(long)]
    assert await ours.taken(ours.shared("Untitled", ("é" * 40_000).encode(), **snippet)) == [Text("é" * 40_000)]
    for content in (b"x" * 40_001, b"x" * 160_001):
        assert problems(await ours.taken(ours.shared("Untitled", content, **snippet))) == ["text_too_long"]
    assert problems(await ours.taken(ours.shared("Untitled", b"\xff\xfe", **snippet))) == ["not_read"]
    code = {**snippet, "mimetype": "text/x-python"}
    assert problems(await ours.taken(ours.shared("a.py", b"print()", **code))) == ["not_read"]


async def test_what_is_kept_elsewhere_or_is_no_form_is_not_fetched(ours: Ours) -> None:
    elsewhere = ours.shared("a.docx", FORM, is_external=True, mode="external", external_type="gdrive")
    hidden = ours.shared("a.docx", FORM, mode="hidden_by_limit")
    picture = ours.shared("a.png", b"png", mimetype="image/png")
    assert problems(await ours.taken(elsewhere, hidden, picture)) == ["not_ours", "not_ours", "not_read"]
    assert problems(await ours.taken({"id": 7}, {"id": "F0", "mode": []})) == ["not_fetched", "not_fetched"]


async def test_of_a_file_that_slack_does_not_tell_everything_it_is_asked(ours: Ours) -> None:
    known = ours.shared("return.docx", FORM)
    told = {"id": known["id"], "name": "return.docx", "file_access": "check_file_info"}
    [form] = await ours.taken(told)
    assert isinstance(form, Dropped)
    assert form.form == "scoping"
    assert problems(await ours.taken({**told, "id": "F0NOTTHERE"})) == ["not_fetched"]


async def test_too_large_and_too_many(ours: Ours) -> None:
    large, said_small = ours.shared("a.docx", b"x" * (LARGEST + 1)), ours.shared("b.docx", b"x" * (LARGEST + 1), size=3)
    assert problems(await ours.taken(large, said_small)) == ["too_large", "too_large"]
    small = ours.shared("a.txt", b"no form")
    assert problems(await ours.taken(*[small] * 7)) == ["not_word"] * 5 + ["too_many"]


async def test_where_our_token_may_not_fetch_it_nothing_is_read(ours: Ours) -> None:
    """Slack leads to its page for signing in, which must not be taken for the file."""
    file = msgspec.convert(ours.shared("return.docx", FORM), SlackFile)
    for token in ("", "xoxb-other"):
        with pytest.raises(CannotFetch) as told:
            await ours.files.fetch(token, file, LARGEST)
        assert told.value.key == "not_fetched"


@pytest.mark.parametrize("url", ATTACKS)
async def test_our_token_goes_nowhere_else(url: str) -> None:
    async with opened(SITE) as ours:
        file = SlackFile(id="F1", mode="hosted", url_private_download=url)
        with pytest.raises(CannotFetch) as told:
            await ours.files.fetch("xoxb-secret", file, LARGEST)
        assert told.value.key == "not_ours"


async def test_an_answer_that_leads_elsewhere_is_not_followed() -> None:
    asked: list[str] = []

    async def away(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(status=302, headers={"Location": "/evil"})

    app = web.Application()
    app.add_routes([web.get("/{any}", away), web.post("/{any}", away)])
    async with TestServer(app, host="127.0.0.1") as server:
        site = str(server.make_url("")).rstrip("/")
        async with opened(site.removeprefix("http://")) as ours:
            with pytest.raises(CannotFetch):
                await ours.files.fetch("xoxb-secret", SlackFile(mode="hosted", url_private_download=f"{site}/a"), LARGEST)
            with pytest.raises(NotDelivered, match=r"delivery\.refused"):
                await ours.files._put(f"{site}/b", b"x")
    assert asked == ["/a", "/b"]


async def test_a_copy_is_shown_with_what_is_said_of_it(ours: Ours) -> None:
    chat = ours.slack.fake.book.direct(ours.slack.anna)
    number = await ours.files.upload(ours.api, chat.id, "NS-2026-0001 3 Overview v1.docx", FORM, comment="A copy")
    [message] = chat.messages
    assert (message.text, message.files) == ("A copy", [number])
    stored = ours.slack.fake.book.files[number]
    assert (stored.name, stored.title, stored.content) == (
        "NS-2026-0001 3 Overview v1.docx",
        "NS-2026-0001 3 Overview v1.docx",
        FORM,
    )


async def test_a_picture_has_its_words_and_stands_in_the_thread(ours: Ours) -> None:
    fake = ours.slack.fake
    channel = fake.add_channel("police", ours.slack.anna)
    first = await ours.api.call("chat.postMessage", channel=channel.id, text="The timeline")
    number = await ours.files.upload(
        ours.api, channel.id, "timeline.png", b"png", alt="Two clocks, one late.", thread=str(first["ts"])
    )
    assert fake.book.files[number].alt_text == "Two clocks, one late."
    assert channel.messages[-1].thread == first["ts"]


async def test_what_slack_refuses_is_not_hidden(ours: Ours) -> None:
    elsewhere = ours.slack.fake.add_channel("elsewhere", ours.slack.anna, bot=False)
    with pytest.raises(SlackApiError) as told:
        await ours.files.upload(ours.api, elsewhere.id, "a.docx", FORM)
    assert told.value.response["error"] == "not_in_channel"


async def test_a_copy_is_put_at_slacks_own_site_alone() -> None:
    async with opened(SITE) as ours:
        chat = ours.slack.fake.book.direct(ours.slack.anna)
        with pytest.raises(NotDelivered, match=r"delivery\.address_not_allowed"):
            await ours.files.upload(ours.api, chat.id, "a.docx", FORM)
        assert chat.messages == []


async def test_a_site_that_is_away_is_tried_again() -> None:
    async with aiohttp.ClientSession() as session:
        files = SlackFiles(
            SlackSettings(workspaces=frozenset(), tokens_file=Path(), file_sites=frozenset({"127.0.0.1:9"})), session, forms()
        )
        with pytest.raises(NotDelivered) as told:
            await files._put("http://127.0.0.1:9/upload/v1/x", b"x")
    assert (told.value.reason, told.value.again_after) == ("delivery.no_connection", 5.0)
