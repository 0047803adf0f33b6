"""An upgrade in the middle of things: a database of the version before goes on where it was, after `cspr migrate`."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from referral_steps import ONE_CHILD, begin, fill_in
from scoping_steps import asked, filed
from story import Story, text_of

from bot.cli import main
from bot.doors import NotDelivered
from bot.wiring import DATABASE
from state.sqlite.errors import OlderSchema
from state.sqlite.schema import MIGRATIONS

RELEASED = 4
"""The newest schema that was released."""
REFUSED = NotDelivered("delivery.throttled", again_after=30.0)


def as_released(story: Story) -> None:
    """The same rows in a database as the version before made it."""
    now, then = story.settings.data / DATABASE, story.settings.data / "then.sqlite"
    with closing(sqlite3.connect(then)) as connection:
        for migration in MIGRATIONS[:RELEASED]:
            for statement in migration:
                connection.execute(statement)
        connection.execute("ATTACH ? AS now", (str(now),))
        for (table,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
            columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f'PRAGMA main.table_info("{table}")'))
            connection.execute(f'INSERT INTO main."{table}" ({columns}) SELECT {columns} FROM now."{table}"')
        connection.execute("""UPDATE main."meta" SET "value" = ? WHERE "name" = 'schema'""", (str(RELEASED),))
        connection.commit()
    now.unlink()
    then.rename(now)


async def test_open_cases_drafts_and_messages_that_wait_go_on(
    story: Story, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await asked(story, "housing")
    await begin(story.as_("practitioner"))
    story.channel.broken[story.place.conversation] = REFUSED
    await story.says("help")
    story.close()
    as_released(story)
    with pytest.raises(OlderSchema, match="cspr migrate"):
        await story.open()
    monkeypatch.setenv("CSPR_DATA", str(story.settings.data))
    monkeypatch.setenv("CSPR_LIBRARY", str(story.settings.library))
    assert main(["migrate"]) == 0
    told = capsys.readouterr().out
    assert f"at schema {RELEASED} and is now at schema {len(MIGRATIONS)}" in told
    assert f"can be listed in chat now: {len(filed(story))}." in told
    assert main(["migrate"]) == 0
    assert "filed before" not in capsys.readouterr().out
    await story.open()
    story.channel.broken.clear()
    said = text_of(await story.as_("coordinator").says("documents of NS-2026-0001"))
    assert "Document 2a, scoping letter, Test Housing Association" in said, "what was filed before"
    story.as_("practitioner")
    before = len(story.heard)
    await story.without_the_bell(minutes=30)
    assert len(story.heard) > before, "what had not got through"
    await story.says("carry on")
    await fill_in(story, ONE_CHILD)
    assert "NS-2026-0002" in text_of(await story.press("submit"))
    await story.as_("coordinator").says("how is NS-2026-0001?")
    assert "Test Housing Association" in "\n".join(text_of(reply) for reply in story.heard[-3:])
