"""The chaser's pass over many cases of 24 requests each, most of them closed: against bare SQL over the same file, in one run.

The floor is what no pass can do without: every open date read from its index. That closed cases cost nothing is seen by the
same pass over ten times as many of them. Run: python -m tests.bench.bench_chasing
"""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from state.chasing_records import ChaseRecord
from state.crypto import KeyRing
from state.records import DeadlineRecord
from state.sqlite.files import connect
from state.sqlite.rows import table
from state.sqlite.store import SqliteStore, open_store
from state.sqlite.worker import Reader
from tests.bench.side_by_side import Row, Task, compare

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
KEYS = KeyRing({"k1": bytes(32)}, "k1")
REQUESTS = 24
OPEN = 740
"""Cases that are open, whatever their number: 17,760 open dates."""
AT_ONCE = 5_000
FLOOR = """SELECT "id", "case", "due" FROM "deadlines" WHERE "met" IS NULL"""
WAITING = ("more_time", "question")


def build(folder: Path, cases: int) -> Path:
    """A database of so many cases: every open date was looked at, and one case in a hundred has something due."""
    path = folder / f"data-{cases}" / "cspr.sqlite"
    open_store(path, KEYS, "local").close()
    with contextlib.closing(connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for rows in (_dates(cases), _chases(cases)):
            while some := [one for _, one in zip(range(AT_ONCE), rows, strict=False)]:
                known = table(type(some[0]))
                connection.executemany(known.insert, [known.params(one, KEYS) for one in some])
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def _name(case: int, one: int) -> str:
    return f"case-{case:06d}:scoping_return:r-{case:06d}-{one}"


def _due(case: int, one: int) -> datetime:
    return NOW + timedelta(days=(case * 7 + one) % 20 - 15)


def _dates(cases: int) -> Iterator[DeadlineRecord]:
    for case in range(cases):
        met = None if case >= cases - OPEN else NOW
        for one in range(REQUESTS):
            yield DeadlineRecord(
                id=_name(case, one),
                case=f"case-{case:06d}",
                kind="scoping_return",
                owner=f"org-{one}",
                due=_due(case, one),
                runs_from=NOW,
                met=met,
            )


def _chases(cases: int) -> Iterator[ChaseRecord]:
    for case in range(cases - OPEN, cases):
        for one in range(REQUESTS):
            ahead = timedelta(days=-1 if case % 100 == 0 else 1)
            yield ChaseRecord(
                id=_name(case, one), case=f"case-{case:06d}", due=_due(case, one), done=("sent",), next_at=NOW + ahead
            )


def looks(store: SqliteStore) -> Task:
    """One pass, as the bell has it each minute."""
    return lambda: store.to_chase(NOW, WAITING, 500)


def bare(reader: Reader) -> Task:
    """The same file, with bare SQL."""
    return lambda: reader.do(lambda connection: connection.execute(FLOOR).fetchall())


async def _rows(small: Path, large: Path, cases: tuple[int, int], times: int, rounds: int) -> list[Row]:
    with contextlib.ExitStack() as open_ones:
        few, many = (open_ones.enter_context(contextlib.closing(open_store(path, KEYS, "local"))) for path in (small, large))
        reader = open_ones.enter_context(contextlib.closing(Reader(connect(large), "bare reader")))
        assert len(await many.to_chase(NOW, WAITING, 500)) == len(await few.to_chase(NOW, WAITING, 500)) > 5
        return [
            await compare(f"a pass over {cases[1]:,} cases", looks(many), bare(reader), times, rounds),
            await compare(f"a pass, against {cases[0]:,} cases", looks(many), looks(few), times, rounds),
        ]


def run(cases: tuple[int, int] = (10_000, 100_000), times: int = 20, rounds: int = 5) -> list[Row]:
    """Name, our CPU milliseconds, the floor's, and the median of the ratios of each round."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = (build(Path(folder), count) for count in cases)
        return asyncio.run(_rows(small, large, cases, times, rounds))


def main() -> None:
    """Print the table."""
    for name, ours, floor, ratio in run():
        print(f"{name:50}{ours:10.3f}{floor:10.3f}{ratio:8.2f}")


if __name__ == "__main__":
    main()
