"""The history's rows in the database: appended in the turn's own transaction, listed, erased and verified."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter

import msgspec

from state.chains import ERASED, ChainRow, Found, Head, HistoryRow, Problem, check_chain, new_content, seal_text
from state.changes import Entry
from state.crypto import KeyRing, Purpose
from state.sqlite.rows import instant_text

_COLUMNS = '"chain", "seq", "turn", "at", "kind", "who", "what", "edition", "content_digest", "prev", "digest"'
_INSERT = (
    f'INSERT INTO "history" ({_COLUMNS}) VALUES '  # noqa: S608 - our own column names
    "(:chain, :seq, :turn, :at, :kind, :who, :what, :edition, :content_digest, :prev, :digest)"
)
_CONTENT = 'INSERT INTO "history_contents" ("chain", "seq", "sealed") VALUES (:chain, :seq, :sealed)'
_HEAD = 'SELECT "length", "head", "seal" FROM "history_heads" WHERE "chain" = :chain'
_SET_HEAD = (
    'INSERT INTO "history_heads" ("chain", "length", "head", "seal") VALUES (:chain, :length, :head, :seal) '
    'ON CONFLICT ("chain") DO UPDATE SET "length" = excluded."length", "head" = excluded."head", "seal" = excluded."seal"'
)
_ALL_ROWS = f'SELECT {_COLUMNS} FROM "history" ORDER BY "chain", "seq"'  # noqa: S608
_CHAIN_ROWS = f'SELECT {_COLUMNS} FROM "history" WHERE "chain" = :chain ORDER BY "seq"'  # noqa: S608
_SEALED = 'SELECT "seq", "sealed" FROM "history_contents" WHERE "chain" = :chain'
_ERASE = 'DELETE FROM "history_contents" WHERE "chain" = :chain AND "seq" <= :seq'


def append(connection: sqlite3.Connection, keys: KeyRing, entries: Sequence[Entry], *, turn: str, at: datetime) -> None:
    """Append entries to the ends of their chains, and move the ends. Inside a write transaction: nobody else can append."""
    heads: dict[str, Head] = {}
    for entry in entries:
        head = heads.get(entry.chain) or head_of(connection, entry.chain)
        heads[entry.chain] = _append_one(connection, keys, entry, head, turn=turn, at=at)
    for chain, head in heads.items():
        seal = keys.digest(Purpose.HEADS, seal_text(chain, head.length, head.head))
        connection.execute(_SET_HEAD, {"chain": chain, "length": head.length, "head": head.head, "seal": seal})


def _append_one(connection: sqlite3.Connection, keys: KeyRing, entry: Entry, head: Head, *, turn: str, at: datetime) -> Head:
    seq, content_digest = head.length + 1, ""
    if entry.content is not None:
        content_digest, sealed = new_content(keys, entry.chain, seq, entry.content)
        connection.execute(_CONTENT, {"chain": entry.chain, "seq": seq, "sealed": sealed})
    what = msgspec.json.encode(entry.what).decode()
    metadata = (entry.chain, seq, turn, instant_text(at), entry.kind, entry.who, what, entry.edition)
    row = ChainRow(*metadata, content_digest, head.head)
    digest = keys.digest(Purpose.HISTORY, row.covered())
    connection.execute(_INSERT, {**msgspec.structs.asdict(row), "digest": digest})
    return Head(seq, digest)


def head_of(connection: sqlite3.Connection, chain: str) -> Head:
    """Where a chain ends; an empty Head where there is none yet."""
    found = connection.execute(_HEAD, {"chain": chain}).fetchone()
    return Head(*found) if found else Head()


def all_heads(connection: sqlite3.Connection) -> dict[str, Head]:
    """Every chain's end."""
    rows = connection.execute('SELECT "chain", "length", "head", "seal" FROM "history_heads" ORDER BY "chain"')
    return {chain: Head(length, head, seal) for chain, length, head, seal in rows}


def listed(connection: sqlite3.Connection, chain: str) -> list[HistoryRow]:
    """A chain's rows without their content, oldest first."""
    return [_plain(ChainRow(*row)) for row in connection.execute(_CHAIN_ROWS, {"chain": chain})]


def _plain(row: ChainRow) -> HistoryRow:
    return HistoryRow(
        chain=row.chain,
        seq=row.seq,
        turn=row.turn,
        at=datetime.fromisoformat(row.at),
        kind=row.kind,
        who=row.who,
        what=msgspec.json.decode(row.what, type=dict[str, str]),
        edition=row.edition,
    )


def erase(connection: sqlite3.Connection, keys: KeyRing, chain: str, who: str, at: datetime) -> int:
    """Remove the contents and salts of a chain, and record in it that they were. The digests stay. Returns how many went."""
    length = head_of(connection, chain).length
    connection.execute("PRAGMA secure_delete = ON")  # Overwritten, not only let go; it costs too much for every write.
    gone = connection.execute(_ERASE, {"chain": chain, "seq": length}).rowcount
    connection.execute("PRAGMA secure_delete = OFF")
    append(connection, keys, [Entry(chain=chain, kind=ERASED, who=who, what={"up_to": str(length)})], turn="", at=at)
    return gone


def problems(connection: sqlite3.Connection, keys: KeyRing) -> Iterator[Problem]:
    """What is wrong with the history by its own digests and heads. Reads every row; one chain in memory at a time."""
    heads = all_heads(connection)
    rows = (ChainRow(*row) for row in connection.execute(_ALL_ROWS))
    for chain, group in groupby(rows, key=attrgetter("chain")):
        sealed = dict(connection.execute(_SEALED, {"chain": chain}).fetchall())
        yield from check_chain(keys, chain, list(group), heads.pop(chain, None), sealed)
    for chain in heads:
        yield Problem(chain, 1, Found.CUT_OFF)


def digest_at(connection: sqlite3.Connection, chain: str, seq: int) -> str:
    """The digest of one row, or nothing where there is none."""
    found = connection.execute(
        'SELECT "digest" FROM "history" WHERE "chain" = :chain AND "seq" = :seq', {"chain": chain, "seq": seq}
    ).fetchone()
    return str(found[0]) if found else ""
