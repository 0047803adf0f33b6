"""Attacks on answers: cards of children and rows that were taken out since, very long texts, and text that looks like code."""

from __future__ import annotations

from pathlib import Path

import pytest
from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of

from bot.teams.cards import Renderer
from dialogs.turn import Press
from templates.wording import load_words

LONG = "Test word. " * 4_000
HOSTILE = "{name} {0.__class__} %s ${x} =1+1 [a](http://example.org) <at>Test</at> \u202eabc \x00 w:t</w:t>"


async def test_an_answer_about_a_child_taken_out_since_is_kept_and_said_to_be_off(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    draft = story.button("submit").target
    await story.says("add child")
    card, asked = len(story.heard), story.asked
    await story.says("remove child 2")
    before = set(await story.answers_of(draft))

    said = text_of(await story.press_card(card, "answer", {asked: "Test Child Two"}))

    kept = await story.answers_of(draft)
    assert kept[asked].value == "Test Child Two"
    assert set(kept) - before == {asked}, "no other question is answered by it"
    assert "does not apply now" in said
    assert "Test Child Two" not in text_of(await story.says("check"))


async def test_not_known_on_the_card_of_a_child_taken_out_answers_no_other_question(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.sex")
    draft = story.button("answer").target
    before = await story.answers_of(draft)
    for action in ("not_known", "skip"):
        await story.take(Press(action=action, target=draft, at="children.sex:7"))
    assert await story.answers_of(draft) == before


async def test_no_card_makes_a_child_by_naming_it(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    draft = story.button("submit").target
    forged = {"children.7.name": "Test Child Seven", "summary": "Forged", "no.such.path": "x", "restricted": "maybe"}
    await story.take(Press(action="answer", target=draft, at="children.name:7", inputs=forged))
    kept = await story.answers_of(draft)
    assert "children.7.name" not in kept
    assert kept["summary"].value == ONE_CHILD["summary"]
    assert set(kept) <= set(await story.answers_of(draft))


async def test_a_window_of_a_child_taken_out_since_loses_nothing(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    draft = story.button("submit").target
    await story.says("add child")
    await story.opens_window()
    await story.says("remove child 2")
    closed = await story.submits_window({"children.2.name": "Test Child Two"})
    assert closed.closed_text
    assert (await story.answers_of(draft))["children.2.name"].value == "Test Child Two"
    assert "does not apply now" in text_of(story.newest)


async def test_a_row_taken_out_elsewhere_is_there_again_once_it_is_saved(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="family.1.name")
    draft = story.button("row_save").target
    await story.press("row_save", {"family.1.name": "Test Mother"})
    await story.take(Press(action="row_remove", target=draft, at="family:1"))
    await story.take(Press(action="row_save", target=draft, at="family:1", version=1, inputs={"family.1.name": "Test Father"}))
    assert "That is kept" in text_of(story.newest)
    await fill_in(story, ONE_CHILD)
    await story.says("check")
    assert "Test Father" in "\n".join(text_of(reply) for reply in story.heard[-3:])


async def long_collision(story: Story) -> str:
    """Two devices at one question. Returns the draft; the card that is behind is the newest but one."""
    await begin(story)
    await fill_in(story, ONE_CHILD)
    await story.says("change summary")
    return story.button("answer").target


async def test_two_long_answers_that_collide_are_both_shown_in_teams(story: Story) -> None:
    await long_collision(story)
    card = len(story.heard)
    await story.press_card(card, "answer", {"summary": "A first account."})
    await story.press_card(card, "answer", {"summary": LONG})
    drawn = Renderer(load_words(), windows=True).cards(story.newest)
    shown = "".join(str(one["fallbackText"]) for one in drawn)
    assert shown.count("word.") >= 4_000


async def test_a_long_answer_from_a_window_that_collides_is_shown_in_the_chat(story: Story) -> None:
    draft = await long_collision(story)
    await story.opens_window()
    await story.answers("A first account.")
    closed = await story.submits_window({"summary": LONG})
    assert closed.closed_text
    assert text_of(story.newest).count("Test word.") >= 4_000
    assert (await story.answers_of(draft))["summary"].value == "A first account."


async def test_a_long_answer_can_be_shown_whole_in_teams(story: Story) -> None:
    await long_collision(story)
    await story.answers(LONG)
    lines = [line for reply in story.heard[-3:] for line in text_of(reply).splitlines()]
    number = next(line.split(".")[0] for line in lines if "Summary of events:" in line)
    shown = await story.says(f"show {number}")
    drawn = Renderer(load_words(), windows=True).cards(shown)
    assert "".join(str(one["fallbackText"]) for one in drawn).count("word.") >= 4_000


@pytest.mark.parametrize("typed", [False, True])
async def test_text_that_looks_like_code_is_text(story: Story, tmp_path: Path, *, typed: bool) -> None:
    hostile = dict.fromkeys(("children.1.name", "summary", "incident_location", "children.1.carer"), HOSTILE)
    await begin(story)
    await fill_in(story, ONE_CHILD | hostile)
    if typed:
        await story.says("change summary")
        await story.says(HOSTILE)
    await story.press_raw("check", story.button("submit").target)
    assert "{name} {0.__class__} %s" in "\n".join(text_of(reply) for reply in story.heard[-3:])
    await story.press("submit")
    assert list((tmp_path / "library").rglob("*.docx"))
    await story.as_("coordinator").says("open NS-2026-0001")
    for reply in story.heard:
        for card in Renderer(load_words(), windows=True).cards(reply):
            blocks = [one for one in card["body"] if one["type"] == "TextBlock"]  # type: ignore[attr-defined]
            assert not [one for one in blocks if "[a](" in one["text"] or "<at>" in one["text"]]


async def test_two_hundred_thousand_characters_are_taken_and_one_more_is_refused(story: Story) -> None:
    draft = await long_collision(story)
    whole = "a" * 200_000
    await story.says(whole)
    assert (await story.answers_of(draft))["summary"].value == whole
    await story.says("change summary")
    refused = await story.says(whole + "b")
    assert (await story.answers_of(draft))["summary"].value == whole
    assert Renderer(load_words(), windows=True).cards(refused)
