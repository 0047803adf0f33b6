"""Several processes on one database, a fault in one tick, and rows that a crash left: each rung once all the same."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from case_steps import refer
from chasing_steps import POLICE, Heard, at
from scoping_steps import asked, case_of
from story import Story

from bot.doors import NotDelivered
from state.changes import OutboxStatus
from state.records import DeadlineRecord
from state.values import JSON


@pytest.fixture
async def other(story: Story, tmp_path: Path) -> AsyncIterator[Story]:
    """A second process on the same data, with the same clock and channel."""
    made = Story(tmp_path)
    made.clock, made.channel = story.clock, story.channel
    await made.open()
    yield made
    made.close()


async def test_two_processes_say_each_rung_once(story: Story, other: Story) -> None:
    await asked(story, "police")
    heard = Heard(story)
    for day in ("2026-11-23", "2026-11-26", "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03"):
        story.clock.set(at(f"{day}T10:00"))
        await asyncio.gather(story.parts.chaser.ring(), other.parts.chaser.ring())
        await asyncio.gather(story.settle(), other.settle())
    assert len(heard.at(POLICE)) == 4
    assert len(heard.at("police-lead")) == 1
    assert len([text for text in heard.at("manager") if "has not answered yet" in text]) == 1


async def test_two_who_chase_at_once_are_told_apart(story: Story, other: Story) -> None:
    await asked(story, "police")
    story.clock.set(at("2026-11-26T10:00"))
    heard = Heard(story)
    await asyncio.gather(*(one.parts.chaser.ring() for one in (story, other, story, other)))
    await story.settle()
    assert len(heard.at(POLICE)) == 1


async def test_a_fault_in_one_stops_no_other_and_is_tried_again_only_later(
    story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    await asked(story, "police")
    broken = DeadlineRecord(
        id="broken", case="no such case", kind="notification", due=story.clock.now(), runs_from=story.clock.now()
    )
    await story.write(broken)
    house, looked = story.parts.house, list[str]()
    take = house.take

    async def failing(turn):  # type: ignore[no-untyped-def]
        looked.append(turn.said.case)
        if turn.said.case == "no such case":
            raise OSError("no space left")
        return await take(turn)

    house.take = failing  # type: ignore[method-assign]
    heard = Heard(story)
    await story.parts.chaser.ring()
    await story.settle()
    case = await case_of(story)
    assert sorted(looked) == sorted(["no such case", "no such case", case.id])
    assert len(heard.at(POLICE)) == 1
    assert "could not be worked out: OSError" in caplog.text
    await story.parts.chaser.ring()
    assert looked.count("no such case") == 2
    story.clock.set(at("2026-11-23T14:00"))
    await story.parts.chaser.ring()
    assert looked.count("no such case") == 4


async def test_a_bug_in_a_tick_is_noted_and_nobody_is_bothered(story: Story, caplog: pytest.LogCaptureFixture) -> None:
    await refer(story)
    kit = story.parts.kit
    words, say = kit.words, kit.words.say

    def failing(key: str, **values: object) -> str:
        if key == "chasing.heading":
            raise ValueError("a bug")
        return say(key, **values)

    words.say = failing  # type: ignore[method-assign]
    heard = Heard(story)
    with caplog.at_level(logging.ERROR):
        await story.passes(at("2026-11-24T12:00"))
    words.say = say  # type: ignore[method-assign]
    assert heard.everywhere() == ""
    assert "fault" in caplog.text
    assert "fault" in [row.kind for row in await story.parts.store.history("partnership")]
    await story.passes(at("2026-11-25T08:00"))
    assert heard.everywhere() == ""
    await story.passes(at("2026-11-25T12:00"))
    assert "Nobody has opened it yet" in heard.everywhere()


async def test_a_reminder_that_may_have_arrived_is_not_sent_again(story: Story) -> None:
    await asked(story, "police")
    story.clock.set(at("2026-11-26T10:00"))
    story.channel.fail_at(POLICE, NotDelivered("delivery.no_answer", uncertain=True))
    heard = Heard(story)
    await story.parts.chaser.ring()
    await story.settle()
    await story.later(hours=5)
    assert heard.at(POLICE) == []
    rows = [row for row in await story.parts.store.ledger() if row.send.place.endswith("police") and row.send.reminder]
    assert [row.status for row in rows] == [OutboxStatus.UNCERTAIN]


async def test_hundreds_of_ticks_are_not_too_many(story: Story) -> None:
    now = story.clock.now()
    case = await refer(story)
    rows = [DeadlineRecord(id=f"{case.id}{n}:x", case=f"{case.id}{n}", kind="x", due=now, runs_from=now) for n in range(700)]
    await story.write(*rows)
    taken: list[JSON] = []
    house, take = story.parts.house, story.parts.house.take

    async def counting(turn):  # type: ignore[no-untyped-def]
        answer = await take(turn)
        taken.append(answer)
        return answer

    house.take = counting  # type: ignore[method-assign]
    assert await story.parts.chaser.ring() == 701
    assert len(taken) == 701 + 700, "what is nobody's case is looked at once more"
