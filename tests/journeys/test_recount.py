"""A day off is proclaimed: every open date that counts it moves, its owner is told once, and a restart tells nobody again."""

from __future__ import annotations

from datetime import UTC, date, datetime

from chasing_steps import Heard, at
from msgspec.structs import replace
from scoping_steps import REFERENCE, asked, case_of, history, posted, referred, requests_of, seen
from story import Story, profile

from bot.recounting import Recounting
from bot.wiring import assemble
from state.policy import ClockPolicy
from state.values import Channel, london_day

JUBILEE = date(2026, 11, 27)
"""A Friday inside every clock of the story."""


async def proclaimed(story: Story, *days: date) -> None:
    """The assistant starts again with more days off in its profile."""
    story.parts.store.close()
    clocks = replace(profile().clocks, extra_holidays=dict.fromkeys(days, "Test holiday"))
    doors = {Channel.CONSOLE: story.channel, Channel.TEAMS: story.channel}
    story.parts = await assemble(story.settings, story.clock, doors, profile=replace(profile(), clocks=clocks))


async def looked(story: Story) -> int:
    """What the bell does: how many cases were counted again."""
    policy: ClockPolicy = story.parts.kit.profile.clocks
    found = await Recounting(story.parts.store, story.parts.house, story.clock, policy).look()
    await story.settle()
    return found


async def dates(story: Story) -> dict[str, date]:
    return {one.kind: london_day(one.due) for one in (await seen(story)).deadlines}


async def test_every_date_moves_and_each_owner_is_told_once(story: Story) -> None:
    await asked(story, "police", "gp")
    assert await looked(story) == 0, "the first look only remembers"
    before = await dates(story)
    await proclaimed(story, JUBILEE)
    assert await looked(story) == 1
    after = await dates(story)
    assert {kind for kind in after if after[kind] != before[kind]} == {"notification", "scoping_return"}
    assert (before["scoping_return"], after["scoping_return"]) == (date(2026, 11, 30), date(2026, 12, 1))
    assert (before["notification"], after["notification"]) == (date(2026, 11, 27), date(2026, 11, 30))
    assert posted(story, "police").count("A day off has changed") == 1
    news = posted(story, "coordinators")
    assert news.count("NS-2026-0001: dates have changed") == 1
    assert news.count("return: was Monday 30 November 2026") == 1, "both returns move alike, and are one line"
    requests = await requests_of(story)
    assert {london_day(one.due) for one in requests.values() if one.due} == {after["scoping_return"]}
    assert list(await history(story)).count("dates_recounted") == 1


async def test_a_restart_or_a_second_process_tells_nobody_again(story: Story) -> None:
    await asked(story, "police")
    await looked(story)
    await proclaimed(story, JUBILEE)
    assert [await looked(story), await looked(story)] == [1, 0]
    await proclaimed(story, JUBILEE)
    assert await looked(story) == 0
    assert posted(story, "police").count("A day off has changed") == 1


async def test_a_day_that_was_granted_stays(story: Story) -> None:
    await asked(story, "police")
    await looked(story)
    (request,) = (await requests_of(story)).values()
    await story.as_("coordinator").press_raw("give_time", request.id)
    await story.press("keep_time", {"until": "4 December 2026", "reason": "A test reason."})
    await proclaimed(story, JUBILEE)
    await looked(story)
    assert (await dates(story))["scoping_return"] == date(2026, 12, 4)
    assert "A day off has changed" not in posted(story, "police")


async def test_a_day_that_nobody_counted_moves_nothing(story: Story) -> None:
    await referred(story)
    await looked(story)
    before = await dates(story)
    await proclaimed(story, date(2027, 2, 1))
    assert await looked(story) == 1
    assert await dates(story) == before
    assert (await case_of(story)).reference == REFERENCE
    assert "dates_recounted" not in list(await history(story))


async def test_the_bell_notices_it_by_itself_in_working_hours_alone(story: Story) -> None:
    await asked(story, "police")
    await story.parts.chaser.ring()
    await proclaimed(story, JUBILEE)
    story.clock.set(datetime(2026, 11, 24, 6, 0, tzinfo=UTC))
    assert await story.parts.chaser.ring() == 0
    await story.settle()
    assert "A day off has changed" not in posted(story, "police"), "it is night"
    await story.later(hours=6)
    assert posted(story, "police").count("A day off has changed") == 1


async def test_a_reminder_of_a_day_that_stays_comes_earlier_where_there_are_fewer_working_days_before_it(story: Story) -> None:
    await asked(story, "police")
    await looked(story)
    (request,) = (await requests_of(story)).values()
    await story.as_("coordinator").press_raw("give_time", request.id)
    await story.press("keep_time", {"until": "4 December 2026", "reason": "A test reason."})
    await story.passes(at("2026-12-01T12:00"))
    await proclaimed(story, date(2026, 12, 3))
    await looked(story)
    heard = Heard(story)
    await story.passes(at("2026-12-01T13:00"))
    assert len([text for text in heard.at("channel:police") if "Friday 4 December 2026" in text]) == 1
