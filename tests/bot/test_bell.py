"""The clock's bell."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import timedelta

import pytest
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


async def test_a_bell_that_cannot_write_says_so_and_rings_when_it_can(story: Story, caplog: pytest.LogCaptureFixture) -> None:
    heads = story.settings.library / "history-heads.jsonl"
    heads.mkdir(parents=True)  # no file can be written where a folder stands
    running = asyncio.create_task(Bell(story.parts.store, story.clock, heads, looks_every=0.01).run())
    await _until(lambda: "could not be done" in caplog.text)
    heads.rmdir()
    await _until(heads.is_file)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.01)
