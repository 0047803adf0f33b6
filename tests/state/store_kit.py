"""What the tests of the store share: a key ring, an instant, rows to write, and raw access to the file."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from state.changes import Changes, Entry, Kind, Send
from state.crypto import KeyRing
from state.records import AnswerRecord, DraftRecord
from state.sqlite import SqliteStore, open_store

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEYS = KeyRing({"k1": b"1" * 32}, "k1")


def later(**spans: float) -> datetime:
    """An instant after NOW."""
    return NOW + timedelta(**spans)


def database(folder: Path) -> Path:
    """Where the tests' database lies."""
    return folder / "data" / "cspr.db"


@contextlib.asynccontextmanager
async def opened(folder: Path, keys: KeyRing = KEYS) -> AsyncIterator[SqliteStore]:
    """A store, closed at the end."""
    store = open_store(database(folder), keys, "local")
    try:
        yield store
    finally:
        store.close()


@contextlib.contextmanager
def raw(folder: Path) -> Iterator[sqlite3.Connection]:
    """The file as somebody else would get at it."""
    with contextlib.closing(sqlite3.connect(database(folder), isolation_level=None)) as connection:
        yield connection


def answer(version: int = 0, **fields: Any) -> AnswerRecord:
    """An answer of the draft `d`."""
    given = {"draft": "d", "path": "incident.summary", "state": "given", "value": "Test words", "by": "t/p", "at": NOW}
    return AnswerRecord(version=version, **(given | fields))


def draft(version: int = 0, **fields: Any) -> DraftRecord:
    """The draft `d` of the person `t/p`."""
    given: dict[str, Any] = {"id": "d", "form": "referral", "owner": "t/p", "begun_at": NOW, "touched_at": NOW}
    return DraftRecord(version=version, **(given | fields))


def send(lane: str = "lane", text: str = "Test reply", **fields: Any) -> Send:
    """A reply in a lane."""
    return Send(kind=Kind.REPLY, lane=lane, body={"text": text}, **fields)


def sends(*lanes: str) -> Changes:
    """Replies in these lanes."""
    return Changes(sends=tuple(send(lane, f"Test reply {number}") for number, lane in enumerate(lanes)))


def entries(chain: str, *kinds: str) -> Changes:
    """Rows of history, each with content."""
    return Changes(history=tuple(Entry(chain=chain, kind=kind, who="t/p", content=f"Test content {kind}") for kind in kinds))
