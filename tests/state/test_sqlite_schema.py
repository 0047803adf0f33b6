"""The schema agrees with the records, says which migration it is, and a database that is not the one asked for is refused."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace
from store_kit import KEYS, NOW, answer, database, opened, raw

from state.changes import Changes
from state.chasing_records import CHASING_RECORDS
from state.crypto import KeyRing
from state.file_records import FILE_RECORDS
from state.records import RECORDS, Record
from state.scoping_records import SCOPING_RECORDS
from state.snapshot import Wanted
from state.sqlite import migrate, open_store
from state.sqlite.errors import Corrupted, MigrationFailed, NewerSchema, OlderSchema, StoreProblem, WrongKey, WrongMode
from state.sqlite.rows import table
from state.sqlite.schema import MIGRATIONS
from state.values import utc_text

ONE_MORE = (*MIGRATIONS, ("""ALTER TABLE "drafts" ADD COLUMN "extra" TEXT NOT NULL DEFAULT ''""",))


@pytest.mark.parametrize(
    "record", [*RECORDS, *SCOPING_RECORDS, *CHASING_RECORDS, *FILE_RECORDS], ids=lambda record: record.TABLE
)
async def test_the_columns_are_the_fields_of_the_struct(record: type[Record], tmp_path: Path) -> None:
    async with opened(tmp_path):
        with raw(tmp_path) as connection:
            info = connection.execute(f'PRAGMA table_info("{record.TABLE}")').fetchall()
    rows = table(record)
    assert {(name, kind, not required) for _, name, kind, required, *_ in info} == {
        (column.name, column.type, column.null) for column in rows.columns
    }
    key = [name for _, name, *_, place in sorted(info, key=lambda one: one[5]) if place]
    assert key == [*record.KEY, *(["version"] if rows.keeps_versions else [])]


async def test_files_are_their_owners_alone(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("turn", "digest", NOW, Changes(puts=(answer(),)))
        modes = {file.name: file.stat().st_mode & 0o777 for file in database(tmp_path).parent.iterdir()}
    assert modes == dict.fromkeys(("cspr.db", "cspr.db-wal", "cspr.db-shm"), 0o600)
    assert database(tmp_path).parent.stat().st_mode & 0o777 == 0o700


async def test_files_that_were_open_to_others_are_closed(tmp_path: Path) -> None:
    async with opened(tmp_path):
        pass
    database(tmp_path).chmod(0o644)
    database(tmp_path).parent.chmod(0o755)
    async with opened(tmp_path):
        assert database(tmp_path).stat().st_mode & 0o777 == 0o600
        assert database(tmp_path).parent.stat().st_mode & 0o777 == 0o700


def _refused(folder: Path, problem: type[StoreProblem], sentence: str, keys: KeyRing = KEYS, mode: str = "local") -> None:
    with pytest.raises(problem, match=sentence):
        open_store(database(folder), keys, mode).close()  # type: ignore[arg-type]


async def test_production_refuses_a_local_database(tmp_path: Path) -> None:
    async with opened(tmp_path):
        pass
    _refused(tmp_path, WrongMode, "CSPR_MODE=local", mode="production")


async def test_another_key_is_refused(tmp_path: Path) -> None:
    async with opened(tmp_path):
        pass
    _refused(tmp_path, WrongKey, "Restore the key file", keys=KeyRing({"k1": b"2" * 32}, "k1"))


async def test_an_older_schema_is_refused_until_it_is_migrated(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("turn", "digest", NOW, Changes(puts=(answer(),)))
    with pytest.raises(OlderSchema, match="cspr migrate"):
        open_store(database(tmp_path), KEYS, "local", ONE_MORE).close()
    assert migrate(database(tmp_path), ONE_MORE) == (len(MIGRATIONS), len(ONE_MORE))
    assert migrate(database(tmp_path), ONE_MORE) == (len(ONE_MORE), len(ONE_MORE))
    store = open_store(database(tmp_path), KEYS, "local", ONE_MORE)
    assert (await store.read(Wanted(turn="next", person="", place="", draft="d"))).answers["incident.summary"] == answer(1)
    store.close()
    _refused(tmp_path, NewerSchema, "newer version")
    with pytest.raises(NewerSchema):
        migrate(database(tmp_path))


async def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    async with opened(tmp_path):
        pass
    before = database(tmp_path).read_bytes()
    wrong = (*MIGRATIONS, ("""CREATE TABLE "more" ("id" TEXT)""", "ALTER TABLE nowhere ADD COLUMN x TEXT"))
    with pytest.raises(MigrationFailed, match="unchanged"):
        migrate(database(tmp_path), wrong)
    assert database(tmp_path).read_bytes() == before
    assert {file.name.split("-")[0] for file in database(tmp_path).parent.iterdir()} == {"cspr.db"}
    async with opened(tmp_path):
        pass


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    database(tmp_path).parent.mkdir()
    database(tmp_path).write_bytes(b"Test words, not a database. " * 100)
    _refused(tmp_path, Corrupted, "backup")


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    database(tmp_path).parent.mkdir()
    with raw(tmp_path) as connection:
        connection.execute("CREATE TABLE other (x)")
    _refused(tmp_path, Corrupted, "not ours")


@pytest.mark.parametrize("damage", ["cut", "overwritten"])
async def test_a_damaged_file_is_refused(damage: str, tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for number in range(40):
            await store.commit(f"turn{number}", "digest", NOW, Changes(puts=(answer(path=f"p{number}", value="x" * 4000),)))
    whole = database(tmp_path).read_bytes()
    middle = len(whole) // 2 // 4096 * 4096
    broken = whole[:middle] if damage == "cut" else whole[:middle] + b"\xff" * 8192 + whole[middle + 8192 :]
    database(tmp_path).write_bytes(broken)
    _refused(tmp_path, Corrupted, "backup")


def test_many_that_make_the_database_at_once_agree(tmp_path: Path) -> None:
    problems: list[Exception] = []

    def make() -> None:
        try:
            open_store(database(tmp_path), KEYS, "local").close()
        except (StoreProblem, sqlite3.Error) as problem:
            problems.append(problem)

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


async def test_a_case_of_the_first_version_is_there_after_the_migration(tmp_path: Path) -> None:
    open_store(database(tmp_path), KEYS, "local", MIGRATIONS[:1]).close()
    case = {
        **{"version": 1, "id": "c", "reference": "NS-2026-0001", "status": "referred", "restricted": 0, "draft": "d"},
        **{"referrer": "t/p", "entered_by": "", "received_at": utc_text(NOW), "outcome": "", "edition": "2018"},
    }
    columns = ", ".join(f'"{name}"' for name in case)
    values = ", ".join(f":{name}" for name in case)
    with raw(tmp_path) as connection:
        connection.execute(f'INSERT INTO "cases" ({columns}) VALUES ({values})', case)
    assert migrate(database(tmp_path)) == (1, len(MIGRATIONS))
    async with opened(tmp_path) as store:
        found = (await store.read(Wanted(turn="", person="", place="", case="c", requests=True))).case
        assert found is not None
        assert (found.reference, found.joined_to, found.notified_at) == ("NS-2026-0001", "", None)
        await store.commit("turn", "digest", NOW, Changes(puts=(replace(found, status="deciding"),)))
