"""The ladder: what is said about a date, when, and that nothing is ever said twice or at night."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_house import kit
from msgspec.structs import replace

from dialogs.chasing.ladder import Climbed, Item, due_now, kept, standing
from state.chasing_records import ChaseRecord
from state.clocks import add_working_days, is_overdue
from state.hours import begins, in_hours, next_in_hours, working_days_on
from state.policy import Rung, To
from state.values import LONDON, london_day

PROFILE = kit().profile
CHASING, CLOCKS = PROFILE.chasing, PROFILE.clocks
RETURN, OTHER = CHASING.ladders["scoping_return"], CHASING.other


def at(text: str) -> dt.datetime:
    """A moment in England."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(dt.UTC)


SENT, DUE = at("2026-11-23T10:00"), at("2026-11-30T17:00")


def item(ladder: tuple[Rung, ...] = RETURN, chase: ChaseRecord | None = None, due: dt.datetime = DUE) -> Item:
    return Item(id="case:scoping_return:one", case="case", ladder=ladder, due=due, start=SENT, chase=chase)


def climb(one: Item, now: dt.datetime) -> tuple[Climbed, Item]:
    """One look, and the thing as it is kept afterwards."""
    climbed = due_now(one, now, CHASING.hours, CLOCKS)
    return climbed, replace(one, chase=climbed.record) if climbed.record else one


def said(one: Item, moments: Sequence[dt.datetime]) -> list[tuple[dt.datetime, str]]:
    """Every rung that is said when somebody looks at these moments."""
    found = []
    for now in moments:
        climbed, one = climb(one, now)
        found += [(now, rung.id) for rung in climbed.say]
    return found


def minutes(first: str, last: str, step: int = 30) -> list[dt.datetime]:
    start, end = at(first), at(last)
    return [start + dt.timedelta(minutes=step * n) for n in range(int((end - start) / dt.timedelta(minutes=step)))]


def test_the_ladder_of_a_return_by_the_clock() -> None:
    assert said(item(), minutes("2026-11-23T10:00", "2026-12-20T10:00")) == [
        (at("2026-11-23T10:00"), "sent"),
        (at("2026-11-26T09:00"), "two_days_before"),
        (at("2026-11-30T09:00"), "on_the_day"),
        (at("2026-12-01T09:00"), "one_day_after"),
        (at("2026-12-02T09:00"), "senior"),
        (at("2026-12-03T09:00"), "manager"),
    ]


def test_a_date_of_the_guidance_is_told_to_the_manager_on_the_first_working_day_that_it_is_over() -> None:
    assert said(item(OTHER, due=at("2026-11-27T17:00")), minutes("2026-11-23T10:00", "2026-12-20T10:00")) == [
        (at("2026-11-25T09:00"), "two_days_before"),
        (at("2026-11-27T09:00"), "on_the_day"),
        (at("2026-11-30T09:00"), "passed"),
    ]


def test_what_is_sent_at_night_is_acknowledged_in_the_morning() -> None:
    late = replace(item(), start=at("2026-11-27T22:00"), due=at("2026-12-04T17:00"))
    assert said(late, minutes("2026-11-27T22:00", "2026-12-01T00:00"))[0] == (at("2026-11-30T09:00"), "sent")


def test_a_date_that_has_passed_when_it_is_entered_is_told_at_once() -> None:
    passed = item(OTHER, due=at("2026-11-20T17:00"))
    climbed, after = climb(passed, at("2026-11-24T14:00"))
    assert [rung.id for rung in climbed.say] == ["passed"]
    assert said(after, minutes("2026-11-24T14:30", "2026-12-20T10:00")) == []


def test_after_three_months_one_catch_up_and_what_the_manager_should_know() -> None:
    climbed, after = climb(item(), at("2027-02-26T11:00"))
    assert [rung.id for rung in climbed.say] == ["manager", "senior"]
    assert said(after, minutes("2027-02-26T11:30", "2027-03-20T10:00")) == []
    climbed, _ = climb(item(OTHER), at("2027-02-26T11:00"))
    assert [rung.id for rung in climbed.say] == ["passed"]


def test_another_date_begins_the_ladder_again_without_saying_again_that_it_was_sent() -> None:
    first = minutes("2026-11-23T10:00", "2026-12-02T09:30")
    one = item()
    for now in first:
        one = climb(one, now)[1]
    later = replace(one, due=at("2026-12-09T17:00"))
    assert [name for _, name in said(later, minutes("2026-12-02T09:30", "2026-12-20T10:00"))] == [
        "two_days_before",
        "on_the_day",
        "one_day_after",
        "senior",
        "manager",
    ]


def test_what_was_put_off_comes_together_afterwards_and_what_always_comes_comes() -> None:
    chase = ChaseRecord(id="case:scoping_return:one", due=DUE, done=("sent",), snoozed_until=at("2026-12-10T09:00"))
    assert said(item(chase=chase), minutes("2026-11-24T10:00", "2026-12-20T10:00")) == [
        (at("2026-12-10T09:00"), "manager"),
        (at("2026-12-10T09:00"), "senior"),
    ]
    assert said(item(OTHER, chase=replace(chase, done=())), minutes("2026-11-24T10:00", "2026-12-20T10:00")) == [
        (at("2026-12-01T09:00"), "passed"),
    ]


def test_what_is_kept_by_hand_says_when_the_next_rung_is_due() -> None:
    one = item()
    assert kept(one, standing(one), CHASING.hours, CLOCKS).next_at == SENT
    put_off = replace(standing(one), done=("sent",), snoozed_until=at("2026-11-27T09:00"))
    assert kept(one, put_off, CHASING.hours, CLOCKS).next_at == at("2026-11-27T09:00")
    everything = replace(standing(one), done=tuple(rung.id for rung in RETURN))
    assert kept(one, everything, CHASING.hours, CLOCKS).next_at is None


def test_a_draft_is_asked_for_twice_whatever_happens_to_it() -> None:
    one = Item(id="draft:one", ladder=CHASING.drafts, due=SENT, start=SENT)
    found: list[str] = []
    for number in range(60):
        now = at("2026-11-23T12:00") + dt.timedelta(days=number)
        if number % 9 == 8:
            one = replace(one, due=now, start=now)
        climbed, one = climb(one, now)
        found += [rung.id for rung in climbed.say]
    assert found == ["first", "second"]


moments = st.lists(
    st.datetimes(dt.datetime(2026, 11, 23, 10), dt.datetime(2027, 3, 1), timezones=st.just(dt.UTC)), max_size=40
).map(sorted)
ladders = st.sampled_from([RETURN, OTHER, CHASING.at_once, CHASING.ladders["read_referral"], CHASING.not_emailed])


@settings(max_examples=300)
@given(ladders, moments, st.integers(1, 30))
def test_no_rung_twice_none_outside_working_hours_none_before_its_time(
    ladder: tuple[Rung, ...], looks: list[dt.datetime], days: int
) -> None:
    one = item(ladder, due=add_working_days(SENT, days, CLOCKS))
    found = said(one, looks)
    names = [name for _, name in found]
    assert len(names) == len(set(names))
    assert all(in_hours(now, CHASING.hours, CLOCKS) for now, _ in found)
    first = {
        rung.id: climb(item((rung,), due=one.due), now)[0].say for now, name in found for rung in ladder if rung.id == name
    }
    assert all(first.values())


@settings(max_examples=300)
@given(moments, st.integers(1, 30))
def test_every_date_of_the_guidance_past_due_is_told_to_the_manager_the_first_time_somebody_looks(
    looks: list[dt.datetime], days: int
) -> None:
    one = item(OTHER, due=add_working_days(SENT, days, CLOCKS))
    over = [now for now in looks if is_overdue(one.due, now) and in_hours(now, CHASING.hours, CLOCKS)]
    told = [now for now, name in said(one, looks) if name == "passed"]
    assert told == over[:1]


@given(st.integers(1, 40), ladders)
def test_whoever_looks_at_every_moment_that_is_named_misses_nothing(days: int, ladder: tuple[Rung, ...]) -> None:
    one = item(ladder, due=add_working_days(SENT, days, CLOCKS))
    now, found = next_in_hours(SENT, CHASING.hours, CLOCKS), list[str]()
    for _ in range(20):
        climbed, one = climb(one, now)
        found += [rung.id for rung in climbed.say]
        assert one.chase is not None
        if one.chase.next_at is None:
            break
        assert one.chase.next_at > now
        now = one.chase.next_at
    late = begins(working_days_on(london_day(one.due), 1, CLOCKS), CHASING.hours)
    assert one.chase is not None
    assert one.chase.next_at is None
    assert any(To.MANAGER in rung.to for rung in ladder if rung.id in found)
    assert now >= late or ladder == CHASING.not_emailed


@pytest.mark.parametrize("moment", ["2026-11-28T12:00", "2026-11-30T08:59", "2026-11-30T17:00", "2026-12-25T10:00"])
def test_outside_working_hours_nothing_is_said_and_nothing_kept(moment: str) -> None:
    assert due_now(item(), at(moment), CHASING.hours, CLOCKS) == Climbed()
