"""Opening a database: made where there is none, refused where it is not the one asked for; migrated to a newer schema."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from state.crypto import CannotOpen, KeyRing, cell
from state.sqlite.errors import Corrupted, MigrationFailed, NewerSchema, OlderSchema, WrongKey, WrongMode
from state.sqlite.files import check, connect, damaged, make_private
from state.sqlite.schema import MIGRATIONS, Migration

Mode = Literal["local", "production"]

_KEY_CELL = cell("meta", "value", "key_check")
_CORRUPT = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


def prepare(path: Path, keys: KeyRing, mode: Mode, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Make the database where there is none; otherwise see that it is whole and the one asked for.

    Raises Corrupted, NotPrivate, WrongMode, WrongKey, NewerSchema or OlderSchema.
    """
    make_private(path)
    with _opened(path) as connection:
        check(connection, path)
        with _transaction(connection):
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
                _create(connection, keys, mode, migrations)
        compare(path, meta_of(connection, path), keys, mode, len(migrations))


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with contextlib.closing(connect(path)) as connection:
            yield connection
    except sqlite3.DatabaseError as wrong:
        if wrong.sqlite_errorcode & 0xFF in _CORRUPT:
            raise damaged(path) from wrong
        raise


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _create(connection: sqlite3.Connection, keys: KeyRing, mode: Mode, migrations: Sequence[Migration]) -> None:
    for migration in migrations:
        _apply(connection, migration)
    check_text = keys.seal(b"cspr", _KEY_CELL).hex()
    for name, value in {"schema": str(len(migrations)), "mode": mode, "key_check": check_text}.items():
        connection.execute('INSERT INTO "meta" ("name", "value") VALUES (:name, :value)', {"name": name, "value": value})


def _apply(connection: sqlite3.Connection, migration: Migration) -> None:
    for statement in migration:
        connection.execute(statement)


def meta_of(connection: sqlite3.Connection, path: Path) -> dict[str, str]:
    """What a database says of itself: its schema, its mode, and what its key opens. Raises Corrupted."""
    try:
        meta = dict(connection.execute('SELECT "name", "value" FROM "meta"').fetchall())
    except sqlite3.OperationalError as missing:
        raise damaged(path) from missing
    if not {"schema", "mode", "key_check"} <= meta.keys() or not meta["schema"].isdigit():
        raise damaged(path)
    return meta


def compare(path: Path, meta: dict[str, str], keys: KeyRing, mode: Mode, newest: int) -> None:
    """See that it is the one asked for. Raises WrongMode, WrongKey, NewerSchema or OlderSchema."""
    if meta["mode"] != mode:
        raise WrongMode(
            f"The database {path} was made in {meta['mode']} mode and this is {mode} mode. Name another data folder,"
            f" or set CSPR_MODE={meta['mode']}. A local database holds invented people and is never used in production."
        )
    _compare_schema(path, int(meta["schema"]), newest)
    try:
        keys.open(bytes.fromhex(meta["key_check"]), _KEY_CELL)
    except (CannotOpen, ValueError) as wrong:
        raise WrongKey(f"The keys given do not open the database {path}. Restore the key file that belongs to it.") from wrong


def _compare_schema(path: Path, number: int, newest: int) -> None:
    if number > newest:
        raise NewerSchema(
            f"The database {path} has schema {number} and this version knows {newest}. Install the newer version again."
        )
    if number < newest:
        raise OlderSchema(
            f"The database {path} has schema {number} and this version needs {newest}. Stop the assistant and run: cspr migrate"
        )


def migrate(path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> tuple[int, int]:
    """Bring a database to the newest schema: first a copy, which is checked, then the file itself in one transaction.

    Returns the schema number before and after. Raises Corrupted, NewerSchema, or MigrationFailed with the file untouched.
    """
    if not path.exists():
        raise Corrupted(f"There is no database at {path}. Name the data folder, or start the assistant to make one.")
    with _opened(path) as connection:
        before = int(meta_of(connection, path)["schema"])
        if before > len(migrations):
            _compare_schema(path, before, len(migrations))
        if before < len(migrations):
            _try_on_copy(connection, path, migrations)
            _upgrade(connection, path, migrations)
    return before, len(migrations)


def _try_on_copy(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    copy = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    os.close(os.open(copy, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as trial:
            connection.backup(trial)
            _upgrade(trial, path, migrations)
            if trial.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise damaged(path)
    except sqlite3.Error as failed:
        raise MigrationFailed(
            f"The new schema did not work on a copy of {path}, which is unchanged. Keep the version you have. ({failed})"
        ) from failed
    finally:
        for file in (copy, Path(f"{copy}-wal"), Path(f"{copy}-shm"), Path(f"{copy}-journal")):
            file.unlink(missing_ok=True)


def _upgrade(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    with _transaction(connection):
        # Read again under the lock: another process may have migrated in the meantime.
        for migration in migrations[int(meta_of(connection, path)["schema"]) :]:
            _apply(connection, migration)
        connection.execute("""UPDATE "meta" SET "value" = :number WHERE "name" = 'schema'""", {"number": str(len(migrations))})
