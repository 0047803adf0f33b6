"""Whole referrals through the Agents Playground's programming interface, with the real assistant behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
from assistant import Talk, filed, inputs_of, talking
from node_tools import needed
from referral_steps import ONE_CHILD

pytestmark = pytest.mark.needs_node
COORDINATORS = "19:test-coordinators@thread.tacv2"
SECOND = {
    path.replace("children.1.", "children.2."): value.replace("One", "Two")
    for path, value in ONE_CHILD.items()
    if path.startswith("children.1.")
}


async def _begin(talk: Talk) -> None:
    await talk.says("I need to refer a child", "999")
    await talk.press("start_referral")


async def test_a_whole_referral_with_two_children(tmp_path: Path) -> None:
    needed()
    async with talking(tmp_path) as (client, assistant):
        coordinator = Talk(client, "coordinator")
        await coordinator.says("hello", "CSPR Assistant")
        await coordinator.says("use this channel for coordinators", "one to one", channel=COORDINATORS)
        await coordinator.waits_for("confirm_channel")
        await coordinator.press("confirm_channel", expect="by reference only")

        talk = Talk(client)
        await _begin(talk)
        await talk.fill_in(ONE_CHILD, until="no_more_children")
        await talk.press("add_child")
        await talk.fill_in({**ONE_CHILD, **SECOND})
        assert "Test Child Two" in "".join(m.words for m in client.said[-4:])
        await talk.press("submit", expect="-0001")

        posted = await client.heard(lambda m: m.place == COORDINATORS and "-0001" in m.words)
        assert "Test Child" not in posted.words + posted.preview
        assert await filed(tmp_path, "1a Referral") == "NS-2026-0001 1a Referral v1.docx"
        assert len(list((tmp_path / "library").rglob("*.docx"))) == 1
        assert not [m for m in client.said if "Test Child" in m.preview]
        assert "Test Child" not in assistant.log


async def test_the_process_is_killed_in_the_middle_and_nothing_is_lost(tmp_path: Path) -> None:
    needed()
    async with talking(tmp_path) as (client, assistant):
        talk = Talk(client)
        await _begin(talk)
        await talk.fill_in(ONE_CHILD, until="incident_date")
        await assistant.kill()
        await assistant.start()
        await talk.says("carry on", "critical incident")
        assert talk.card is not None
        assert list(inputs_of(talk.card)) == ["incident_date"]
        await talk.fill_in(ONE_CHILD)
        await talk.press("submit", expect="-0001")


async def test_a_wrong_date_an_unknown_command_and_a_second_delivery(tmp_path: Path) -> None:
    needed()
    async with talking(tmp_path) as (client, _):
        talk = Talk(client)
        await talk.says("sing me a song", "did not understand")
        await _begin(talk)
        await talk.fill_in(ONE_CHILD, until="incident_date")
        await talk.press("answer", {"incident_date": "31/2/2026"}, expect="There is no 31 February")
        await talk.press("answer", {"incident_date": "about June 2026"}, expect="June 2026")

        place = {
            "conversationType": "personal",
            "id": client.config["personalChat"]["id"],
            "tenantId": client.config["tenantId"],
        }
        activity = client.activity("practitioner", place, {"type": "message", "text": "At Test Park"})
        await client.again(activity)
        await client.again(activity)
        await talk.says("where am I", "dealt with")
        kept = [m for m in client.said if "Whose area is that place in" in m.words and not m.updated]
        assert len(kept) == 2, "once when it was answered, once again after where am I"


async def test_a_restricted_referral_is_told_to_the_named_person_alone(tmp_path: Path) -> None:
    needed()
    async with talking(tmp_path) as (client, _):
        manager, coordinator = Talk(client, "manager"), Talk(client, "coordinator")
        await manager.says("hello", "CSPR Assistant")
        await coordinator.says("hello", "CSPR Assistant")
        talk = Talk(client)
        await talk.says("refer", "999")
        await talk.press("start_restricted", expect="Who may see")
        tenant, person = client.config["tenantId"], client.person("coordinator")
        await talk.press("name_people", {"named": f"{tenant}/{person['aadObjectId']}"})
        await talk.fill_in(ONE_CHILD)
        await talk.press("submit", expect="-0001")
        told = await client.heard(lambda m: "new referral" in m.words and "-0001" in m.words)
        assert coordinator.card is not None
        assert told.place == coordinator.card.place
        answer = await manager.says("open referrals", "no open referrals")
        assert "-0001" not in answer.words
