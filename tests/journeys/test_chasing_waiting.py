"""A reminder that a channel holds up: when it goes at last, it says only what is still so."""

from __future__ import annotations

from chasing_steps import COORDINATORS, POLICE, Heard, at
from scoping_steps import asked
from story import Story

from bot.doors import NotDelivered
from state.changes import OutboxStatus

SLOW = NotDelivered("delivery.throttled", again_after=600.0)


async def held_up(story: Story, place: str, since: str, until: str) -> None:
    """The bell rings in the morning, and the channel takes nothing until a moment."""
    await story.passes(at(since))
    story.channel.broken[place] = SLOW
    await story.passes(at(until))


async def let_through(story: Story, place: str) -> Heard:
    """The channel works again."""
    story.channel.broken.pop(place)
    heard = Heard(story)
    story.clock.set(story.clock.now().replace(minute=59))
    await story.settle()
    return heard


async def reasons(story: Story) -> list[str]:
    return [row.reason for row in await story.parts.store.ledger() if row.status is OutboxStatus.DROPPED]


async def test_of_several_things_only_those_are_said_that_are_still_to_be_done(story: Story) -> None:
    requests = await asked(story, "gp", "fire")
    await held_up(story, COORDINATORS, "2026-11-30T08:50", "2026-11-30T10:00")
    await story.as_("coordinator").press_raw("withdraw_request", requests["gp"].id)
    await story.press("do_withdraw", {"reason": "Asked by mistake."})
    heard = await let_through(story, COORDINATORS)
    [told] = [text for text in heard.at(COORDINATORS) if "Nobody has said that it went" in text]
    assert "Test Fire and Rescue Service" in told
    assert "Test Surgery" not in told


async def test_a_date_that_was_moved_meanwhile_is_not_asked_for_by_the_old_one(story: Story) -> None:
    requests = await asked(story, "police")
    await held_up(story, POLICE, "2026-12-01T08:50", "2026-12-01T10:00")
    await story.as_("coordinator").press_raw("give_time", requests["police"].id)
    await story.press("keep_time", {"until": "9 December 2026", "reason": "A test."})
    await story.passes(at("2026-12-01T11:00"))
    heard = await let_through(story, POLICE)
    assert [text for text in heard.at(POLICE) if "we do not have your answer" in text] == []
    assert "delivery.done_meanwhile" in await reasons(story)


async def test_what_was_held_up_until_the_next_one_is_said_by_the_next_one_alone(story: Story) -> None:
    await asked(story, "police")
    await held_up(story, POLICE, "2026-11-30T08:50", "2026-12-01T10:00")
    heard = await let_through(story, POLICE)
    [told] = heard.at(POLICE)
    assert "we do not have your answer yet" in told
    assert "delivery.newer_said" in await reasons(story)


async def test_after_a_time_away_what_waited_is_not_said_beside_the_catch_up(story: Story) -> None:
    await asked(story, "police")
    await held_up(story, POLICE, "2026-11-30T08:50", "2026-11-30T10:00")
    await story.restart()
    story.channel.broken.clear()
    story.clock.set(at("2026-12-01T14:00"))
    heard = Heard(story)
    await story.settle()
    await story.parts.chaser.ring()
    await story.settle()
    await story.later(hours=1)
    [told] = heard.at(POLICE)
    assert "we do not have your answer yet" in told
