"""The clock's bell."""

from __future__ import annotations

from datetime import timedelta

from story import Story

from bot.bell import Bell


async def test_the_bell_rings_once_a_day_and_the_heads_it_writes_verify(story: Story) -> None:
    heads = story.settings.library / "history-heads.jsonl"
    bell = Bell(story.parts.store, story.clock, heads)
    assert await bell.ring()
    assert not await bell.ring()
    await story.says("I need to refer a child")
    await story.press("start_referral")
    story.clock.move(timedelta(days=1))
    assert await bell.ring()
    assert len(heads.read_text().splitlines()) >= 2
    assert await story.parts.store.verify_history(heads) == []
