"""The courier against a channel that fails and never deduplicates: order, retries, uncertain replies, an end for each row."""

from __future__ import annotations

import asyncio
import contextlib
import random
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from courier_kit import GONE, THROTTLED, UNCLEAR, Places, Post, post

from bot.courier import AT_ONCE, LONGEST_TRY, Courier
from bot.doors import NotDelivered
from state.changes import OutboxRow
from state.crypto import KeyRing
from state.sqlite import SqliteStore
from state.values import Channel, Place
from templates.wording import load_words

__all__ = ["post"]


async def test_a_conversation_is_in_order_and_others_do_not_wait(post: Post) -> None:
    post.channel.failures["one"] = [THROTTLED]
    await post.put("one", "two", "three")
    await post.put("elsewhere", place="console:b")
    await post.go()
    assert post.channel.texts() == ["one"]
    assert post.channel.texts("b") == ["elsewhere"]
    await post.go(minutes=1)
    assert post.channel.texts() == ["one", "one", "two", "three"]
    assert await post.statuses() == ["sent"] * 4


async def test_what_a_turn_claimed_waits_in_order_behind_what_failed(post: Post) -> None:
    post.channel.failures["two"] = [THROTTLED]
    claimed = await post.put("one", "two", "three", claim="console:a")
    await post.courier.send_claimed(claimed, Place(Channel.CONSOLE, "a"))
    await post.put("four")
    await post.go()
    assert post.channel.texts() == ["one", "two"]
    await post.go(minutes=1)
    assert post.channel.texts() == ["one", "two", "two", "three", "four"]


async def test_a_retry_waits_at_least_as_long_as_asked_with_some_chance_and_longer_each_time(post: Post) -> None:
    post.channel.failures["one"] = [THROTTLED] * 12
    await post.put("one")
    waits: list[float] = []
    for _ in range(10):
        await post.go()
        row = (await post.store.ledger())[0]
        waits.append((row.next_at - post.clock.now()).total_seconds())
        post.clock.set(row.next_at)
    assert all(wait >= 30.0 for wait in waits)
    assert all(wait <= 900.0 * 1.25 for wait in waits)
    assert waits[-1] > 8 * waits[0]
    assert len(set(waits[:4])) == 4, "chance spreads retries that would fall together"


async def test_an_uncertain_reply_is_sent_once_more_marked_and_never_a_third_time(post: Post) -> None:
    post.channel.failures["one"] = [UNCLEAR] * 9
    await post.put("one", "two")
    await post.go()
    for _ in range(5):
        await post.go(hours=1)
    assert post.channel.texts() == ["one", "You may have seen this already.\n\none", "two"]
    assert await post.statuses() == ["uncertain", "sent"]


async def test_an_uncertain_reply_that_is_then_throttled_is_still_sent_twice_at_the_most(post: Post) -> None:
    post.channel.failures["one"] = [UNCLEAR, THROTTLED, THROTTLED, UNCLEAR, UNCLEAR, UNCLEAR]
    await post.put("one")
    for _ in range(9):
        await post.go(hours=1)
    arrived = post.channel.texts()
    assert len(arrived) == 4, "two that were refused, and two that may have arrived"
    assert all("seen this already" in text for text in arrived[1:])
    assert await post.statuses() == ["uncertain"]


async def test_a_process_that_ends_while_sending_sends_twice_at_the_most(post: Post) -> None:
    await post.put("one", claim="console:a")
    for _ in range(4):
        post.store.close()
        post.open()
        await post.courier.start()
        post.clock.move(timedelta(minutes=1))
        await post.store.claim(post.clock.now(), lanes=("console:",))
    post.store.close()
    post.open()
    await post.courier.start()
    await post.go(minutes=1)
    assert len(post.channel.texts()) <= 1, "the first was cut off and so was the second"
    assert await post.statuses() == ["uncertain"]


async def test_a_reminder_is_never_sent_again_when_nobody_knows(post: Post) -> None:
    post.channel.failures["remember"] = [UNCLEAR]
    await post.put("remember", reminder=True)
    for _ in range(3):
        await post.go(hours=1)
    assert post.channel.texts() == ["remember"]
    assert await post.statuses() == ["uncertain"]


async def test_what_cannot_be_sent_is_dead_with_its_reason_and_blocks_nothing(post: Post) -> None:
    post.channel.failures["one"] = [GONE]
    await post.put("one", "two")
    await post.put("lost", place="console:nowhere")
    await post.go()
    assert await post.statuses() == ["dead", "sent", "dead"]
    assert await post.reasons() == ["delivery.channel_gone", "", "delivery.no_place"]


async def test_after_72_hours_a_row_is_dead(post: Post) -> None:
    post.channel.failures["one"] = [THROTTLED] * 1_000
    await post.put("one")
    begun = post.clock.now()
    while (await post.statuses()) == ["queued"]:
        await post.go(minutes=16)
        assert post.clock.now() - begun < LONGEST_TRY + timedelta(hours=2)
    assert await post.statuses() == ["dead"]
    assert post.clock.now() - begun >= LONGEST_TRY


async def test_a_bug_in_a_door_is_uncertain_and_stops_nothing(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    post.channel.failures["one"] = [ValueError("Test Child One")] * 2
    await post.put("one", "two")
    for _ in range(3):
        await post.go(minutes=1)
    assert await post.statuses() == ["uncertain", "sent"]
    assert "ValueError" in caplog.text
    assert "Test Child" not in caplog.text


async def test_a_document_is_made_again_when_the_library_is_away(post: Post) -> None:
    post.documents_fail = [NotDelivered("delivery.library_away", again_after=60.0)] * 2
    await post.put_document()
    await post.go()
    assert await post.statuses() == ["queued"]
    for _ in range(3):
        await post.go(minutes=5)
    assert len(post.made) == 3
    assert await post.statuses() == ["sent"]


async def test_who_has_no_run_may_try_at_once_what_would_be_tried_again_soon(post: Post) -> None:
    post.documents_fail = [NotDelivered("delivery.library_away", again_after=5.0)]
    await post.put_document()
    await post.go()
    assert await post.courier.pass_once() == 0
    assert await post.courier.pass_once(ahead=timedelta(seconds=10)) == 1
    assert await post.statuses() == ["sent"]


async def test_a_document_that_can_never_be_made_comes_to_an_end(post: Post) -> None:
    post.documents_fail = [RuntimeError("a bug")] * 10_000
    await post.put_document()
    for _ in range(90):
        await post.go(hours=1)
    assert await post.statuses() == ["dead"]


class FullDisk(SqliteStore):
    """A store whose disk is full when rows are first claimed."""

    def __init__(self, path: Path, keys: KeyRing) -> None:
        super().__init__(path, keys)
        self.full = True
        self.recorded = asyncio.Event()

    async def claim(self, now: datetime, limit: int = 20, lanes: Sequence[str] = ()) -> Sequence[OutboxRow]:
        if self.full:
            self.full = False
            raise sqlite3.OperationalError("database or disk is full")
        return await super().claim(now, limit, lanes)

    async def sent(self, rows: Mapping[int, str], at: datetime) -> None:
        await super().sent(rows, at)
        self.recorded.set()


async def test_a_fault_of_the_store_is_logged_and_the_courier_goes_on(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    store = FullDisk(post.folder / "data" / "cspr.db", KeyRing({"k1": b"1" * 32}, "k1"))
    deliverers = {Channel.CONSOLE: post.channel}
    courier = Courier(
        store, Places(), post.clock, load_words(), deliverers=deliverers, documents=post.document, files=post.file
    )
    await post.put("one")
    running = asyncio.create_task(courier.run(pause=0.01))
    await asyncio.wait_for(store.recorded.wait(), 10)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    store.close()
    assert "OperationalError" in caplog.text
    assert post.channel.texts() == ["one"]
    assert await post.statuses() == ["sent"]


async def test_no_row_is_lost_and_none_is_sent_more_than_twice_whatever_the_channel_does(post: Post) -> None:
    chance = random.Random(11)
    for number in range(40):
        failures: list[Exception | None] = [chance.choice([UNCLEAR, THROTTLED, GONE, None, None]) for _ in range(6)]
        post.channel.failures[f"text {number}"] = failures
        await post.put(f"text {number}", place=f"console:{'abc'[number % 3]}", reminder=number % 5 == 0)
    for _ in range(60):
        await post.go(minutes=10)
    assert set(await post.statuses()) <= {"sent", "dead", "uncertain"}
    for number in range(40):
        calls = [text for _, text in post.channel.calls if text.endswith(f"text {number}")]
        assert calls
        if number % 5 == 0:
            assert not any("seen this already" in text for text in calls)


@contextlib.asynccontextmanager
async def running(post: Post, pause: float = 0.01) -> AsyncIterator[None]:
    task = asyncio.create_task(post.courier.run(pause))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def until(there: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not there():
            await asyncio.sleep(0.01)


async def test_a_conversation_whose_channel_hangs_holds_up_no_other(post: Post) -> None:
    post.channel.hangs["a"] = asyncio.Event()
    await post.put("one")
    for number in range(30):
        await post.put(f"text {number}", place=f"console:other-{number}")
    async with running(post):
        await until(lambda: len(post.channel.calls) == 31)
        assert "sending" in await post.statuses()
        await post.put("more", place="console:b")
        post.courier.wake()
        await until(lambda: post.channel.texts("b") == ["more"])
        post.channel.hangs["a"].set()
    assert set(await post.statuses()) == {"sent"}


async def test_no_more_are_sent_at_once_than_a_channel_can_bear(post: Post) -> None:
    for number in range(AT_ONCE + 10):
        post.channel.hangs[f"other-{number}"] = asyncio.Event()
        await post.put("text", place=f"console:other-{number}")
    async with running(post):
        await until(lambda: len(post.channel.calls) == AT_ONCE)
        for _ in range(5):
            post.courier.wake()
            assert (await post.statuses()).count("sending") == AT_ONCE
        for event in post.channel.hangs.values():
            event.set()
        await until(lambda: len(post.channel.calls) == AT_ONCE + 10)
    assert set(await post.statuses()) == {"sent"}


async def test_more_than_are_sent_at_once_follow_as_soon_as_there_is_room(post: Post) -> None:
    for number in range(4 * AT_ONCE):
        await post.put("text", place=f"console:other-{number}")
    async with running(post, pause=600.0):
        await until(lambda: len(post.channel.calls) == 4 * AT_ONCE)


async def test_an_orderly_end_waits_for_what_is_being_sent(post: Post) -> None:
    post.channel.hangs["a"] = asyncio.Event()
    await post.put("one")
    task = asyncio.create_task(post.courier.run(pause=0.01))
    await until(lambda: post.channel.texts() == ["one"])
    task.cancel()
    await asyncio.sleep(0)
    post.channel.hangs["a"].set()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert await post.statuses() == ["sent"]


class SlowToClaim(SqliteStore):
    """A store in which what is claimed is committed a while before it is handed over."""

    def __init__(self, path: Path, keys: KeyRing) -> None:
        super().__init__(path, keys)
        self.committed, self.handed_over = asyncio.Event(), asyncio.Event()

    async def claim(self, now: datetime, limit: int = 20, lanes: Sequence[str] = ()) -> Sequence[OutboxRow]:
        rows = await super().claim(now, limit, lanes)
        self.committed.set()
        await self.handed_over.wait()
        return rows


async def test_what_was_just_claimed_is_sent_before_an_orderly_end(post: Post) -> None:
    """Else nobody would know whether it had arrived: an answer would be sent again, a reminder never."""
    await post.put("one")
    store = SlowToClaim(post.folder / "data" / "cspr.db", KeyRing({"k1": b"1" * 32}, "k1"))
    deliverers = {Channel.CONSOLE: post.channel}
    courier = Courier(
        store, Places(), post.clock, load_words(), deliverers=deliverers, documents=post.document, files=post.file
    )
    task = asyncio.create_task(courier.run(pause=600.0))
    await asyncio.wait_for(store.committed.wait(), 10)
    task.cancel()
    await asyncio.sleep(0)
    store.handed_over.set()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    store.close()
    assert await post.statuses() == ["sent"]


async def test_an_answer_does_not_wait_behind_reminders(post: Post) -> None:
    for number in range(40):
        await post.put(f"remember {number}", reminder=True)
    await post.courier.pass_once()
    claimed = await post.put("answer", claim="console:a")
    await post.courier.send_claimed(claimed, Place(Channel.CONSOLE, "a"))
    await post.put("another")
    await post.go()
    assert post.channel.texts()[:4] == ["remember 0", "answer", "another", "remember 1"]
    assert len(post.channel.texts()) == 42
