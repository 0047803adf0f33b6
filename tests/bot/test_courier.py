"""The courier against a channel that fails and never deduplicates: order, retries, uncertain replies, an end for each row."""

from __future__ import annotations

import asyncio
import contextlib
import random
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.courier import LONGEST_TRY, Courier
from bot.doors import NotDelivered
from state.changes import Changes, Kind, OutboxRow, Send
from state.crypto import KeyRing
from state.records import DeadlineRecord, PlaceRecord
from state.sqlite import SqliteStore, open_store
from state.values import JSON, Channel, Place
from templates.wording import load_words

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
UNCLEAR = NotDelivered("delivery.no_answer", uncertain=True)
THROTTLED = NotDelivered("delivery.throttled", again_after=30.0)
GONE = NotDelivered("delivery.channel_gone")


class FailingChannel:
    """Keeps every call, also those that then fail: what an uncertain call says may have arrived."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []
        self.failures: dict[str, list[Exception | None]] = {}

    async def deliver(self, place: Place, send: Send) -> str:
        text = str(send.body["text"]) if isinstance(send.body, dict) else ""
        self.calls.append((place.conversation, text))
        waiting = self.failures.get(text.rsplit("\n", 1)[-1], [])
        failure = waiting.pop(0) if waiting else None
        if failure is not None:
            raise failure
        return f"id-{len(self.calls)}"

    def texts(self, conversation: str = "a") -> list[str]:
        return [text for where, text in self.calls if where == conversation]


class Places:
    """Every place is a conversation of the console."""

    async def place(self, place: str) -> PlaceRecord | None:
        if place.endswith("nowhere"):
            return None
        return PlaceRecord(id=place, channel="console", conversation=place.partition(":")[2], kind="personal")


class Post:
    """A courier with its store, clock and channel."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = MovableClock(START)
        self.channel = FailingChannel()
        self.made: list[Send] = []
        self.documents_fail: list[Exception] = []
        self.turns = 0
        self.open()

    def open(self) -> None:
        self.store: SqliteStore = open_store(self.folder / "data" / "cspr.db", KeyRing({"k1": b"1" * 32}, "k1"), "local")
        self.courier = Courier(
            self.store,
            Places(),
            self.clock,
            load_words(),
            deliverers={Channel.CONSOLE: self.channel},
            documents=self.document,
            chance=random.Random(7),
        )

    async def document(self, send: Send) -> str:
        self.made.append(send)
        if self.documents_fail:
            raise self.documents_fail.pop(0)
        return "a/file.docx"

    async def put(
        self, *texts: str, place: str = "console:a", reminder: bool = False, claim: str = ""
    ) -> tuple[OutboxRow, ...]:
        self.turns += 1
        sends = tuple(Send(kind=Kind.POST, lane=place, place=place, body={"text": text}, reminder=reminder) for text in texts)
        done = await self.store.commit(f"t{self.turns}", "digest", self.clock.now(), Changes(sends=sends), claim_lane=claim)
        return done.claimed

    async def put_document(self) -> None:
        body: JSON = {"draft": "d", "reference": "NS-2026-0001"}
        send = Send(kind=Kind.DOCUMENT, lane="documents:c", body=body, case="c")
        await self.store.commit("doc", "digest", self.clock.now(), Changes(sends=(send,)))

    async def go(self, **span: float) -> None:
        """Time goes by, and everything that is due is sent."""
        self.clock.move(timedelta(**span))
        while await self.courier.pass_once():
            pass

    async def statuses(self) -> list[str]:
        return [row.status.value for row in reversed(await self.store.ledger())]

    async def reasons(self) -> list[str]:
        return [row.reason for row in reversed(await self.store.ledger())]


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    made = Post(tmp_path)
    yield made
    made.store.close()


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
    courier = Courier(store, Places(), post.clock, load_words(), deliverers=deliverers, documents=post.document)
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


async def remind(post: Post, text: str, about: str = "", place: str = "console:a") -> None:
    """A reminder, perhaps about something that may be done meanwhile."""
    post.turns += 1
    made = Send(kind=Kind.POST, lane=place, place=place, body={"text": text}, reminder=True, about=about)
    await post.store.commit(f"t{post.turns}", "digest", post.clock.now(), Changes(sends=(made,)))


def date(met: datetime | None = None, version: int = 0) -> DeadlineRecord:
    return DeadlineRecord(
        id="c:notification", case="c", kind="notification", due=START, runs_from=START, met=met, version=version
    )


async def test_a_reminder_waits_for_working_hours_and_nothing_waits_for_it(post: Post) -> None:
    await post.go(hours=8)
    await remind(post, "reminder")
    await post.put("answer")
    await post.go()
    assert post.channel.texts() == ["answer"]
    assert await post.statuses() == ["put_off", "sent"]
    await post.go(hours=15)
    assert post.channel.texts() == ["answer"]
    await post.go(hours=1)
    assert post.channel.texts() == ["answer", "reminder"]
    assert [row.attempts for row in await post.store.ledger() if row.send.reminder] == [2]


async def test_a_door_says_its_own_at_once_though_a_reminder_is_put_off(post: Post) -> None:
    await post.go(hours=8)
    await remind(post, "reminder")
    await post.go()
    claimed = await post.put("reply", claim="console:a")
    assert len(claimed) == 1


async def test_a_reminder_that_was_tried_in_the_evening_is_not_tried_at_night(post: Post) -> None:
    await post.go(hours=7, minutes=59)
    post.channel.failures["reminder"] = [THROTTLED, THROTTLED]
    await remind(post, "reminder")
    await post.go()
    for _ in range(20):
        await post.go(minutes=5)
    tries = len(post.channel.texts())
    await post.go(hours=10)
    assert len(post.channel.texts()) == tries
    await post.go(hours=5)
    await post.go(minutes=20)
    assert await post.statuses() == ["sent"]


async def test_a_reminder_goes_while_what_it_is_about_is_to_be_done_and_not_after(post: Post) -> None:
    await post.store.commit("date", "digest", START, Changes(puts=(date(),)))
    await remind(post, "first", "c:notification")
    await post.go()
    await post.store.commit("met", "digest", START, Changes(puts=(date(START, 1),)))
    await remind(post, "second", "c:notification")
    await remind(post, "third", "c:other draft:none")
    await post.go(minutes=1)
    assert post.channel.texts() == ["first"]
    assert await post.statuses() == ["sent", "dropped", "dropped"]
    assert (await post.reasons())[1] == "delivery.done_meanwhile"


async def test_a_reminder_about_several_things_goes_while_one_of_them_is_to_be_done(post: Post) -> None:
    await post.store.commit("date", "digest", START, Changes(puts=(date(),)))
    await remind(post, "reminder", "c:other c:notification")
    await post.go()
    assert post.channel.texts() == ["reminder"]


async def test_a_long_holiday_does_not_use_up_the_time_in_which_a_reminder_is_tried(post: Post) -> None:
    post.clock.set(datetime(2027, 3, 25, 17, 30, tzinfo=UTC))
    await remind(post, "reminder")
    await post.go()
    assert await post.statuses() == ["put_off"]
    post.channel.failures["reminder"] = [THROTTLED]
    post.clock.set(datetime(2027, 3, 30, 8, 0, tzinfo=UTC))
    await post.go()
    assert await post.statuses() == ["queued"]
    await post.go(minutes=5)
    assert await post.statuses() == ["sent"]
