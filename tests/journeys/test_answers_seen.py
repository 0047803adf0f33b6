"""Who has seen a case: for the coordinator and an auditor, one to one, and recorded itself."""

from __future__ import annotations

import pytest
import review_steps
from scoping_steps import asked, case_of, everything_in_channels, history, id_of
from story import Story, text_of

from dialogs.answers.seen import MOST
from state.changes import Changes, Entry
from state.records import CasePersonRecord, GrantRecord

ASKED = "who has seen NS-2026-0001"


async def auditor(story: Story) -> None:
    """The nurse is an auditor now."""
    nurse = id_of(story, "nurse")
    at = story.clock.now()
    await story.write(
        GrantRecord(id="auditor", person=nurse, role="auditor", granted_by="t/x", granted_at=at, confirmed_by="t/x")
    )


async def test_who_read_what_and_when_without_what_they_read(story: Story) -> None:
    await asked(story, "police")
    case = await case_of(story)
    await story.as_("coordinator").press_raw("open_case", case.id)
    await story.later(hours=2)
    await story.press_raw("open_case", case.id)
    await story.as_("police-lead").says("open request NS-2026-0001")
    said = text_of(await story.as_("coordinator").says(ASKED))
    assert "Test Coordinator: the referral: 2 times, first Monday 23 November 2026" in said
    assert "Test Police Lead: the names in a request, Test Police: Monday 23 November 2026" in said
    assert "Test Child" not in said
    assert "Zephyrine" not in said
    assert "Read or opened by 2 people." in said


async def test_asking_is_recorded_and_shown_the_next_time(story: Story) -> None:
    await asked(story, "police")
    await story.as_("coordinator").says(ASKED)
    assert list(await history(story)).count("seen_asked") == 1
    assert "Test Coordinator: who has seen it: Monday 23 November 2026" in text_of(await story.says(ASKED))


async def test_an_auditor_may_ask_and_reads_nothing_else(story: Story) -> None:
    await asked(story, "police")
    await auditor(story)
    assert "Please type the reference of the case as well" in text_of(await story.as_("nurse").says("who has seen it"))
    said = text_of(await story.says(ASKED))
    assert "NS-2026-0001: who has seen it" in said
    assert "You cannot read this case." in text_of(await story.says("show the timeline of NS-2026-0001"))
    assert "There is no case with that reference" in text_of(await story.says("who has seen NS-2026-0044"))


@pytest.mark.parametrize("person", ["manager", "police-lead", "practitioner", "head-teacher"])
async def test_nobody_else_may_ask(story: Story, person: str) -> None:
    await asked(story, "police")
    said = text_of(await story.as_(person).says(ASKED))
    assert "Only the coordinator and an auditor can see who has read a case." in said
    assert said == text_of(await story.says("who has seen NS-2026-0044"))
    assert "seen_asked" not in await history(story)


async def test_of_a_restricted_case_only_those_on_its_list_are_told(story: Story) -> None:
    case = await review_steps.notified_case(story, restricted=True)
    await auditor(story)
    on_list = {one.person for one in (await review_steps.whole(story)).case_people if one.relation == "named"}
    if id_of(story, "nurse") not in on_list:
        assert "There is no case with that reference" in text_of(await story.as_("nurse").says(ASKED))
        await story.write(CasePersonRecord(case=case.id, person=id_of(story, "nurse"), relation="named"))
    assert "who has seen it" in text_of(await story.as_("nurse").says(ASKED))


async def test_somebody_excluded_is_told_nothing(story: Story) -> None:
    await asked(story, "police")
    case = await case_of(story)
    await story.write(CasePersonRecord(case=case.id, person=id_of(story, "coordinator"), relation="excluded"))
    assert "There is no case with that reference" in text_of(await story.as_("coordinator").says(ASKED))


async def test_it_is_never_said_in_a_channel(story: Story) -> None:
    await asked(story, "police")
    before = everything_in_channels(story)
    await story.as_("coordinator", in_channel="coordinators").says(ASKED)
    assert "who has seen it" not in everything_in_channels(story).removeprefix(before)
    assert "seen_asked" not in await history(story)


async def test_many_are_shown_in_parts(story: Story) -> None:
    await asked(story, "police")
    case = await case_of(story)
    rows = tuple(Entry(chain=f"case:{case.id}", kind="case_read", who=f"t/{number}") for number in range(MOST + 4))
    await story.parts.store.commit("read", "read", story.clock.now(), Changes(history=rows))
    said = text_of(await story.as_("coordinator").says(ASKED))
    assert "more lines." in said
    await story.press("who_has_seen")
    assert not story.card.buttons
