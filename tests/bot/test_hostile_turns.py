"""Hostile files in a conversation: each is answered with what to do, nothing is kept half, and the conversation goes on."""

from __future__ import annotations

from collections.abc import Iterator

import hostile_files
import pytest
from form_reader import forms
from hostile_files import FORMULA, MENTIONS
from scoping_steps import history
from story import Story, text_of
from word_parts import filled_in
from word_steps import TRUST, drops, return_of, sent_form

from bot.console.render import lines_of
from bot.slack.messages import Renderer as Slack
from bot.teams.cards import Renderer as Teams
from bot.teams.elements import inert
from templates.wording import load_words

WORDS = load_words()


@pytest.fixture
def story(two_asked: Story) -> Story:
    return two_asked


async def test_each_is_answered_and_the_conversation_goes_on(story: Story) -> None:
    story.as_("nurse")
    before = dict((await return_of(story, TRUST)).answers)
    reader = forms()
    for name, file in hostile_files.every():
        if not file.problem:
            continue
        heard = len(story.heard)
        await story.take(reader.read(file.name, file.make()))
        assert [text_of(one) for one in story.heard[heard:]] == [WORDS.say(f"files.{file.problem}")], name
    assert dict((await return_of(story, TRUST)).answers) == before
    assert "file_read" not in list(await history(story))
    assert "This is what you can do here." in text_of(await story.says("help"))


async def test_each_that_is_read_says_only_what_it_says(story: Story) -> None:
    story.as_("nurse")
    reader = forms()
    for name, file in hostile_files.every():
        if file.problem:
            continue
        await story.take(reader.read(file.name, file.make()))
        assert not [row for row in await story.parts.store.history("partnership") if row.kind == "fault"], name
    kept = (await return_of(story, TRUST)).answers
    assert not [path for path in kept if "*" in path or "99999" in path or "__" in path]


async def test_formulas_and_mentions_are_only_text_wherever_they_are_shown(story: Story) -> None:
    story.as_("nurse")
    values = {"scoping.summary": MENTIONS, "scoping.reason": FORMULA, "scoping.conflict_of_interest": MENTIONS}
    said = await drops(story, filled_in(sent_form(story, TRUST), values))

    assert said.count("@everyone") == 2
    kept = (await return_of(story, TRUST)).answers
    assert (kept["summary"].value, kept["reason"].value) == (MENTIONS, FORMULA)
    messages = Slack(WORDS).messages(story.newest)
    assert {leaf["type"] for message in messages for leaf in _leaves(message.blocks)} <= {"text", "plain_text"}
    assert all("<" not in message.text for message in messages)
    blocks = [leaf for card in Teams(WORDS, windows=True).cards(story.newest) for leaf in _leaves(card.get("body"))]
    assert "TextRun" in {leaf["type"] for leaf in blocks}
    assert all(
        leaf["text"] == inert(MENTIONS) or MENTIONS not in str(leaf["text"]) for leaf in blocks if leaf["type"] == "TextBlock"
    )
    printed = "\n".join(lines_of(story.newest))
    assert "\x1b" not in printed
    assert "@everyone <!channel>" in printed


def _leaves(part: object) -> Iterator[dict[str, object]]:
    """The parts that hold text."""
    if isinstance(part, list):
        for one in part:
            yield from _leaves(one)
    elif isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part
        for one in part.values():
            yield from _leaves(one)
