"""Turns queued together share one durable transaction, and one that is lost is lost for all who waited on it."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from state.sqlite.files import connect
from state.sqlite.worker import AT_ONCE, Writer


@contextlib.asynccontextmanager
async def writer(folder: Path) -> AsyncIterator[tuple[Writer, list[str]]]:
    """A writer on an empty table, and the statements it runs."""
    connection, statements = connect(folder / "test.db"), list[str]()
    connection.execute("CREATE TABLE kept (n INTEGER)")
    connection.set_trace_callback(statements.append)
    working = Writer(connection, "test writer")
    try:
        yield working, statements
    finally:
        working.close()


def _keep(connection: sqlite3.Connection, number: int) -> int:
    connection.execute("INSERT INTO kept VALUES (?)", (number,))
    return number


async def _held(working: Writer, jobs: int) -> list[asyncio.Task[int]]:
    """So many jobs, all queued while the writer is held by another one."""
    hold, held = threading.Event(), threading.Event()

    def wait(_: sqlite3.Connection) -> None:
        held.set()
        hold.wait(10)

    first = asyncio.create_task(working.do(wait))
    await asyncio.to_thread(held.wait, 10)
    tasks = [asyncio.create_task(working.do(lambda connection, n=n: _keep(connection, n))) for n in range(jobs)]
    await asyncio.sleep(0)
    hold.set()
    await first
    return tasks


def test_every_commit_is_flushed_to_the_disk(tmp_path: Path) -> None:
    with contextlib.closing(connect(tmp_path / "test.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL, https://sqlite.org/pragma.html


async def test_jobs_queued_together_share_one_transaction(tmp_path: Path) -> None:
    async with writer(tmp_path) as (working, statements):
        assert await asyncio.gather(*await _held(working, 20)) == list(range(20))
        assert statements.count("COMMIT") == 2
        assert statements.count("SAVEPOINT turn") == 21


async def test_a_transaction_has_an_end_however_many_wait(tmp_path: Path) -> None:
    async with writer(tmp_path) as (working, statements):
        await asyncio.gather(*await _held(working, AT_ONCE + 10))
        assert statements.count("COMMIT") == 3


async def test_nobody_is_told_before_the_commit(tmp_path: Path) -> None:
    async with writer(tmp_path) as (working, statements):
        told_after: list[int] = []
        tasks = await _held(working, 5)
        for task in tasks:
            task.add_done_callback(lambda _: told_after.append(statements.count("COMMIT")))
        await asyncio.gather(*tasks)
        assert told_after == [2] * 5


async def test_a_lost_transaction_fails_for_everybody_in_it_and_the_next_works(tmp_path: Path) -> None:
    async with writer(tmp_path) as (working, _):
        tasks = await _held(working, 3)
        lost = await _with_rollback(working)
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert results == [0, 1, 2]
        assert [type(result) for result in lost] == [sqlite3.OperationalError] * 3
        assert await working.do(lambda connection: _keep(connection, 9)) == 9
        kept = await working.do(lambda connection: connection.execute("SELECT n FROM kept").fetchall())
    assert kept == [(0,), (1,), (2,), (9,)]


async def _with_rollback(working: Writer) -> list[object]:
    """Three jobs in one transaction, which the second rolls back as a full disk would."""
    hold, held = threading.Event(), threading.Event()
    first = asyncio.create_task(working.do(lambda _: (held.set(), hold.wait(10))))
    await asyncio.to_thread(held.wait, 10)
    jobs = (
        working.do(lambda connection: _keep(connection, 100)),
        working.do(lambda connection: connection.execute("ROLLBACK")),
        working.do(lambda connection: _keep(connection, 101)),
    )
    tasks = [asyncio.create_task(job) for job in jobs]
    await asyncio.sleep(0)
    hold.set()
    await first
    return list(await asyncio.gather(*tasks, return_exceptions=True))


async def test_who_no_longer_waits_disturbs_nobody(tmp_path: Path) -> None:
    async with writer(tmp_path) as (working, _):
        tasks = await _held(working, 3)
        tasks[1].cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert [results[0], results[2]] == [0, 2]
        assert isinstance(results[1], asyncio.CancelledError | int)


async def test_a_job_that_fails_for_any_reason_fails_alone(tmp_path: Path) -> None:
    async with writer(tmp_path) as (working, _):
        good, bad = await asyncio.gather(
            working.do(lambda connection: _keep(connection, 1)),
            working.do(lambda connection: connection.execute("INSERT INTO nowhere VALUES (1)")),
            return_exceptions=True,
        )
        assert good == 1
        assert isinstance(bad, sqlite3.OperationalError)


def test_a_loop_that_has_gone_disturbs_nobody(tmp_path: Path) -> None:
    async def ask_and_leave() -> Writer:
        connection = connect(tmp_path / "test.db")
        connection.execute("CREATE TABLE kept (n INTEGER)")
        working = Writer(connection, "test writer")
        hold = asyncio.create_task(working.do(lambda _: left.wait(10)))
        await asyncio.sleep(0.01)
        hold.cancel()
        return working

    left = threading.Event()
    working = asyncio.run(ask_and_leave())
    left.set()

    async def ask_again() -> int:
        return await working.do(lambda connection: _keep(connection, 5))

    assert asyncio.run(ask_again()) == 5
    with pytest.raises(sqlite3.OperationalError):
        asyncio.run(_broken(working))
    working.close()


async def _broken(working: Writer) -> None:
    await working.do(lambda connection: connection.execute("no SQL"))


async def test_a_job_that_can_wait_shares_the_commit_of_the_next_one_that_cannot(tmp_path: Path) -> None:
    async with writer(tmp_path) as (working, statements):
        waits = asyncio.create_task(working.do(lambda connection: _keep(connection, 1), can_wait=True))
        await asyncio.sleep(0)
        assert await working.do(lambda connection: _keep(connection, 2)) == 2
        assert await waits == 1
        assert statements.count("COMMIT") == 1


async def test_a_job_that_can_wait_waits_for_nobody_for_long(tmp_path: Path) -> None:
    async with writer(tmp_path) as (working, statements):
        assert await asyncio.wait_for(working.do(lambda connection: _keep(connection, 1), can_wait=True), 5) == 1
        assert statements.count("COMMIT") == 1


async def test_closing_finishes_what_was_not_handed_over_yet(tmp_path: Path) -> None:
    async with writer(tmp_path) as (working, statements):
        waits = asyncio.create_task(working.do(lambda connection: _keep(connection, 1), can_wait=True))
        await asyncio.sleep(0)
        working.close()
        assert await waits == 1
        assert statements.count("COMMIT") == 1
