"""Changing an answer: by number, by name and by button; the path is worked out again, and what is off it is not printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of
from word_file import words_in

DIED = ONE_CHILD | {"children.1.deceased": "yes", "children.1.contribution": "some"}


def checked(story: Story) -> str:
    return "\n".join(text_of(reply) for reply in story.heard[-3:])


async def test_from_died_to_harmed_asks_what_is_new(story: Story) -> None:
    await begin(story)
    await fill_in(story, DIED)
    assert "Is the child seriously harmed?" not in checked(story)

    await story.says("change children.1.deceased")
    await story.says("no")

    assert story.asked == "children.1.seriously_harmed"


async def test_an_answer_off_the_path_is_kept_marked_and_not_printed(story: Story, tmp_path: Path) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    await story.says("change children.1.deceased")
    await story.says("yes")
    await fill_in(story, DIED)
    draft = story.button("submit").target
    assert "A test injury to the head." not in checked(story).split("What the guidance says")[-1]

    await story.press("submit")

    assert "A test injury to the head." not in words_in(tmp_path / "library")
    kept = await story.answers_of(draft)
    assert kept["children.1.harm_description"].value == "A test injury to the head."


async def test_an_answer_comes_back_with_its_path(story: Story, tmp_path: Path) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    for answer in ("yes", "no"):
        await story.says("change children.1.deceased")
        await story.says(answer)
        await fill_in(story, DIED | {"children.1.deceased": answer})
    await story.press("submit")
    assert "A test injury to the head." in words_in(tmp_path / "library")


async def test_a_date_off_the_path_is_no_reason_to_refuse_another(story: Story) -> None:
    await begin(story)
    await fill_in(story, DIED, until="incident_date")
    await story.press("skip")
    await story.says("yes")
    await story.answers("1 May 2020")
    await story.says("change incident date")
    await story.answers("20/11/2026")
    await story.says("change date of birth")

    said = text_of(await story.says("3 April 2021"))

    assert "after the incident" not in said


@pytest.mark.parametrize("typed", ["change email", "change referrer_email", "edit Email", "correct email."])
async def test_change_by_name_takes_what_is_typed_next_for_that_answer(story: Story, typed: str) -> None:
    await begin(story)
    await story.says(typed)
    await story.says("new.address@example.org")
    kept = await story.answers_of(story.card.buttons[0].target)
    assert kept["referrer_email"].value == "new.address@example.org"
    assert kept["referrer_name"].value == "Test Practitioner"


async def test_change_by_number_and_by_the_list(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    choices = {choice.label: choice.value for asked in story.card.inputs for choice in asked.choices}
    label = next(label for label in choices if label.endswith("Name of child"))

    await story.press("change", {"change": choices[label]})
    assert story.asked == "children.1.name"

    await story.says("check")
    await story.says(f"change {label.split('.')[0]}")
    assert story.asked == "children.1.name"


async def test_numbers_and_names_that_are_not_there_are_said_and_are_no_answers(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.name")
    draft = story.button("answer").target
    for typed in ("change 999", "show 999", "remove 999", "change the weather", "show " + "9" * 5000, "remove 1"):
        assert "No answer has that name" in text_of(await story.says(typed))
    assert "children.1.name" not in await story.answers_of(draft)


async def test_several_answers_of_one_name_are_told_apart_by_number(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    said = text_of(await story.says("change date"))
    assert "Several answers have that name" in said
    assert "Date of birth" in said
