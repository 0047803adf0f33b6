"""Many people in Slack at once, with the real house: each window opens within Slack's three seconds; Monday at 09:00 passes."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

from fake_slack import Fault
from our_slack import OurSlack, our_slack
from person import Person
from slack_doors import NotTaken
from slack_reading import Seen
from slack_state import Channel

from bot.clock import MovableClock
from bot.slack.codec import conversation_of
from dialogs.reply import Reply, as_json
from state.changes import Changes, Kind, Send
from state.records import PlaceRecord

PEOPLE, CHANNELS, BUSY = 200, 100, 30
OPENERS, FILLERS = 100, 20
WITHIN = 3.0
"""Seconds over which they press."""


@contextlib.asynccontextmanager
async def as_it_passes(clock: MovableClock) -> AsyncIterator[None]:
    """The clock goes as fast as time does: what opens a window is good for three seconds of Slack's clock."""

    async def go() -> None:
        last = time.monotonic()
        while True:
            await asyncio.sleep(0.01)
            now = time.monotonic()
            clock.move(timedelta(seconds=now - last))
            last = now

    going = asyncio.create_task(go())
    try:
        yield
    finally:
        going.cancel()


async def with_a_form(slack: OurSlack, name: str) -> tuple[Person, Seen]:
    """Somebody with a form before them that opens as a window."""
    person = slack.person(name)
    await person.says("refer a child")
    await slack.parts.house.settle()
    await person.press(person.answers()[-1], "start_referral")
    await slack.parts.house.settle()
    return person, next(said for said in reversed(person.answers()) if "window" in said.labels)


async def test_every_window_opens_in_time_while_others_fill_in_forms_and_slack_throttles(tmp_path: Path) -> None:
    chance = random.Random(20261126)
    async with our_slack(tmp_path) as slack:
        openers = [await with_a_form(slack, f"opener_{number}") for number in range(OPENERS)]
        fillers = [await with_a_form(slack, f"filler_{number}") for number in range(FILLERS)]
        slack.fake.faults.extend(Fault(method="chat.postMessage", retry_after=1) for _ in range(FILLERS))
        late: list[str] = []

        async def opens(person: Person, card: Seen, after: float) -> None:
            await asyncio.sleep(after)
            try:
                await person.press(card, "window")
            except NotTaken:
                late.append(person.id)

        async def fills(person: Person, card: Seen, after: float) -> None:
            await opens(person, card, after)
            await person.sees_view("Part 1 of 13")
            await person.submit({"referrer_role": "Test role", "referrer_telephone": "01632 960001"})

        async with as_it_passes(slack.clock):
            await asyncio.gather(
                *(opens(*one, chance.uniform(0, WITHIN)) for one in openers),
                *(fills(*one, chance.uniform(0, WITHIN)) for one in fillers),
            )
            await slack.ours.settle()
        assert late == [], "each press was acknowledged in time"
        assert len(slack.fake.called("views.open")) == OPENERS + FILLERS
        assert [person.view.submit for person, _ in openers if person.view] == ["Save"] * OPENERS
        await slack.later(minutes=1)
        assert not any("could not be opened in time" in one.words for person, _ in openers for one in person.answers())


async def test_on_monday_at_nine_every_reminder_arrives_and_nobodys_answer_waits_for_them(tmp_path: Path) -> None:
    """300 conversations at once in one workspace that keeps to its limits, and one person of whom 30 things are overdue."""
    chance = random.Random(20261130)
    async with our_slack(tmp_path, limited=True) as slack:
        people = [slack.person(f"practitioner_{number}") for number in range(PEOPLE)]
        channels = [slack.fake.add_channel(f"channel-{number}", people[0].user) for number in range(CHANNELS)]
        there = [(one.dm, 1) for one in people[1:]] + [(one, 1) for one in channels] + [(people[0].dm, BUSY)]
        await slack.write(*(place(one) for one, _ in there))
        sends = tuple(reminder(conversation_of(one.team, one.id), number) for one, many in there for number in range(many))
        await slack.parts.store.commit("monday", "monday", slack.clock.now(), Changes(sends=sends))
        asking = {5: people[0], 15: people[0], **{second: chance.choice(people[1:]) for second in (1, 2, 3, 8, 21)}}
        waited: list[int] = []
        for second in range(120):
            await slack.settle()
            if second in asking:
                waited.append(await answered(slack, asking[second]))
            slack.clock.move(timedelta(seconds=1))
        told = [one.text for where, _ in there for one in slack.fake.said(where.id) if one.text == "A reminder."]
        assert len(told) == len(sends)
        assert {row.status.value for row in await slack.parts.store.ledger(limit=1_000)} == {"sent"}
        assert len(waited) == len(asking)
        assert max(waited) <= 6, "seconds, where Slack asked for a pause; a few rows of the same conversation were before it"


def place(where: Channel) -> PlaceRecord:
    """Where a reminder goes."""
    kind, user = ("personal", {"user": where.person}) if where.person else ("channel", {})
    called = conversation_of(where.team, where.id)
    return PlaceRecord(
        id=f"slack:{called}", channel="slack", conversation=called, kind=kind, address={"team": where.team, **user}
    )


def reminder(where: str, number: int) -> Send:
    """One of them, with a preview to count it by."""
    body = as_json(Reply(text=f"Test reminder {number}.", preview="A reminder."))
    return Send(kind=Kind.POST, lane=f"slack:{where}", place=f"slack:{where}", body=body, reminder=True)


async def answered(slack: OurSlack, person: Person) -> int:
    """Somebody asks; after how many seconds they have their answer."""
    before = len(person.answers())
    await person.says("help")
    for second in range(60):
        await slack.settle()
        if any("begin_referral" in one.labels for one in person.answers(since=before)):
            return second
        slack.clock.move(timedelta(seconds=1))
    raise AssertionError("not answered within a minute")
