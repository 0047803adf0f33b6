"""What is overdue, over many cases of 24 requests each, most of them closed: against bare SQL over the same file, in one run.

The floor is what a page cannot do without: the open dates that are late counted, and the 50 worst read, with the same index and
nothing else. That closed cases cost nothing is seen by the same question over ten times as many of them.
Run: python -m tests.bench.bench_overdue
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from state.changes import Changes
from state.crypto import KeyRing
from state.looking import Look
from state.records import CaseRecord, DeadlineRecord, GrantRecord, PersonRecord
from state.scoping_records import OrganisationRecord, RequestRecord
from state.snapshot import Wanted
from state.sqlite.files import connect
from state.sqlite.rows import table
from state.sqlite.store import SqliteStore, open_store
from state.sqlite.worker import Reader
from state.values import utc_text
from tests.bench.side_by_side import Row, Task, compare

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
KEYS = KeyRing({"k1": bytes(32)}, "k1")
REQUESTS = 24
OPEN = 1_000
"""Cases that are open, whatever their number: a year of a very busy partnership."""
AT_ONCE = 2_000
WHO = {"coordinator": ("coordinator", ""), "agency lead": ("agency_lead", "org-3")}
COUNT = """SELECT count(*) FROM "deadlines" WHERE "met" IS NULL AND "due" < ?"""
WORST = """SELECT "id", "case", "due" FROM "deadlines" WHERE "met" IS NULL AND "due" < ? ORDER BY "due" LIMIT 50"""
ALL = """SELECT "id", "case", "due" FROM "deadlines" WHERE "met" IS NULL AND "due" < ? ORDER BY "due" """


def build(folder: Path, cases: int) -> Path:
    """A database of so many cases: the last ones open, with most of their dates past."""
    path = folder / f"data-{cases}" / "cspr.sqlite"
    store = open_store(path, KEYS, "local")
    asyncio.run(_people(store))
    store.close()
    with contextlib.closing(connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for record in (CaseRecord, RequestRecord, DeadlineRecord):
            _insert(connection, record, _rows_of(record, cases))
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


async def _people(store: SqliteStore) -> None:
    puts: list[Any] = [OrganisationRecord(id=f"org-{n}", name=f"Test {n}", kind="police") for n in range(REQUESTS)]
    for name, (role, organisation) in WHO.items():
        puts.append(PersonRecord(id=name, name=f"Test {name}"))
        given = {"organisation": organisation, "granted_by": "t", "granted_at": NOW, "confirmed_by": "t"}
        puts.append(GrantRecord(id=name, person=name, role=role, **given))
    await store.commit("people", "digest", NOW, Changes(puts=tuple(puts)))


def _insert(connection: sqlite3.Connection, record: type[Any], rows: Iterator[Any]) -> None:
    """Rows by the table's own statement, with the secret columns of one row for all: nothing here opens them."""
    known = table(record)
    first = next(rows)
    sealed = {name: value for name, value in known.params(first, KEYS).items() if name in known.secret}
    plain = {column.name: column.write for column in known.columns if column.name not in known.secret}

    def params(row: Any) -> dict[str, Any]:
        values = {name: write(getattr(row, name)) if write else getattr(row, name) for name, write in plain.items()}
        return values | sealed | {"new_version": 1}

    connection.execute(known.insert, params(first))
    while some := [params(row) for _, row in zip(range(AT_ONCE), rows, strict=False)]:
        connection.executemany(known.insert, some)


def _rows_of(record: type[Any], cases: int) -> Iterator[Any]:
    made = {CaseRecord: _case, RequestRecord: _requests, DeadlineRecord: _deadlines}[record]
    for number in range(cases):
        yield from made(number, number >= cases - OPEN)


def _case(number: int, is_open: bool) -> Iterator[CaseRecord]:
    yield CaseRecord(
        id=f"case-{number:06d}",
        reference=f"NS-2026-{number:06d}",
        status="reviewing" if is_open else "closed",
        draft="d",
        referrer="t/r",
        received_at=NOW - timedelta(days=30),
        acknowledged_at=NOW,
        la_aware_at=NOW if number % 50 else None,
    )


def _requests(number: int, is_open: bool) -> Iterator[RequestRecord]:
    for one in range(REQUESTS):
        yield RequestRecord(
            id=f"r-{number:06d}-{one}",
            case=f"case-{number:06d}",
            reference=f"NS-2026-{number:06d}",
            organisation=f"org-{one}",
            agency="police",
            state="sent" if is_open else "accepted",
            sent_at=NOW,
        )


def _deadlines(number: int, is_open: bool) -> Iterator[DeadlineRecord]:
    for one in range(REQUESTS):
        yield DeadlineRecord(
            id=f"case-{number:06d}:scoping_return:r-{number:06d}-{one}",
            case=f"case-{number:06d}",
            kind="scoping_return",
            owner=f"org-{one}",
            due=NOW + timedelta(days=(number * 7 + one) % 20 - 15),
            runs_from=NOW,
            met=None if is_open else NOW,
        )


def look(**more: Any) -> Look:
    """What "what's overdue" looks for, a first page."""
    first = ("unread", "unaware", "undecided", "unowned", "unmailed")
    before = NOW.replace(hour=0)
    return Look(**({"now": NOW, "listed": True, "before": before, "first": first} | more))


def asked(store: SqliteStore, who: str, **more: Any) -> Task:
    """The whole read of the question, as a turn makes it."""
    wanted = Wanted(turn="not yet", person=who, place="console:1", look=lambda talk, names: look(**more))
    return lambda: store.read(wanted)


def bare(reader: Reader, *queries: str) -> Task:
    """The same file, with bare SQL."""
    before = utc_text(NOW.replace(hour=0))
    return lambda: reader.do(lambda connection: [connection.execute(query, (before,)).fetchall() for query in queries])


async def _rows(small: Path, large: Path, cases: tuple[int, int], times: int, rounds: int) -> list[Row]:
    found: list[Row] = []
    with contextlib.ExitStack() as open_ones:
        few, many = (open_ones.enter_context(contextlib.closing(open_store(path, KEYS, "local"))) for path in (small, large))
        reader = open_ones.enter_context(contextlib.closing(Reader(connect(large), "bare reader")))
        page, everything = bare(reader, COUNT, WORST), bare(reader, ALL)
        of_all = f"over {cases[1]:,} cases"
        for who in WHO:
            found.append(await compare(f"{who}, {of_all}", asked(many, who), page, times, rounds))
        by_agency = asked(many, "coordinator", by="agency")
        found.append(await compare(f"by agency, {of_all}", by_agency, everything, times, rounds))
        every = asked(many, "coordinator", first=(), rows=5_000)
        found.append(await compare(f"5,000 lines for a file, {of_all}", every, everything, max(1, times // 10), rounds))
        same = asked(few, "coordinator")
        found.append(await compare(f"against {cases[0]:,} cases", asked(many, "coordinator"), same, times, rounds))
    return found


def run(cases: tuple[int, int] = (10_000, 100_000), times: int = 40, rounds: int = 5) -> list[Row]:
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
