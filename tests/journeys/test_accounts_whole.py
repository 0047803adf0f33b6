"""A whole case with somebody who is linked at its end: nothing that named the account is left behind."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from account_steps import grant, in_slack, link, person_id, slack_id
from review_steps import sent
from story import Story

from bot.console.places import who_is
from state.changes import Changes, Move
from state.moving import BEGUN, LEFT, LISTED, NAMED, SOURCES

KNOWN = {*NAMED, *LISTED, *LEFT, *((table, column) for table, column, _ in (*BEGUN, *SOURCES))}


def naming(story: Story, *people: str) -> dict[tuple[str, str], int]:
    """In which columns of text any of these people is named, and how often."""
    found: dict[tuple[str, str], int] = {}
    with closing(sqlite3.connect(story.settings.data / "cspr.sqlite")) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for _, column, kind, *_ in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
                for person in people if kind == "TEXT" else ():
                    query = f'SELECT count(*) FROM "{table}" WHERE instr("{column}", ?) > 0'
                    if count := connection.execute(query, (person,)).fetchone()[0]:
                        found[table, column] = found.get((table, column), 0) + count
    return found


async def test_wherever_somebody_is_named_in_a_whole_case_was_thought_about(story: Story) -> None:
    await sent(story)
    await story.later(days=8)
    found = naming(story, *(who_is(one).id for one in story.people))
    assert len(found) > 12, "a case in which much happened"
    assert set(found) - KNOWN == set()


async def test_nothing_names_somebody_who_turned_out_to_be_somebody_else(story: Story) -> None:
    await sent(story)
    await story.later(days=8)
    of, to = person_id(story, "coordinator"), "another-tenant/person"
    before = naming(story, of)
    await story.parts.store.commit("moved", "moved", story.clock.now(), Changes(moves=(Move(of=of, to=to),)))
    assert set(naming(story, of)) <= set(LEFT)
    after = naming(story, to)
    assert {column: after.get(column, 0) for column in before if column not in LEFT} == {
        column: count for column, count in before.items() if column not in LEFT
    }
    assert await story.parts.store.verify_history() == []


async def test_a_coordinator_who_worked_from_slack_alone_goes_on_in_teams(both: Story) -> None:
    await grant(both, slack_id("coordinator"), "coordinator")
    await in_slack(both, "coordinator").says("add person")
    await both.press("make_code", {"role": "auditor"})
    await link(both, "coordinator")
    left = {("codes", "made_by"), ("codes", "used_by")}
    assert not left & set(naming(both, slack_id("coordinator")))
