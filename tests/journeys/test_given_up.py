"""What could not be delivered: somebody is told, by reference and reason, and never in a circle."""

from __future__ import annotations

from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of

from bot.doors import NotDelivered
from dialogs.turn import Text

GONE = NotDelivered("delivery.channel_gone")


async def test_a_reply_that_is_given_up_is_told_to_the_coordinators(story: Story) -> None:
    story.channel.fail_with = [GONE]
    await story.take(Text("I need to refer a child"))
    told = story.channel.said["channel:coordinators"]
    assert "did not get through" in text_of(told[-1])
    assert "is not there any more" in text_of(told[-1])


async def test_the_news_of_a_referral_is_told_with_its_reference_and_nothing_else(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    story.channel.fail_at("channel:coordinators", GONE)
    await story.press("submit")
    told = text_of(story.channel.said["channel:coordinators"][-1])
    assert "NS-2026-0001" in told
    assert "Test Child" not in told


async def test_coordinators_who_cannot_be_reached_are_not_told_that_for_ever(story: Story) -> None:
    story.channel.fail_with = [GONE] * 50
    await story.take(Text("hello"))
    assert 45 <= len(story.channel.fail_with) < 50
