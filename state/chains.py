"""The hash chains of the history, without a database: how a row is digested, and what verifying a chain finds.

A row's keyed digest covers its metadata, the digest before it in its chain and a salted, keyed digest of its content. Content
and salt lie sealed in a table of their own: erasing them leaves every digest standing (the design's "What is kept").
"""

from __future__ import annotations

import enum
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from state.crypto import CannotOpen, KeyRing, Purpose, cell
from state.values import JSON

SALT_BYTES = 16
MOST_GAPS = 1000
ERASED = "content_erased"
"""The kind of the row that records an erasure; `what` says up to which row (`up_to`)."""


class HistoryRow(msgspec.Struct, frozen=True, kw_only=True):
    """Who did or read what, when, under which edition: a row of history without its content."""

    chain: str
    seq: int
    turn: str
    at: datetime
    kind: str
    who: str
    what: dict[str, str]
    edition: str


class ChainRow(msgspec.Struct, frozen=True):
    """A row as it is kept, in the order of the table's columns. `what` is JSON text, `at` an ISO text in UTC."""

    chain: str
    seq: int
    turn: str
    at: str
    kind: str
    who: str
    what: str
    edition: str
    content_digest: str
    prev: str
    digest: str = ""

    def covered(self, seq: int = 0) -> bytes:
        """What the digest covers: everything but the digest. `seq` asks what it would be at another position."""
        chain, _, *rest = msgspec.structs.astuple(self)[:-1]
        return msgspec.json.encode((chain, seq or self.seq, *rest))


class Found(enum.StrEnum):
    """What verifying can find."""

    CHANGED = "changed"
    MISSING = "missing"
    REORDERED = "reordered"
    CUT_OFF = "cut off"
    CONTENT_CHANGED = "content changed"
    CONTENT_MISSING = "content missing"
    HEAD_CHANGED = "head changed"
    HEADS_FILE = "heads file changed"


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong. `seq` is 0 where a whole chain or the heads file is meant."""

    chain: str
    seq: int
    found: Found


class Head(msgspec.Struct, frozen=True):
    """The end of a chain: how many rows, and the last one's digest. `seal` is a keyed digest, so that it cannot be set back."""

    length: int = 0
    head: str = ""
    seal: str = ""


def seal_text(chain: str, length: int, head: str) -> bytes:
    """What a head's seal covers."""
    return msgspec.json.encode((chain, length, head))


def new_content(keys: KeyRing, chain: str, seq: int, content: JSON) -> tuple[str, bytes]:
    """The digest of a content with a fresh salt, and both sealed. Keyed, so that a short content cannot be guessed."""
    salted = os.urandom(SALT_BYTES) + msgspec.json.encode(content)
    return keys.digest(Purpose.CONTENT, salted), keys.seal(salted, content_cell(chain, seq))


def content_cell(chain: str, seq: int) -> bytes:
    """The place a content is sealed to."""
    return cell("history_contents", "sealed", chain, seq)


def check_chain(
    keys: KeyRing, chain: str, rows: Sequence[ChainRow], head: Head | None, sealed: Mapping[int, bytes]
) -> Iterator[Problem]:
    """Everything wrong with one chain, its rows given in order of `seq`. `sealed` holds the contents that are there."""
    sound = {row.seq for row in rows if keys.matches(Purpose.HISTORY, row.covered(), row.digest)}
    gaps = list(_gaps(rows))
    yield from (Problem(chain, seq, Found.MISSING) for seq in gaps)
    yield from _altered(keys, [row for row in rows if row.seq not in sound], gaps)
    yield from _unlinked(rows, sound)
    yield from _head_problems(keys, chain, rows, head)
    yield from _content_problems(keys, rows, sound, sealed)


def _gaps(rows: Sequence[ChainRow]) -> Iterator[int]:
    """Numbers that are not there. A number somebody invented far away is not counted up to."""
    expected = 1
    for row in rows:
        yield from range(expected, min(row.seq, expected + MOST_GAPS))
        expected = row.seq + 1


def _altered(keys: KeyRing, wrong: list[ChainRow], gaps: list[int]) -> Iterator[Problem]:
    """A row whose digest fails was changed, or is whole and stands at another place: one that is empty or wrong too."""
    places = [row.seq for row in wrong] + gaps
    for row in wrong:
        moved = any(keys.matches(Purpose.HISTORY, row.covered(place), row.digest) for place in places)
        yield Problem(row.chain, row.seq, Found.REORDERED if moved else Found.CHANGED)


def _unlinked(rows: Sequence[ChainRow], sound: set[int]) -> Iterator[Problem]:
    """Rows that are whole but follow on another row than the one before them, such as one put back from an old copy."""
    before = ChainRow("", 0, "", "", "", "", "", "", "", "")
    for row in rows:
        if row.seq == before.seq + 1 and row.seq in sound and before.seq in sound | {0} and row.prev != before.digest:
            yield Problem(row.chain, row.seq, Found.CHANGED)
        before = row


def _head_problems(keys: KeyRing, chain: str, rows: Sequence[ChainRow], head: Head | None) -> Iterator[Problem]:
    length, digest = (rows[-1].seq, rows[-1].digest) if rows else (0, "")
    if head is None or not keys.matches(Purpose.HEADS, seal_text(chain, head.length, head.head), head.seal):
        yield Problem(chain, 0, Found.HEAD_CHANGED)
    elif head.length > length:
        yield Problem(chain, length + 1, Found.CUT_OFF)
    elif head.length < length or head.head != digest:
        yield Problem(chain, length, Found.CHANGED)


def _content_problems(
    keys: KeyRing, rows: Sequence[ChainRow], sound: set[int], sealed: Mapping[int, bytes]
) -> Iterator[Problem]:
    erased = max((_erased_up_to(row) for row in rows if row.kind == ERASED and row.seq in sound), default=0)
    for row in rows:
        if row.seq in sealed:
            if not _content_matches(keys, row, sealed[row.seq]):
                yield Problem(row.chain, row.seq, Found.CONTENT_CHANGED)
        elif row.content_digest and row.seq > erased:
            yield Problem(row.chain, row.seq, Found.CONTENT_MISSING)


def _erased_up_to(row: ChainRow) -> int:
    return int(msgspec.json.decode(row.what, type=dict[str, str])["up_to"])


def _content_matches(keys: KeyRing, row: ChainRow, sealed: bytes) -> bool:
    try:
        salted = keys.open(sealed, content_cell(row.chain, row.seq))
    except CannotOpen:
        return False
    return keys.matches(Purpose.CONTENT, salted, row.content_digest)
