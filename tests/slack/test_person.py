"""A person in the fake Slack before a small app on slack-bolt: what is sent, what is seen, what a client does not allow."""

from __future__ import annotations

import asyncio

import pytest
from slack_doors import HttpDoor, NotTaken, SocketDoor
from slack_fields import CannotType
from slack_stage import Stage
from slack_world import slack_world
from stand_in import FORM, StandIn


async def test_a_typed_message_is_answered_one_to_one(stage: Stage) -> None:
    await stage.anna.says("Hello")
    assert [message.words for message in stage.anna.seen()] == ["Hello", "Heard: Hello"]
    assert stage.ben.seen() == []
    [event] = stage.app.told
    assert (event["channel_type"], event["user"], event["channel"]) == ("im", stage.anna.id, stage.anna.dm.id)
    assert "thread_ts" not in event


async def test_slack_escapes_and_links_what_is_typed(stage: Stage) -> None:
    await stage.anna.says("R & D <now> at test@example.org or https://example.org/a?b=c. Ask @ben")
    text = stage.app.told[0]["text"]
    assert text == (
        "R &amp; D &lt;now&gt; at <mailto:test@example.org|test@example.org> or <https://example.org/a?b=c>. "
        f"Ask <@{stage.ben.id}>"
    )


async def test_a_mention_is_answered_in_the_thread_for_everybody_in_the_channel(stage: Stage) -> None:
    channel = stage.world.fake.add_channel("safeguarding", stage.anna.user, stage.ben.user)
    asked = await stage.anna.mentions("status", channel)
    [answer] = stage.ben.answers(channel)
    assert answer.thread == asked.ts
    assert stage.app.told[0]["text"] == f"<@{stage.world.fake.home.bot_user}> status"


async def test_a_message_to_everybody_else_is_not_heard(stage: Stage) -> None:
    channel = stage.world.fake.add_channel("safeguarding", stage.anna.user)
    await stage.anna.remarks("Good morning", channel)
    assert stage.app.told == []


async def test_a_mention_where_the_assistant_is_not_is_not_heard(stage: Stage) -> None:
    channel = stage.world.fake.add_channel("elsewhere", stage.anna.user, bot=False)
    await stage.anna.mentions("status", channel)
    assert stage.app.told == []


async def test_pressing_sends_every_field_with_what_is_in_it(stage: Stage) -> None:
    await stage.anna.says("form")
    form = await stage.anna.sees("About a child")
    await stage.anna.press(form, "save", {"notes": "Some", "sort": "Harm", "who": "school,health", "sure": "no"})
    body = stage.app.told[-1]
    harm, no = ({"text": {"type": "plain_text", "text": name.title()}, "value": name} for name in ("harm", "no"))
    both = [{"text": {"type": "plain_text", "text": name.title()}, "value": name} for name in ("school", "health")]
    assert body["state"]["values"] == {
        "name": {"in:1": {"type": "plain_text_input", "value": "Test Child"}},
        "notes": {"in:2": {"type": "plain_text_input", "value": "Some"}},
        "sort": {"in:3": {"type": "static_select", "selected_option": harm}},
        "who": {"in:4": {"type": "checkboxes", "selected_options": both}},
        "sure": {"in:5": {"type": "radio_buttons", "selected_option": no}},
    }
    assert body["actions"][0]["value"] == '{"action":"save"}'
    [replaced] = stage.anna.answers()
    assert (replaced.words, replaced.updates, replaced.buttons) == ("Saved", 1, [])


async def test_a_field_that_is_empty_is_sent_as_empty(stage: Stage) -> None:
    await stage.anna.says("form")
    await stage.anna.press(stage.anna.answers()[0], "Save")
    values = stage.app.told[-1]["state"]["values"]
    assert values["notes"]["in:2"]["value"] is None
    assert values["sort"]["in:3"]["selected_option"] is None
    assert values["who"]["in:4"]["selected_options"] == []


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"notes": "x" * 21}, "longer"),
        ({"name": "two\nlines"}, "one line"),
        ({"sort": "other"}, "no such option"),
        ({"sort": ["death", "harm"]}, "one of them"),
    ],
)
async def test_a_client_does_not_let_a_person_do_that(stage: Stage, answers: dict[str, str], why: str) -> None:
    await stage.anna.says("form")
    with pytest.raises(CannotType, match=why):
        await stage.anna.press(stage.anna.answers()[0], "Save", answers)


async def test_what_is_not_there_cannot_be_pressed_or_filled_in(stage: Stage) -> None:
    await stage.anna.says("form")
    [form] = stage.anna.answers()
    with pytest.raises(LookupError, match="no button Delete"):
        await stage.anna.press(form, "Delete")
    with pytest.raises(KeyError, match="colour"):
        await stage.anna.press(form, "Save", {"colour": "red"})
    await stage.anna.press(form, "Save")
    with pytest.raises(LookupError):
        await stage.anna.press(form, "Save")


async def test_an_ephemeral_answer_is_seen_by_one_person_and_pressed_without_its_message(stage: Stage) -> None:
    channel = stage.world.fake.add_channel("safeguarding", stage.anna.user, stage.ben.user)
    await stage.anna.mentions("status", channel)
    await stage.anna.press(stage.anna.answers(channel)[0], "save")
    [_, aside] = stage.anna.answers(channel)
    assert aside.aside
    assert len(stage.ben.answers(channel)) == 1
    await stage.anna.press(aside, "save")
    body = stage.app.told[-1]
    assert body["container"]["is_ephemeral"] is True
    assert "message" not in body


async def test_a_slash_command_is_answered_to_its_person_alone(stage: Stage) -> None:
    channel = stage.world.fake.add_channel("safeguarding", stage.anna.user, stage.ben.user)
    await stage.anna.slash("help me", channel)
    [answer] = stage.anna.answers(channel)
    assert (answer.words, answer.aside) == ("You typed help me", True)
    assert stage.ben.answers(channel) == []
    with pytest.raises(CannotType, match="not offered"):
        await stage.anna.slash("x", command="/other")


async def test_shortcuts_of_a_message_bring_it_along(stage: Stage) -> None:
    channel = stage.world.fake.add_channel("safeguarding", stage.anna.user, stage.ben.user)
    remark = await stage.ben.remarks("About CSPR 2026-001", channel)
    await stage.anna.message_shortcut("about_this", remark)
    assert stage.app.told[-1]["message"]["text"] == "About CSPR 2026-001"
    [answer] = stage.anna.answers(channel)
    assert (answer.words, answer.aside) == ("About that message", True)
    with pytest.raises(CannotType):
        await stage.anna.message_shortcut("about_this", answer)
    with pytest.raises(CannotType):
        await stage.anna.shortcut("about_this")


async def test_a_file_is_dropped_and_fetched_with_the_token(stage: Stage) -> None:
    shared = await stage.anna.shares("return.docx", b"PK" * 50, "My return")
    assert stage.anna.answers()[0].words == "100 bytes"
    [file] = stage.app.told[0]["files"]
    assert (file["name"], file["size"], file["id"]) == ("return.docx", 100, shared.files[0])


async def test_a_message_is_edited_and_taken_back(stage: Stage) -> None:
    said = await stage.anna.says("Helo")
    await stage.anna.edits(said, "Hello")
    assert stage.app.told[-1]["message"]["text"] == "Hello"
    assert stage.app.told[-1]["previous_message"]["text"] == "Helo"
    await stage.anna.deletes(said)
    assert stage.app.told[-1]["deleted_ts"] == said.ts
    assert [message.words for message in stage.anna.seen()] == ["Heard: Helo"]
    [answer] = stage.anna.answers()
    with pytest.raises(CannotType, match="somebody else"):
        await stage.anna.deletes(answer)


async def test_the_assistant_is_invited_to_a_channel(stage: Stage) -> None:
    channel = stage.world.fake.add_channel("new", stage.anna.user, bot=False)
    await stage.anna.invites(channel)
    assert stage.app.told[0]["inviter"] == stage.anna.id
    assert stage.anna.answers(channel)[0].words == "Thank you"


async def test_an_event_that_is_not_taken_comes_again_as_it_was(stage: Stage) -> None:
    stage.app.down = True
    with pytest.raises(NotTaken) as refused:
        await stage.anna.says("Hello")
    assert refused.value.status == 503
    stage.app.down = False
    await stage.anna.again(1, "http_error")
    await stage.anna.again(2, "http_error")
    assert stage.app.retries == ["", "1", "2"]
    assert [event["text"] for event in stage.app.told] == ["Hello", "Hello"]
    assert len(stage.anna.answers()) == 2


async def test_a_wrong_signature_is_refused(stage: Stage) -> None:
    door = stage.anna.door
    assert isinstance(door, HttpDoor)
    with pytest.raises(NotTaken) as refused:
        await door.post("{}", "application/json", {"X-Slack-Signature": "v0=0"})
    assert refused.value.status == 401
    assert await door.verify() is not None


async def test_through_socket_mode_the_same_person_is_answered_the_same() -> None:
    from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

    async with slack_world() as world:
        app = StandIn(world.fake)
        handler = AsyncSocketModeHandler(app.app, "xapp-1-A0CSPRAPP-test", web_client=app.app.client)
        await handler.connect_async()
        try:
            anna = world.person("anna")
            assert isinstance(anna.door, SocketDoor)
            await anna.says("form")
            await anna.press(await anna.sees("About a child"), "edit")
            await anna.submit({"sort": "death"})
            assert anna.view is None
            await anna.slash("help")
            assert anna.answers()[-1].words == "You typed help"
        finally:
            await handler.close_async()


def test_the_form_of_these_tests_has_a_field_of_every_kind() -> None:
    kinds = {block["element"]["type"] for block in FORM if block["type"] == "input"}
    assert kinds == {"plain_text_input", "static_select", "checkboxes", "radio_buttons"}


async def test_somebody_of_another_organisation_speaks_in_a_shared_channel(stage: Stage) -> None:
    world = stage.world
    stranger = world.person("stranger", team="T0ELSEWHERE", is_stranger=True)
    channel = world.fake.add_channel("shared", stage.anna.user, stranger.user)
    await stranger.mentions("status", channel)
    event = stage.app.told[0]
    assert (event["user_team"], event["source_team"]) == ("T0ELSEWHERE", "T0ELSEWHERE")
    await stranger.press(stranger.answers(channel)[0], "Save")
    assert stage.app.told[-1]["team"]["id"] == "T0ELSEWHERE"


async def test_scopes_that_were_needed_are_known(stage: Stage) -> None:
    await stage.anna.says("Hello")
    assert stage.world.fake.used_scopes == {"im:history", "chat:write"}
    await stage.anna.shares("a.docx", b"PK")
    await stage.anna.slash("help")
    assert stage.world.fake.used_scopes == {"im:history", "chat:write", "files:read", "commands"}


async def test_what_is_filled_in_later_is_waited_for(stage: Stage) -> None:
    stage.app.meanwhile = []
    await stage.anna.shortcut("refer")
    assert (await stage.anna.sees_view("About a child")).title == "A window"
    assert [await task for task in stage.app.meanwhile]
    asked = asyncio.create_task(stage.anna.sees_home("Your page"))
    await stage.anna.opens_home()
    assert (await asked).button("Save")
