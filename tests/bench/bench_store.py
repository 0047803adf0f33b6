"""Our commit and read against a bare `sqlite3`, in the same run: CPU milliseconds of the process, as the system counts.

The floor of a commit is a group commit of one upsert of 2 KB and one event row on a writer thread, without encryption, history,
outbox or versions. The floor of a read is one bare select of the same answers. Run: python -m tests.bench.bench_store
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from state.changes import Changes, Entry, Kind, Send
from state.crypto import KeyRing
from state.records import AnswerRecord, DraftRecord, GrantRecord, PersonRecord, PlaceRecord, TalkRecord
from state.snapshot import Wanted
from state.sqlite.files import connect
from state.sqlite.store import SqliteStore, open_store
from state.sqlite.worker import Writer

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANSWERS = 45
TEXT = "Test words of an answer that is neither short nor long. " * 4
BODY = {"text": TEXT, "card": {"title": "Test", "blocks": [{"type": "paragraph", "text": TEXT}] * 4}}
Row = tuple[str, float, float, float]
Task = Callable[[int], Awaitable[object]]


def changes_of(worker: int, turn: int) -> Changes:
    """A turn as they come: an answer, the draft and the talk moved on; two history rows; one reply."""
    at = NOW + timedelta(seconds=turn)
    draft = f"draft-{worker}"
    return Changes(
        puts=(
            AnswerRecord(version=turn, draft=draft, path="incident.summary", state="given", value=TEXT, by="t/p", at=at),
            DraftRecord(version=turn, id=draft, form="referral", owner="t/p", begun_at=NOW, touched_at=at),
            TalkRecord(version=turn, person=f"t/p{worker}", place="console:1", draft=draft, state="incident.summary"),
        ),
        history=(
            Entry(chain=f"draft:{draft}", kind="answered", who="t/p", what={"path": "incident.summary"}, content=TEXT),
            Entry(chain=f"draft:{draft}", kind="read", who="t/p"),
        ),
        sends=(Send(kind=Kind.REPLY, lane=f"console:{worker}", body=BODY),),
    )


async def _cpu_ms(task: Task, workers: int, each: int) -> float:
    """CPU milliseconds a piece, `workers` at once."""

    async def one(worker: int) -> None:
        for _ in range(each):
            await task(worker)

    begun = time.process_time()
    await asyncio.gather(*(one(worker) for worker in range(workers)))
    return (time.process_time() - begun) * 1000 / (workers * each)


def _our_commit(store: SqliteStore, name: str) -> Task:
    turns: dict[int, int] = {}

    async def commit(worker: int) -> object:
        number = turns[worker] = turns.get(worker, -1) + 1
        return await store.commit(f"{name}-{worker}-{number}", "digest", NOW, changes_of(worker, number))

    return commit


def _bare_commit(writer: Writer) -> Task:
    text = TEXT * 9

    def work(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO kept VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body", (1, text))
        connection.execute("INSERT INTO events (what) VALUES (?)", ("answered",))

    return lambda worker: writer.do(work)


async def _prepare_read(store: SqliteStore) -> None:
    puts = (
        PersonRecord(id="t/p", name="Test Person"),
        GrantRecord(id="g", person="t/p", role="coordinator", granted_by="setup", granted_at=NOW),
        PlaceRecord(id="console:1", channel="console", conversation="1", kind="personal", person="t/p"),
        DraftRecord(id="d", form="referral", owner="t/p", begun_at=NOW, touched_at=NOW),
        TalkRecord(person="t/p", place="console:1", draft="d", state="incident.summary"),
        *(
            AnswerRecord(draft="d", path=f"section.question_{n}", state="given", value="Test answer", by="t/p", at=NOW)
            for n in range(ANSWERS)
        ),
    )
    await store.commit("prepare", "digest", NOW, Changes(puts=puts))


def _our_read(store: SqliteStore) -> Task:
    wanted = Wanted(turn="not yet", person="t/p", place="console:1")
    return lambda worker: store.read(wanted)


def _bare_read(writer: Writer) -> Task:
    statement = """SELECT "path", "value", "version" FROM "answers" WHERE "draft" = ?"""
    return lambda worker: writer.do(lambda connection: connection.execute(statement, ("d",)).fetchall())


async def _compare(name: str, ours: Task, floor: Task, workers: int, each: int, rounds: int) -> Row:
    await _cpu_ms(ours, workers, 2)
    pairs = [(await _cpu_ms(ours, workers, each), await _cpu_ms(floor, workers, each)) for _ in range(rounds)]
    ratio = statistics.median(mine / bare for mine, bare in pairs)
    return name, statistics.median(mine for mine, _ in pairs), statistics.median(bare for _, bare in pairs), ratio


async def _rows(folder: Path, each: int, rounds: int) -> list[Row]:
    store = open_store(folder / "ours" / "cspr.db", KeyRing({"k1": bytes(32)}, "k1"), "local")
    bare = connect(folder / "bare.db")
    bare.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, body TEXT)")
    bare.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, what TEXT)")
    writer, reader = Writer(bare, "bare writer"), Writer(connect(folder / "ours" / "cspr.db"), "bare reader")
    with contextlib.closing(store), contextlib.closing(writer), contextlib.closing(reader):
        await _prepare_read(store)
        commit, plain = _our_commit(store, "turn"), _bare_commit(writer)
        found = [await _compare("commit, 16 at once", commit, plain, 16, each, rounds)]
        found.append(await _compare("read, 16 at once", _our_read(store), _bare_read(reader), 16, each, rounds))
        found.append(await _compare("read, one by one", _our_read(store), _bare_read(reader), 1, each * 4, rounds))
    return found


def run(each: int = 40, rounds: int = 5) -> list[Row]:
    """Name, our CPU milliseconds, the floor's, and the median of the ratios of each round."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_rows(Path(folder), each, rounds))


def main() -> None:
    """Print the table."""
    print(f"{'what':24}{'ours, ms CPU':>14}{'floor, ms CPU':>15}{'ratio':>8}")
    for name, ours, floor, ratio in run():
        print(f"{name:24}{ours:14.3f}{floor:15.3f}{ratio:8.1f}")


if __name__ == "__main__":
    main()
