"""Rows of a lane go in order, one in flight; nothing is claimed twice, by however many processes; the ledger keeps them all."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_kit import NOW, database, later, opened, raw, send, sends

from state.changes import Changes, OutboxStatus
from state.sqlite import SqliteStore
from state.sqlite.errors import UnknownRow

PARALLEL = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from state.crypto import KeyRing
from state.sqlite import open_store

async def main():
    store = open_store(Path(sys.argv[1]), KeyRing({"k1": b"1" * 32}, "k1"), "local")
    print("ready", flush=True)
    sys.stdin.readline()
    empty = 0
    while empty < 3:
        rows = await store.claim(datetime(2026, 3, 2, 10, tzinfo=UTC), limit=3)
        empty = 0 if rows else empty + 1
        print(*(row.id for row in rows), flush=True)
        await asyncio.sleep(0.005)
    store.close()

asyncio.run(main())
"""


async def _claim(store: SqliteStore, **after: float) -> list[int]:
    return [row.id for row in await store.claim(later(**after)) if row.status is OutboxStatus.SENDING]


async def test_the_first_row_of_each_lane_is_claimed_and_no_other(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("turn", "digest", NOW, sends("a", "a", "b", "a", "c"))
        rows = await store.claim(NOW)
        assert [(row.id, row.send.body, row.status, row.attempts) for row in rows] == [
            (1, {"text": "Test reply 0"}, OutboxStatus.SENDING, 1),
            (3, {"text": "Test reply 2"}, OutboxStatus.SENDING, 1),
            (5, {"text": "Test reply 4"}, OutboxStatus.SENDING, 1),
        ]
        assert await _claim(store) == []


@pytest.mark.parametrize("status", [OutboxStatus.SENT, OutboxStatus.DEAD, OutboxStatus.UNCERTAIN])
async def test_a_row_that_is_done_with_frees_its_lane(status: OutboxStatus, tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("turn", "digest", NOW, sends("a", "a"))
        await store.claim(NOW)
        await store.mark(1, status, at=NOW)
        assert await _claim(store) == [2]


async def test_a_row_that_waits_for_another_try_holds_its_lane_back(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("turn", "digest", NOW, sends("a", "a", "b"))
        await store.claim(NOW)
        await store.mark(1, OutboxStatus.QUEUED, at=NOW, next_at=later(minutes=5), reason="delivery.busy")
        assert await _claim(store, minutes=4) == []
        assert await _claim(store, minutes=5) == [1]
        assert [row.attempts for row in await store.ledger()] == [1, 0, 2]


async def test_an_earlier_row_that_is_sent_again_waits_for_the_one_in_flight(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("turn", "digest", NOW, sends("a", "a"))
        await store.claim(NOW)
        await store.mark(1, OutboxStatus.UNCERTAIN, at=NOW)
        assert await _claim(store) == [2]
        await store.mark(1, OutboxStatus.QUEUED, at=NOW)
        assert await _claim(store) == []
        await store.mark(2, OutboxStatus.SENT, at=NOW)
        assert await _claim(store) == [1]


async def test_no_more_than_the_limit_is_claimed_the_longest_due_first(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("later", "digest", later(minutes=1), sends("a", "b"))
        await store.commit("sooner", "digest", NOW, sends("c", "d"))
        assert [row.id for row in await store.claim(later(minutes=1), limit=3)] == [3, 4, 1]


async def test_a_turn_claims_its_own_lane(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        done = await store.commit("turn", "digest", NOW, sends("mine", "other", "mine"), claim_lane="mine")
        assert [(row.id, row.status, row.attempts) for row in done.claimed] == [
            (1, OutboxStatus.SENDING, 1),
            (3, OutboxStatus.SENDING, 1),
        ]
        assert await _claim(store) == [2]


@pytest.mark.parametrize("waits", ["queued", "sending"])
async def test_a_turn_claims_nothing_while_its_lane_waits(waits: str, tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("first", "digest", NOW, sends("mine"), claim_lane="mine" if waits == "sending" else "")
        done = await store.commit("second", "digest", NOW, sends("mine"), claim_lane="mine")
        assert done.claimed == ()
        await store.mark(1, OutboxStatus.SENT, at=NOW)
        assert await _claim(store) == [2]


async def test_after_a_crash_rows_in_flight_are_found_until_each_is_marked(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("turn", "digest", NOW, sends("a", "a", "b"))
        await store.claim(NOW, limit=1)
    async with opened(tmp_path) as store:
        assert await store.stuck(later(minutes=-1)) == []
        for _ in range(2):  # A second crash in the middle of recovering loses nothing.
            rows = await store.stuck(later(minutes=1))
            assert [(row.id, row.status, row.send.body) for row in rows] == [
                (1, OutboxStatus.SENDING, {"text": "Test reply 0"})
            ]
        await store.mark(1, OutboxStatus.UNCERTAIN, at=later(minutes=1), uncertain=True)
        assert await store.stuck(later(minutes=1)) == []
        assert await _claim(store) == [2, 3]


async def test_the_ledger_says_how_each_row_ended_without_opening_it(tmp_path: Path) -> None:
    rows = Changes(sends=(send("a", case="c1", to_person="t/p"), send("b", case="c2")))
    async with opened(tmp_path) as store:
        await store.commit("turn", "digest", NOW, rows)
        await store.mark(1, OutboxStatus.SENT, at=later(seconds=1), remote_id="test-1")
        await store.mark(2, OutboxStatus.DEAD, at=NOW, reason="delivery.gone")
        with raw(tmp_path) as connection:
            connection.execute("UPDATE outbox SET body = x'00'")
        (sent,) = await store.ledger(case="c1")
        assert (sent.status, sent.sent_at, sent.remote_id, sent.send.body) == (
            OutboxStatus.SENT,
            later(seconds=1),
            "test-1",
            None,
        )
        assert [(row.id, row.reason) for row in await store.ledger(limit=1)] == [(2, "delivery.gone")]


async def test_a_remote_id_is_kept_when_the_row_is_marked_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("turn", "digest", NOW, sends("a"))
        await store.mark(1, OutboxStatus.SENT, at=NOW, remote_id="test-1")
        await store.mark(1, OutboxStatus.SENT, at=NOW)
        assert (await store.ledger())[0].remote_id == "test-1"


async def test_a_row_nobody_knows_cannot_be_marked(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        with pytest.raises(UnknownRow):
            await store.mark(1, OutboxStatus.SENT, at=NOW)


async def test_a_body_that_does_not_open_is_dead_and_blocks_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("turn", "digest", NOW, sends("a", "a", "b"))
        with raw(tmp_path) as connection:
            connection.execute("UPDATE outbox SET body = (SELECT body FROM outbox WHERE id = 2) WHERE id = 1")
        assert await _claim(store) == [3]
        assert await _claim(store) == [2]
        dead = (await store.ledger())[-1]
        assert (dead.id, dead.status, dead.reason) == (1, OutboxStatus.DEAD, "delivery.unreadable")


async def _queued(folder: Path, rows: int) -> None:
    async with opened(folder) as store:
        await store.commit("turn", "digest", NOW, sends(*(f"lane{n}" for n in range(rows))))


def test_two_processes_never_claim_the_same_row(tmp_path: Path) -> None:
    asyncio.run(_queued(tmp_path, 120))
    command = [sys.executable, "-c", PARALLEL, str(database(tmp_path))]
    pipe = subprocess.PIPE
    children = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(2)]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    outputs = [child.communicate(timeout=60)[0].split() for child in children]
    assert [child.returncode for child in children] == [0, 0]
    assert sorted(int(row) for output in outputs for row in output) == list(range(1, 121))
    assert all(outputs)


STEP = st.tuples(
    st.sampled_from(["commit", "claim", "sent", "retry", "uncertain", "again", "own"]), st.sampled_from("ab"), st.integers(0, 5)
)


@settings(derandomize=True, max_examples=25, deadline=None)
@given(st.lists(STEP, max_size=40))
def test_a_lane_keeps_its_order_whatever_happens(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, int]]
) -> None:
    asyncio.run(_walk(tmp_path_factory.mktemp("walk"), steps))


async def _walk(folder: Path, steps: list[tuple[str, str, int]]) -> None:
    async with opened(folder) as store:
        for number, (step, lane, pick) in enumerate(steps):
            before = {row.id: row for row in await store.ledger()}
            own = {row.id for row in before.values() if row.status is OutboxStatus.SENDING}
            if step in ("commit", "own"):
                claim_lane = lane if step == "own" else ""
                await store.commit(f"t{number}", "digest", NOW, sends(lane), claim_lane=claim_lane)
            elif step == "claim":
                await store.claim(later(seconds=number), limit=pick)
            else:
                await _mark(store, step, number, pick)
            _orderly({row.id for row in await store.ledger() if row.status is OutboxStatus.SENDING} - own, await _lanes(store))


async def _mark(store: SqliteStore, step: str, number: int, pick: int) -> None:
    wanted = OutboxStatus.UNCERTAIN if step == "again" else OutboxStatus.SENDING
    rows = [row for row in await store.ledger() if row.status is wanted]
    if rows:
        to = {"sent": OutboxStatus.SENT, "uncertain": OutboxStatus.UNCERTAIN}.get(step, OutboxStatus.QUEUED)
        await store.mark(rows[pick % len(rows)].id, to, at=NOW, next_at=later(seconds=number + pick))


async def _lanes(store: SqliteStore) -> dict[str, list[tuple[int, OutboxStatus]]]:
    lanes: dict[str, list[tuple[int, OutboxStatus]]] = {}
    for row in reversed(await store.ledger()):
        lanes.setdefault(row.send.lane, []).append((row.id, row.status))
    return lanes


def _orderly(taken: set[int], lanes: dict[str, list[tuple[int, OutboxStatus]]]) -> None:
    for rows in lanes.values():
        assert sum(status is OutboxStatus.SENDING for _, status in rows) <= 1
        for row in taken & {row for row, _ in rows}:
            assert not [other for other, status in rows if other < row and status is OutboxStatus.QUEUED]


async def test_reminders_come_after_everything_else_of_their_lane(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        reminders = tuple(msgspec.structs.replace(send("mine"), reminder=True) for _ in range(3))
        await store.commit("monday", "digest", NOW, Changes(sends=reminders))
        done = await store.commit("answer", "digest", NOW, sends("mine"), claim_lane="mine")
        assert [row.id for row in done.claimed] == [4], "nobody's answer waits for reminders"
        await store.commit("more", "digest", NOW, sends("mine"))
        assert await _claim(store) == [], "one of a lane is in flight"
        for row in (4, 5, 1, 2):
            await store.mark(row, OutboxStatus.SENT, at=NOW)
            assert await _claim(store) == [{4: 5, 5: 1, 1: 2, 2: 3}[row]]
