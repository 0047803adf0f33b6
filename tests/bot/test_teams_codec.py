"""From Microsoft's published activities to turns, and what hostile ones meet."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from teams_kit import NOW, PAYLOADS, TENANT, payload

from bot.teams.codec import person_place, spoken, turn_from
from bot.teams.wire import Incoming, Refused, read_activity
from dialogs.turn import Installed, OpenWindow, Press, SubmitWindow, Text, Turn
from state.values import Channel, PlaceKind

PERSON = "eddfa9d4-346e-4cce-a18f-fa6261ad776b"
CHANNEL = "19:0b7f32667e064dd9b25d7969801541f4@thread.tacv2"


def read(name: str, /, **changed: Any) -> Turn | None:
    activity = payload(name) | changed
    return turn_from(read_activity(json.dumps(activity).encode()), NOW)


def turn(name: str, /, **changed: Any) -> Turn:
    found = read(name, **changed)
    assert found is not None
    return found


def test_every_payload_names_its_page_and_is_an_activity_of_the_sdk() -> None:
    from botbuilder.schema import Activity

    for file in PAYLOADS.glob("*.json"):
        told = json.loads(file.read_text())
        assert told["page"].startswith("https://learn.microsoft.com/microsoftteams/"), file
        assert Activity().deserialize(told["activity"]).channel_id == "msteams", file


def test_a_personal_message() -> None:
    found = turn("message_personal")
    assert found.said == Text("I need to refer a child")
    assert (found.who.tenant, found.who.object, found.who.name) == (TENANT, PERSON, "Test Practitioner")
    assert found.place.kind is PlaceKind.PERSONAL
    assert found.place.channel is Channel.TEAMS
    assert found.id == f"teams:{found.place.conversation}:1485983408511"
    assert found.at == NOW
    assert found.place.address == {
        "service_url": "https://smba.trafficmanager.net/amer/",
        "tenant": TENANT,
        "bot": "28:608cacfd-1cea-40c9-b678-4b93e69bb72b",
        "user": "29:1ljv6N86roXr5pjPrCJVIz6xHh5QxjI",
    }


def test_a_channel_message_loses_our_mention_and_keeps_the_name_of_others() -> None:
    found = turn("message_channel_mention")
    assert found.said == Text("what is overdue for Test Coordinator")
    assert found.place.kind is PlaceKind.CHANNEL
    assert found.place.conversation == CHANNEL
    assert found.place.address["thread"] == "1481567603816"
    assert found.place.address["channel"] == CHANNEL
    assert "user" not in found.place.address


def test_an_empty_mention_is_an_empty_message() -> None:
    assert turn("message_channel_mention", text="<at>Test Bot</at> ").said == Text("")


def test_a_pressed_button_brings_its_inputs_and_its_card() -> None:
    assert turn("message_submit").said == Press(
        action="answer",
        target="draft-1",
        version=3,
        at="incident_date:0",
        inputs={"incident_date": "3 April 2026", "children.0.name": "Test Child"},
        card="1575667808184",
    )


def test_a_universal_action_is_the_same_press() -> None:
    assert turn("invoke_card_action").said == turn("message_submit").said


def test_a_window_is_asked_for_without_the_inputs_of_its_card() -> None:
    assert turn("invoke_task_fetch").said == OpenWindow(action="window", target="draft-1", at="children:0")


def test_a_window_is_submitted() -> None:
    said = turn("invoke_task_submit").said
    assert isinstance(said, SubmitWindow)
    assert (said.action, said.version, said.inputs["children.0.name"]) == ("save", 3, "Test Child")


@pytest.mark.parametrize("name", ["installation_add", "members_added_bot"])
def test_being_added_is_a_turn(name: str) -> None:
    assert turn(name).said == Installed()
    assert turn(name).who.object == PERSON


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("installation_add", {"action": "remove"}),
        ("installation_add", {"action": None}),
        ("installation_add", {"from": {}}),
        ("members_removed", {}),
        ("members_added_bot", {"membersAdded": [{"id": "29:somebody-else"}]}),
        ("reaction_added", {}),
        ("message_personal", {"type": "typing"}),
        ("message_personal", {"type": "somethingNew"}),
        ("invoke_task_fetch", {"name": "composeExtension/query"}),
        ("invoke_task_fetch", {"name": None}),
    ],
)
def test_what_means_nothing_to_us_is_no_turn(name: str, changed: dict[str, Any]) -> None:
    assert read(name, **changed) is None


def test_the_same_delivery_has_the_same_id_and_another_conversation_another() -> None:
    first = turn("message_personal")
    assert turn("message_personal", timestamp="2030-01-01T00:00:00Z").id == first.id
    elsewhere = {"id": "a:other", "conversationType": "personal", "tenantId": TENANT}
    assert turn("message_personal", conversation=elsewhere).id != first.id


def test_a_guest_without_a_directory_id_is_known_by_the_channel_id() -> None:
    assert turn("message_personal", **{"from": {"id": "29:guest"}}).who.object == "29:guest"


def test_a_shared_channel_member_is_known_by_the_home_tenant() -> None:
    sender = {"id": "29:x", "aadObjectId": "home-person", "tenantId": "home-tenant"}
    who = turn("message_channel_mention", **{"from": sender}).who
    assert (who.tenant, who.object) == ("home-tenant", "home-person")


def test_a_tenant_named_only_by_the_conversation_is_read() -> None:
    assert turn("message_personal", channelData=None).who.tenant == TENANT


def test_a_conversation_that_does_not_say_it_is_personal_counts_as_read_by_everybody() -> None:
    conversation = {"id": "19:x@thread.v2", "tenantId": TENANT}
    assert turn("message_personal", conversation=conversation).place.kind is PlaceKind.CHANNEL


def test_text_and_inputs_are_cleaned_and_nothing_is_trimmed() -> None:
    assert turn("message_personal", text="a\x00b\r\nc\u202e \U0001f469\u200d\U0001f467").said == Text(
        "ab\nc \U0001f469\u200d\U0001f467"
    )
    said = turn("message_submit", value={"cspr": {"action": "a"}, "x": " two\x07 "}).said
    assert isinstance(said, Press)
    assert said.inputs == {"x": " two "}


@pytest.mark.parametrize(
    "value",
    [
        {"cspr": "answer"},
        {"cspr": None},
        {"cspr": []},
        {"cspr": {}},
        {"cspr": {"action": ""}},
        {"cspr": {"action": 5}},
        {"cspr": {"action": "a" * 101}},
        {"cspr": {"action": "a", "version": "3"}},
        {"cspr": {"action": "a", "version": True}},
        {"cspr": {"action": "a", "version": -1}},
        {"cspr": {"action": "a", "version": 2**40}},
        {"cspr": {"action": "a", "target": ["x"]}},
        {"cspr": {"action": "a", "target": "t" * 201}},
        {"cspr": {"action": "a"}, "name": 5},
        {"cspr": {"action": "a"}, "name": None},
        {"cspr": {"action": "a"}, "name": True},
        {"cspr": {"action": "a"}, "name": ["x"]},
        {"cspr": {"action": "a"}, "name": {"$type": "x"}},
        {"cspr": {"action": "a"}, **{f"i{number}": "" for number in range(201)}},
    ],
)
def test_card_data_of_a_wrong_shape_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        read("message_submit", value=value)


def test_unknown_fields_of_ours_are_not_looked_at() -> None:
    said = turn("message_submit", value={"cspr": {"action": "a", "role": "coordinator"}, "msteams": {"type": "x"}}).said
    assert said == Press(action="a", card="1575667808184")


@pytest.mark.parametrize("value", [None, {}, {"data": None}, {"data": "x"}, {"data": {}}, "text", []])
def test_a_window_without_our_data_is_refused(value: object) -> None:
    with pytest.raises(Refused):
        read("invoke_task_submit", value=value)


@pytest.mark.parametrize("changed", [{"id": ""}, {"conversation": {}}, {"from": {}}])
def test_a_message_without_id_conversation_or_sender_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        read("message_personal", **changed)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"type":5}',
        b'{"type":"message","from":"me"}',
        b'{"type":"message","text":7}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"type":"message","value":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b'{"type":"message","ignored":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}",
    ],
    ids=range(11),
)
def test_what_is_no_activity_is_refused(body: bytes) -> None:
    with pytest.raises(Refused):
        read_activity(body)


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda some: st.lists(some, max_size=3) | st.dictionaries(st.text(max_size=5), some, max_size=3),
)
PARTS = st.dictionaries(
    st.sampled_from(["type", "text", "value", "name", "entities", "from", "conversation", "channelData"]), JSONS
)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.sampled_from(sorted(file.stem for file in PAYLOADS.glob("*.json"))), PARTS)
def test_any_activity_is_a_turn_or_nothing_or_refused(name: str, changed: dict[str, Any]) -> None:
    try:
        found = read(name, **changed)
    except Refused:
        return
    assert found is None or found.who.tenant


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.text(max_size=40))
def test_a_message_keeps_what_was_typed_inside(text: str) -> None:
    incoming = msgspec.convert({"type": "message", "text": text}, Incoming)
    assert spoken(incoming) == text.strip()


def test_a_place_for_a_person_known_by_name_only() -> None:
    place = person_place(TENANT, PERSON, bot="28:x", service_url="https://smba.trafficmanager.net/uk/")
    assert place.conversation == ""
    assert place.address["user"] == PERSON
