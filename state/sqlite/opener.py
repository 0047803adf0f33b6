"""Records from rows, remembering the last few thousand of them: most of what a turn reads, the turn before it read too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from state.crypto import KeyRing
from state.records import Record
from state.sqlite.rows import Table

R = TypeVar("R", bound=Record)

MEMO_ROWS = 4096
MEMO_BYTES = 2048
"""Longer secrets are opened each time: what is remembered stays small."""


class Opener:
    """Opens the rows of one store. For one thread.

    A row is read from the database each time and compared whole, ciphertext and all. Only one that is equal in every column
    gives the record it gave before, so nothing remembered can be stale or hide a change, by whatever process.
    """

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys
        self._memo: dict[tuple[str, Any], tuple[Any, Any]] = {}

    def read_all(self, rows: Table[R], found: Sequence[Any]) -> tuple[R, ...]:
        """Every row as its record. Raises CannotOpen."""
        memo, identity, name = self._memo, rows.identity, rows.name
        records: list[R] = []
        for row in found:
            key = (name, identity(row))
            known = memo.get(key)
            records.append(known[1] if known and known[0] == row else self._open(rows, key, row))
        return tuple(records)

    def _open(self, rows: Table[R], key: tuple[str, Any], row: Any) -> R:
        record = rows.read(row, self._keys)
        if all(len(row[place]) <= MEMO_BYTES for place in rows.secret_places):
            if len(self._memo) >= MEMO_ROWS:
                self._memo.clear()
            self._memo[key] = row, record
        return record
