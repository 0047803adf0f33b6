"""Our Teams door in front of a real Teams-like client, through its programming interface."""

from __future__ import annotations

import pytest
from echo_house import echoing
from node_tools import needed

from dialogs.turn import Press, Text
from state.values import PlaceKind

pytestmark = pytest.mark.needs_node
COORDINATORS = "19:test-coordinators@thread.tacv2"


async def test_a_message_a_card_an_answer_and_an_updated_card() -> None:
    needed()
    async with echoing() as (client, house):
        await client.say("hello *there*")
        asked = await client.heard(lambda message: message.card is not None)
        assert "You said: hello *there*" in asked.words
        assert [action["title"] for action in (asked.card or {})["actions"]] == ["Save the answer"], "no windows here"
        await client.press(asked, "Save the answer", {"name": "Test Child", "died": "yes"})
        told = await client.heard(lambda message: "What you said" in message.words)
        assert "name: Test Child" in told.words
        replaced = await client.heard(lambda message: message.updated)
        assert (replaced.id, replaced.words) == (asked.id, "Answered")
        said = house.turns[-1].said
        assert isinstance(said, Press)
        assert (said.action, said.version, said.card) == ("answer", 1, asked.id)


async def test_other_people_have_chats_of_their_own_and_channels_are_shared() -> None:
    needed()
    async with echoing() as (client, house):
        await client.say("what is waiting", who="coordinator")
        mine = await client.heard(lambda message: "what is waiting" in message.words)
        await client.say("help", who="police-lead", channel=COORDINATORS)
        await client.heard(lambda message: "You said: help" in message.words)
        first, second = house.turns
        assert (first.who.object, second.who.object) == (
            client.person("coordinator")["aadObjectId"],
            client.person("police-lead")["aadObjectId"],
        )
        assert (first.place.kind, second.place.kind) == (PlaceKind.PERSONAL, PlaceKind.CHANNEL)
        assert first.place.conversation == mine.place
        assert (second.place.conversation, second.said) == (COORDINATORS, Text("help"))
        assert len({turn.who.tenant for turn in house.turns}) == 1


async def test_an_activity_delivered_twice_is_the_same_turn() -> None:
    needed()
    async with echoing() as (client, house):
        place = {
            "conversationType": "personal",
            "id": client.config["personalChat"]["id"],
            "tenantId": client.config["tenantId"],
        }
        activity = client.activity("practitioner", place, {"type": "message", "text": "once"})
        await client.again(activity)
        await client.again(activity)
        await client.say("afterwards")
        await client.heard(lambda message: "afterwards" in message.words)
        assert len([message for message in client.said if "once" in message.words]) == 1
        assert [turn.id for turn in house.turns].count(house.turns[0].id) == 2


async def test_being_installed_is_answered() -> None:
    needed()
    async with echoing() as (client, _):
        await client.install()
        assert "Hello" in (await client.heard(lambda message: True)).text
