"""The same thing delivered twice, the same id with other words, sends that fail, and the process ending in between."""

from __future__ import annotations

import asyncio

import pytest
from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of

from bot.console.places import who_is
from bot.doors import NotDelivered
from dialogs.reply import window_from
from dialogs.turn import SubmitWindow, Text, Turn
from state.snapshot import DifferentBody


async def test_the_same_activity_delivered_twice_is_answered_once(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.name")
    await story.says("Test Child One", turn="same")
    heard = len(story.heard)

    await story.says("Test Child One", turn="same")

    assert len(story.heard) == heard
    assert story.asked == "children.1.date_of_birth"


async def test_the_same_activity_delivered_twice_at_once_is_answered_once(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.name")
    heard = len(story.heard)
    turn = Turn(id="same", who=who_is(story.me), place=story.place, said=Text("Test Child One"), at=story.clock.now())
    await asyncio.gather(*(story.parts.house.take(turn) for _ in range(5)))
    await story.settle()
    assert len(story.heard) == heard + 1


async def test_submitting_twice_makes_one_case(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    card = len(story.heard)
    await story.press("submit")
    assert "is sent" in text_of(await story.press_card(card, "submit", {}))
    assert text_of(await story.says("my referrals")).count("NS-2026-") == 1


async def test_the_same_id_with_other_words_is_refused_and_changes_nothing(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.name")
    draft = story.button("answer").target
    await story.says("Test Child One", turn="same")
    with pytest.raises(DifferentBody):
        await story.says("Test Child Other", turn="same")
    assert (await story.answers_of(draft))["children.1.name"].value == "Test Child One"
    await story.says("3 April 2019")
    assert story.asked == "children.1.sex"


async def test_a_window_delivered_twice_gets_the_same_answer(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.name")
    window = await story.opens_window()
    assert window.submit is not None
    inputs = {"children.1.name": "Test Child One", "children.1.date_of_birth": "31/2/2019"}
    send = window.submit
    said = SubmitWindow(action=send.action, target=send.target, version=send.version, at=send.at, inputs=inputs)
    await story.take(said, turn="same")
    first = window_from(story.answer)
    assert "no month" in str(first).lower() or "february" in str(first).lower()
    await story.take(said, turn="same")
    assert window_from(story.answer) == first


async def test_an_answer_whose_reply_was_lost_is_kept_and_the_reply_comes_marked(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.name")
    draft = story.button("answer").target
    story.channel.fail_with.append(NotDelivered("delivery.no_answer", uncertain=True))

    await story.says("Test Child One")
    assert (await story.answers_of(draft))["children.1.name"].value == "Test Child One"
    await story.later(minutes=1)
    assert story.asked == "children.1.date_of_birth"

    story.channel.fail_with.append(NotDelivered("delivery.no_answer", uncertain=True))
    await story.says("where am I?")
    await story.later(minutes=1)
    assert "You may have seen this already" in text_of(story.newest)
    assert story.asked == "children.1.date_of_birth"


async def test_a_reply_cut_off_by_the_end_of_the_process_comes_after_the_restart(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.name")
    heard = len(story.heard)
    turn = Turn(id="cut", who=who_is(story.me), place=story.place, said=Text("Test Child One"), at=story.clock.now())
    from bot.house import TheHouse

    house = TheHouse(story.parts.store, story.parts.kit, story.parts.courier, story.clock)
    await house.take(turn)
    story.parts.store.close()
    await asyncio.gather(house.settle(), return_exceptions=True)
    assert len(story.heard) <= heard + 1

    await story.open()
    await story.later(minutes=1)

    assert story.asked == "children.1.date_of_birth"
    assert len(story.heard) <= heard + 2
