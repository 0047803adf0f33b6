"""Applying a `Move` inside a commit: the rows that named one person name another, in every table (state/moving.py).

Versions rise, so that whoever read one of these rows before has to read again. Where the person has a row of that key already,
it stands, and the other goes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from state.changes import Move
from state.chasing_records import CHASING_RECORDS
from state.crypto import KeyRing, cell
from state.file_records import FILE_RECORDS
from state.moving import BEGUN, LISTED, NAMED, SEALED, SOURCES
from state.records import RECORDS, Record
from state.scoping_records import SCOPING_RECORDS
from state.sqlite.predicates import LINKED, OPEN_NOTICE, OPEN_REQUEST

_RECORDS: dict[str, type[Record]] = {one.TABLE: one for one in (*RECORDS, *SCOPING_RECORDS, *CHASING_RECORDS, *FILE_RECORDS)}
_STILL = {"requests": OPEN_REQUEST, "notices": OPEN_NOTICE}
"""Of what is sealed, what anybody still acts on: what is at an end stays as it was done."""
_OWN_PLACES = """UPDATE "places" SET "account" = "person" WHERE "person" = :of AND "account" = '' AND "kind" = 'personal'"""
# In forms of the cases that they have a part in, and no others: there are too many answers to look through.
_SOURCE = """UPDATE "{table}" SET "{column}" = :begins || :to WHERE "{column}" = :begins || :of AND "draft" IN
    (SELECT d."id" FROM "drafts" AS d JOIN "case_people" AS p ON p."case" = d."case" WHERE p."person" = :of)"""
PERSON_OF = f'SELECT "person" FROM "accounts" WHERE "id" = :account AND {LINKED}'  # noqa: S608 - our own condition


def person_of(connection: sqlite3.Connection, account: str) -> str:
    """Whose account it is: somebody's other one, or a person's own."""
    found = connection.execute(PERSON_OF, {"account": account}).fetchone()
    return found[0] if found else account


def move(connection: sqlite3.Connection, keys: KeyRing, moves: Sequence[Move]) -> None:
    """Make these moves, in order."""
    for one in moves:
        if one.of == one.to:
            continue
        values = {"of": one.of, "to": one.to}
        connection.execute(_OWN_PLACES, values)
        for table, column, begins in SOURCES:
            connection.execute(_SOURCE.format(table=table, column=column), values | {"begins": begins})
        for statement in _STATEMENTS:
            connection.execute(statement, values)
        for table, column in LISTED:
            _in_lists(connection, table, column, one)
        for table, (column, fields) in SEALED.items():
            _in_sealed(connection, keys, table, column, fields, one)
        for table, column, begins in BEGUN:
            _begun(connection, table, column, begins, one)


def _statements() -> Iterator[str]:
    for table, column in NAMED:
        record = _RECORDS.get(table)
        if record is not None and column in record.KEY:
            yield _going(table, record.KEY, column)
        rises = '"version" = "version" + 1, ' if record is not None else ""
        yield f'UPDATE "{table}" SET {rises}"{column}" = :to WHERE "{column}" = :of'  # noqa: S608 - our own names, here and below


def _going(table: str, key: Sequence[str], column: str) -> str:
    """Rows of the first for which the other has one of the same key."""
    same = " AND ".join(f'own."{name}" = "{table}"."{name}"' for name in key if name != column)
    return f"""DELETE FROM "{table}" WHERE "{column}" = :of AND EXISTS
        (SELECT 1 FROM "{table}" AS own WHERE own."{column}" = :to AND {same})"""  # noqa: S608


_STATEMENTS = tuple(_statements())


def _in_lists(connection: sqlite3.Connection, table: str, column: str, one: Move) -> None:
    """Each of the list once, in the order in which they came."""
    named = msgspec.json.encode(one.of).decode()
    found = connection.execute(
        f'SELECT "id", "{column}" FROM "{table}" WHERE instr("{column}", :named) > 0',  # noqa: S608
        {"named": named},
    ).fetchall()
    for key, listed in found:
        people = [one.to if person == one.of else person for person in msgspec.json.decode(listed)]
        _write(connection, table, column, key, msgspec.json.encode(list(dict.fromkeys(people))).decode())


def _in_sealed(
    connection: sqlite3.Connection, keys: KeyRing, table: str, column: str, fields: Sequence[str], one: Move
) -> None:
    still = f'SELECT "id", "{column}" FROM "{table}" WHERE {_STILL[table]}'  # noqa: S608
    for key, sealed in connection.execute(still).fetchall():
        bound = cell(table, column, key)
        before = msgspec.json.decode(keys.open(sealed, bound))
        after = _renamed(before, fields, one)
        if after != before:
            _write(connection, table, column, key, keys.seal(msgspec.json.encode(after), bound))


def _renamed(value: Any, fields: Sequence[str], one: Move) -> Any:
    if isinstance(value, list):
        return [_renamed(each, fields, one) for each in value]
    if not isinstance(value, dict):
        return value
    return {name: one.to if name in fields and said == one.of else said for name, said in value.items()}


def _write(connection: sqlite3.Connection, table: str, column: str, key: str, value: str | bytes) -> None:
    values = {"id": key, "value": value}
    connection.execute(f'UPDATE "{table}" SET "version" = "version" + 1, "{column}" = :value WHERE "id" = :id', values)  # noqa: S608


def _begun(connection: sqlite3.Connection, table: str, column: str, begins: str, one: Move) -> None:
    of, to = begins + one.of, begins + one.to
    there = connection.execute(f'SELECT 1 FROM "{table}" WHERE "{column}" = :to', {"to": to}).fetchone()  # noqa: S608
    if there:
        connection.execute(f'DELETE FROM "{table}" WHERE "{column}" = :of', {"of": of})  # noqa: S608
    change = f'UPDATE "{table}" SET "version" = "version" + 1, "{column}" = :to WHERE "{column}" = :of'  # noqa: S608
    connection.execute(change, {"of": of, "to": to})
