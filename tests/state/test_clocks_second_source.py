"""Working days against a second, independent source: GOV.UK's own list, as the package govuk-bank-holidays carries it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import given
from hypothesis import strategies as st

from state.clocks import add_working_days, bank_holiday, days_late, is_working_day
from state.policy import ClockPolicy
from state.values import LONDON, london_day

POLICY = ClockPolicy()
ENGLAND = BankHolidays.ENGLAND_AND_WALES
THEIRS = BankHolidays(use_cached_holidays=True)
NAMED: Mapping[dt.date, str] = {one["date"]: one["title"] for one in THEIRS.get_holidays(division=ENGLAND)}
SUBSTITUTES = {one["date"] for one in THEIRS.get_holidays(division=ENGLAND) if one["notes"] == "Substitute day"}
YEARS = range(min(NAMED).year, max(NAMED).year + 1)
"""The years that both know."""
DAYS = st.dates(dt.date(YEARS[0], 1, 1), dt.date(YEARS[-1], 11, 1))


def test_the_two_sources_share_many_years() -> None:
    assert (YEARS[0], len(YEARS) >= 15) == (2012, True)


@pytest.mark.parametrize("year", YEARS)
def test_both_know_the_same_days_off_and_working_days(year: int) -> None:
    days = [dt.date(year, 1, 1) + dt.timedelta(days=number) for number in range(365)]
    ours = {day for day in days if bank_holiday(day, POLICY) and day.weekday() < 5}
    assert ours == {day for day in NAMED if day.year == year and day in days}
    assert [is_working_day(day, POLICY) for day in days] == [THEIRS.is_work_day(day, division=ENGLAND) for day in days]


def test_a_substitute_day_is_one_in_both() -> None:
    """GOV.UK calls the spring bank holiday of 2012 one too, which was moved for a jubilee: it is off in both."""
    ours = {day for day in NAMED if bank_holiday(day, POLICY).endswith("(substitute day)")}
    assert SUBSTITUTES - ours == {dt.date(2012, 6, 4)}
    assert ours < SUBSTITUTES


@given(DAYS, st.integers(1, 30))
def test_both_count_to_the_same_day(start: dt.date, length: int) -> None:
    day = start
    for _ in range(length):
        day = THEIRS.get_next_work_day(division=ENGLAND, date=day)
    assert london_day(add_working_days(start, length, POLICY)) == day


@given(DAYS, st.integers(0, 45))
def test_both_count_the_same_days_late(due: dt.date, later: int) -> None:
    now = due + dt.timedelta(days=later)
    days = (due + dt.timedelta(days=number) for number in range(1, later + 1))
    theirs = sum(THEIRS.is_work_day(day, division=ENGLAND) for day in days)
    at = [dt.datetime.combine(day, dt.time(17), LONDON) for day in (due, now)]
    assert days_late(at[0], at[1], POLICY) == theirs
