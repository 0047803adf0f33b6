"""Steps of somebody who uses Teams and Slack: making a code in one, typing it in the other, saying yes in both."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from story import WORKSPACE, Story, text_of

from bot.console.places import who_is
from state.records import GrantRecord, PersonRecord
from state.snapshot import Wanted

LINK = "link my accounts"


def in_teams(story: Story, person: str) -> Story:
    return story.as_(person, teams=True)


def in_slack(story: Story, person: str) -> Story:
    return story.as_(person, slack=True)


def person_id(story: Story, person: str) -> str:
    return who_is(story.as_(person).me).id


def slack_id(person: str) -> str:
    return f"{WORKSPACE}/U-{person}"


async def code_from(story: Story) -> str:
    """A code, made where the story stands."""
    return text_of(await story.says(LINK)).split("The code is ")[1].split(". ")[0]


async def link(story: Story, person: str, *, from_slack: bool = False) -> None:
    """The whole of it; the story stands afterwards where the code was made."""
    first, second = (in_slack, in_teams) if from_slack else (in_teams, in_slack)
    code = await code_from(first(story, person))
    await second(story, person).says(code)
    await story.press("confirm_account")
    first(story, person)
    await story.press("confirm_account")


async def known(story: Story, person: str) -> PersonRecord | None:
    return (await story.parts.store.read(Wanted(turn="", person=person, place=""))).person


def rows(story: Story, query: str) -> list[tuple[object, ...]]:
    """What the database holds."""
    with closing(sqlite3.connect(story.settings.data / "cspr.sqlite")) as connection:
        return connection.execute(query).fetchall()


async def kinds(story: Story) -> list[str]:
    """What the partnership's history says happened."""
    return [row.kind for row in await story.parts.store.history("partnership")]


def last_asked(story: Story) -> int:
    """Which message here asked last whether two accounts are the same person's; the first is 1."""
    asked = (
        n for n, one in enumerate(story.heard, 1) if one.card and any(b.action == "confirm_account" for b in one.card.buttons)
    )
    return max(asked)


async def grant(story: Story, person: str, role: str, organisation: str = "") -> None:
    """A role of an account, whoever has it."""
    made = GrantRecord(
        id=f"{role}-{person}",
        person=person,
        role=role,
        organisation=organisation,
        granted_by="test",
        granted_at=story.clock.now(),
        confirmed_by="test",
    )
    await story.write(made)
