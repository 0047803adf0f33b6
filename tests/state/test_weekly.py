"""When the digest of a week comes, and until when it is caught up."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.hours import working_day_from
from state.policy import ClockPolicy, Weekly
from state.values import LONDON, london_day, to_london
from state.weekly import next_round, this_round, week_begins

CLOCKS = ClockPolicy()
instants = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2035, 1, 1), timezones=st.just(dt.UTC))
days = st.builds(Weekly, day=st.integers(0, 4), at=st.times(dt.time(9), dt.time(16, 59)))


def at(text: str) -> dt.datetime:
    """A moment in England."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("now", "came", "comes"),
    [
        ("2026-11-23T09:29", "", "2026-11-23T09:30"),
        ("2026-11-23T09:30", "2026-11-23T09:30", "2026-11-30T09:30"),
        ("2026-11-29T23:59", "2026-11-23T09:30", "2026-11-30T09:30"),
        ("2026-11-30T00:00", "", "2026-11-30T09:30"),
        ("2026-12-28T12:00", "", "2026-12-29T09:30"),
        ("2026-12-29T12:00", "2026-12-29T09:30", "2027-01-04T09:30"),
        ("2026-07-06T10:00", "2026-07-06T09:30", "2026-07-13T09:30"),
    ],
)
def test_each_monday_or_the_next_working_day(now: str, came: str, comes: str) -> None:
    assert this_round(at(now), Weekly(), CLOCKS) == (at(came) if came else None)
    assert next_round(at(now), Weekly(), CLOCKS) == at(comes)


def test_days_off_may_move_one_into_the_week_after_and_neither_is_lost() -> None:
    fridays = Weekly(day=4)
    assert next_round(at("2026-12-24T12:00"), fridays, CLOCKS) == at("2026-12-29T09:30")
    assert this_round(at("2026-12-29T12:00"), fridays, CLOCKS) == at("2026-12-29T09:30")
    assert next_round(at("2026-12-29T12:00"), fridays, CLOCKS) == at("2027-01-04T09:30")
    assert next_round(at("2027-01-04T12:00"), fridays, CLOCKS) == at("2027-01-08T09:30")


@given(instants, days)
def test_it_is_on_a_working_day_at_its_time_and_the_next_is_never_more_than_two_weeks_away(
    now: dt.datetime, weekly: Weekly
) -> None:
    comes = next_round(now, weekly, CLOCKS)
    assert now < comes <= now + dt.timedelta(days=14)
    assert to_london(comes).time() == weekly.at
    assert working_day_from(london_day(comes), CLOCKS) == london_day(comes)
    assert this_round(comes, weekly, CLOCKS) == comes
    came = this_round(now, weekly, CLOCKS)
    assert came is None or (came <= now and week_begins(london_day(came)) == week_begins(london_day(now)))
