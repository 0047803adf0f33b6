"""Slack without a public address: the same turns, over a connection that we made."""

from __future__ import annotations

import asyncio
from pathlib import Path

from fake_slack import Fault
from our_slack import OurSlack, our_slack
from person import Person
from slack_doors import NotTaken


async def connected(slack: OurSlack) -> None:
    async with asyncio.timeout(20):
        await slack.fake.book.wait(lambda: slack.fake.sockets.open or None)


async def test_somebody_writes_and_is_answered(tmp_path: Path) -> None:
    async with our_slack(tmp_path, socket=True) as slack:
        await connected(slack)
        practitioner = slack.person("practitioner")
        await practitioner.says("refer a child")
        await slack.settle()
        assert "start_referral" in practitioner.answers()[-1].labels
        await practitioner.press(practitioner.answers()[-1], "start_referral")
        await slack.settle()
        await practitioner.press(practitioner.answers()[-1], "window")
        await slack.settle()
        assert practitioner.view is not None
        filled = {field.id: "Test Practitioner" for field in practitioner.view.fields if not field.value}
        assert await practitioner.submit(filled)
        assert practitioner.view is not None
        assert "Please check: " in practitioner.view.words


async def test_what_comes_again_is_answered_once(tmp_path: Path) -> None:
    async with our_slack(tmp_path, socket=True) as slack:
        await connected(slack)
        practitioner = slack.person("practitioner")
        await practitioner.says("help")
        await practitioner.again()
        await slack.settle()
        assert len(practitioner.answers()) == 1


async def test_where_slack_is_away_at_the_start_it_is_tried_again(tmp_path: Path) -> None:
    async with our_slack(tmp_path, socket=True, broken=(Fault(method="apps.connections.open", status=503),)) as slack:
        await connected(slack)
        practitioner = slack.person("practitioner")
        await practitioner.says("help")
        await slack.settle()
        assert len(practitioner.answers()) == 1


async def test_where_slack_asks_for_another_connection_there_is_one(tmp_path: Path) -> None:
    async with our_slack(tmp_path, socket=True) as slack:
        await connected(slack)
        await slack.fake.sockets.disconnect()
        practitioner = slack.person("practitioner")
        async with asyncio.timeout(40):
            await slack.fake.book.wait(lambda: slack.fake.sockets.opened > 1 or None)
            await _until_it_is_taken(slack, practitioner)
        await slack.settle()
        assert len(practitioner.answers()) == 1


async def _until_it_is_taken(slack: OurSlack, person: Person) -> None:
    """Slack sends an event again until it is acknowledged; a connection may be cut in between."""
    sent = False
    while True:
        await connected(slack)
        try:
            await (person.again() if sent else person.says("help"))
            return
        except (IndexError, NotTaken, ConnectionError):
            sent = True
