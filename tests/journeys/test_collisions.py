"""Two devices at one answer: both are shown and nothing is overwritten unseen; the window and talking mixed."""

from __future__ import annotations

from collections.abc import Mapping

from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of

from dialogs.reply import Button


async def meanwhile(story: Story, path: str, value: str) -> None:
    """The same person answers that question on another device, and comes back to this one."""
    here = story.place
    story.as_("practitioner", device="telephone")
    await story.says("carry on")
    await story.says(f"change {path}")
    await story.press("answer" if story.has("answer") else "row_save", {path: value})
    story.place = here


async def test_a_card_that_is_behind_shows_both_and_keeps_the_first(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.address")
    card, draft = len(story.heard), story.button("answer").target
    await meanwhile(story, "children.1.address", "1 First Street, Testtown")

    said = text_of(await story.press_card(card, "answer", {"children.1.address": "2 Second Street, Testtown"}))

    assert "changed after the card was made" in said
    assert "send it again: 2 Second Street" in said
    assert "1 First Street" in said
    assert (await story.answers_of(draft))["children.1.address"].value == "1 First Street, Testtown"
    await story.answers("2 Second Street, Testtown")
    assert (await story.answers_of(draft))["children.1.address"].value == "2 Second Street, Testtown"


async def test_the_same_answer_written_otherwise_is_no_collision(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.date_of_birth")
    card = len(story.heard)
    await meanwhile(story, "children.1.date_of_birth", "3 April 2019")
    said = text_of(await story.press_card(card, "answer", {"children.1.date_of_birth": "3/4/2019"}))
    assert "changed after the card was made" not in said


async def test_skip_and_not_known_on_a_card_that_is_behind_take_nothing_away(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.carer")
    card, draft = len(story.heard), story.button("answer").target
    await story.says("Test Mother")
    for action in ("skip", "not_known"):
        said = text_of(await story.press_card(card, action, {}))
        assert "changed after the card was made" in said
        assert (await story.answers_of(draft))["children.1.carer"].value == "Test Mother"


async def test_fields_that_meet_nobody_are_taken_and_empty_ones_wipe_nothing_out(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.aliases")
    card, draft = len(story.heard), story.button("answer").target
    await meanwhile(story, "children.1.school", "Test First School")
    fields = {"children.1.aliases": "Test Name", "children.1.school": "", "children.1.gp": "Test Surgery"}
    await story.press_card(card, "answer", fields)
    kept = await story.answers_of(draft)
    assert kept["children.1.school"].value == "Test First School"
    assert kept["children.1.gp"].value == "Test Surgery"
    assert kept["children.1.aliases"].value == "Test Name"


async def test_two_people_at_one_row(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="family.1.name")
    card, draft = len(story.heard), story.button("row_save").target
    here = story.place
    story.as_("practitioner", device="telephone")
    await story.says("carry on")
    await story.press("row_save", {"family.1.name": "Test Mother"})
    story.place = here

    said = text_of(
        await story.press_card(card, "row_save", {"family.1.name": "Test Father", "family.1.address": "1 Test Road"})
    )

    assert "send it again: Test Father" in said
    kept = await story.answers_of(draft)
    assert kept["family.1.name"].value == "Test Mother"


def values_of(story: Story, answers: Mapping[str, str]) -> dict[str, str]:
    """What somebody would leave in every field of the open window."""
    return {asked.id: answers.get(asked.id, asked.value) for asked in story.window.inputs}


async def test_a_window_takes_a_whole_section_and_leaves_out_what_does_not_apply(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.name")
    await story.opens_window()
    ids = [asked.id for asked in story.window.inputs]
    assert "children.1.expected_date_of_birth" in ids, "it may come to apply while the window is open"
    not_needed = next(asked for asked in story.window.inputs if asked.id == "children.1.expected_date_of_birth")
    assert not not_needed.required

    closed = await story.submits_window(values_of(story, ONE_CHILD))

    assert "saved" in closed.closed_text
    assert not [asked.error for asked in closed.inputs if asked.error]
    await fill_in(story, ONE_CHILD)
    assert story.button("submit")


async def test_a_window_shows_every_error_at_its_field_and_keeps_the_rest(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.name")
    await story.opens_window()
    draft = story.window.submit.target if story.window.submit else ""
    wrong = ONE_CHILD | {"children.1.date_of_birth": "31/2/2019", "children.1.address": ""}
    again = await story.submits_window(values_of(story, wrong))
    errors = {asked.id for asked in again.inputs if asked.error}
    assert errors == {"children.1.date_of_birth", "children.1.address"}
    assert next(a.value for a in again.inputs if a.id == "children.1.date_of_birth") == "31/2/2019"
    assert (await story.answers_of(draft))["children.1.name"].value == "Test Child One"


async def test_a_window_that_is_behind_loses_neither_what_is_kept_nor_what_was_filled_in(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.name")
    await story.opens_window()
    draft = story.window.submit.target if story.window.submit else ""
    await meanwhile(story, "children.1.name", "Test Name Kept")
    again = await story.submits_window(values_of(story, ONE_CHILD))
    errors = {asked.id: asked.error for asked in again.inputs if asked.error}
    assert list(errors) == ["children.1.name"]
    assert "Test Child One" in errors["children.1.name"]
    kept = await story.answers_of(draft)
    assert kept["children.1.name"].value == "Test Name Kept"
    assert kept["children.1.address"].value == "1 Test Street, Testtown"


async def test_talking_goes_on_while_a_window_is_open_and_the_window_from_check_answers(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.name")
    await story.opens_window()
    await story.says("check")
    closed = await story.submits_window(values_of(story, ONE_CHILD))
    assert "saved" in closed.closed_text
    assert story.has("finish"), "the person stays where they were talking"
    await story.press("finish")
    await fill_in(story, ONE_CHILD)
    assert story.button("submit")


async def test_window_typed_at_check_answers_opens_a_form_with_fields(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    await story.says("window")
    assert (await story.opens_window()).inputs


async def test_an_empty_row_window_is_no_row_and_takes_no_none_back(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="family.1.name")
    opens: Button = story.button("window")
    await story.says("none")
    draft = opens.target
    await story.opens(opens)
    closed = await story.submits_window(dict.fromkeys([asked.id for asked in story.window.inputs], ""))
    assert "Nothing was filled in" in closed.closed_text
    assert (await story.answers_of(draft))["family"].value == "none"


async def test_a_client_holds_no_window_up_for_a_question_that_another_one_there_may_settle(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.name")
    window = await story.opens_window()
    insisted = {asked.id: asked.required for asked in window.inputs}
    assert insisted["children.1.date_of_birth"]
    assert not insisted["children.1.age"], "it is asked where nobody knows the date of birth"
