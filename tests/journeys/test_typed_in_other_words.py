"""What people type at their own pace: agreement in other words, a "yes" that says too little, boxes of a row one by one."""

from __future__ import annotations

import pytest
from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of


@pytest.mark.parametrize("agrees", ["ok", "confirm", "yes", "that's right"])
async def test_known_details_are_confirmed_in_several_words(story: Story, agrees: str) -> None:
    await begin(story)
    assert "Is every child in this family safe now?" in text_of(await story.says(agrees))


async def test_words_that_could_be_meant_for_any_filled_box_change_none(story: Story) -> None:
    await begin(story)
    asked = await story.says("my number is wrong")
    assert "its name" in text_of(asked)
    assert story.card.inputs[0].value == "Test Practitioner"
    await story.says("change telephone")
    await story.says("01632 960111")
    assert "01632 960111" in [box.value for box in story.card.inputs]


async def test_a_bare_yes_to_shades_of_yes_is_asked_again_and_the_reading_is_said_back(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.abuse_or_neglect")
    again = text_of(await story.says("yes"))
    assert "Which one do you mean?" in again
    assert "we read this as Suspected" in text_of(await story.says("2"))


async def test_the_boxes_of_a_row_are_named_one_by_one_and_can_be_skipped(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="family.1.name")
    assert "Next: Relationship to child" in text_of(await story.says("Test Mother"))
    assert "Next: Date of birth" in text_of(await story.says("skip"))
    await story.says("1 June 1990")
    assert story.card.inputs[0].value == "Test Mother"


async def test_the_summary_cannot_be_skipped_and_nothing_untrue_is_offered(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="summary")
    refused = text_of(await story.says("skip"))
    assert "not known" not in refused
    assert "pause" in refused


async def test_nothing_is_sent_before_the_answers_were_looked_at(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    await story.says("change summary")
    assert "look through your answers first" in text_of(await story.says("send it"))
    assert "-0001" in text_of(await story.says("send it"))


async def test_while_the_list_of_a_restricted_referral_is_missing_a_person_can_leave_it(story: Story) -> None:
    await begin(story, restricted=True)
    assert "chosen from a list" in text_of(await story.says("test coordinator"))
    assert "Begun and not sent" in text_of(await story.says("my referrals"))


async def test_two_children_are_told_apart_where_an_answer_is_named(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    await story.says("add another child")
    await story.says("Test Child Two")
    assert "Name of child (Test Child Two)" in text_of(await story.says("change name of child"))


async def test_a_command_that_names_a_case_is_no_answer_and_the_form_stays(story: Story) -> None:
    """The invitation says to type it; with a question of a form open it was kept as the answer."""
    await begin(story)
    await fill_in(story, ONE_CHILD, until="summary")
    said = text_of(await story.says("status of NS-2026-0007"))
    assert "You cannot read this case." in said
    await story.says("carry on")
    assert story.asked == "summary"
    assert story.card.inputs[0].value == ""
    await story.says("He was brought in with NS-2026-0007 written on the file, and the doctors doubted what they were told.")
    assert story.asked != "summary"
