"""Wrong and impossible answers: the reason is given, and nothing that was right is lost. Long texts stay to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of
from word_file import words_in

ARABIC = "\u0627\u0644\u0637\u0641\u0644 \u0628\u062e\u064a\u0631 \u0627\u0644\u0622\u0646"
LONG = "\n".join(
    [
        "  It began in June.  Two spaces, a tab\there, and \u201cquotes\u201d \u2014 <b>not markup</b> & {name} [x](y).",
        ARABIC,
        "\U0001f469\u200d\U0001f467 \U0001f1ec\U0001f1e7 e\u0301 \u4e2d\u6587",
        "Test words. " * 830,
        "The end.  ",
    ]
)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("31/2/2019", "February"),
        ("31 April 2019", "30 days"),
        ("3/13/2019", "month 13"),
        ("29 February 2019", "leap year"),
        ("next week", ""),
        ("3 April 2030", "in the future"),
        ("soon", "could not read"),
    ],
)
async def test_a_wrong_date_is_refused_with_its_reason_and_asked_again(story: Story, typed: str, reason: str) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.date_of_birth")
    draft = story.button("answer").target
    for send in (story.says(typed), story.answers(typed)):
        assert reason in text_of(await send)
        assert story.asked == "children.1.date_of_birth"
        assert story.card.inputs[0].error
    assert "children.1.date_of_birth" not in await story.answers_of(draft)
    await story.says("3 April 2019")
    assert "children.1.date_of_birth" in await story.answers_of(draft)


async def test_a_date_is_said_back_with_its_weekday_and_the_age(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.date_of_birth")
    said = text_of(await story.says("3/4/19"))
    assert "Wednesday 3 April 2019" in said
    assert "7 years old" in said


async def test_a_birth_after_the_incident_is_refused_on_either_side(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="incident_date")
    draft = story.button("answer").target
    assert "before the child was born" in text_of(await story.says("1 January 2018"))
    assert "incident_date" not in await story.answers_of(draft)
    await story.says("20 November 2026")

    await story.says("change date of birth")
    assert "after the incident" in text_of(await story.says("21 November 2026"))
    assert (await story.answers_of(draft))["children.1.date_of_birth"].value["earliest"] == "2019-04-03"


async def test_what_is_right_on_a_card_is_kept_while_the_rest_is_wrong(story: Story) -> None:
    await begin(story)
    fields = {asked.id: asked.value for asked in story.card.inputs}
    await story.press("confirm", fields | {"referrer_email": "not an address", "referrer_role": "Test Nurse"})
    errors = {asked.id: asked.error for asked in story.card.inputs if asked.error}
    assert list(errors) == ["referrer_email"]
    kept = await story.answers_of(story.card.buttons[0].target)
    assert kept["referrer_role"].value == "Test Nurse"
    assert next(asked.value for asked in story.card.inputs if asked.id == "referrer_email") == "not an address"


async def test_unknown_words_lead_to_what_can_be_done_and_never_to_an_end(story: Story) -> None:
    said = await story.says("wibble the flange")
    assert "did not understand" in text_of(said)
    assert story.button("begin_referral")

    await begin(story)
    await fill_in(story, ONE_CHILD)
    assert "did not understand" in text_of(await story.says("wibble the flange"))
    await story.press("resume_last")
    assert story.button("submit")


@pytest.mark.parametrize("by", ["typed", "card", "window"])
async def test_a_long_text_in_every_script_stays_to_the_letter(story: Story, tmp_path: Path, by: str) -> None:
    assert len(LONG) > 10_000
    await begin(story)
    await fill_in(story, ONE_CHILD, until="summary")
    draft = story.button("answer").target
    if by == "typed":
        await story.says(LONG)
    elif by == "card":
        await story.answers(LONG)
    else:
        await story.opens_window()
        await story.submits_window({"summary": LONG})
    assert (await story.answers_of(draft))["summary"].value == LONG

    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    printed = words_in(tmp_path / "library")
    for line in (ARABIC, "\U0001f469\u200d\U0001f467", "&lt;b&gt;not markup&lt;/b&gt; &amp; {name} [x](y)", "The end."):
        assert line in printed


async def test_an_answer_longer_than_a_field_is_shown_whole_on_request_and_a_window_never_cuts_it(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD | {"summary": LONG})
    number = next(
        label.split(".")[0] for asked in story.card.inputs for label in [c.label for c in asked.choices] if "Summary" in label
    )
    assert LONG in (await story.says(f"show {number}")).text

    await story.says("change summary")
    assert story.card.inputs[0].value == ""
    await story.answers("")
    draft = next(button.target for button in story.card.buttons if button.target)
    assert (await story.answers_of(draft))["summary"].value == LONG


@pytest.mark.parametrize("words", ["self-harm-plan", "We saw a self-harm-plan in June", "ABCD-EFGH-2345"])
async def test_words_that_look_like_a_code_are_an_answer_in_a_form(story: Story, words: str) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="summary")
    draft = story.button("answer").target
    await story.says(words)
    assert (await story.answers_of(draft))["summary"].value == words


async def test_a_sentence_that_mentions_another_case_is_an_answer(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="summary")
    draft = story.button("answer").target
    words = "We read about the same address in referral NS-2026-0001 and rang them"
    await story.says(words)
    assert (await story.answers_of(draft))["summary"].value == words
