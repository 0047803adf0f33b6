"""The moves everyone expects, typed or pressed: back, skip, why, where, check, and who reads what was typed."""

from __future__ import annotations

import pytest
from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of


async def test_back_and_back_again_then_onward(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.address")
    await story.press("back")
    before = story.asked
    await story.says("go back")
    assert story.asked not in (before, "children.1.address")
    await fill_in(story, ONE_CHILD, until="children.1.address")
    assert story.asked == "children.1.address"


async def test_back_at_the_first_question_says_so(story: Story) -> None:
    await begin(story)
    assert "This is the first question" in text_of(await story.says("back"))


async def test_why_where_and_help_ask_the_same_question_again(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.address")
    for typed, said in (
        ("why do you ask?", "search their records by address"),
        ("where am I?", "Still to come"),
        ("help", "You can answer in the box"),
    ):
        assert said in text_of(await story.says(typed))
        assert story.asked == "children.1.address"


async def test_skip_leaves_out_what_may_be_left_out_and_nothing_else(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.address")
    assert "must be answered" in text_of(await story.says("skip"))
    await story.says("not known")
    await fill_in(story, ONE_CHILD, until="children.1.carer")
    draft = story.button("answer").target
    await story.says("skip this")
    kept = await story.answers_of(draft)
    assert kept["children.1.address"].state == "not_known"
    assert kept["children.1.carer"].state == "skipped"


@pytest.mark.parametrize("typed", ["none", "no", "nobody", "skip"])
async def test_a_list_can_be_left_empty_in_words(story: Story, typed: str) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="family.1.name")
    draft = story.button("row_save").target
    await story.says(typed)
    kept = await story.answers_of(draft)
    assert kept["family"].state == ("skipped" if typed == "skip" else "given")
    assert "family.1.name" not in kept
    assert story.asked != "family.1.name"


async def test_rows_one_at_a_time_kept_changed_and_taken_out(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="family.1.name")
    draft = story.button("row_save").target
    await story.press("row_save", {"family.1.name": "Test Mother", "family.1.relationship": "Mother"})
    assert "Kept so far: 1" in text_of(story.newest)
    await story.says("Test Father")
    await story.press("row_save", {"family.2.relationship": "Father"})
    await story.says("done")
    await fill_in(story, ONE_CHILD)
    labels = [choice.label for asked in story.card.inputs for choice in asked.choices]
    number = next(label.split(".")[0] for label in labels if label.endswith("Number 1, Family and significant others"))

    assert "taken out" in text_of(await story.says(f"remove {number}"))

    kept = await story.answers_of(draft)
    assert kept["family.1.name"].value == "Test Mother"
    assert kept["family.1"].state == "removed"
    assert kept["family.2.name"].value == "Test Father"


async def test_a_row_without_its_name_is_asked_to_be_finished(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="family.1.name")
    await story.press("row_save", {"family.1.relationship": "Mother"})
    errors = [asked.id for asked in story.card.inputs if asked.error]
    assert errors == ["family.1.name"]
    assert "is not complete" in text_of(await story.says("done"))


async def test_typing_what_identifies_is_remarked_on_in_teams_and_not_in_the_console(story: Story) -> None:
    story.as_("practitioner", teams=True)
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.name")
    said = text_of(await story.says("Test Child One"))
    assert "stays in this chat" in said
    assert "Test Child One" not in said
    assert "stays in this chat" not in text_of(await story.answers("3 April 2019"))

    story.as_("nurse")
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.name")
    assert "stays in this chat" not in text_of(await story.says("Test Child One"))


async def test_previews_and_replaced_cards_never_hold_an_answer(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    answered = "\n".join(text_of(reply) for _, reply in story.channel.updates)
    previews = "\n".join(reply.preview for reply in story.heard)
    assert "Answered:" in answered
    for secret in ("Test Child One", "1 Test Street", "Test Aunt", "2019"):
        assert secret not in answered
        assert secret not in previews


async def test_danger_is_answered_first_wherever_it_is_said(story: Story) -> None:
    said = text_of((await story.says("a child is in danger"), story.heard)[1][0])
    assert "ring 999" in said
    await begin(story)
    heard = len(story.heard)
    await story.says("he is being hurt now")
    assert "ring 999" in text_of(story.heard[heard])


async def test_saying_that_a_child_is_not_safe_brings_the_emergency_words(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="immediate_safety")
    assert "ring 999" in text_of(await story.says("no"))
