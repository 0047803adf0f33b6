"""Attacks with what people type, are called and press: control characters, markup, half characters, other values, no end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from fake_slack import workspace
from our_slack import OurSlack, our_slack
from slack_doors import FORM, JSON, HttpDoor, NotTaken
from slack_houses import Listening
from slack_payloads import example
from slack_reading import Pressable

from bot.slack.carried import Carried, Frame, written
from dialogs.turn import Press, SubmitWindow, Text

SEND = Carried("window_save", "draft", 1, inputs=True)
ODD = "a\x00b\x0bc\u202ed\u2066e\u2028f\uffffg"
PLAIN = "ab\ncde\nfg"


def door_of(slack: OurSlack) -> HttpDoor:
    assert isinstance(slack.door, HttpDoor)
    return slack.door


def window(answers: Any, metadata: str = written(Frame("D0CHAT", submit=SEND)), **more: Any) -> str:
    """A window that was sent, with something of it otherwise."""
    team = workspace().id
    payload = json.loads(json.dumps(example("view_submission")).replace("T9TK3CUKW", team).replace("TXXXXXXXX", team))
    payload["view"] |= {"app_installed_team_id": team, "private_metadata": metadata, "state": {"values": answers}, **more}
    payload |= {"team": {"id": team, "domain": "x"}, "trigger_id": "13.1.1"}
    payload["user"] |= {"team_id": team}
    return urlencode({"payload": json.dumps(payload)})


async def status(slack: OurSlack, body: str) -> int:
    try:
        await door_of(slack).post(body, FORM)
    except NotTaken as refused:
        return refused.status
    return 200


async def test_control_characters_reach_nobody_by_any_way_in(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        practitioner = slack.person("practitioner")
        await practitioner.says(ODD)
        await practitioner.slash(ODD)
        await door_of(slack).post(window({"f": {"in:1": {"type": "plain_text_input", "value": ODD}}}), FORM)
        assert [turn.said for turn in house.turns[:2]] == [Text(PLAIN), Text(PLAIN)]
        assert isinstance(house.turns[2].said, SubmitWindow)
        assert house.turns[2].said.inputs == {"f": PLAIN}


async def test_half_a_character_is_left_out_and_the_rest_is_heard(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        practitioner = slack.person("practitioner")
        await practitioner.says("help")
        event = practitioner._last | {"event_id": "Ev0HALF"}
        event["event"] = event["event"] | {"text": "he\ud83dlp\udc00"}
        await door_of(slack).post(json.dumps(event), JSON)
        assert house.turns[-1].said == Text("help")
        await door_of(slack).post(window({"f": {"in:1": {"type": "plain_text_input", "value": "a\ud800b"}}}), FORM)
        said = house.turns[-1].said
        assert isinstance(said, SubmitWindow)
        assert said.inputs == {"f": "ab"}


@pytest.mark.parametrize("length", [3_000, 10_000, 40_000])
async def test_a_long_message_is_heard_whole(tmp_path: Path, length: int) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        text = ("Grüße < & > " * length)[:length].strip()
        await slack.person("practitioner").says(text)
        assert house.turns[0].said == Text(text)


async def test_a_message_of_brackets_alone_takes_no_time(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        practitioner = slack.person("practitioner")
        await practitioner.says("help")
        for number, text in enumerate(("<" * 40_000, "<|" * 20_000, "<a|" + "b" * 39_000, "&lt" * 13_000)):
            event = practitioner._last | {"event_id": f"Ev0LONG{number}"}
            event["event"] = event["event"] | {"text": text}
            await door_of(slack).post(json.dumps(event), JSON)
        assert len(house.turns) == 5


@pytest.mark.parametrize(
    "answers",
    [
        {"f": {"in:1": {"type": "number_input", "value": 7}}},
        {"f": {"in:1": {"type": "x", "value": {"deep": ["x"]}}}},
        {"f": {"in:1": {"type": "x", "selected_options": [{"value": ["x"]}]}}},
        {"f": {"in:1": {"type": "x", "selected_option": "x"}}},
        {"f": []},
        {f"f{n}": {"in:1": {"type": "plain_text_input", "value": "x"}} for n in range(201)},
        {"x" * 300: {"in:1": {"type": "plain_text_input", "value": "x"}}},
        {"a\ud800": {"in:1": {"type": "plain_text_input", "value": "x"}}},
        {"a\nb": {"in:1": {"type": "plain_text_input", "value": "x"}}},
        7,
    ],
)
async def test_answers_of_another_shape_are_refused_whole(tmp_path: Path, answers: Any) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        assert await status(slack, window(answers)) == 400
        assert house.turns == []


@pytest.mark.parametrize(
    "metadata", ["", "{}", "[]", "nonsense", '{"submit":{}}', '{"conversation":7}', '{"kind":"other"}', "\ud800"]
)
async def test_a_window_that_does_not_say_where_it_was_is_refused(tmp_path: Path, metadata: str) -> None:
    """Also one of an older version, or with no conversation: nothing is done in a place that is none."""
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        assert await status(slack, window({}, metadata)) == 400
        assert await status(slack, window({}, written(Frame(submit=SEND)))) == 400
        assert house.turns == []


async def test_a_window_of_a_newer_version_is_read_as_far_as_it_is_known(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        newer = json.loads(written(Frame("D0CHAT", submit=SEND))) | {"later": {"x": 1}}
        assert await status(slack, window({}, json.dumps(newer))) == 200
        assert len(house.turns) == 1


def button(**carried: Any) -> Pressable:
    value = json.dumps(carried) if carried else "help"
    element = {"type": "button", "action_id": "press:1", "text": {"type": "plain_text", "text": "x"}, "value": value}
    return Pressable("x", "b001", element)


async def test_a_button_whose_value_was_changed_does_no_more_than_its_presser_may(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        practitioner = slack.person("practitioner")
        await practitioner.says("help")
        await slack.settle()
        message = practitioner._message(practitioner.answers()[-1])
        for action in ("do_remove", "confirm_channel", "make_code", "open_case", "nonsense", "__class__"):
            payload = practitioner._payloads.pressed(message, button(action=action, target="x", version=3, at="a:9"))
            await slack.door.interaction(payload)
            await slack.settle()
        assert len(practitioner.answers()) == 7
        history = await slack.parts.store.history("partnership")
        assert {"person_removed", "channel_tied", "code_made"}.isdisjoint(one.kind for one in history)
        for odd in (button(action="help", version=-1), button(action="x" * 101), button(action=["help"]), button()):
            with pytest.raises(NotTaken) as refused:
                await slack.door.interaction(practitioner._payloads.pressed(message, odd))
            assert refused.value.status == 400


async def test_of_several_actions_none_is_done(tmp_path: Path) -> None:
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        practitioner = slack.person("practitioner")
        payload = json.loads(json.dumps(example("block_actions_message")).replace("T9TK3CUKW", workspace().id))
        payload["user"]["id"] = practitioner.id
        payload["actions"] = [payload["actions"][0] | {"value": written(Carried("mine"))}] * 2
        assert await status(slack, urlencode({"payload": json.dumps(payload)})) == 400
        payload["actions"] = payload["actions"][:1]
        assert await status(slack, urlencode({"payload": json.dumps(payload)})) == 200
        assert [turn.said for turn in house.turns] == [Press(action="mine", card="1548261231.000200")]


@pytest.mark.parametrize("kind", ["message_attachment", "", "view"])
async def test_a_button_in_a_message_that_somebody_passed_on_is_not_pressed_there(tmp_path: Path, kind: str) -> None:
    """Whoever shares a message of ours takes its buttons along: an answer would be read by others, in a place of others."""
    house = Listening()
    async with our_slack(tmp_path, house=house) as slack:
        practitioner = slack.person("practitioner")
        payload = json.loads(json.dumps(example("block_actions_message")).replace("T9TK3CUKW", workspace().id))
        payload["user"]["id"] = practitioner.id
        payload["container"]["type"] = kind
        payload["actions"][0]["value"] = written(Carried("mine"))
        assert await status(slack, urlencode({"payload": json.dumps(payload)})) == 400
        assert house.turns == []


NAMES = {
    "Test\n\nImportant: ring 01632 960999\u2028now": "Test Important: ring 01632 960999 now",
    "Test \u202egnirB\u202c": "Test gnirB",
    "Test " + "x" * 300: ("Test " + "x" * 300)[:80],
    "<!channel> <@U1> *b* :skull: &amp;": "<!channel> <@U1> *b* :skull: &amp;",
}


@pytest.mark.parametrize("name", list(NAMES))
async def test_a_name_is_one_short_line_and_never_markup(tmp_path: Path, name: str) -> None:
    async with our_slack(tmp_path) as slack:
        coordinator, second = slack.person("coordinator"), slack.person("second", name)
        await slack.role(coordinator, "coordinator")
        await coordinator.says("help")
        await slack.settle()
        await coordinator.press(coordinator.answers()[-1], "add_person")
        await slack.settle()
        await coordinator.press(coordinator.answers()[-1], "make_code", {"role": "manager"})
        await slack.settle()
        third = slack.person("third")
        await slack.role(third, "coordinator")
        await third.says("help")
        code = next(word.strip(".") for word in coordinator.answers()[-1].words.split() if word.count("-") == 2)
        await second.says(code)
        await slack.settle()
        [asked] = [one for one in third.answers() if "confirm_role" in one.labels]
        assert NAMES[name] in asked.words
        assert "<!channel>" not in asked.text


async def test_a_name_with_a_mention_alarms_nobody_in_a_channel(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        coordinator = slack.person("coordinator", "<!channel> Test")
        await slack.role(coordinator, "coordinator")
        channel = slack.fake.add_channel("police", coordinator.user)
        await coordinator.mentions("help", channel)
        await coordinator.mentions("what is overdue?", channel)
        await slack.settle()
        kinds = {element["type"] for call in slack.fake.called("chat.postMessage") for element in leaves(call["blocks"])}
        assert kinds <= {"text", "plain_text"}
        assert all("<!" not in call["text"] for call in slack.fake.called("chat.postMessage"))


def leaves(part: Any) -> list[dict[str, Any]]:
    """The objects that hold text."""
    if isinstance(part, list):
        return [leaf for one in part for leaf in leaves(one)]
    if not isinstance(part, dict):
        return []
    own = [part] if isinstance(part.get("text"), str) else []
    return own + [leaf for one in part.values() for leaf in leaves(one)]
