"""Working hours in England."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.clocks import is_working_day
from state.hours import in_hours, next_in_hours, working_days_on, working_hours_on
from state.policy import ClockPolicy, Hours
from state.values import LONDON, london_day, to_london

HOURS, CLOCKS = Hours(), ClockPolicy()
instants = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2035, 1, 1), timezones=st.just(dt.UTC))


def at(text: str) -> dt.datetime:
    """A moment in England."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T08:59:59", False),
        ("2026-11-23T09:00", True),
        ("2026-11-23T16:59:59", True),
        ("2026-11-23T17:00", False),
        ("2026-11-21T12:00", False),
        ("2026-12-25T12:00", False),
        ("2026-12-28T12:00", False),
        ("2026-12-29T12:00", True),
        ("2026-07-06T09:00", True),
    ],
)
def test_in_working_hours(moment: str, expected: bool) -> None:
    assert in_hours(at(moment), HOURS, CLOCKS) is expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T12:00", "2026-11-23T12:00"),
        ("2026-11-23T08:00", "2026-11-23T09:00"),
        ("2026-11-23T17:00", "2026-11-24T09:00"),
        ("2026-11-27T18:00", "2026-11-30T09:00"),
        ("2026-12-24T17:00", "2026-12-29T09:00"),
        ("2026-03-28T12:00", "2026-03-30T09:00"),
        ("2026-10-24T12:00", "2026-10-26T09:00"),
    ],
)
def test_the_next_moment_in_working_hours(moment: str, expected: str) -> None:
    assert next_in_hours(at(moment), HOURS, CLOCKS) == at(expected)


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        ("2026-11-30", -2, "2026-11-26"),
        ("2026-11-30", 0, "2026-11-30"),
        ("2026-11-29", 0, "2026-11-27"),
        ("2026-11-29", 1, "2026-11-30"),
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-12-24", 1, "2026-12-29"),
        ("2026-12-30", -2, "2026-12-24"),
        ("2026-11-29", -2, "2026-11-26"),
    ],
)
def test_working_days_on_and_back(day: str, number: int, expected: str) -> None:
    assert working_days_on(dt.date.fromisoformat(day), number, CLOCKS) == dt.date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("start", "number", "expected"),
    [
        ("2026-11-23T10:00", 0, "2026-11-23T10:00"),
        ("2026-11-23T20:00", 0, "2026-11-24T09:00"),
        ("2026-11-23T10:00", 4, "2026-11-23T14:00"),
        ("2026-11-23T10:00", 8, "2026-11-24T10:00"),
        ("2026-11-27T16:00", 1, "2026-11-30T09:00"),
        ("2026-11-27T16:00", 2, "2026-11-30T10:00"),
        ("2026-11-28T16:00", 16, "2026-12-02T09:00"),
    ],
)
def test_working_hours_on(start: str, number: int, expected: str) -> None:
    assert working_hours_on(at(start), number, HOURS, CLOCKS) == at(expected)


@given(instants)
def test_the_next_moment_is_in_working_hours_and_nothing_before_it_was(instant: dt.datetime) -> None:
    found = next_in_hours(instant, HOURS, CLOCKS)
    assert found >= instant
    assert in_hours(found, HOURS, CLOCKS)
    if found > instant:
        assert to_london(found).time() == HOURS.first
        assert not in_hours(instant, HOURS, CLOCKS)
        days = (found - instant).days
        between = [london_day(instant) + dt.timedelta(days=n) for n in range(1, days)]
        assert not any(is_working_day(day, CLOCKS) for day in between)


@given(instants, st.integers(0, 60), st.integers(0, 60))
def test_hours_add_up(instant: dt.datetime, one: int, other: int) -> None:
    first = working_hours_on(instant, one, HOURS, CLOCKS)
    assert working_hours_on(first, other, HOURS, CLOCKS) == working_hours_on(instant, one + other, HOURS, CLOCKS)
    assert in_hours(first, HOURS, CLOCKS)
