"""Somebody is away: everything that would remind them goes to whoever stands in, who may hear of the case."""

from __future__ import annotations

from datetime import date

from asked import member
from chasing_steps import MANAGER, Heard, at, date_of
from scoping_steps import asked, id_of, referred
from story import Story

from state.chasing_records import AbsenceRecord


async def away(story: Story, person: str, deputy: str, *, ended: bool = False) -> None:
    """Away for all of December."""
    now = story.clock.now()
    row = AbsenceRecord(
        id=f"away-{person}",
        person=id_of(story, person),
        first=date(2026, 12, 1),
        last=date(2026, 12, 31),
        deputy=id_of(story, deputy) if deputy else "",
        by="test",
        at=now,
        ended_at=now if ended else None,
    )
    await story.write(row)


async def test_what_a_manager_should_hear_goes_to_the_other_while_they_are_away(story: Story) -> None:
    await member(story, "second-manager", "", "manager")
    await asked(story, "police")
    await away(story, "manager", "second-manager")
    await story.passes(at("2026-12-02T12:00"))
    heard = Heard(story)
    await story.passes(at("2026-12-03T12:00"))
    assert heard.at(MANAGER) == []
    assert len(heard.at("second-manager")) == 1


async def test_a_lead_who_is_away_is_stood_in_for_by_the_deputy_of_the_organisation(story: Story) -> None:
    await member(story, "police-deputy", "police", "deputy")
    await asked(story, "police")
    await away(story, "police-lead", "police-deputy")
    heard = Heard(story)
    await story.passes(at("2026-12-02T12:00"))
    assert heard.at("police-lead") == []
    assert len(heard.at("police-deputy")) == 1


async def test_a_date_that_was_handed_to_somebody_who_is_away_comes_to_whoever_stands_in(story: Story) -> None:
    await member(story, "second-coordinator", "", "coordinator")
    await asked(story, "police")
    date_id = await date_of(story, "notification", "1")
    await story.as_("coordinator").press_raw("hand_on", date_id)
    await story.press("keep_hand_on", {"who": id_of(story, "manager")})
    await away(story, "manager", "second-coordinator")
    story.clock.set(at("2026-11-30T17:30"))
    heard = Heard(story)
    await story.passes(at("2026-12-01T12:00"))
    assert any("Notification to the National Panel was due" in text for text in heard.at("second-coordinator"))
    assert heard.at(MANAGER) == []


async def test_nobody_stands_in_for_a_restricted_case_who_is_not_on_its_list(story: Story) -> None:
    await member(story, "second-coordinator", "", "coordinator")
    await referred(story, restricted=True)
    await away(story, "coordinator", "second-coordinator")
    story.clock.set(at("2026-12-01T08:00"))
    heard = Heard(story)
    await story.passes(at("2026-12-01T12:00"))
    assert heard.at("second-coordinator") == []
    assert heard.at("coordinator"), "it waits for the only one who may see it"


async def test_an_absence_that_was_ended_early_is_none(story: Story) -> None:
    await member(story, "second-manager", "", "manager")
    await asked(story, "police")
    await away(story, "manager", "second-manager", ended=True)
    await story.passes(at("2026-12-02T12:00"))
    heard = Heard(story)
    await story.passes(at("2026-12-03T12:00"))
    assert len(heard.at(MANAGER)) == len(heard.at("second-manager")) == 1
