"""What waits, in a period, for somebody else of the staff, and what was handed on."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from scoping_steps import REFERENCE, asked, case_of, everything_in_channels, id_of, referred, requests_of
from story import Story, text_of

from dialogs.waiting import MOST_ROWS
from state.chasing_records import AbsenceRecord, ChaseRecord
from state.records import CasePersonRecord, GrantRecord
from state.scoping_records import NoticeRecord


async def nurse_leads(story: Story) -> None:
    """The nurse leads for the police as well: a name that is not an agency's."""
    at, nurse = story.clock.now(), id_of(story, "nurse")
    await story.write(
        GrantRecord(id="nurse-police", person=nurse, role="agency_lead", organisation="police", granted_by="t/x", granted_at=at)
    )


async def handed(story: Story, person: str, kind: str = "notification:1") -> None:
    """A date of the case is somebody's move now."""
    case = await case_of(story)
    row = ChaseRecord(id=f"{case.id}:{kind}", case=case.id, due=story.clock.now(), handed_to=id_of(story, person))
    await story.write(row)


async def test_only_what_waits_in_the_time_that_was_asked_about(story: Story) -> None:
    await asked(story, "police")
    story.as_("police-lead")
    assert REFERENCE in text_of(await story.says("what is waiting for me next week"))
    assert "Nothing waits for you in that time." in text_of(await story.says("what is waiting for me tomorrow"))
    await story.later(days=10)
    assert "Your answer was due" in text_of(await story.says("what is waiting for me today"))


async def test_what_was_handed_on_waits_for_them(story: Story) -> None:
    await asked(story, "police")
    await handed(story, "manager")
    said = text_of(await story.as_("manager").says("what is waiting for me"))
    assert "Handed on" in said
    assert "NS-2026-0001: Next date: Notification to the National Panel, due Friday 27 November 2026" in said
    assert "Handed on" not in text_of(await story.as_("coordinator").says("what is waiting for me"))


async def test_questions_and_wishes_for_more_time_are_counted_apart(story: Story) -> None:
    await asked(story, "police")
    case = await case_of(story)
    for number, kind in enumerate(("question", "more_time", "more_time", "involvement")):
        await story.write(NoticeRecord(id=f"n{number}", case=case.id, kind=kind, by="t/x", at=story.clock.now(), content={}))
    said = text_of(await story.as_("coordinator").says("what is waiting for me"))
    assert "Questions of agencies: 1. More time asked for: 2. For you to settle: 1." in said


async def test_more_cases_than_people_read_are_counted_and_the_nearest_come_first(story: Story) -> None:
    for _ in range(MOST_ROWS + 2):
        await referred(story)
    said = text_of(await story.as_("coordinator").says("what is waiting for me"))
    assert "There are 2 more of these." in said
    assert said.count("NS-2026-") >= MOST_ROWS


@pytest.mark.parametrize("asks", ["coordinator", "manager"])
async def test_those_who_run_cases_ask_what_waits_for_somebody(story: Story, asks: str) -> None:
    await asked(story, "police", "fire")
    await nurse_leads(story)
    said = text_of(await story.as_(asks).says("what is waiting for Test Nurse"))
    assert "What waits for Test Nurse" in said
    assert "Of the cases you may see." in said
    assert "NS-2026-0001, Test Police: Nobody has opened it yet." in said
    assert "Fire" not in said
    await story.press("show_case")
    assert "Case NS-2026-0001" in text_of(story.newest)


async def test_what_was_put_to_somebody_in_private_waits_for_them_and_not_for_the_lead(story: Story) -> None:
    await asked(story, "police")
    await nurse_leads(story)
    police = (await requests_of(story))["police"]
    await story.write(msgspec.structs.replace(police, delivery="private", senior=id_of(story, "manager")))
    assert "Nothing waits for Test Nurse" in text_of(await story.as_("coordinator").says("what is waiting for Test Nurse"))
    assert "NS-2026-0001, Test Police" in text_of(await story.says("what is waiting for Test Manager"))


async def test_for_a_coordinator_the_cases_are_listed(story: Story) -> None:
    await asked(story, "police")
    said = text_of(await story.as_("manager").says("what is waiting for Test Coordinator"))
    assert "Next date: Notification to the National Panel" in said


async def test_somebody_who_is_away_is_said_to_be(story: Story) -> None:
    await asked(story, "police")
    await nurse_leads(story)
    absence = AbsenceRecord(
        id="a",
        person=id_of(story, "nurse"),
        first=date(2026, 11, 20),
        last=date(2026, 12, 4),
        deputy=id_of(story, "manager"),
        by="t/x",
        at=story.clock.now(),
    )
    await story.write(absence)
    said = text_of(await story.as_("coordinator").says("what is waiting for Test Nurse"))
    assert "They are away until Friday 4 December 2026. Test Manager stands in." in said


async def test_a_name_nobody_has_and_one_that_several_have(story: Story) -> None:
    story.as_("coordinator")
    assert "I know nobody of that name here." in text_of(await story.says("what is waiting for Sam Jones"))


@pytest.mark.parametrize("person", ["police-lead", "practitioner"])
async def test_nobody_else_may_ask_for_another(story: Story, person: str) -> None:
    await asked(story, "police")
    said = text_of(await story.as_(person).says("what is waiting for Test Manager"))
    assert "You can see what waits for you." in said
    assert REFERENCE not in said


async def test_a_restricted_case_waits_for_nobody_whom_the_asker_may_not_see_it_with(story: Story) -> None:
    case = await referred(story, restricted=True)
    manager = id_of(story, "manager")
    await story.write(CasePersonRecord(case=case.id, person=manager, relation="named"))
    await handed(story, "manager", "read_referral")
    assert REFERENCE in text_of(await story.as_("coordinator").says("what is waiting for Test Manager"))
    await story.write(
        CasePersonRecord(case=case.id, person=id_of(story, "coordinator"), relation="excluded"),
    )
    assert REFERENCE not in text_of(await story.says("what is waiting for Test Manager"))


async def test_it_is_not_said_in_a_channel(story: Story) -> None:
    await asked(story, "police")
    before = everything_in_channels(story)
    story.as_("coordinator", in_channel="coordinators")
    assert "one to one" in text_of(await story.says("what is waiting for Test Nurse"))
    assert "Test Nurse" not in everything_in_channels(story).removeprefix(before)
