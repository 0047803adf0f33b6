"""The process that is killed: it commits turns and sends outbox rows as fast as it can, and says on its output what it did.

`A <turn>` is printed after a commit was acknowledged, `S <row> <lane>` where a row reaches the outside world, `U <row>` for
each row found uncertain at start. Started by `tests.soak.kill_soak`: python -m tests.soak.kill_writer FOLDER LIFE
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from state.changes import Changes, Entry, Kind, OutboxRow, OutboxStatus, Send
from state.crypto import load_or_make_key
from state.records import AnswerRecord, CounterRecord
from state.snapshot import Wanted
from state.sqlite import SqliteStore, open_store

WORKERS = 12
BEGUN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANSWERS, HISTORY, SENDS = 2, 2, 2
"""What each turn leaves, besides its counter."""


def say(*words: object) -> None:
    """One line, written at once: it is out before anything else happens."""
    os.write(1, (" ".join(str(word) for word in words) + "\n").encode())


def turn_changes(turn: str, worker: int, count: int, at: datetime) -> Changes:
    """Two answers, a counter, two history rows and two sends, all named after their turn."""
    lane, path = f"lane{worker % 4}", f"section.question_{count % 7}"
    kept = AnswerRecord(draft=turn, path=path, state="given", value=f"Test {turn}", source=turn, by="t/p", at=at)
    other = AnswerRecord(draft=turn, path="other", state="given", value="x" * (count % 50) * 100, source=turn, by="t/p", at=at)
    entry = Entry(chain=f"draft:{worker}", kind="answered", who="t/p", content=f"Test {turn}")
    shared = Entry(chain="partnership", kind="read", who="t/p")
    counter = CounterRecord(version=count, name=f"worker{worker}", value=count + 1)
    sends = tuple(Send(kind=Kind.REPLY, lane=one, body={"text": turn}) for one in (lane, f"{lane}b"))
    return Changes(puts=(kept, other, counter), history=(entry, shared), sends=sends)


async def work(store: SqliteStore, life: int, worker: int) -> None:
    """Commit turn after turn; every second one sends its own replies."""
    snapshot = await store.read(Wanted(turn="", person="", place="", counter=f"worker{worker}"))
    count = snapshot.counter.version if snapshot.counter else 0
    while True:
        turn, at = f"{life}-{worker}-{count}", BEGUN + timedelta(hours=life, milliseconds=count)
        claim = f"lane{worker % 4}" if count % 2 else ""
        done = await store.commit(turn, "digest", at, turn_changes(turn, worker, count, at), claim_lane=claim)
        say("A", turn)
        for row in done.claimed:
            await deliver(store, row, at)
        count += 1


async def deliver(store: SqliteStore, row: OutboxRow, at: datetime) -> None:
    """The outside world, then the mark. Between the two a kill leaves nobody knowing."""
    say("S", row.id, row.send.lane)
    await asyncio.sleep(0)
    await store.mark(row.id, OutboxStatus.SENT, at=at, remote_id=f"test-{row.id}")


async def courier(store: SqliteStore, life: int) -> None:
    """Send whatever is due."""
    now = BEGUN + timedelta(hours=life + 1)
    while True:
        for row in await store.claim(now):
            await deliver(store, row, now)
        await asyncio.sleep(0.001)


async def live(folder: Path, life: int) -> None:
    """Recover, send the uncertain rows once more, then work until killed."""
    store = open_store(folder / "data" / "cspr.db", load_or_make_key(folder / "cspr.key"), "local")
    at = BEGUN + timedelta(hours=life)
    for row in await store.stuck(at):
        say("U", row.id)
        await store.mark(row.id, OutboxStatus.QUEUED, at=at, next_at=at, uncertain=True)
    say("ready")
    await asyncio.gather(courier(store, life), *(work(store, life, worker) for worker in range(WORKERS)))


if __name__ == "__main__":
    asyncio.run(live(Path(sys.argv[1]), int(sys.argv[2])))
