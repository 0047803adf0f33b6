"""Organisations are asked and answer through the Agents Playground's programming interface, with the real assistant behind it.

There are no windows there: what a button of a card in a channel opens comes one to one.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from asked import RETURN
from assistant import filed, inputs_of, labels, talking
from node_tools import needed
from scoping_talk import COORDINATORS, HOSPITAL, POLICE, REFERENCE, People, nothing_identifies

pytestmark = pytest.mark.needs_node
SIX = {"open_request", "not_known_to_us", "more_time", "ask_question", "pass_on", "declare_involvement"}
ACKNOWLEDGED = {"records_secured": "yes", "kept_separate": "yes"}
RETURNED = {**RETURN, "signed_off_by": "Test Chief, Director"}


async def test_a_request_in_the_channel_is_opened_one_to_one_and_answered_with_a_nil_return(tmp_path: Path) -> None:
    needed()
    async with talking(tmp_path) as (client, assistant):
        people = People(client)
        await people.asked("police", "test-hospital-trust", "fire")
        assert people.coordinator.card is not None
        assert "safeguarding@fire.example" in people.coordinator.card.words, "without a channel it goes by secure email"

        police = people.police
        posted = await police.waits_for("open_request", place=POLICE)
        assert set(labels(posted)) == SIX
        assert "Nobody has opened it yet." in posted.words
        opened = await police.press("open_request", expect="Names to search under")
        assert opened.place != POLICE
        assert "Test Child One" in opened.words
        assert inputs_of(opened) == list(ACKNOWLEDGED)
        await people.told(POLICE, "in your own chat")
        await people.followed(posted, "It has been opened.")

        await police.press("begin_nil", ACKNOWLEDGED)
        await police.fill_in({"records_searched": "Test records system"})
        await police.press("submit", expect="confirmed in writing")
        updated = await people.followed(posted, "not known to you")
        assert "Answered by: Test Police Lead" in updated.words
        assert set(labels(updated)) == {"correct_return", "ask_question"}
        await people.told(COORDINATORS, f"{REFERENCE}: Test Police does not know")
        await filed(tmp_path, f"{REFERENCE} Nil return 1 police v1")
        nothing_identifies(client, assistant, tmp_path)


async def test_a_full_return_in_conversation_with_rows_and_the_table(tmp_path: Path) -> None:
    needed()
    async with talking(tmp_path) as (client, assistant):
        people = People(client)
        await people.asked("test-hospital-trust")
        nurse = people.nurse
        posted = await nurse.waits_for("open_request", place=HOSPITAL)
        await nurse.press("open_request", expect="Names to search under")
        first = await nurse.press("begin_return", ACKNOWLEDGED)
        assert "These details come from the referral" in first.words
        await nurse.fill_in(RETURNED)
        assert nurse.card is not None
        assert "Train new officers." in nurse.card.words
        await people.followed(posted, "The answer is being written.")
        await nurse.press("submit", expect="has been sent to the coordinator")
        await people.followed(posted, "Thank you. Your answer has come.")
        await people.told(COORDINATORS, "the return of Test Hospital Trust has come")
        await people.told(COORDINATORS, "names contact with an agency that was not asked: Health Visiting Service")
        await filed(tmp_path, f"{REFERENCE} 2 Return 1 test-hospital-trust v1")
        nothing_identifies(client, assistant, tmp_path)


async def test_more_time_is_granted_with_one_button_and_a_question_answered_in_the_thread(tmp_path: Path) -> None:
    needed()
    async with talking(tmp_path) as (client, assistant):
        people = People(client)
        await people.asked("police", "test-hospital-trust")
        nurse, police, coordinator = people.nurse, people.police, people.coordinator
        waiting = await nurse.waits_for("more_time", place=HOSPITAL)
        await nurse.press("more_time", expect="Which day can you answer by")
        await nurse.press(
            "ask_time", {"new_date": "31 December 2099", "reason": "The author is away."}, expect="has been asked"
        )
        await people.followed(waiting, "More time asked for until: Thursday 31 December 2099")
        notice = await coordinator.waits_for("grant_time", place=COORDINATORS)
        await coordinator.press("grant_time", expect="is after the rapid review")
        await coordinator.press("grant_time_anyway", expect="They have been told")
        await people.followed(waiting, "Please answer by: Thursday 31 December 2099 at 17:00")
        await client.heard(lambda m: "you have more time, until Thursday 31 December 2099" in m.words)

        asked = await police.waits_for("ask_question", place=POLICE)
        await police.press("ask_question", expect="Your question")
        await police.press("send_question", {"question": "Which years?"}, expect="with the coordinator")
        await coordinator.waits_for("answer_question", place=COORDINATORS)
        await coordinator.press("answer_question", expect="Which years?")
        names = {"answer": "From 2019, for Child One.", "where": "thread"}
        refused = await coordinator.press("send_answer", names, expect="names somebody")
        assert refused.place != COORDINATORS
        await coordinator.press("send_answer", {"answer": "From 2019 on.", "where": "thread"}, expect="has been sent")
        await people.told(f"{POLICE};messageid={asked.id}", "the answer to your question: From 2019 on.")
        assert notice.place == COORDINATORS
        nothing_identifies(client, assistant, tmp_path)


async def test_whoever_is_involved_sees_nothing_more_and_the_coordinator_names_another(tmp_path: Path) -> None:
    needed()
    async with talking(tmp_path) as (client, assistant):
        people = People(client)
        await people.asked("test-hospital-trust")
        nurse, coordinator = people.nurse, people.coordinator
        card = await nurse.waits_for("declare_involvement", place=HOSPITAL)
        await nurse.press("declare_involvement", expect="You will see nothing more of this case")
        nurse.card = card
        refused = await nurse.press("open_request", expect="request")
        assert "Test Child One" not in refused.words
        await coordinator.waits_for("involved", place=COORDINATORS)
        await coordinator.press("involved", expect="Who is involved at Test Hospital Trust?")
        await coordinator.press("keep_involved", {"senior": "email"}, expect="now goes by secure email")
        await people.followed(card, "Somebody else has been asked.")
        nothing_identifies(client, assistant, tmp_path)


async def test_the_meeting_is_set_a_partner_is_told_and_the_pack_shows_how_far_it_is(tmp_path: Path) -> None:
    needed()
    async with talking(tmp_path) as (client, assistant):
        people = People(client)
        await people.asked("police")
        coordinator, police = people.coordinator, people.police
        await coordinator.says(f"meeting {REFERENCE}", "Which day and time does it begin?")
        when = {"starts": "tomorrow at 10:00", "length": "120", "venue": "Test Hall"}
        await coordinator.press("set_meeting", when, expect="Who takes part")
        person = f"{client.config['tenantId']}/{client.person('police-lead')['aadObjectId']}"
        saved = await coordinator.press("name_panel", {"partner_police": person}, expect="The list of people is saved.")
        assert "Nobody speaks for the local authority yet." in saved.words
        await police.waits_for("attend")
        await police.press("attend", expect="Thank you")

        await coordinator.says(f"build the pack {REFERENCE}", "Documents: 0 of 2 are made")
        assert coordinator.card is not None
        progress = coordinator.card
        for step in ("1 of 2", "2 of 2"):
            last = await people.followed(progress, f"Documents: {step} are made")
        assert "The pack is in the case's folder" in last.words
        assert "Test Police has not answered." in last.words
        await filed(tmp_path, "3 Rapid review draft v1")
        await filed(tmp_path, "Overview")
        nothing_identifies(client, assistant, tmp_path)
