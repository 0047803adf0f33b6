"""The clock's bell."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from story import Story

from bot.bell import Bell
from bot.clock import MovableClock


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


class FullDisk:
    """A store whose heads cannot be written the first time."""

    def __init__(self) -> None:
        self.full = True
        self.rung = asyncio.Event()

    async def write_heads(self, path: Path, at: datetime) -> int:
        if self.full:
            self.full = False
            raise OSError("no space left")
        return 1

    async def forget_turns(self, before: datetime) -> int:
        self.rung.set()
        return 0


async def test_a_bell_that_cannot_write_says_so_and_rings_later(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = FullDisk()
    clock = MovableClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    running = asyncio.create_task(Bell(store, clock, tmp_path / "heads.jsonl", looks_every=0.01).run())
    await asyncio.wait_for(store.rung.wait(), 10)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert "could not be done" in caplog.text
