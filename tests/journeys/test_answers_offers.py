"""Where a text may mean several things, asks for two, or is help itself: every way on is a button or words that work."""

from __future__ import annotations

import pytest
from scoping_steps import asked
from story import Story, text_of

from dialogs.reply import Bullets
from dialogs.turn import Press

NOT_UNDERSTOOD = ("I did not understand", "I am not sure what you meant")


async def test_what_may_have_been_meant_is_offered_and_done_with_what_was_named(story: Story) -> None:
    await asked(story, "police", "fire")
    said = text_of(await story.as_("coordinator").says("don't chase police on NS-2026-0001"))
    assert "I am not sure what you meant." in said
    assert "999" in said
    offered = {one.target: one for one in story.card.buttons}
    assert 1 <= len(offered) <= 3
    assert all(one.action == "asked_for" for one in offered.values())
    assert sum(one.primary for one in offered.values()) == 1


async def test_a_button_asks_the_same_as_the_words(story: Story) -> None:
    await asked(story, "police", "fire")
    story.as_("coordinator")
    typed = await story.says("status of police on NS-2026-0001")
    slots = '{"case":"NS-2026-0001","agency":["police"]}'
    await story.take(Press(action="asked_for", target="status", at=slots))
    assert text_of(story.newest) == text_of(typed)
    await story.take(Press(action="asked_for", target="how_is", at='{"organisation":"fire"}'))
    assert "Test Fire and Rescue Service: returns" in text_of(story.newest)
    assert "Asked: 1" in text_of(story.newest)


@pytest.mark.parametrize("at", ["x", "[]", '{"case": 7}', '{"agency":["police"],"from":"yesterday"}'])
async def test_a_button_that_carries_something_else_is_answered_all_the_same(story: Story, at: str) -> None:
    story.as_("coordinator")
    for intent in ("status", "how_is", "mine", "timeline", "nothing"):
        await story.take(Press(action="asked_for", target=intent, at=at))
        assert "not your fault" not in text_of(story.newest)


async def test_the_second_thing_asked_for_is_a_button_after_the_first(story: Story) -> None:
    await asked(story, "police")
    await story.as_("coordinator").says("show timeline of NS-2026-0001 and who has seen it")
    assert "timeline" in text_of(story.heard[-2])
    assert "You asked for something else as well." in text_of(story.newest)
    said = text_of(await story.press("asked_for"))
    assert "NS-2026-0001: who has seen it" in said


async def test_what_somebody_may_not_do_is_not_offered_to_them(story: Story) -> None:
    await story.as_("police-lead").says("show timeline of NS-2026-0001 and who has seen it")
    assert "You asked for something else as well." not in text_of(story.newest)


@pytest.mark.parametrize("person", ["coordinator", "manager", "police-lead", "practitioner"])
async def test_everything_that_help_says_can_be_typed_is_understood(story: Story, person: str) -> None:
    await asked(story, "police", "housing")
    await story.as_(person).says("help")
    examples = next(block for block in story.card.blocks if isinstance(block, Bullets)).items
    assert 3 <= len(examples) <= 8
    for example in examples:
        if "a name" in example:
            continue
        said = text_of(await story.as_(person).says(example.replace("-0007", "-0001")))
        assert not any(text in said for text in NOT_UNDERSTOOD), (example, said)
        assert "You cannot" not in said, (example, said)
        assert "Only the coordinator" not in said, (example, said)


async def test_a_manager_who_would_read_a_case_is_shown_where_it_stands(story: Story) -> None:
    await asked(story, "police")
    for words in ("open NS-2026-0001", "rapid review NS-2026-0001"):
        await story.as_("manager").says(words)
        assert "Only those who work on NS-2026-0001 can read it." in text_of(story.heard[-2])
        assert "Case NS-2026-0001" in text_of(story.newest)
        assert "Test Child" not in text_of(story.newest)
    for person in ("police-lead", "practitioner"):
        said = text_of(await story.as_(person).says("open NS-2026-0001"))
        assert "You cannot read this case." in said


async def test_a_doubtful_reading_is_settled_with_one_press(story: Story) -> None:
    await asked(story, "police")
    for person, there in (("coordinator", "Test Child One"), ("manager", "Only those who work on NS-2026-0001 can read it.")):
        await story.as_(person).says("review NS-2026-0001")
        read = next(one for one in story.card.buttons if one.target == "open_case")
        before = len(story.heard)
        await story.take(Press(action=read.action, target=read.target, at=read.at))
        assert there in "\n".join(text_of(reply) for reply in story.heard[before:])
