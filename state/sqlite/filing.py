"""Rows about files in the document library. They are written by whoever files a document, outside of any turn."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from state.file_records import FileRecord, MarkRecord, SightingRecord
from state.sqlite.opener import Opener
from state.sqlite.predicates import UNTOLD
from state.sqlite.rows import table

Everything = Callable[..., tuple[Any, ...]]
_SERIES = 'WHERE "shelf" = :shelf AND "series" = :series ORDER BY "number"'
_ITEM = 'WHERE "shelf" = :shelf AND "item" = :item AND "item" <> \'\' ORDER BY "id"'
_PATH = 'WHERE "shelf" = :shelf AND "path" = :path ORDER BY "id"'
_CASE = 'WHERE "case" = :case ORDER BY "series", "number"'
_MARK = 'WHERE "shelf" = :shelf'
_SIGHTING = 'WHERE "id" = :id'
_SEEN = 'WHERE "shelf" = :shelf ORDER BY "id"'
_ITEMS = '''SELECT "item" FROM "files" WHERE "shelf" = :shelf AND "state" = 'filed' ORDER BY "id"'''
_UNTOLD = f'WHERE {UNTOLD} AND "shelf" = :shelf ORDER BY "seen_at", "id"'


def files_of(connection: sqlite3.Connection, opener: Opener, shelf: str, series: str) -> tuple[FileRecord, ...]:
    """Every version of one document, oldest first."""
    return _files(connection, opener, _SERIES, shelf=shelf, series=series)


def file_at(connection: sqlite3.Connection, opener: Opener, shelf: str, *, item: str = "", path: str = "") -> FileRecord | None:
    """The file with the library's own id, or else at that path."""
    by, value = (_ITEM, item) if item else (_PATH, path)
    found = _files(connection, opener, by, shelf=shelf, **{"item" if item else "path": value})
    return found[-1] if found else None


def files_of_case(everything: Everything, case: str) -> tuple[FileRecord, ...]:
    """Every file of a case, for a turn's snapshot."""
    return everything(FileRecord, _CASE, case=case)


def mark_of(connection: sqlite3.Connection, opener: Opener, shelf: str) -> MarkRecord | None:
    """Up to where the changes of a library were looked at."""
    rows = table(MarkRecord)
    found = opener.read_all(rows, connection.execute(rows.query(_MARK), {"shelf": shelf}).fetchall())
    return found[0] if found else None


def sighting_of(connection: sqlite3.Connection, opener: Opener, sighting: str) -> SightingRecord | None:
    """What was last seen of a file."""
    found = _sightings(connection, opener, _SIGHTING, id=sighting)
    return found[0] if found else None


def untold(connection: sqlite3.Connection, opener: Opener, shelf: str) -> tuple[SightingRecord, ...]:
    """What was seen and is not told yet, oldest first."""
    return _sightings(connection, opener, _UNTOLD, shelf=shelf)


def sightings_of(connection: sqlite3.Connection, opener: Opener, shelf: str) -> tuple[SightingRecord, ...]:
    """What was last seen of every file to which somebody did something."""
    return _sightings(connection, opener, _SEEN, shelf=shelf)


def items_of(connection: sqlite3.Connection, shelf: str) -> tuple[str, ...]:
    """The library's own ids of what we filed there. Nothing is opened: there may be years of it."""
    return tuple(item for (item,) in connection.execute(_ITEMS, {"shelf": shelf}))


def _sightings(connection: sqlite3.Connection, opener: Opener, rest: str, **params: str) -> tuple[SightingRecord, ...]:
    rows = table(SightingRecord)
    return opener.read_all(rows, connection.execute(rows.query(rest), params).fetchall())


def _files(connection: sqlite3.Connection, opener: Opener, rest: str, **params: str) -> tuple[FileRecord, ...]:
    rows = table(FileRecord)
    return opener.read_all(rows, connection.execute(rows.query(rest), params).fetchall())
