"""Working days and due dates, against the dates that GOV.UK published for England and Wales."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from state.clocks import ClockRefused, add_working_days, bank_holiday, days_late, due, is_overdue, is_working_day
from state.policy import ClockPolicy
from state.values import LONDON
from templates.clocks_file import load_clocks
from templates.forms.yaml_lines import Mistake

FILE = Path(__file__).parents[2] / "templates" / "north-somerset" / "clocks.yaml"
POLICY = ClockPolicy()
CALM = settings(derandomize=True, max_examples=150, deadline=None)
DAYS = st.dates(dt.date(2018, 6, 1), dt.date(2028, 6, 1))

PUBLISHED = {
    2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",  # early May moved for VE Day
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",  # Platinum Jubilee, State Funeral
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",  # Coronation
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
}
"""www.gov.uk/bank-holidays, England and Wales: the days off, substitute days instead of the weekend days."""


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_days_off_are_those_that_were_published(year: int) -> None:
    days = (dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(366))
    off = [one for one in days if one.year == year and one.weekday() < 5 and not is_working_day(one, POLICY)]
    assert [f"{one:%m-%d}" for one in off] == PUBLISHED[year].split()


@pytest.mark.parametrize(
    ("clock", "start", "end"),
    [
        ("rapid_review", "2025-12-29", "2026-01-20"),
        ("rapid_review", "2025-12-22", "2026-01-15"),
        ("notification", "2026-11-20", "2026-11-27"),
        ("notification", "2026-11-21", "2026-11-27"),  # a Saturday is not rolled forward
        ("notification", "2026-11-22", "2026-11-27"),
        ("notification", "2026-04-02", "2026-04-13"),
        ("notification", "2022-09-16", "2022-09-26"),
        ("notification", "2023-04-28", "2023-05-09"),
        ("scoping_return", "2020-05-04", "2020-05-12"),
        ("scoping_return", "2026-12-24", "2027-01-05"),
        ("local_review", "2026-01-15", "2026-07-15"),
        ("local_review", "2026-08-31", "2027-02-28"),
        ("local_review", "2027-08-29", "2028-02-29"),
        ("report_to_panel", "2026-01-12", "2025-12-31"),
        ("report_to_panel", "2026-06-01", "2026-05-20"),
    ],
)
def test_due_dates(clock: str, start: str, end: str) -> None:
    assert due(clock, day(start), POLICY).date == day(end)


def test_the_days_that_did_not_count_are_named() -> None:
    found = due("rapid_review", day("2025-12-29"), POLICY)
    assert found.excluded == ((day("2026-01-01"), "New Year's Day"),)
    christmas = due("scoping_return", day("2026-12-24"), POLICY).excluded
    assert [name for _, name in christmas] == ["Christmas Day", "Boxing Day (substitute day)", "New Year's Day"]
    assert due("local_review", day("2026-01-15"), POLICY).excluded == ()
    back = due("report_to_panel", day("2026-01-05"), POLICY)
    assert back.date < day("2025-12-25")
    assert [one.isoformat() for one, _ in back.excluded] == ["2025-12-25", "2025-12-26", "2026-01-01"]
    assert bank_holiday(day("2026-08-31"), POLICY) == "Summer bank holiday"


def test_a_due_date_on_a_day_off_is_given_as_it_is_with_a_warning() -> None:
    found = due("local_review", day("2026-08-31"), POLICY)
    assert found.date == day("2027-02-28")
    assert found.warning == POLICY.not_a_working_day
    assert due("local_review", day("2026-01-15"), POLICY).warning == ""


@pytest.mark.parametrize(
    ("start", "first"),
    [
        (dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC), "2026-07-01"),
        (dt.datetime(2026, 12, 30, 23, 30, tzinfo=dt.UTC), "2026-12-30"),
        (dt.datetime(2026, 6, 30, 23, 30), "2026-06-30"),
        (dt.datetime(2026, 6, 30, 23, 30, tzinfo=LONDON), "2026-06-30"),
        (dt.datetime(2026, 7, 1, 4, tzinfo=dt.timezone(dt.timedelta(hours=10))), "2026-06-30"),
    ],
)
def test_the_start_is_a_calendar_day_in_london(start: dt.datetime, first: str) -> None:
    assert due("notification", start, POLICY).start == day(first)


def test_it_is_due_at_five_london_time() -> None:
    assert due("notification", day("2026-06-22"), POLICY).instant == dt.datetime(2026, 6, 29, 16, tzinfo=dt.UTC)
    assert due("notification", day("2026-11-23"), POLICY).instant == dt.datetime(2026, 11, 30, 17, tzinfo=dt.UTC)
    assert add_working_days(day("2026-11-20"), 2, POLICY) == dt.datetime(2026, 11, 24, 17, tzinfo=dt.UTC)


def test_overdue_from_the_next_midnight_in_london() -> None:
    at = due("notification", day("2026-06-22"), POLICY).instant  # Monday 29 June
    assert not is_overdue(at, dt.datetime(2026, 6, 29, 22, 59, 59, tzinfo=dt.UTC))
    assert is_overdue(at, dt.datetime(2026, 6, 29, 23, 0, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("now", "late"),
    [("2026-12-22", 0), ("2026-12-23", 0), ("2026-12-24", 1), ("2026-12-28", 1), ("2026-12-29", 2), ("2027-01-04", 5)],
)
def test_days_late_are_working_days_after_the_due_day(now: str, late: int) -> None:
    at = dt.datetime(2026, 12, 23, 17, tzinfo=dt.UTC)
    assert days_late(at, dt.datetime.combine(day(now), dt.time(9), dt.UTC), POLICY) == late


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (dt.date(2026, 11, 21), "2026-11-30"),  # Saturday counts as Monday
        (dt.datetime(2026, 11, 20, 16, 59), "2026-11-27"),
        (dt.datetime(2026, 11, 20, 17, 0), "2026-11-30"),
    ],
)
def test_a_profile_may_roll_a_start_forward(start: dt.date, end: str) -> None:
    assert due("notification", start, ClockPolicy(roll_forward=True)).date == day(end)


def test_a_profile_may_name_more_days_off() -> None:
    policy = ClockPolicy(extra_holidays={day("2026-11-24"): "Test holiday"})
    found = due("notification", day("2026-11-20"), policy)
    assert found.date == day("2026-11-30")
    assert found.excluded == ((day("2026-11-24"), "Test holiday"),)


@pytest.mark.parametrize("start", [dt.date(1900, 1, 1), dt.date.max, dt.datetime.min, dt.datetime.max])
def test_a_year_that_nobody_knows_the_holidays_of_is_refused(start: dt.date) -> None:
    with pytest.raises(ClockRefused, match="between 1978 and 2099"):
        due("notification", start, POLICY)


def test_a_clock_that_is_not_one_is_refused() -> None:
    with pytest.raises(ClockRefused, match="The clocks are: notification"):
        due("egg_timer", day("2026-01-01"), POLICY)


@CALM
@given(DAYS, st.sampled_from(["notification", "scoping_return", "rapid_review", "report_to_panel"]))
def test_working_day_clocks_end_on_a_working_day_after_just_so_many(start: dt.date, clock: str) -> None:
    found, rule = due(clock, start, POLICY), POLICY.clocks[clock]
    low, high = sorted((start, found.date))
    between = [low + dt.timedelta(days=n) for n in range((high - low).days + 1)]
    assert is_working_day(found.date, POLICY)
    assert sum(is_working_day(one, POLICY) for one in between if one != start) == rule.length
    assert (found.date < start) == rule.back
    assert all(not is_working_day(one, POLICY) and one.weekday() < 5 for one, _ in found.excluded)


@CALM
@given(DAYS, DAYS, st.sampled_from(sorted(POLICY.clocks)))
def test_a_later_start_never_falls_due_earlier(one: dt.date, other: dt.date, clock: str) -> None:
    first, second = sorted((one, other))
    assert due(clock, first, POLICY).date <= due(clock, second, POLICY).date


@CALM
@given(DAYS, st.integers(0, 40))
def test_never_late_and_not_overdue(start: dt.date, after: int) -> None:
    at = due("notification", start, POLICY).instant
    now = at + dt.timedelta(days=after)
    assert days_late(at, now, POLICY) <= after
    assert is_overdue(at, now) or days_late(at, now, POLICY) == 0


def test_the_profiles_file_says_what_is_built_in() -> None:
    loaded = load_clocks(FILE)
    built_in = {name: (rule.length, rule.unit, rule.runs_from, rule.back) for name, rule in POLICY.clocks.items()}
    assert {name: (rule.length, rule.unit, rule.runs_from, rule.back) for name, rule in loaded.clocks.items()} == built_in
    assert (loaded.due_at, loaded.roll_forward, loaded.holiday_names) == (POLICY.due_at, False, POLICY.holiday_names)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("scoping_return:", "scoping_returns:", "scoping_returns is not a clock"),
        ("length: 15", "length: 0", "greater than or equal to 1"),
        ("runs_from: publication", "runs_from: the_moon", "clocks.report_to_panel.runs_from"),
        ('"17:00"', '"25:00"', "due_at"),
        ("roll_forward: false", "roll_forward: false\nspeed: 3", "speed is not a known name"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_line(tmp_path: Path, before: str, after: str, says: str) -> None:
    path = tmp_path / "clocks.yaml"
    path.write_text(FILE.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    with pytest.raises(Mistake, match=says) as caught:
        load_clocks(path)
    assert f"{path}:" in str(caught.value)
