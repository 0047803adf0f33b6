"""Who is away: said by themselves or by the coordinator, kept with a deputy who is told, and ended early."""

from __future__ import annotations

from datetime import date

import pytest
from story import Story, text_of

from bot.console.places import one_to_one, who_is
from state.chasing_records import AbsenceRecord
from state.snapshot import Wanted


async def absences(story: Story) -> tuple[AbsenceRecord, ...]:
    wanted = Wanted(turn="", person="", place="", people=True, today="2026-01-01")
    return (await story.parts.store.read(wanted)).absences


def person(story: Story, name: str) -> str:
    return who_is(next(one for one in story.people if one.id == name)).id


def told(story: Story, name: str) -> str:
    who = next(one for one in story.people if one.id == name)
    return text_of(story.channel.said[one_to_one(who).conversation][-1])


async def test_a_manager_says_when_they_are_away_and_what_is_wrong_is_said_beside_its_field(story: Story) -> None:
    story.as_("manager")
    await story.says("I am on leave")
    first = await story.press("keep_away", {"first": "4 January 2027", "last": "1 January 2027"})
    assert "before the first day" in text_of(first)
    assert "4 January 2027" in text_of(first), "nothing that was typed is lost"
    kept = await story.press("keep_away", {"first": "4 January 2027", "last": "8 January 2027"})
    assert "Monday 4 January 2027" in text_of(kept)
    (one,) = await absences(story)
    assert (one.person, one.first, one.last, one.deputy) == (
        person(story, "manager"),
        date(2027, 1, 4),
        date(2027, 1, 8),
        "",
    )


async def test_the_coordinator_says_it_of_a_colleague_who_is_told(story: Story) -> None:
    await story.as_("manager").arrives()
    story.as_("coordinator")
    await story.says("who is away")
    people = {choice.label: choice.value for choice in story.card.inputs[0].choices}
    inputs = {"person": people["Test Manager"], "first": "today", "last": "27 November 2026"}
    await story.press("keep_away", inputs)
    assert "Test Coordinator has noted that you are away" in told(story, "manager")
    listed = await story.says("who is away")
    assert "Test Manager" in text_of(listed)
    await story.press("end_away")
    assert (await absences(story)) == ()


@pytest.mark.parametrize("deputy", ["police-lead", "nurse"])
async def test_nobody_of_another_organisation_or_role_stands_in(story: Story, deputy: str) -> None:
    story.as_("manager")
    await story.says("away")
    inputs = {"first": "today", "last": "today", "deputy": person(story, deputy)}
    await story.press("keep_away", inputs)
    assert await absences(story) == ()


async def test_in_a_channel_and_without_a_role_nothing_is_shown(story: Story) -> None:
    assert "no role here" in text_of(await story.as_("practitioner").says("who is away"))
    story.as_("manager", in_channel="police")
    assert "one to one" in text_of(await story.says("who is away"))


async def test_days_that_are_over_are_refused(story: Story) -> None:
    story.as_("manager")
    await story.says("away")
    said = await story.press("keep_away", {"first": "1 November 2026", "last": "2 November 2026"})
    assert "in the past" in text_of(said)
    assert await absences(story) == ()
