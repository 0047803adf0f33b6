"""One turn's commit inside a write transaction: its rows, its history, its sends and its id, or nothing at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from state.accounts import Speaker
from state.changes import Changes
from state.crypto import KeyRing, cell
from state.records import Record
from state.snapshot import Committed, Conflict, DifferentBody
from state.sqlite import history, moving, outbox
from state.sqlite.rows import instant_text, table
from state.values import JSON

KEEP_TURNS = timedelta(days=7)
"""Ids of turns are kept at least so long, counted back from the newest one: channels deliver again for days."""

_INSERT = 'INSERT INTO "turns" ("id", "digest", "at", "answer") VALUES (:id, :digest, :at, :answer) ON CONFLICT DO NOTHING'
ANSWERED = ('"turns"', '"id" = :turn', '"digest"', '"answer"')
"""For a look beside other rows, whether a turn was committed: the table, how one is found, and what of it."""
_SELECT = 'SELECT "digest", "answer" FROM "turns" WHERE "id" = :id'


def commit(
    connection: sqlite3.Connection,
    keys: KeyRing,
    changes: Changes,
    *,
    turn: str,
    digest: str,
    at: datetime,
    claim_lane: str,
    speaker: Speaker | None = None,
) -> Committed:
    """Apply one turn. The caller rolls back to its savepoint when this raises Conflict or DifferentBody."""
    kept = {"id": turn, "digest": digest, "at": instant_text(at), "answer": _sealed(keys, turn, changes.answer)}
    if connection.execute(_INSERT, kept).rowcount != 1:
        return _again(connection, keys, turn, digest)
    if speaker is not None and moving.person_of(connection, speaker.account) != speaker.person:
        raise Conflict("Whose account this is has changed since it was read.")
    put(connection, keys, changes.puts)
    moving.move(connection, keys, changes.moves)
    history.append(connection, keys, changes.history, turn=turn, at=at)
    claimed = outbox.insert(connection, keys, changes.sends, turn=turn, at=at, claim_lane=claim_lane)
    return Committed(claimed=claimed, answer=changes.answer)


def put(connection: sqlite3.Connection, keys: KeyRing, records: Sequence[Record]) -> None:
    """Write records at the version after the one they were read at. Raises Conflict when somebody else was first."""
    for record in records:
        rows = table(type(record))
        if connection.execute(rows.statement(record), rows.params(record, keys)).rowcount != 1:
            raise Conflict(f"A row of {rows.name} was written by somebody else first.")


def _again(connection: sqlite3.Connection, keys: KeyRing, turn: str, digest: str) -> Committed:
    kept, answer = connection.execute(_SELECT, {"id": turn}).fetchone()
    if kept != digest:
        raise DifferentBody("A turn id came a second time with other content.")
    return Committed(answer=opened(keys, turn, answer))


def _sealed(keys: KeyRing, turn: str, answer: JSON) -> bytes | None:
    return None if answer is None else keys.seal(msgspec.json.encode(answer), cell("turns", "answer", turn))


def opened(keys: KeyRing, turn: str, sealed: bytes | None) -> JSON:
    """What a turn that was committed before was answered. Raises CannotOpen."""
    answer: JSON = None if sealed is None else msgspec.json.decode(keys.open(sealed, cell("turns", "answer", turn)))
    return answer


def forget(connection: sqlite3.Connection, before: datetime) -> int:
    """Forget turn ids from before an instant, but none of the last KEEP_TURNS. Returns how many were forgotten."""
    newest = connection.execute('SELECT max("at") FROM "turns"').fetchone()[0]
    if newest is None:
        return 0
    until = min(before, datetime.fromisoformat(newest) - KEEP_TURNS)
    return connection.execute('DELETE FROM "turns" WHERE "at" < :until', {"until": instant_text(until)}).rowcount
