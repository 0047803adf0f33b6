"""A restricted referral exists only for the people named on it: in no list, count, post or answer of anybody else."""

from __future__ import annotations

from pathlib import Path

from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of

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
    told = story.channel.said["manager" if "Test Manager" in named else "coordinator"][-1]
    assert told.card is not None
    return told.card.buttons[0].target


async def test_named_people_are_told_privately_and_nothing_is_posted(story: Story) -> None:
    await restricted(story, "Test Manager")
    assert REFERENCE in text_of(story.channel.said["manager"][-1])
    assert not story.channel.said["channel:coordinators"]
    assert not story.channel.said["coordinator"]
    everything = "\n".join(text_of(reply) for said in story.channel.said.values() for reply in said if said is not story.heard)
    assert "Test Child" not in everything


async def test_to_the_other_coordinator_it_is_not_there(story: Story) -> None:
    case = await restricted(story, "Test Manager")
    story.as_("coordinator")
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
    await restricted(story, "Test Manager")
    assert REFERENCE in text_of(await story.says("my referrals"))


async def test_it_cannot_be_sent_while_nobody_is_named(story: Story) -> None:
    await begin(story, restricted=True)
    await story.says("carry on")
    await fill_in(story, ONE_CHILD)

    assert "Who may see this referral?" in text_of(await story.press("submit"))
    assert REFERENCE not in text_of(await story.says("my referrals"))

    await story.press("resume")
    await story.press("submit")
    await story.press("name_people", {"named": story.card.inputs[0].choices[0].value})
    assert REFERENCE in text_of(await story.press("submit"))


async def test_somebody_who_is_not_a_coordinator_or_manager_cannot_be_named(story: Story) -> None:
    await begin(story, restricted=True)
    nurse = next(p for p in story.people if p.id == "nurse")
    said = text_of(await story.press("name_people", {"named": f"{nurse.tenant}/{nurse.object}"}))
    assert "Who may see this referral?" in said


async def test_its_document_lies_under_its_reference_alone(story: Story, tmp_path: Path) -> None:
    await restricted(story, "Test Manager")
    names = [str(path.relative_to(tmp_path / "library")) for path in (tmp_path / "library").rglob("*")]
    assert names
    assert not any("Child One" in name for name in names)


async def test_the_next_reference_shows_no_more_than_a_number(story: Story) -> None:
    await restricted(story, "Test Manager")
    await begin(story)
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    listed = text_of(await story.as_("coordinator").says("open referrals"))
    assert "NS-2026-0002" in listed
    assert "Open referrals: 1" in listed
