"""The database's files and connections: private to their owner, write-ahead log, every commit on the disk."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from pathlib import Path

from state.sqlite.errors import Corrupted, NotPrivate

WAIT_SECONDS = 20.0
"""How long one process waits for another's write."""
BUSY_TRIES = 250
BUSY_SECONDS = 0.02
CHECKED_UP_TO = 32 * 1024 * 1024
"""A database up to so many bytes is checked whole when it is opened (some 50 ms); a larger one by `cspr` when asked."""


def make_private(path: Path) -> None:
    """Make the folder (0700) and the file (0600), or close them to others. The folder belongs to the database alone.

    Raises NotPrivate.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            with contextlib.suppress(FileNotFoundError):  # The log's files come and go with the connections.
                file.chmod(0o600)
    except OSError as refused:
        raise NotPrivate(
            f"The data folder {path.parent} cannot be made private ({refused.strerror}). Name a folder of your own."
        ) from refused


def connect(path: Path) -> sqlite3.Connection:
    """A connection that commits only when told, with every commit flushed to the disk. It may pass to one other thread."""
    connection = sqlite3.connect(
        path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=512
    )
    try:
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -32768")
        connection.execute("PRAGMA journal_size_limit = 67108864")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Changing to the write-ahead log is the one step for which SQLite does not wait itself when others open the file too."""
    for last in (*[False] * BUSY_TRIES, True):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as busy:
            if last or busy.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(BUSY_SECONDS)
        else:
            return


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Look for damage. Raises Corrupted."""
    if path.stat().st_size > CHECKED_UP_TO:
        return
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise damaged(path)


def damaged(path: Path) -> Corrupted:
    """What to say of a file that is not a whole database."""
    return Corrupted(f"The database {path} is damaged or is not ours. Stop the assistant and restore the file from its backup.")
