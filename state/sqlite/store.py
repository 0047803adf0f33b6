"""The embedded store: one SQLite file, one thread that writes, one that reads. `state.snapshot.Store` says what it promises."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from state.accounts import Speaker
from state.chains import HistoryRow, Problem
from state.changes import Changes, OutboxRow, OutboxStatus
from state.crypto import KeyRing
from state.file_records import FileRecord, MarkRecord, SightingRecord
from state.records import Record
from state.snapshot import Committed, ReminderNow, Snapshot, ToChase, Wanted
from state.sqlite import chasing, filing, headsfile, history, moving, outbox, turns
from state.sqlite.files import connect
from state.sqlite.opener import Opener
from state.sqlite.opening import Mode, prepare
from state.sqlite.reads import Reading
from state.sqlite.schema import MIGRATIONS, Migration
from state.sqlite.worker import Reader, Writer

T = TypeVar("T")


class SqliteStore:
    """A `Store`. Made by `open_store`; several processes may have the same file open."""

    def __init__(self, path: Path, keys: KeyRing) -> None:
        self._path, self._keys, self._opener = path, keys, Opener(keys)
        self._writer = Writer(connect(path), "store writer")
        self._reader = Reader(connect(path), "store reader")

    async def read(self, wanted: Wanted) -> Snapshot:
        """One consistent picture. Raises CannotOpen where an encrypted column was tampered with."""
        return await self._reader.do(lambda connection: Reading(connection, self._keys, self._opener, wanted).snapshot())

    async def person_of(self, account: str) -> str:
        """Whose account it is: somebody's other one, or a person's own."""
        return await self._reader.do(lambda connection: moving.person_of(connection, account))

    async def commit(
        self,
        turn: str,
        digest: str,
        at: datetime,
        changes: Changes,
        *,
        claim_lane: str = "",
        speaker: Speaker | None = None,
    ) -> Committed:
        """Apply changes in one durable step, in the same transaction as the turns that wait beside it."""
        return await self._writer.do(
            lambda connection: turns.commit(
                connection, self._keys, changes, turn=turn, digest=digest, at=at, claim_lane=claim_lane, speaker=speaker
            )
        )

    async def claim(self, now: datetime, limit: int = 20, lanes: Sequence[str] = ()) -> Sequence[OutboxRow]:
        """Take rows that are due, one a lane."""
        return await self._writer.do(lambda connection: outbox.claim(connection, self._keys, now, limit, lanes))

    async def mark(
        self,
        row: int,
        status: OutboxStatus,
        *,
        at: datetime,
        remote_id: str = "",
        reason: str = "",
        next_at: datetime | None = None,
        uncertain: bool = False,
    ) -> None:
        """Record how a send ended. Raises UnknownRow."""
        how = outbox.Ending(status=status, at=at, remote_id=remote_id, reason=reason, next_at=next_at, uncertain=uncertain)
        await self._writer.do(lambda connection: outbox.mark(connection, row, how))

    async def sent(self, rows: Mapping[int, str], at: datetime) -> None:
        """Record that rows were sent. Raises UnknownRow."""
        endings = {row: outbox.Ending(status=OutboxStatus.SENT, at=at, remote_id=remote) for row, remote in rows.items()}
        await self._writer.do(lambda connection: outbox.mark_all(connection, endings), can_wait=True)

    async def stuck(self, before: datetime, lanes: Sequence[str] = ()) -> Sequence[OutboxRow]:
        """Rows found `sending` since before an instant; they stay so until they are marked."""
        return await self._writer.do(lambda connection: outbox.stuck(connection, self._keys, before, lanes))

    async def ledger(self, *, case: str = "", limit: int = 100, failed: bool = False) -> Sequence[OutboxRow]:
        """The delivery ledger of a case, or of all, newest first. No body is opened: `send.body` is None.

        `failed`: only what did not get through, or of which nobody knows.
        """
        read = outbox.given_up if failed else outbox.ledger
        return await self._reader.do(lambda connection: read(connection, case, limit))

    async def to_chase(self, now: datetime, waiting: Sequence[str] = (), limit: int = 100) -> Sequence[ToChase]:
        """What has to be looked at, because a reminder is due or nobody has looked yet. `waiting`: kinds of notices."""
        return await self._reader.do(lambda connection: chasing.to_chase(connection, now, waiting, limit))

    async def to_digest(self, since: datetime, today: str) -> Sequence[ToChase]:
        """Who has run cases since before an instant, is not away today, and has had no digest since that instant."""
        return await self._reader.do(lambda connection: chasing.to_digest(connection, since, today))

    async def next_chase(self, after: datetime) -> datetime | None:
        """When the next reminder is due after an instant, as far as anybody has looked."""
        return await self._reader.do(lambda connection: chasing.next_chase(connection, after))

    async def reminder_now(self, row: OutboxRow, now: datetime) -> ReminderNow:
        """What of a reminder is to be said now."""
        return await self._reader.do(lambda connection: chasing.reminder_now(connection, row, now))

    async def may_hear(self, case: str, person: str, now: datetime) -> bool:
        """Whether a reminder of a case may be told to a person; in a channel, where nobody is named."""
        return await self._reader.do(lambda connection: chasing.may_hear(connection, case, person, now))

    async def files_of(self, shelf: str, series: str) -> Sequence[FileRecord]:
        """Every version of one document in a library, oldest first."""
        return await self._reader.do(lambda connection: filing.files_of(connection, self._opener, shelf, series))

    async def file_at(self, shelf: str, *, item: str = "", path: str = "") -> FileRecord | None:
        """A file of ours by the library's own id, or else by its path there."""
        return await self._reader.do(lambda connection: filing.file_at(connection, self._opener, shelf, item=item, path=path))

    async def mark_of(self, shelf: str) -> MarkRecord | None:
        """Up to where the changes of a library were looked at."""
        return await self._reader.do(lambda connection: filing.mark_of(connection, self._opener, shelf))

    async def sighting_of(self, sighting: str) -> SightingRecord | None:
        """What was last seen of a file, by the id of the sighting."""
        return await self._reader.do(lambda connection: filing.sighting_of(connection, self._opener, sighting))

    async def untold(self, shelf: str) -> Sequence[SightingRecord]:
        """What was seen in a library and is not told yet, and what says that a file is open; oldest first."""
        return await self._reader.do(lambda connection: filing.untold(connection, self._opener, shelf))

    async def sightings_of(self, shelf: str) -> Sequence[SightingRecord]:
        """What was last seen of every file of a library to which somebody did something."""
        return await self._reader.do(lambda connection: filing.sightings_of(connection, self._opener, shelf))

    async def items_of(self, shelf: str) -> Sequence[str]:
        """The library's own ids of every file that we filed there and that nobody took away, as far as we know."""
        return await self._reader.do(lambda connection: filing.items_of(connection, shelf))

    async def keep(self, *records: Record) -> None:
        """Write records that belong to no turn, in one durable step. Raises Conflict where somebody else was first."""
        await self._writer.do(lambda connection: turns.put(connection, self._keys, records))

    async def forget_turns(self, before: datetime) -> int:
        """Forget ids of turns from before an instant, never of the last seven days. Returns how many."""
        return await self._writer.do(lambda connection: turns.forget(connection, before))

    async def history(self, chain: str) -> Sequence[HistoryRow]:
        """Who did or read what in a chain, oldest first, without content."""
        return await self._reader.do(lambda connection: history.listed(connection, chain))

    async def chains(self) -> Sequence[str]:
        """Every chain of the history, by name."""
        return await self._reader.do(lambda connection: sorted(history.all_heads(connection)))

    async def erase_history(self, chain: str, *, who: str, at: datetime) -> int:
        """Remove the contents of a chain's rows for good; the rows and digests stay, and the erasure is a row itself."""
        return await self._writer.do(lambda connection: history.erase(connection, self._keys, chain, who, at))

    async def verify_history(self, heads: Path | None = None) -> list[Problem]:
        """Changed, missing, reordered and cut-off rows; with the heads file, also what was cut off together with its head."""
        return await self._aside(lambda connection: self._problems(connection, heads))

    def _problems(self, connection: sqlite3.Connection, heads: Path | None) -> list[Problem]:
        found = list(history.problems(connection, self._keys))
        if heads is not None:
            known = {(one.chain, one.found) for one in found}
            beside = headsfile.heads_problems(connection, self._keys, heads)
            found += [one for one in beside if (one.chain, one.found) not in known]
        return found

    async def write_heads(self, path: Path, at: datetime) -> int:
        """Append each grown chain's length and head to a file outside the database. Returns how many chains grew."""
        return await self._aside(lambda connection: headsfile.append_heads(connection, self._keys, path, at))

    async def _aside(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Long reading, on a connection and thread of its own so that no turn waits for it."""

        def run() -> T:
            with contextlib.closing(connect(self._path)) as connection:
                connection.execute("BEGIN")
                return work(connection)

        return await asyncio.to_thread(run)

    def close(self) -> None:
        """Finish what is queued and close the file. Blocks for as long as that takes."""
        self._writer.close()
        self._reader.close()


def open_store(path: Path, keys: KeyRing, mode: Mode, migrations: Sequence[Migration] = MIGRATIONS) -> SqliteStore:
    """Open the database, or make it where there is none. The folder is made private: it holds the database alone.

    Raises Corrupted, NotPrivate, WrongMode, WrongKey, NewerSchema or OlderSchema (all StoreProblem, each with what to do).
    """
    prepare(path, keys, mode, migrations)
    return SqliteStore(path, keys)
