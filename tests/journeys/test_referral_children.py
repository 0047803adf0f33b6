"""Two children in one referral: what they share is copied, the criteria are asked of each, and one may be taken out again."""

from __future__ import annotations

from pathlib import Path

from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of
from word_file import words_in

SECOND = {
    "children.2.name": "Test Child Two",
    "children.2.date_of_birth": "5 May 2021",
    "children.2.sex": "female",
    "children.2.disability": "None known",
    "children.2.aliases": "",
    "children.2.school": "Test Nursery",
    "children.2.nhs_number": "",
    "children.2.deceased": "yes",
    "children.2.abuse_or_neglect": "known",
    "children.2.looked_after": "no",
    "children.2.subject": "harmed_child",
}


async def two_children(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="incident_date")
    await story.says("add another child")
    await fill_in(story, ONE_CHILD | SECOND)


async def test_what_children_share_is_copied_and_can_be_changed(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="incident_date")

    said = text_of(await story.says("add another child"))

    assert "Child number 2 was added" in said
    assert "Home address" in said
    assert story.asked == "children.2.name"
    await fill_in(story, ONE_CHILD | SECOND, until="incident_date")
    await story.says("check")
    shown = "\n".join(text_of(reply) for reply in story.heard[-3:])
    assert shown.count("1 Test Street, Testtown") == 2
    assert "Test Child One" in shown
    assert "Test Child Two" in shown


async def test_both_children_are_advised_on_and_printed(story: Story, tmp_path: Path) -> None:
    await two_children(story)
    asked_of_each = "\n".join(text_of(reply) for reply in story.heard)
    assert "Rapid Review criteria: Test Child One" in asked_of_each
    assert "Rapid Review criteria: Test Child Two" in asked_of_each

    sent = await story.press("submit")

    assert "NS-2026-0001" in text_of(sent)
    printed = words_in(tmp_path / "library")
    assert "Test Child One" in printed
    assert "Test Child Two" in printed


async def test_a_child_taken_out_is_kept_but_neither_asked_about_nor_printed(story: Story, tmp_path: Path) -> None:
    await two_children(story)

    said = text_of(await story.says("remove child 2"))

    assert "taken out" in said
    assert "Test Child Two" not in said
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    printed = words_in(tmp_path / "library")
    assert "Test Child One" in printed
    assert "Test Child Two" not in printed


async def test_the_first_child_can_be_taken_out_and_the_last_one_stays(story: Story) -> None:
    await two_children(story)
    await story.says("remove child 1")
    refused = text_of(await story.says("remove child 2"))
    assert "at least one child" in refused


async def test_a_child_taken_out_on_one_device_is_no_question_on_the_other(story: Story) -> None:
    await two_children(story)
    await story.says("change children.2.name")
    draft = story.button("answer").target
    here = story.place
    story.as_("practitioner", device="telephone")
    await story.says("carry on")
    await story.says("remove child 2")
    story.place = here

    said = text_of(await story.says("Test Child Too Late"))

    assert "We carry on" in said
    kept = await story.answers_of(draft)
    assert kept["children.2.name"].value == "Test Child Two"
