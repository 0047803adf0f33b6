"""A restricted referral exists only for the people named on it: in no list, count, post or answer of anybody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of

from bot.console.places import who_is
from state.records import GrantRecord

REFERENCE = "NS-2026-0001"


async def restricted(story: Story, *named: str) -> str:
    """A restricted referral, sent, with these people named. Returns the case's id from the private word they got."""
    await begin(story, restricted=True)
    people = {choice.label: choice.value for choice in story.card.inputs[0].choices}
    chosen = [value for label, value in people.items() if any(name in label for name in named)]
    await story.press("name_people", {"named": ",".join(chosen)})
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    assert REFERENCE in text_of(story.newest)
    told = story.channel.said["coordinator"][-1]
    assert told.card is not None
    return told.card.buttons[0].target


async def another_coordinator(story: Story) -> None:
    """The nurse becomes a coordinator too."""
    nurse = next(person for person in story.people if person.id == "nurse")
    grant = GrantRecord(
        id="second",
        person=who_is(nurse).id,
        role="coordinator",
        granted_by="test",
        granted_at=story.clock.now(),
        confirmed_by="test",
    )
    await story.write(grant)


async def test_named_people_are_told_privately_and_nothing_is_posted(story: Story) -> None:
    await another_coordinator(story)
    await restricted(story, "Test Coordinator")
    assert REFERENCE in text_of(story.channel.said["coordinator"][-1])
    for other in ("channel:coordinators", "manager", "nurse"):
        assert not story.channel.said[other], other
    everything = "\n".join(text_of(reply) for reply in story.channel.said["coordinator"])
    assert "Test Child" not in everything


@pytest.mark.parametrize("other", ["nurse", "manager"])
async def test_to_the_other_coordinator_and_the_manager_it_is_not_there(story: Story, other: str) -> None:
    await another_coordinator(story)
    case = await restricted(story, "Test Coordinator")
    story.as_(other)
    listed = text_of(await story.says("open referrals"))
    assert REFERENCE not in listed
    assert "no open referrals" in listed
    absent = text_of(await story.says(f"open {REFERENCE}"))
    never_was = text_of(await story.says("open NS-2026-0999"))
    assert absent == never_was
    assert text_of(await story.press_raw("open_case", case)) == text_of(await story.press_raw("open_case", "nothing"))


async def test_the_named_manager_sees_the_reference_and_the_named_coordinator_reads_it(story: Story) -> None:
    case = await restricted(story, "Test Manager", "Test Coordinator")
    story.as_("manager")
    assert REFERENCE in text_of(await story.says("open referrals"))
    story.as_("coordinator")
    assert REFERENCE in text_of(await story.says("open referrals"))
    await story.press_raw("open_case", case)
    assert "Test Child One" in "\n".join(text_of(reply) for reply in story.heard[-4:])


async def test_the_referrer_sees_their_own(story: Story) -> None:
    await restricted(story, "Test Coordinator")
    assert REFERENCE in text_of(await story.says("my referrals"))


async def test_nothing_is_asked_while_nobody_is_named_who_can_read_it(story: Story) -> None:
    await begin(story, restricted=True)
    people = {choice.label: choice.value for choice in story.card.inputs[0].choices}
    manager = next(value for label, value in people.items() if "Test Manager" in label)
    coordinator = next(value for label, value in people.items() if "Test Coordinator" in label)

    await story.press("name_people", {"named": manager})
    assert story.has("name_people"), "a manager alone could not read it"
    await story.says("Test Child One")
    draft = story.button("who_may_see").target
    for action in ("check", "submit", "add_child"):
        await story.press_raw(action, draft)
        assert story.has("who_may_see")
    await story.press("who_may_see")
    await story.press("name_people", {"named": coordinator})

    await fill_in(story, ONE_CHILD)
    assert REFERENCE in text_of(await story.press("submit"))


async def test_somebody_who_is_not_a_coordinator_or_manager_cannot_be_named(story: Story) -> None:
    await begin(story, restricted=True)
    nurse = next(p for p in story.people if p.id == "nurse")
    said = text_of(await story.press("name_people", {"named": f"{nurse.tenant}/{nurse.object}"}))
    assert "Who may see this referral?" in said


async def test_its_document_lies_under_its_reference_alone(story: Story, tmp_path: Path) -> None:
    await restricted(story, "Test Coordinator")
    names = [str(path.relative_to(tmp_path / "library")) for path in (tmp_path / "library").rglob("*")]
    assert names
    assert not any("Child One" in name for name in names)


async def test_the_next_reference_shows_no_more_than_a_number(story: Story) -> None:
    await restricted(story, "Test Coordinator")
    await begin(story)
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    listed = text_of(await story.as_("manager").says("open referrals"))
    assert "NS-2026-0002" in listed
    assert "Open referrals: 1" in listed
