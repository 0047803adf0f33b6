"""The clock's bell."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scoping_steps import asked
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


async def test_reminders_are_looked_for_all_the_time_though_the_days_work_fails(
    story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    await asked(story, "police")
    before = len(story.channel.said["channel:police"])
    nowhere = story.settings.data / "cspr.sqlite" / "heads.jsonl"
    bell = Bell(story.parts.store, story.clock, nowhere, story.parts.chaser, looks_every=0.01)
    running = asyncio.create_task(bell.run())
    for _ in range(500):
        await asyncio.sleep(0.01)
        if await story.parts.courier.pass_once():
            break
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert len(story.channel.said["channel:police"]) == before + 1
    assert "the day's work could not be done" in caplog.text


async def test_the_chaser_sleeps_outside_working_hours(story: Story) -> None:
    await asked(story, "police")
    story.clock.set(datetime(2026, 11, 23, 19, 0, tzinfo=UTC))
    assert await story.parts.chaser.ring() == 0
    assert await story.parts.chaser.next_after(story.clock.now()) == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    story.clock.set(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    assert await story.parts.chaser.ring() == 3, "the case, and the digests of the manager and the coordinator"
    assert await story.parts.chaser.ring() == 0


class SlowLibrary:
    """Looks at a library that never answers."""

    def __init__(self) -> None:
        self.looks = 0

    async def look(self) -> int:
        self.looks += 1
        await asyncio.Event().wait()
        return 0

    async def next_after(self, now: datetime) -> datetime | None:
        return None


class FaultyWatcher(SlowLibrary):
    """Cannot look at all."""

    async def look(self) -> int:
        self.looks += 1
        raise OSError("no network")


async def test_a_library_that_never_answers_holds_up_no_reminder(story: Story) -> None:
    await asked(story, "police")
    before, slow = len(story.channel.said["channel:police"]), SlowLibrary()
    bell = Bell(
        story.parts.store, story.clock, story.settings.library / "heads.jsonl", story.parts.chaser, slow, looks_every=0.01
    )
    running = asyncio.create_task(bell.run())
    for _ in range(500):
        await asyncio.sleep(0.01)
        if await story.parts.courier.pass_once():
            break
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert slow.looks == 1
    assert len(story.channel.said["channel:police"]) == before + 1


async def test_libraries_that_cannot_be_looked_at_are_looked_at_again(story: Story, caplog: pytest.LogCaptureFixture) -> None:
    faulty = FaultyWatcher()
    heads = story.settings.library / "heads.jsonl"
    bell = Bell(story.parts.store, story.clock, heads, None, faulty, looks_every=0.01, watches_every=0.01)
    running = asyncio.create_task(bell.run())
    for _ in range(500):
        await asyncio.sleep(0.01)
        if faulty.looks > 1:
            break
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert faulty.looks > 1
    assert "the libraries could not be looked at: OSError" in caplog.text
