"""The ends of the chains, written daily into a file outside the database: who cuts a chain off there cannot cut it off here.

A JSON line a day holds the chains that grew since the line before, with length and head, and a keyed digest over itself and the
line before. Nothing in it identifies anybody.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import msgspec

from state.chains import Found, Problem
from state.crypto import KeyRing, Purpose
from state.sqlite.history import all_heads, digest_at
from state.values import utc_text

End = tuple[int, str]


class HeadsLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line: when, the chains that grew (length, head), how many there are, the sum of the line before, and its own."""

    at: str
    chains: dict[str, End]
    total: int
    prev: str
    sum: str = ""

    def covered(self) -> bytes:
        """What the sum covers."""
        return msgspec.json.encode((self.at, sorted(self.chains.items()), self.total, self.prev))


def append_heads(connection: sqlite3.Connection, keys: KeyRing, path: Path, at: datetime) -> int:
    """Append today's line, durably; returns how many chains grew. Raises msgspec.DecodeError where the file is not ours."""
    lines = _lines(path)
    known = _ends(lines)
    now = {chain: (head.length, head.head) for chain, head in all_heads(connection).items()}
    grown = {chain: end for chain, end in now.items() if known.get(chain) != end}
    line = HeadsLine(at=utc_text(at), chains=grown, total=len(now), prev=lines[-1].sum if lines else "")
    line = msgspec.structs.replace(line, sum=keys.digest(Purpose.HEADS, line.covered()))
    _append(path, msgspec.json.encode(line) + b"\n")
    return len(grown)


def _append(path: Path, line: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line)
        os.fsync(handle)
    finally:
        os.close(handle)


def heads_problems(connection: sqlite3.Connection, keys: KeyRing, path: Path) -> Iterator[Problem]:
    """Where the database has less than the file, or something else; and where the file itself was changed or is not there."""
    try:
        lines = _lines(path)
    except (OSError, msgspec.DecodeError):
        lines = []
    if not lines or not _sums_hold(keys, lines):
        yield Problem("", 0, Found.HEADS_FILE)
    heads = all_heads(connection)
    for chain, (length, head) in _ends(lines).items():
        if chain not in heads or heads[chain].length < length:
            yield Problem(chain, heads[chain].length + 1 if chain in heads else 1, Found.CUT_OFF)
        elif digest_at(connection, chain, length) != head:
            yield Problem(chain, length, Found.CHANGED)


def _sums_hold(keys: KeyRing, lines: list[HeadsLine]) -> bool:
    linked = all(line.prev == before.sum for before, line in pairwise(lines))
    whole = all(keys.matches(Purpose.HEADS, line.covered(), line.sum) for line in lines)
    return linked and whole and lines[0].prev == ""


def _lines(path: Path) -> list[HeadsLine]:
    if not path.exists():
        return []
    return [msgspec.json.decode(line, type=HeadsLine) for line in path.read_bytes().splitlines()]


def _ends(lines: list[HeadsLine]) -> dict[str, End]:
    ends: dict[str, End] = {}
    for line in lines:
        ends.update(line.chains)
    return ends
