"""Looking a database over without touching it: who is known, what is tied, what waits. For `cspr doctor`.

It is opened for reading alone, while the assistant runs or not: nothing is made, migrated or held up. SQLite itself may leave
the two files of its log beside the database, empty and as private as that is.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import msgspec

from state.crypto import KeyRing
from state.records import AccountRecord, GrantRecord, PersonRecord, PlaceRecord, Record
from state.scoping_records import OrganisationRecord
from state.sqlite.errors import StoreProblem
from state.sqlite.files import damaged
from state.sqlite.opening import Mode, compare, meta_of
from state.sqlite.predicates import MISSED, OPEN_CASE, WAITING
from state.sqlite.rows import table
from state.sqlite.schema import MIGRATIONS
from state.values import utc_text

R = TypeVar("R", bound=Record)
WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
_AUTHORS = """SELECT "organisation", "author" FROM "requests" WHERE "author" <> ''
    UNION SELECT "organisation", "delegate" FROM "requests" WHERE "delegate" <> ''
    UNION SELECT "organisation", "senior" FROM "requests" WHERE "senior" <> '' """
_LISTS = f"""SELECT c."id", p."person" FROM "cases" AS c LEFT JOIN "case_people" AS p ON p."case" = c."id"
    AND p."relation" = 'named' AND (p."until" IS NULL OR p."until" > :now)
    WHERE c."restricted" = 1 AND c.{OPEN_CASE}"""  # noqa: S608 - our own condition
_FILED = """SELECT "shelf", "item" FROM "files" WHERE "state" = 'filed' AND "item" <> '' AND "digest" <> ''
    ORDER BY "filed_at" """
_GIVEN_UP = f"""SELECT count(*) FROM "outbox" WHERE {MISSED} AND "next_at" >= :since"""  # noqa: S608 - our own condition
_WAITING = f"""SELECT count(*) FROM "outbox" WHERE {WAITING} AND "made_at" < :before"""  # noqa: S608 - our own condition
_NEWEST = """SELECT max("at") FROM (SELECT max("at") AS "at" FROM "turns" UNION ALL SELECT max("at") FROM "history")"""


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """What is plain in a database: nothing in it was decrypted."""

    schema: int
    organisations: tuple[OrganisationRecord, ...] = ()
    people: tuple[PersonRecord, ...] = ()
    grants: tuple[GrantRecord, ...] = ()
    accounts: tuple[AccountRecord, ...] = ()
    places: tuple[PlaceRecord, ...] = ()
    authors: frozenset[tuple[str, str]] = frozenset()
    """Who has written or signed for an organisation, or was asked to: the organisation and the person."""
    lists: dict[str, frozenset[str]] = {}
    """Whoever is named on each open restricted case, by the case's id."""
    filed: dict[str, str] = {}
    """The newest document of ours in each library, by the library's own id of it."""
    given_up: int = 0
    """Messages and documents of the last week that did not get through."""
    waiting: int = 0
    """Those that have waited for more than an hour."""
    chains: int = 0
    newest: datetime | None = None
    """When the last thing was written."""


def survey(path: Path, keys: KeyRing, mode: Mode, now: datetime) -> Survey:
    """Look it over. Raises StoreProblem where it is not whole, or not the one asked for."""
    with _reading(path) as connection:
        meta = meta_of(connection, path)
        compare(path, meta, keys, mode, len(MIGRATIONS))
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise damaged(path)
        connection.execute("BEGIN")
        return _surveyed(connection, keys, int(meta["schema"]), now)


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        address = f"{path.resolve().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
            yield connection
    except sqlite3.OperationalError as wrong:
        said = f"The database {path} cannot be opened for reading ({wrong.sqlite_errorname})."
        raise StoreProblem(f"{said} Run this as the user that runs the assistant.") from wrong
    except sqlite3.DatabaseError as wrong:
        raise damaged(path) from wrong


def _surveyed(connection: sqlite3.Connection, keys: KeyRing, schema: int, now: datetime) -> Survey:
    newest = _one(connection, _NEWEST)
    return Survey(
        schema=schema,
        organisations=_all(connection, OrganisationRecord, keys),
        people=_all(connection, PersonRecord, keys),
        grants=_all(connection, GrantRecord, keys),
        accounts=_all(connection, AccountRecord, keys),
        places=_all(connection, PlaceRecord, keys),
        authors=frozenset(connection.execute(_AUTHORS).fetchall()),
        lists=_lists(connection.execute(_LISTS, {"now": utc_text(now)}).fetchall()),
        filed=dict(connection.execute(_FILED).fetchall()),
        given_up=_one(connection, _GIVEN_UP, since=utc_text(now - WEEK)),
        waiting=_one(connection, _WAITING, before=utc_text(now - HOUR)),
        chains=_one(connection, 'SELECT count(*) FROM "history_heads"'),
        newest=datetime.fromisoformat(newest) if newest else None,
    )


def _all(connection: sqlite3.Connection, record: type[R], keys: KeyRing) -> tuple[R, ...]:
    rows = table(record)
    return tuple(rows.read(row, keys) for row in connection.execute(rows.select).fetchall())


def _one(connection: sqlite3.Connection, statement: str, **given: str):  # type: ignore[no-untyped-def]  # whatever SQLite has
    return connection.execute(statement, given).fetchone()[0]


def _lists(rows: Sequence[tuple[str, str | None]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for case, person in rows:
        found.setdefault(case, set()).update({person} if person else ())
    return {case: frozenset(people) for case, people in found.items()}
