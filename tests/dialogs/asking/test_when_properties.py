"""What holds of any text and any day: nothing raises, periods are the right way round, directions and calendars hold."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.asking.agencies import agencies_in
from dialogs.asking.when import Direction, lateness_in, new_date_in, period_in
from templates.profile import load_profile, profile_folder

NAMES = load_profile(profile_folder("north-somerset")).agencies
DAYS = st.dates(date(2020, 1, 1), date(2090, 12, 31))
WAYS = st.sampled_from(Direction)
BITS = """
3 4 31 29 0 13 2026 2027 99 007 1st 12th 8/1 8.1.27 2026-12-03 3+ > = / . , - & ( ) ' the a an of on in at by to from since
before after until between and or within over more than least less up no later this next last past coming week weeks wk
fortnight month quarter year weekend day days working hours today tomorrow yesterday Friday wensday sat Mon march may febuary
Dec Q1 first third twenty two couple few end start rest w/c eow close play Christmas Easter Monday ago time another extra late
overdue morning night NS-2026-0007 case police health except everyone but other fire council all half second
"""
ODD = ["\u0663", "\u00b2", "\uff14", "\u00a0", "\u200f", "\ud800", "\x00", "\u0130", "\u00df", "\ufb01", "'", "\u2019"]
TEXTS = st.one_of(
    st.text(st.characters(codec=None, exclude_categories=()), max_size=60),
    st.lists(st.sampled_from([*BITS.split(), *ODD]), max_size=12).map(" ".join),
    st.lists(st.sampled_from([*BITS.split(), *ODD]), max_size=9).map("".join),
)
FIXED = settings(max_examples=400, derandomize=True, deadline=None)


@FIXED
@given(TEXTS, DAYS, WAYS)
def test_nothing_raises_and_periods_are_the_right_way_round(text: str, today: date, way: Direction) -> None:
    if period := period_in(text, today, way):
        assert period.value.from_ or period.value.to
        assert not (period.value.from_ and period.value.to) or period.value.from_ <= period.value.to
    late, new, agencies = lateness_in(text, today), new_date_in(text, today), agencies_in(text, NAMES)
    assert late is None or late.value >= 0
    assert (
        agencies is None or agencies.value == ("*",) or list(agencies.value) == [a for a in NAMES.order if a in agencies.value]
    )
    for found in (period, late, new, agencies):
        for start, end in found.spans if found else ():
            assert 0 <= start < end <= len(text)


@FIXED
@given(st.sampled_from(list(calendar.day_name)), DAYS, WAYS)
def test_a_weekday_is_within_seven_days_in_its_direction(name: str, today: date, way: Direction) -> None:
    found = period_in(f"on {name}", today, way)
    assert found is not None
    day = found.value.to
    assert day is not None
    assert day.strftime("%A") == name
    steps = (day - today).days
    assert steps in {Direction.FORWARD: range(7), Direction.BACK: range(-6, 1), Direction.NEAREST: range(-3, 4)}[way]


@FIXED
@given(DAYS, DAYS, WAYS)
def test_a_date_without_a_year_holds_to_its_direction(day: date, today: date, way: Direction) -> None:
    found = period_in(f"{day.day} {day:%B}", today, way)
    assert found is not None
    near = found.value.to
    assert near is not None
    assert (near.day, near.month) == (day.day, day.month)
    assert not (way is Direction.FORWARD and near < today)
    assert not (way is Direction.BACK and near > today)
    if (day.day, day.month) != (29, 2):
        assert abs((near - today).days) <= (183 if way is Direction.NEAREST else 366)


@FIXED
@given(st.sampled_from(list(calendar.month_name)[1:]), DAYS, WAYS)
def test_a_month_is_whole_and_in_its_direction(name: str, today: date, way: Direction) -> None:
    found = period_in(f"in {name}", today, way)
    assert found is not None
    first, last = found.value.from_, found.value.to
    assert first is not None
    assert last is not None
    assert (first.day, first.strftime("%B")) == (1, name)
    assert last == first.replace(day=calendar.monthrange(first.year, first.month)[1])
    assert not (way is Direction.FORWARD and last < today)
    assert not (way is Direction.BACK and first > today)


@FIXED
@given(DAYS, WAYS, st.sampled_from(["this", "next", "last"]))
def test_weeks_and_years_are_calendar_ones(today: date, way: Direction, which: str) -> None:
    steps = {"this": 0, "next": 1, "last": -1}[which]
    week, year = period_in(f"{which} week", today, way), period_in(f"{which} year", today, way)
    assert week is not None
    assert year is not None
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * steps)
    assert (week.value.from_, week.value.to) == (monday, monday + timedelta(days=6))
    assert (year.value.from_, year.value.to) == (date(today.year + steps, 1, 1), date(today.year + steps, 12, 31))


@FIXED
@given(DAYS, WAYS, st.integers(1, 300))
def test_the_next_days_begin_today(today: date, way: Direction, count: int) -> None:
    ahead, behind = period_in(f"the next {count} days", today, way), period_in(f"the last {count} days", today, way)
    assert ahead is not None
    assert behind is not None
    assert (ahead.value.from_, ahead.value.to) == (today, today + timedelta(days=count))
    assert (behind.value.from_, behind.value.to) == (today - timedelta(days=count), today)


@FIXED
@given(DAYS, WAYS, DAYS)
def test_every_way_of_writing_a_whole_date_is_that_date(today: date, way: Direction, day: date) -> None:
    for text in (
        f"{day:%Y-%m-%d}",
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day:%y}",
        f"{day:%d.%m.%Y}",
        f"{day.day} {day:%B} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%A} {day.day} {day:%b} {day.year}",
    ):
        found = period_in(text, today, way)
        assert found is not None
        assert (found.value.from_, found.value.to) == (day, day), text


@pytest.mark.parametrize("text", ["by {}", "since {}", "before {}", "after {}"])
@FIXED
@given(DAYS, DAYS)
def test_an_open_end_stays_open(text: str, today: date, day: date) -> None:
    found = period_in(text.format(day.isoformat()), today, Direction.NEAREST)
    assert found is not None
    one = timedelta(days=1)
    expected = {"by": (None, day), "since": (day, None), "before": (None, day - one), "after": (day + one, None)}
    assert (found.value.from_, found.value.to) == expected[text.partition(" ")[0]]
