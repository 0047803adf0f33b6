"""Attacks on what is said by itself: access that was lost meanwhile, roles that ended, days off proclaimed and taken back."""

from __future__ import annotations

from datetime import date, timedelta

from chasing_steps import POLICE, Heard, answers_nil, at, role
from msgspec.structs import replace
from overdue_steps import many
from scoping_steps import REFERENCE, asked, case_of, id_of, requests_of, seen
from story import Story

from bot.recounting import Recounting
from bot.wiring import assemble
from state.chasing_records import AbsenceRecord
from state.records import CasePersonRecord, DeadlineRecord
from state.snapshot import Wanted
from state.values import Channel, london_day


async def put_off(story: Story) -> Heard:
    """The police are asked at night; their reminder waits for the morning."""
    request = (await asked(story, "police"))["police"]
    case = await case_of(story)
    story.clock.set(at("2026-11-24T20:00"))
    await story.as_("coordinator").press_raw("chase_now", f"{case.id}:scoping_return:{request.id}")
    return Heard(story)


async def test_a_reminder_of_the_night_is_there_in_the_morning(story: Story) -> None:
    heard = await put_off(story)
    await story.passes(at("2026-11-25T09:05"))
    assert sum("may we ask" in text for text in heard.at(POLICE)) == 1


async def test_a_reminder_that_waited_is_not_said_in_a_channel_once_the_case_is_restricted(story: Story) -> None:
    heard = await put_off(story)
    await story.write(replace(await case_of(story), restricted=True))
    await story.passes(at("2026-11-25T09:05"))
    assert heard.at(POLICE) == []


async def test_a_reminder_that_waited_is_not_said_to_somebody_who_lost_access(story: Story) -> None:
    await asked(story, "police")
    case = await case_of(story)
    await story.as_("manager").arrives()
    story.clock.set(at("2026-11-24T20:00"))
    await story.as_("coordinator").press_raw("hand_on", f"{case.id}:rapid_review")
    await story.write(
        DeadlineRecord(
            id=f"{case.id}:rapid_review",
            case=case.id,
            kind="rapid_review",
            owner="coordinator",
            due=at("2026-12-14T17:00"),
            runs_from=story.clock.now(),
        )
    )
    await story.press_raw("hand_on", f"{case.id}:rapid_review")
    await story.press("keep_hand_on", {"who": id_of(story, "manager")})
    await story.press_raw("chase_now", f"{case.id}:rapid_review")
    heard = Heard(story)
    await story.write(CasePersonRecord(case=case.id, person=id_of(story, "manager"), relation="excluded"))
    await story.passes(at("2026-11-25T09:05"))
    assert heard.at("manager") == []


async def test_who_was_taken_off_the_list_is_told_nothing_more(story: Story) -> None:
    """A restricted case: somebody was on its list once."""
    await many(story, 1, restricted=(1,))
    for person in ("coordinator", "manager"):
        await story.as_(person).arrives()
    now = story.clock.now()
    off = CasePersonRecord(case="many-001", person=id_of(story, "manager"), relation="named", until=now - timedelta(days=1))
    await story.write(off, CasePersonRecord(case="many-001", person=id_of(story, "coordinator"), relation="named"))
    heard = Heard(story)
    await story.later(days=3)
    assert any("NS-2025-0001" in text for text in heard.at("coordinator"))
    assert heard.at("manager") == []


async def test_a_deputy_whose_role_has_ended_stands_in_for_nobody(story: Story) -> None:
    await asked(story, "police")
    await role(story, "nurse", "deputy", "police")
    await story.as_("nurse").arrives()
    await story.as_("police-lead").arrives()
    gone = AbsenceRecord(
        id="a",
        person=id_of(story, "police-lead"),
        first=date(2026, 11, 1),
        last=date(2026, 12, 31),
        deputy=id_of(story, "nurse"),
        by="test",
        at=story.clock.now(),
    )
    await story.write(gone)
    known = await story.parts.store.read(Wanted(turn="", person=id_of(story, "nurse"), place=""))
    [deputy] = [one for one in known.grants if one.organisation == "police"]
    await story.write(replace(deputy, ended_at=story.clock.now()))
    heard = Heard(story)
    await story.later(days=14)
    assert heard.at("nurse") == []
    assert any(REFERENCE in text for text in heard.at("police-lead")), "where nobody stands in, it comes to them all the same"


async def recounted(story: Story) -> None:
    """A day off is proclaimed."""
    policy = story.parts.kit.profile.clocks
    await Recounting(story.parts.store, story.parts.house, story.clock, policy).look()
    profile = story.parts.kit.profile
    more = replace(profile, clocks=replace(profile.clocks, extra_holidays={date(2026, 11, 27): "Test holiday"}))
    story.parts.store.close()
    doors = {Channel.CONSOLE: story.channel, Channel.TEAMS: story.channel}
    story.parts = await assemble(story.settings, story.clock, doors, profile=more)
    await Recounting(story.parts.store, story.parts.house, story.clock, more.clocks).look()
    await story.settle()


async def test_a_moved_date_is_not_told_to_a_senior_who_is_kept_from_the_case(story: Story) -> None:
    request = (await asked(story, "police"))["police"]
    await story.as_("nurse").arrives()
    case = await case_of(story)
    await story.write(
        replace(request, delivery="private", senior=id_of(story, "nurse")),
        CasePersonRecord(case=case.id, person=id_of(story, "nurse"), relation="excluded"),
    )
    heard = Heard(story)
    await recounted(story)
    assert heard.at("nurse") == []
    assert "dates have changed" in heard.everywhere()


async def test_a_moved_date_is_not_told_to_somebody_who_may_not_run_the_case_any_more(story: Story) -> None:
    await asked(story, "police")
    await story.as_("manager").arrives()
    notification = next(one.id for one in (await seen(story)).deadlines if one.kind == "notification")
    await story.as_("coordinator").press_raw("hand_on", notification)
    await story.press("keep_hand_on", {"who": id_of(story, "manager")})
    await story.end_role("manager")
    heard = Heard(story)
    await recounted(story)
    assert heard.at("manager") == []


async def test_a_return_that_came_in_the_night_is_asked_for_no_more(story: Story) -> None:
    heard = await put_off(story)
    request = (await requests_of(story))["police"]
    await answers_nil(story.as_("police-lead", in_channel="police"), request.id)
    await story.passes(at("2026-11-25T09:05"))
    assert not any("may we ask" in text for text in heard.at(POLICE))


async def test_a_day_off_that_is_taken_back_and_proclaimed_again_moves_the_dates_each_time(story: Story) -> None:
    await asked(story, "police")
    profile = story.parts.kit.profile
    doors = {Channel.CONSOLE: story.channel, Channel.TEAMS: story.channel}
    dues: list[date] = []
    for off in ({}, {date(2026, 11, 27): "Test holiday"}, {}, {date(2026, 11, 27): "Test holiday"}):
        story.parts.store.close()
        clocks = replace(profile.clocks, extra_holidays=off)
        story.parts = await assemble(story.settings, story.clock, doors, profile=replace(profile, clocks=clocks))
        await Recounting(story.parts.store, story.parts.house, story.clock, clocks).look()
        await story.settle()
        dues += [london_day(one.due) for one in (await seen(story)).deadlines if one.kind == "scoping_return"]
    assert dues == [date(2026, 11, 30), date(2026, 12, 1), date(2026, 11, 30), date(2026, 12, 1)]
