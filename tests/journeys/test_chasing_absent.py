"""Somebody is away: what would come to them goes to whoever stands in and may be told, and comes to them again afterwards."""

from __future__ import annotations

from datetime import date

from asked import member, who
from chasing_steps import MANAGER, by_day
from scoping_steps import asked, id_of
from story import Story

from state.chasing_records import AbsenceRecord

SECOND = "second-manager"


async def away(story: Story, person: str, *, deputy: str = "", last: date = date(2026, 12, 31)) -> None:
    """Somebody is away from today on."""
    one = AbsenceRecord(
        id=f"test-{person}", person=person, first=date(2026, 11, 23), last=last, deputy=deputy, by=person, at=story.clock.now()
    )
    await story.write(one)


async def late(story: Story) -> dict[str, list[str]]:
    """What was said to whom about a return that is late, until after the manager was told."""
    await asked(story, "police")
    said = await by_day(story, "2026-12-05T12:00")
    return {place: [text for _, text in heard if "Test Police" in text or "help" in text] for place, heard in said.items()}


async def test_a_managers_deputy_is_told_instead(story: Story) -> None:
    second = who(await member(story, SECOND, "", "manager"))
    await away(story, id_of(story, "manager"), deputy=second)
    said = await late(story)
    assert said.get(SECOND)
    assert not said.get(MANAGER)


async def test_without_a_deputy_another_manager_is_told(story: Story) -> None:
    await member(story, SECOND, "", "manager")
    await away(story, id_of(story, "manager"))
    said = await late(story)
    assert said.get(SECOND)
    assert not said.get(MANAGER)


async def test_where_nobody_stands_in_it_comes_to_them_all_the_same(story: Story) -> None:
    await away(story, id_of(story, "manager"))
    assert (await late(story)).get(MANAGER), "no date passes without anybody being told"


async def test_an_agency_leads_deputy_of_the_same_organisation_is_told_instead(story: Story) -> None:
    deputy = who(await member(story, "police-deputy", "police", "deputy"))
    await away(story, id_of(story, "police-lead"), deputy=deputy)
    said = await late(story)
    assert said.get("police-deputy")
    assert not said.get("police-lead")


async def test_who_is_back_is_told_again(story: Story) -> None:
    second = who(await member(story, SECOND, "", "manager"))
    await away(story, id_of(story, "manager"), deputy=second, last=date(2026, 11, 30))
    said = await late(story)
    assert said.get(MANAGER)
