"""`cspr doctor` on keys, the database that they open, and what proves the history outside of it. It changes nothing."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from doctor_kit import NOW, NOWHERE, fails, finds, found, is_ok, looked_at, not_looked_at, settings, warns
from story import Story

from bot.commands.history import heads_file
from bot.settings import Settings
from state.crypto import load_or_make_key


@pytest.fixture
async def told(tmp_path: Path) -> Story:
    """A database that the assistant made, and nobody uses now."""
    story = await Story(tmp_path).open()
    story.close()
    story.settings.library.mkdir(exist_ok=True)
    return story


def key_of(given: Settings) -> Path:
    return given.data / "key.json"


def meta(given: Settings, name: str, value: str) -> None:
    with sqlite3.connect(given.data / "cspr.sqlite") as connection:
        connection.execute('UPDATE "meta" SET "value" = ? WHERE "name" = ?', (value, name))
    connection.close()


async def test_before_the_first_start_there_is_nothing_to_look_at(tmp_path: Path) -> None:
    for name in ("keys", "database", "history"):
        assert not_looked_at(await found(name, settings(tmp_path)))
    assert list(tmp_path.iterdir()) == [], "the doctor makes nothing"


async def test_keys_a_database_and_its_history(told: Story) -> None:
    given = told.settings
    async with looked_at(given) as subject:
        await told.open()
        await told.parts.store.write_heads(heads_file(given), NOW)
        told.close()
        keys, database, history = [await finds(name, subject) for name in ("keys", "database", "history")]
    assert is_ok(keys)
    assert [one.said for one in database] == ["The keys open it; it is whole, in local mode, at schema 5."]
    assert is_ok(history)
    assert "cspr history verify" in history[0].said


async def test_a_key_file_that_others_can_read(told: Story) -> None:
    key_of(told.settings).chmod(0o644)
    result = fails(await found("keys", told.settings))
    assert (result.said, result.do) == (
        f"Others can read the key file {key_of(told.settings)}.",
        f"Run: chmod 600 {key_of(told.settings)}",
    )
    assert not_looked_at(await found("database", told.settings))


async def test_a_key_file_that_is_gone_or_broken(told: Story) -> None:
    file = key_of(told.settings)
    file.write_text('{"current": "k1", "keys": {"k1": "c2VjcmV0"}}')
    result = fails(await found("keys", told.settings))
    assert result.do == "Restore the key file from its backup."
    assert "c2VjcmV0" not in result.said
    file.unlink()
    assert fails(await found("keys", told.settings)).do == "Restore it from its backup."
    assert not file.exists()


async def test_an_old_key(told: Story) -> None:
    file = key_of(told.settings)
    long_ago = (NOW - timedelta(days=400)).timestamp()
    os.utime(file, (long_ago, long_ago))
    result = warns(await found("keys", told.settings))
    assert result.said == "The newest key is 400 days old, by the date of the file."
    assert f"cspr keys rotate {file}" in result.do


async def test_a_key_beside_the_database(tmp_path: Path) -> None:
    file = tmp_path / "data" / "key.json"
    load_or_make_key(file)
    (tmp_path / "secret").touch(0o600)
    given = settings(
        tmp_path,
        mode="production",
        key_file=file,
        tenants="one",
        teams_app_id="app",
        teams_tenant_id="tenant",
        teams_secret_file=tmp_path / "secret",
    )
    async with looked_at(given, sites=NOWHERE) as subject:
        result = warns(await finds("keys", subject))
    assert result.said == f"The key file {file} stands beside the database that it opens."


async def test_another_key(told: Story) -> None:
    key_of(told.settings).unlink()
    load_or_make_key(key_of(told.settings))
    result = fails(await found("database", told.settings))
    assert result.said.startswith("The keys given do not open the database")
    assert result.do == "Restore the key file that belongs to it."


async def test_a_database_of_another_mode(told: Story) -> None:
    meta(told.settings, "mode", "production")
    result = fails(await found("database", told.settings))
    assert "was made in production mode and this is local mode" in result.said
    assert result.do.startswith("Name another data folder, or set CSPR_MODE=production.")


@pytest.mark.parametrize(
    ("schema", "do"), [("4", "Stop the assistant and run: cspr migrate"), ("9", "Install the newer version again.")]
)
async def test_a_database_of_another_version(told: Story, schema: str, do: str) -> None:
    meta(told.settings, "schema", schema)
    result = fails(await found("database", told.settings))
    assert f"has schema {schema}" in result.said
    assert result.do == do


async def test_a_database_that_is_damaged(told: Story) -> None:
    (told.settings.data / "cspr.sqlite").write_bytes(b"nothing" * 1000)
    result = fails(await found("database", told.settings))
    assert "is damaged or is not ours" in result.said
    assert result.do == "Stop the assistant and restore the file from its backup."


async def test_a_database_that_cannot_be_opened(told: Story) -> None:
    file = told.settings.data / "cspr.sqlite"
    file.unlink()
    file.mkdir()
    result = fails(await found("database", told.settings))
    assert "cannot be opened for reading" in result.said
    assert result.do == "Run this as the user that runs the assistant."


async def test_the_ends_of_the_history(told: Story) -> None:
    file = heads_file(told.settings)
    result = warns(await found("history", told.settings))
    assert result.said.startswith(f"{file} is not there.")
    assert "cspr history verify" in result.do
    await told.open()
    await told.parts.store.write_heads(file, NOW - timedelta(days=5))
    told.close()
    result = warns(await found("history", told.settings))
    assert result.said.startswith(f"{file} was last written on 18 November 2026")
    file.write_text("{}\n")
    assert fails(await found("history", told.settings)).said.startswith(f"{file} cannot be read.")


async def test_looking_while_the_assistant_runs_holds_nothing_up_and_changes_nothing(tmp_path: Path) -> None:
    story = await Story(tmp_path).open()
    async with looked_at(story.settings) as subject:
        assert is_ok(await finds("database", subject))
        await story.says("hello")
    story.close()
    file = story.settings.data / "cspr.sqlite"
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    assert is_ok(await found("database", story.settings))
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before
