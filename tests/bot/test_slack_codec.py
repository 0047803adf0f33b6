"""From Slack's payloads to turns: where it was said, by whom, and what."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack import codec
from bot.slack.carried import Carried, Frame, Refused, carried_in, frame_in, written
from bot.slack.wire import Command, Event, Events, Interaction, read
from dialogs.reply import Button
from state.values import PlaceKind

TEAM, CHAT, CHANNEL, USER = "T0NORTHSOM", "D0CHAT0001", "C0POLICE01", "U0PRACTIT1"
BUTTON = Carried("answer", "draft-1", 3, "name:0", inputs=True)


def press(**more: Any) -> Interaction:
    body = {
        "type": "block_actions",
        "user": {"id": USER, "username": "test.practitioner", "team_id": TEAM},
        "team": {"id": TEAM, "domain": "north-somerset"},
        "trigger_id": "1.2.3",
        "channel": {"id": CHAT, "name": "directmessage"},
        "container": {"type": "message", "message_ts": "1767.0001", "channel_id": CHAT, "is_ephemeral": False},
        "actions": [{"action_id": "press:0", "value": written(BUTTON), "type": "button"}],
        "state": {"values": {"children.1.name": {"in:00000000": {"type": "plain_text_input", "value": "Test Child"}}}},
        **more,
    }
    return read(body, Interaction)


def test_a_press_carries_the_fields_beside_it() -> None:
    said = press()
    pressed = codec.press_in(said, codec.pressed(said)[1])
    assert pressed.action == "answer"
    assert (pressed.target, pressed.version, pressed.at) == ("draft-1", 3, "name:0")
    assert pressed.inputs == {"children.1.name": "Test Child"}
    assert pressed.card == "1767.0001"


def test_a_button_that_takes_no_fields_leaves_them() -> None:
    assert codec.press_in(press(), Carried("back")).inputs == {}


def test_one_to_one_is_personal_and_a_channel_answers_aside() -> None:
    own = codec.place_of_press(TEAM, press())
    assert (own.kind, own.id, own.address) == (PlaceKind.PERSONAL, f"slack:{TEAM}/{CHAT}", {"team": TEAM, "user": USER})
    there = codec.place_of_press(TEAM, press(channel={"id": CHANNEL}))
    assert (there.kind, there.address) == (PlaceKind.CHANNEL, {"team": TEAM, "aside": USER})
    under = press(channel={"id": CHANNEL}, container={"type": "message", "message_ts": "2.0", "thread_ts": "1.0"})
    assert codec.place_of_press(TEAM, under).address["thread"] == "1.0"


def test_what_only_one_person_saw_is_never_replaced() -> None:
    said = press(container={"type": "message", "message_ts": "9.9", "channel_id": CHANNEL, "is_ephemeral": True})
    assert codec.press_in(said, BUTTON).card == ""


@pytest.mark.parametrize(
    "value", ["", "{}", "[]", '{"action":""}', '{"action":"a","version":-1}', '{"action":"a","target":7}', "nonsense", None]
)
def test_a_button_that_is_not_ours_is_refused(value: str | None) -> None:
    with pytest.raises(Refused):
        carried_in(value)


def test_a_button_comes_back_as_it_was() -> None:
    button = Button(action="window", label="Open", target="d", version=2, at="a:1", window=True, takes_inputs=True)
    assert carried_in(written(Carried.of(button))) == Carried("window", "d", 2, "a:1", True, True)


def test_a_window_knows_where_it_was_opened() -> None:
    place = codec.channel_place(TEAM, CHANNEL, thread="1.0", aside=USER)
    frame = frame_in(written(codec.frame_of(place, BUTTON)))
    assert frame.submit == BUTTON
    assert codec.place_of_frame(TEAM, frame, USER) == place
    alone = codec.chat_place(TEAM, CHAT, USER)
    assert codec.place_of_frame(TEAM, codec.frame_of(alone), USER) == alone


def test_what_is_chosen_comes_as_our_turns_have_it() -> None:
    state = {
        "values": {
            "one": {"in:1": {"type": "static_select", "selected_option": {"text": {}, "value": "police"}}},
            "none": {"in:2": {"type": "static_select", "selected_option": None}},
            "several": {"in:3": {"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}},
            "nobody": {"in:4": {"type": "checkboxes", "selected_options": []}},
            "empty": {"in:5": {"type": "plain_text_input", "value": None}},
        }
    }
    assert codec.inputs_in(press(state=state).state) == {
        "one": "police",
        "none": "",
        "several": "a,b",
        "nobody": "",
        "empty": "",
    }


def test_too_many_fields_are_refused() -> None:
    state = {"values": {f"f{number}": {"in:0": {"value": "x"}} for number in range(201)}}
    with pytest.raises(Refused):
        codec.inputs_in(press(state=state).state)


def test_a_window_is_sent_under_its_own_button_or_another() -> None:
    frame = written(Frame(CHAT, submit=Carried("window_save", "d", 4, "s:0")))
    view = press(view={"id": "V1", "type": "modal", "private_metadata": frame, "state": {"values": {}}}).view
    assert view is not None
    assert codec.submitted(view).action == "window_save"
    assert codec.submitted(view, Carried("window_on")).action == "window_on"


def test_a_window_without_a_button_is_refused() -> None:
    view = press(view={"id": "V1", "type": "modal", "private_metadata": written(Frame(CHAT))}).view
    assert view is not None
    with pytest.raises(Refused):
        codec.submitted(view)


@pytest.mark.parametrize(
    "body",
    [
        {"event_id": "Ev1"},
        {"event_id": 7, "event": {"type": "message"}},
        {"event_id": "Ev1", "event": {"type": "message", "text": {"a": 1}}},
        {"event_id": "Ev1", "event": []},
    ],
)
def test_a_payload_of_a_wrong_shape_is_refused_without_a_word_of_it(body: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        read(body, Events)
    assert "Ev1" not in str(refused.value)


def test_a_command_needs_to_say_whose_it_is() -> None:
    with pytest.raises(Refused):
        read({"text": "help"}, Command)


def test_an_id_is_needed() -> None:
    assert codec.turn_id(TEAM, "Ev1") == "slack:T0NORTHSOM:Ev1"
    for workspace, what in (("", "Ev1"), (TEAM, "")):
        with pytest.raises(Refused):
            codec.turn_id(workspace, what)


def test_a_mention_is_answered_in_a_thread_under_it() -> None:
    event = Event(type="app_mention", user=USER, channel=CHANNEL, ts="5.0")
    assert codec.place_of_event(TEAM, event).address == {"team": TEAM, "thread": "5.0"}
    reply = Event(type="app_mention", user=USER, channel=CHANNEL, ts="6.0", thread_ts="5.0")
    assert codec.place_of_event(TEAM, reply).address["thread"] == "5.0"
    alone = Event(type="message", user=USER, channel=CHAT, channel_type="im", ts="7.0")
    assert codec.place_of_event(TEAM, alone).kind is PlaceKind.PERSONAL


def test_everything_a_message_says_is_found() -> None:
    blocks = [{"type": "rich_text", "elements": [{"elements": [{"type": "text", "text": "About NS-2026-0007"}]}]}]
    assert codec.texts_in(blocks) == "About NS-2026-0007"
