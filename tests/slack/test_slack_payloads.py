"""What the fake tells our app has the fields of Slack's published examples, and no others."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from person import Person
from slack_doors import Answer
from slack_payloads import PAYLOADS, example, filled
from slack_world import World, slack_world
from stand_in import FORM, modal, section

OFTEN_ABSENT = {
    "thread_ts",
    "view",
    "message",
    "blocks",
    "edited",
    "files",
    "app_id",
    "client_msg_id",
    "bot_id",
    "style",
    "value",
    "user_team",
    "source_team",
}
"""Fields that are sent only where there is something to say."""
HOLDERS = {"event", "view", "message", "previous_message", "container", "user", "team", "channel"}


class Kept:
    """A door that keeps what comes."""

    def __init__(self) -> None:
        self.payloads: list[dict[str, Any]] = []

    async def event(self, payload: dict[str, Any], retry: int = 0, reason: str = "") -> None:
        self.payloads.append(payload)

    async def interaction(self, payload: dict[str, Any]) -> Answer:
        self.payloads.append(payload)
        return None

    async def command(self, fields: dict[str, str]) -> Answer:
        self.payloads.append(dict(fields))
        return None


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with slack_world() as opened:
        opened.door = Kept()
        yield opened


async def _everything(anna: Person) -> None:
    """All that a person can do, once."""
    fake, dm = anna.fake, anna.dm
    channel = fake.add_channel("safeguarding", anna.user, bot=False)
    await anna.invites(channel)
    said = await anna.says("Hello")
    await anna.edits(said, "Hello again")
    await anna.deletes(said)
    await anna.shares("a.docx", b"PK", "With words")
    await anna.shares("a.docx", b"PK")
    asked = await anna.mentions("status", channel)
    await anna.mentions("more", channel, asked.ts)
    form = fake.chat.add(fake.home, dm, "x", FORM)
    await anna.press(next(one for one in anna.seen() if one.ts == form.ts), "Save")
    fake.chat.add(fake.home, channel, "x", FORM, aside=anna.id)
    await anna.press(anna.answers(channel)[0], "Save")
    await anna.slash("help")
    await anna.shortcut("refer")
    await anna.message_shortcut("about_this", asked)
    await anna.opens_home()
    await anna.opens_messages()
    shown = fake.views.checked(modal(*FORM, section("x"), notify_on_close=True), "modal")
    fake.views.show(fake.home, anna.id, shown)
    assert anna.view is not None
    await anna.press(anna.view, "Save")
    await anna.submit({"sort": "death"})
    fake.views.show(fake.home, anna.id, shown)
    await anna.closes()


async def test_every_payload_has_the_fields_of_its_example(world: World) -> None:
    anna = world.person("anna")
    await _everything(anna)
    assert isinstance(world.door, Kept)
    used = {_example_of(payload) for payload in world.door.payloads}
    assert used == {path.stem for path in PAYLOADS.glob("*.json")} - {"file", "url_verification"}
    for payload in world.door.payloads:
        _compare(payload, example(_example_of(payload)), _example_of(payload))


def _example_of(payload: dict[str, Any]) -> str:
    if "event" in payload:
        event = payload["event"]
        return {"message": "message_im"}.get(event["type"], event["type"]) if "subtype" not in event else _subtype(event)
    if "command" in payload:
        return "slash_command"
    kind = str(payload["type"])
    return f"{kind}_{'view' if 'view' in payload else 'message'}" if kind == "block_actions" else kind


def _subtype(event: dict[str, Any]) -> str:
    return "message_file_share" if event["subtype"] == "file_share" else str(event["subtype"])


def _compare(sent: dict[str, Any], shape: dict[str, Any], where: str) -> None:
    """No field that the example has not, and every field that is not sometimes left out; ids are our own."""
    assert sent.keys() <= shape.keys(), where
    assert shape.keys() - sent.keys() <= OFTEN_ABSENT | ({"title", "close", "submit"} if "view" in where else set()), where
    for name in HOLDERS & sent.keys():
        if isinstance(shape[name], dict):
            _compare(sent[name], shape[name], f"{where}.{name}")


async def test_no_id_of_an_example_is_sent(world: World) -> None:
    anna = world.person("anna")
    await _everything(anna)
    assert isinstance(world.door, Kept)
    sent = json.dumps(world.door.payloads)
    for mark in ("T123ABC456", "C123ABC456", "U123ABC456", "A123ABC456", "UA8RXUSPL", "VNHU13V36", "F0S43PZDF", "Ev123ABC456"):
        assert mark not in sent, mark


@pytest.mark.parametrize("path", sorted(PAYLOADS.glob("*.json")), ids=lambda path: path.stem)
def test_every_example_names_its_page(path: Any) -> None:
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told.keys() == {"source", "payload"}
    assert told["source"].startswith("https://docs.slack.dev/")


def test_a_field_that_no_example_has_is_not_filled_in() -> None:
    with pytest.raises(KeyError, match="colour"):
        filled(example("shortcut"), colour="red")
