"""Periods in what people type: weeks from Monday to Sunday, calendar months, open ends, from one day to another."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.asking.when import Direction, period_in

TODAY = date(2026, 11, 25)
"""A Wednesday."""

AHEAD = {
    "this week": "2026-11-23 2026-11-29",
    "this wk": "2026-11-23 2026-11-29",
    "next week": "2026-11-30 2026-12-06",
    "nxt wk": "2026-11-30 2026-12-06",
    "next week's": "2026-11-30 2026-12-06",
    "the week after next": "2026-12-07 2026-12-13",
    "week commencing 7 December": "2026-12-07 2026-12-13",
    "w/c 7/12": "2026-12-07 2026-12-13",
    "week ending 6 december": "2026-11-30 2026-12-06",
    "the week of 9 December": "2026-12-07 2026-12-13",
    "this weekend": "2026-11-28 2026-11-29",
    "coming weekend": "2026-11-28 2026-11-29",
    "the following week": "2026-11-30 2026-12-06",
    "mid december": "2026-12-01 2026-12-31",
    "in late January": "2027-01-01 2027-01-31",
    "over the next 2-3 weeks": "2026-11-25 2026-12-16",
    "not before Monday": "2026-11-30 -",
    "at the weekend": "2026-11-28 2026-11-29",
    "next weekend": "2026-12-05 2026-12-06",
    "this week end": "2026-11-28 2026-11-29",
    "this w/e": "2026-11-28 2026-11-29",
    "this fortnight": "2026-11-25 2026-12-09",
    "within the week": "2026-11-23 2026-11-29",
    "the week before Christmas": "2026-12-14 2026-12-20",
    "Friday or before": "- 2026-11-27",
    "friday at the latest": "- 2026-11-27",
    "fifth week of december": "2026-12-01 2026-12-31",
    "Friday or later": "2026-11-27 -",
    "this coming March": "2027-03-01 2027-03-31",
    "by the end of the year 2027": "- 2027-12-31",
    "this month": "2026-11-01 2026-11-30",
    "next month": "2026-12-01 2026-12-31",
    "the month after next": "2027-01-01 2027-01-31",
    "in March": "2027-03-01 2027-03-31",
    "in November": "2026-11-01 2026-11-30",
    "in may": "2027-05-01 2027-05-31",
    "what about may?": "2027-05-01 2027-05-31",
    "febuary": "2027-02-01 2027-02-28",
    "sept": "2027-09-01 2027-09-30",
    "March 2028": "2028-03-01 2028-03-31",
    "for the month of March": "2027-03-01 2027-03-31",
    "throughout march": "2027-03-01 2027-03-31",
    "next March": "2027-03-01 2027-03-31",
    "March next year": "2027-03-01 2027-03-31",
    "this quarter": "2026-10-01 2026-12-31",
    "next quarter": "2027-01-01 2027-03-31",
    "Q1": "2027-01-01 2027-03-31",
    "first quarter of 2028": "2028-01-01 2028-03-31",
    "quarter 2": "2027-04-01 2027-06-30",
    "this year": "2026-01-01 2026-12-31",
    "next year": "2027-01-01 2027-12-31",
    "in 2027": "2027-01-01 2027-12-31",
    "calendar year 2027": "2027-01-01 2027-12-31",
    "the next 7 days": "2026-11-25 2026-12-02",
    "next seven days": "2026-11-25 2026-12-02",
    "the next two weeks": "2026-11-25 2026-12-09",
    "over the next fortnight": "2026-11-25 2026-12-09",
    "in the next month": "2026-11-25 2026-12-25",
    "the coming week": "2026-11-25 2026-12-02",
    "in the next day or two": "2026-11-25 2026-11-27",
    "within 3 days": "2026-11-25 2026-11-28",
    "within a fortnight": "2026-11-25 2026-12-09",
    "in the next two working days": "2026-11-25 2026-11-27",
    "within 48 hours": "2026-11-25 2026-11-27",
    "over Christmas": "2026-12-25 2026-12-26",
    "the rest of the week": "2026-11-25 2026-11-29",
    "rest of the month": "2026-11-25 2026-11-30",
    "first week of december": "2026-12-01 2026-12-07",
    "last week of december": "2026-12-25 2026-12-31",
    "today and tomorrow": "2026-11-25 2026-11-26",
    "today or tomorrow": "2026-11-25 2026-11-26",
    "this week and next": "2026-11-23 2026-12-06",
    "this month or next": "2026-11-01 2026-12-31",
    "Mon, Tue and Wed": "2026-11-30 2026-12-02",
    "in December and January": "2026-12-01 2027-01-31",
    "3rd and 4th December": "2026-12-03 2026-12-04",
    "by Friday": "- 2026-11-27",
    "by 5pm on Friday": "- 2026-11-27",
    "by cop friday": "- 2026-11-27",
    "by eod": "- 2026-11-25",
    "by the end of the week": "- 2026-11-27",
    "by end of month": "- 2026-11-30",
    "by next week": "- 2026-12-06",
    "by March": "- 2027-03-31",
    "by the 12th": "- 2026-12-12",
    "no later than 4 December": "- 2026-12-04",
    "on or before 4 December": "- 2026-12-04",
    "until Friday": "- 2026-11-27",
    "up to friday": "- 2026-11-27",
    "before Friday": "- 2026-11-26",
    "before next week": "- 2026-11-29",
    "before the end of the month": "- 2026-11-29",
    "before the weekend": "- 2026-11-27",
    "prior to 8/1": "- 2027-01-07",
    "after Friday": "2026-11-28 -",
    "after the weekend": "2026-11-30 -",
    "since Monday": "2026-11-23 -",
    "since March": "2026-03-01 -",
    "from Monday": "2026-11-30 -",
    "from next week": "2026-11-30 -",
    "Monday onwards": "2026-11-30 -",
    "from last week": "2026-11-16 2026-11-22",
    "from Monday to Wednesday": "2026-11-30 2026-12-02",
    "between Monday and Wednesday": "2026-11-30 2026-12-02",
    "Mon-Fri": "2026-11-30 2026-12-04",
    "monday to friday next week": "2026-11-30 2026-12-04",
    "between 3 and 7 December": "2026-12-03 2026-12-07",
    "between the 3rd and the 9th": "2026-12-03 2026-12-09",
    "1-5 April": "2027-04-01 2027-04-05",
    "dec 1 to 5": "2026-12-01 2026-12-05",
    "from 20 December to 3 January": "2026-12-20 2027-01-03",
    "between 1 and 30 November": "2026-11-01 2026-11-30",
    "3/12-9/12": "2026-12-03 2026-12-09",
    "from 2026-12-03 to 2026-12-09": "2026-12-03 2026-12-09",
    "from now until friday": "2026-11-25 2026-11-27",
    "between now and Christmas": "2026-11-25 2026-12-25",
}
BEHIND = {
    "last week": "2026-11-16 2026-11-22",
    "this fortnight": "2026-11-11 2026-11-25",
    "the week before last": "2026-11-09 2026-11-15",
    "last month": "2026-10-01 2026-10-31",
    "last calendar month": "2026-10-01 2026-10-31",
    "the previous month": "2026-10-01 2026-10-31",
    "so far this month": "2026-11-01 2026-11-30",
    "in March": "2026-03-01 2026-03-31",
    "in December": "2025-12-01 2025-12-31",
    "in november": "2026-11-01 2026-11-30",
    "last March": "2026-03-01 2026-03-31",
    "last November": "2025-11-01 2025-11-30",
    "last quarter": "2026-07-01 2026-09-30",
    "Q1": "2026-01-01 2026-03-31",
    "q4 2025": "2025-10-01 2025-12-31",
    "this year": "2026-01-01 2026-12-31",
    "last yr": "2025-01-01 2025-12-31",
    "in 2026": "2026-01-01 2026-12-31",
    "in the last two weeks": "2026-11-11 2026-11-25",
    "the last 7 days": "2026-11-18 2026-11-25",
    "in the past week": "2026-11-18 2026-11-25",
    "in the last month": "2026-10-25 2026-11-25",
    "over the last 6 months": "2026-05-25 2026-11-25",
    "in the last few days": "2026-11-22 2026-11-25",
    "in the last couple of weeks": "2026-11-11 2026-11-25",
    "the past fortnight": "2026-11-11 2026-11-25",
    "in the last 24 hours": "2026-11-24 2026-11-25",
    "over the weekend": "2026-11-21 2026-11-22",
    "since January": "2026-01-01 -",
    "since 2025": "2025-01-01 -",
    "since the start of the year": "2026-01-01 -",
    "since last week": "2026-11-16 -",
    "since 2 weeks ago": "2026-11-11 -",
    "before 2026": "- 2025-12-31",
    "more than a week ago": "- 2026-11-17",
    "less than a week ago": "2026-11-19 2026-11-25",
    "between Monday and Tuesday": "2026-11-23 2026-11-24",
    "Monday and Tuesday": "2026-11-23 2026-11-24",
    "from 1 April to 30 June": "2026-04-01 2026-06-30",
    "between January and March": "2026-01-01 2026-03-31",
    "from april 2025 to march 2026": "2025-04-01 2026-03-31",
    "1 jan - 31 mar 2026": "2026-01-01 2026-03-31",
}
EITHER = {
    "in March": "2027-03-01 2027-03-31",
    "in September": "2026-09-01 2026-09-30",
    "in November": "2026-11-01 2026-11-30",
    "since Monday": "2026-11-23 -",
    "since 1 December": "2025-12-01 -",
    "this week": "2026-11-23 2026-11-29",
}


def said(text: str, direction: Direction, today: date = TODAY) -> str:
    found = period_in(text, today, direction)
    assert found is not None, text
    return f"{found.value.from_ or '-'} {found.value.to or '-'}"


@pytest.mark.parametrize(("text", "days"), AHEAD.items())
def test_a_period_ahead(text: str, days: str) -> None:
    assert said(text, Direction.FORWARD) == days


@pytest.mark.parametrize(("text", "days"), BEHIND.items())
def test_a_period_behind(text: str, days: str) -> None:
    assert said(text, Direction.BACK) == days


@pytest.mark.parametrize(("text", "days"), EITHER.items())
def test_the_nearest_period_either_way(text: str, days: str) -> None:
    assert said(text, Direction.NEAREST) == days


@pytest.mark.parametrize("text", [*AHEAD, *BEHIND])
def test_letter_case_and_words_around_it_change_nothing(text: str) -> None:
    plain = said(text, Direction.BACK)
    assert said(f"WHAT IS DUE {text.upper()} FOR POLICE", Direction.BACK) == plain
    assert said(f"chase housing on NS-2026-0007 {text} please", Direction.BACK) == plain


@pytest.mark.parametrize(
    ("today", "text", "days"),
    [
        (date(2026, 12, 30), "this week", "2026-12-28 2027-01-03"),
        (date(2026, 12, 30), "next month", "2027-01-01 2027-01-31"),
        (date(2027, 1, 31), "next month", "2027-02-01 2027-02-28"),
        (date(2028, 1, 31), "next month", "2028-02-01 2028-02-29"),
        (date(2027, 3, 31), "last month", "2027-02-01 2027-02-28"),
        (date(2027, 1, 1), "last quarter", "2026-10-01 2026-12-31"),
        (date(2026, 11, 29), "this week", "2026-11-23 2026-11-29"),
        (date(2026, 11, 29), "next week", "2026-11-30 2026-12-06"),
        (date(2026, 11, 29), "this weekend", "2026-11-28 2026-11-29"),
        (date(2028, 2, 29), "in the last year", "2027-02-28 2028-02-29"),
    ],
)
def test_the_edges_of_months_and_years(today: date, text: str, days: str) -> None:
    assert said(text, Direction.NEAREST, today) == days
