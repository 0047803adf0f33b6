"""Many people in Slack at once, with the real house: every window opens within Slack's three seconds, and Monday at 09:00 passes."""

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

from bot.clock import MovableClock

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
            view = await person.sees_view("Save")
            await person.submit({view.fields[0].id: "Test answer"})

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
