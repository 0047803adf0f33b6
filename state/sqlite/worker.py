"""A thread that owns one connection and works a queue of jobs for coroutines, as many at once as are waiting.

The writer's jobs share one transaction, each in its own savepoint: one fsync for all of them, and a job that fails takes back
its own work only. Nobody is told before the commit is on the disk. Each of the reader's jobs has a transaction of its own: one
consistent picture.

Jobs are handed to the thread together, once the event loop has run everything that was ready: the thread is woken once for
all of them, and they share more of their transactions. A job that can wait a moment goes with the next one that cannot.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from state.sqlite.errors import Closed

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], Any]
Job = tuple[Work, "asyncio.Future[Any]", asyncio.AbstractEventLoop]
Outcome = tuple[bool, Any]
"""Whether it went well, and the result or the exception."""

AT_ONCE = 128
"""Jobs in one transaction: a bound on how long a commit can take."""
A_MOMENT = 0.005
"""Seconds that a job which nobody is kept waiting by is held back, so that it shares the next one's commit."""


class Worker(ABC):
    """Runs jobs on its own thread until it is closed. Subclasses say how a batch of them is run."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._gathered: dict[asyncio.AbstractEventLoop, list[Job]] = {}
        """Jobs that each loop has not handed over yet."""
        self._closed = False
        self._guard = threading.Lock()
        self._connection = connection
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)
        self._thread.start()

    async def do(self, work: Callable[[sqlite3.Connection], T], *, can_wait: bool = False) -> T:
        """Run one job and wait for its end; one that `can_wait` goes with the next. Raises what the job raised, or Closed."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        with self._guard:  # Nothing may enter the queue behind the closing mark: nobody would ever answer it.
            if self._closed:
                raise Closed("The store was closed.")
            self._gathered.setdefault(loop, []).append((work, future, loop))
        if can_wait:
            loop.call_later(A_MOMENT, self._hand_over, loop)
        else:
            loop.call_soon(self._hand_over, loop)
        return await future

    def _hand_over(self, loop: asyncio.AbstractEventLoop) -> None:
        """Hand over what a loop has gathered. Whoever comes first takes the jobs of the others with it."""
        with self._guard:
            for job in self._gathered.pop(loop, ()):
                self._queue.put(job)

    def close(self) -> None:
        """Finish what is queued, then stop. Blocks until the thread has ended."""
        with self._guard:
            if not self._closed:
                self._closed = True
                for job in (job for jobs in self._gathered.values() for job in jobs):
                    self._queue.put(job)
                self._gathered.clear()
                self._queue.put(None)
        self._thread.join()

    def _loop(self) -> None:
        try:
            going = True
            while going:
                jobs, going = self._batch()
                if jobs:
                    _tell(jobs, self.run(self._connection, [job[0] for job in jobs]))
        finally:
            self._connection.close()

    def _batch(self) -> tuple[list[Job], bool]:
        jobs: list[Job] = []
        job = self._queue.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) == AT_ONCE:
                return jobs, True
            try:
                job = self._queue.get_nowait()
            except Empty:
                return jobs, True
        return jobs, False

    @abstractmethod
    def run(self, connection: sqlite3.Connection, works: list[Work]) -> list[Outcome]:
        """Run a batch; one outcome for each job, in order. Never raises."""


class Writer(Worker):
    """Group commit."""

    def run(self, connection: sqlite3.Connection, works: list[Work]) -> list[Outcome]:
        """One transaction for all. If it cannot be committed as a whole, every job of it fails."""
        try:
            connection.execute("BEGIN IMMEDIATE")
            outcomes = [_in_savepoint(connection, work) for work in works]
            connection.execute("COMMIT")
        except sqlite3.Error as failed:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            return [(False, failed)] * len(works)
        return outcomes


class Reader(Worker):
    """One read transaction for each job."""

    def run(self, connection: sqlite3.Connection, works: list[Work]) -> list[Outcome]:
        """Each on its own."""
        return [_in_transaction(connection, work) for work in works]


def _in_savepoint(connection: sqlite3.Connection, work: Work) -> Outcome:
    connection.execute("SAVEPOINT turn")
    try:
        result = work(connection)
    except Exception as failed:  # Handed to whoever awaits the job.
        if not connection.in_transaction:  # Disk full, I/O error: SQLite has taken back the whole group.
            raise sqlite3.OperationalError("The transaction was rolled back by the database.") from failed
        connection.execute("ROLLBACK TO turn")
        connection.execute("RELEASE turn")
        return False, failed
    connection.execute("RELEASE turn")
    return True, result


def _in_transaction(connection: sqlite3.Connection, work: Work) -> Outcome:
    try:
        connection.execute("BEGIN")
        try:
            return True, work(connection)
        finally:
            connection.execute("COMMIT")
    except Exception as failed:  # Handed to whoever awaits the job.
        return False, failed


def _tell(jobs: list[Job], outcomes: list[Outcome]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Any], Outcome]]] = {}
    for (_, future, loop), outcome in zip(jobs, outcomes, strict=True):
        by_loop.setdefault(loop, []).append((future, outcome))
    for loop, settled in by_loop.items():
        with contextlib.suppress(RuntimeError):  # The loop was closed: whoever asked has gone; what was committed stays.
            loop.call_soon_threadsafe(_settle, settled)


def _settle(settled: list[tuple[asyncio.Future[Any], Outcome]]) -> None:
    for future, (well, outcome) in settled:
        if future.cancelled():
            continue
        if well:
            future.set_result(outcome)
        else:
            future.set_exception(outcome)
