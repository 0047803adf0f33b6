"""Single days in what people type: by name, by date, counted from today; in the direction of the intent."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.asking.when import Direction, Period, period_in

TODAY = date(2026, 11, 25)
"""A Wednesday."""

AHEAD = {
    "what's due today": "2026-11-25",
    "todays": "2026-11-25",
    "today's tasks": "2026-11-25",
    "due tomorrow": "2026-11-26",
    "Tomorrow’s returns": "2026-11-26",
    "tmrw": "2026-11-26",
    "tommorow": "2026-11-26",
    "first thing tomorrow": "2026-11-26",
    "yesterday": "2026-11-24",
    "this afternoon": "2026-11-25",
    "tonight": "2026-11-25",
    "last night": "2026-11-24",
    "the day after tomorrow": "2026-11-27",
    "day before yesterday": "2026-11-23",
    "on Friday": "2026-11-27",
    "on Wednesday": "2026-11-25",
    "on Tuesday": "2026-12-01",
    "wensday": "2026-11-25",
    "thursdy": "2026-11-26",
    "fri": "2026-11-27",
    "tues": "2026-12-01",
    "thurs.": "2026-11-26",
    "mon": "2026-11-30",
    "on sat": "2026-11-28",
    "Sat?": "2026-11-28",
    "Friday's": "2026-11-27",
    "next Friday": "2026-12-04",
    "Friday next": "2026-12-04",
    "this Friday": "2026-11-27",
    "this coming Friday": "2026-11-27",
    "this Monday": "2026-11-30",
    "last Friday": "2026-11-20",
    "Friday week": "2026-12-04",
    "Friday fortnight": "2026-12-11",
    "a week on Friday": "2026-12-04",
    "a week today": "2026-12-02",
    "today week": "2026-12-02",
    "a week tomorrow": "2026-12-03",
    "a fortnight on Tuesday": "2026-12-15",
    "two weeks from Monday": "2026-12-14",
    "Tuesday of next week": "2026-12-01",
    "Friday last week": "2026-11-20",
    "next week on Monday": "2026-11-30",
    "the Monday after next": "2026-12-07",
    "Friday of the week after next": "2026-12-11",
    "3 April": "2027-04-03",
    "April 3rd": "2027-04-03",
    "the 3rd of April": "2027-04-03",
    "third of april": "2027-04-03",
    "twenty-first december": "2026-12-21",
    "3 Dec 26": "2026-12-03",
    "December the 4th, 2027": "2027-12-04",
    "Friday 4 December": "2026-12-04",
    "Friday the 4th": "2026-12-04",
    "Fri, 4th Dec": "2026-12-04",
    "8/1": "2027-01-08",
    "8/1/27": "2027-01-08",
    "8.1.27": "2027-01-08",
    "8-1-2027": "2027-01-08",
    "due 1.12": "2026-12-01",
    "2027-01-08": "2027-01-08",
    "2nd of febuary": "2027-02-02",
    "29 february": "2028-02-29",
    "on the 12th": "2026-12-12",
    "due on the 31st": "2026-12-31",
    "the 1st of next month": "2026-12-01",
    "the 3rd of this month": "2026-11-03",
    "3 April this year": "2026-04-03",
    "in 3 days": "2026-11-28",
    "in two days' time": "2026-11-27",
    "in a fortnight": "2026-12-09",
    "in a week's time": "2026-12-02",
    "10 days from now": "2026-12-05",
    "5 working days from today": "2026-12-02",
    "3 days ago": "2026-11-22",
    "a month ago": "2026-10-25",
    "next working day": "2026-11-26",
    "end of the week": "2026-11-27",
    "end of next week": "2026-12-04",
    "eow": "2026-11-27",
    "the end of the month": "2026-11-30",
    "month end": "2026-11-30",
    "end of March": "2027-03-31",
    "end of the quarter": "2026-12-31",
    "end of the year": "2026-12-31",
    "start of next month": "2026-12-01",
    "beginning of next week": "2026-11-30",
    "last day of the month": "2026-11-30",
    "the first Friday of december": "2026-12-04",
    "last friday of the month": "2026-11-27",
    "the last working day of december": "2026-12-31",
    "close of play tomorrow": "2026-11-26",
    "end of the day": "2026-11-25",
    "Friday before last": "2026-11-13",
    "end of Friday": "2026-11-27",
    "end of the day tomorrow": "2026-11-26",
    "Friday just gone": "2026-11-20",
    "year-end": "2026-12-31",
    "end-of-month": "2026-11-30",
    "middle of next week": "2026-12-02",
    "on the 1st of the month": "2026-12-01",
    "the third of next month": "2026-12-03",
    "12th?": "2026-12-12",
    "on the 12": "2026-12-12",
    "Weds 2 Dec": "2026-12-02",
    "Fri 27/11": "2026-11-27",
    "in one month's time": "2026-12-25",
    "2 days after Boxing Day": "2026-12-28",
    "Boxing Day": "2026-12-26",
    "Christmas": "2026-12-25",
    "good friday": "2027-03-26",
    "Easter Monday": "2027-03-29",
    "2 days before christmas": "2026-12-23",
}
BEHIND = {
    "on Friday": "2026-11-20",
    "on Wednesday": "2026-11-25",
    "Tuesday": "2026-11-24",
    "this Monday": "2026-11-23",
    "last Monday": "2026-11-23",
    "3 April": "2026-04-03",
    "24/11": "2026-11-24",
    "26/11": "2025-11-26",
    "on the 27th": "2026-10-27",
    "29 February": "2024-02-29",
    "Christmas Day": "2025-12-25",
    "Friday week": "2026-12-04",
}
EITHER = {
    "on Friday": "2026-11-27",
    "on Sunday": "2026-11-22",
    "on Saturday": "2026-11-28",
    "3 April": "2027-04-03",
    "3 October": "2026-10-03",
    "on the 20th": "2026-11-20",
    "on the 5th": "2026-12-05",
}
NONE = (
    "",
    "   ",
    "?",
    "what is overdue",
    "what's overdue now",
    "good morning",
    "status of NS-2026-0007",
    "status of ns 2026 7",
    "2026/7",
    "case 7",
    "NS 7",
    "ref 12",
    "how are the 24 requests",
    "chase the 3rd request",
    "the second hospital trust",
    "the first request",
    "next steps",
    "the last answer as a file",
    "12th request",
    "chase the 3 now",
    "on the 3 requests",
    "may I have more time",
    "who may see this",
    "we may need it",
    "she sat with us",
    "document 1a",
    "30/2",
    "31 november",
    "4/25",
    "version 1.12",
    "may 3 days be enough",
    "1/13",
    "2026-11-31",
    "0/0",
    "99",
    "end of the case",
    "the day of the meeting",
    "between police and health",
    "by police",
    "from health",
    "since then",
    "a week",
    "more time",
    "two more days",
    "overdue by more than 3 days",
    "01632 960001",
    "at 10am",
    "by 5pm",
)


def single(text: str, direction: Direction) -> str:
    found = period_in(text, TODAY, direction)
    assert found is not None, text
    assert found.value.from_ == found.value.to
    return str(found.value.to)


@pytest.mark.parametrize(("text", "day"), AHEAD.items())
def test_a_day_ahead(text: str, day: str) -> None:
    assert single(text, Direction.FORWARD) == day


@pytest.mark.parametrize(("text", "day"), BEHIND.items())
def test_a_day_behind(text: str, day: str) -> None:
    assert single(text, Direction.BACK) == day


@pytest.mark.parametrize(("text", "day"), EITHER.items())
def test_the_nearest_day_either_way(text: str, day: str) -> None:
    assert single(text, Direction.NEAREST) == day


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("text", NONE)
def test_what_names_no_day(text: str, direction: Direction) -> None:
    assert period_in(text, TODAY, direction) is None


def test_the_place_in_the_text_is_told_and_not_more() -> None:
    text = "Who hasn’t replied by Friday, on NS-2026-0007?"
    found = period_in(text, TODAY, Direction.FORWARD)
    assert found is not None
    assert [text[start:end] for start, end in found.spans] == ["by Friday"]


def test_a_letter_that_grows_when_made_small_moves_no_place() -> None:
    text = "İİİ due on FRIDAY please"
    found = period_in(text, TODAY, Direction.FORWARD)
    assert found is not None
    assert [text[start:end] for start, end in found.spans] == ["on FRIDAY"]


def test_a_long_text_is_read_too() -> None:
    for text in ("cob " * 5000, "the day after " * 2000, "a " * 9000, "and monday " * 300):
        period_in(text, TODAY, Direction.FORWARD)
    assert single("cob " * 5000, Direction.FORWARD) == "2026-11-25"


@pytest.mark.parametrize(
    ("today", "text", "direction", "day"),
    [
        (date(2026, 12, 31), "tomorrow", Direction.FORWARD, "2027-01-01"),
        (date(2026, 12, 31), "next Friday", Direction.FORWARD, "2027-01-08"),
        (date(2028, 2, 28), "tomorrow", Direction.FORWARD, "2028-02-29"),
        (date(2028, 2, 29), "29 February", Direction.FORWARD, "2028-02-29"),
        (date(2028, 3, 1), "29 February", Direction.FORWARD, "2032-02-29"),
        (date(2027, 3, 1), "29 February", Direction.BACK, "2024-02-29"),
        (date(2027, 1, 31), "a month ago", Direction.BACK, "2026-12-31"),
        (date(2027, 3, 31), "in 11 months", Direction.FORWARD, "2028-02-29"),
        (date(2026, 11, 29), "next Monday", Direction.FORWARD, "2026-11-30"),
        (date(2026, 11, 29), "end of the week", Direction.FORWARD, "2026-11-27"),
        (date(2026, 11, 27), "on Friday", Direction.FORWARD, "2026-11-27"),
        (date(2026, 11, 27), "Friday week", Direction.FORWARD, "2026-12-04"),
        (date(2026, 11, 27), "last Friday", Direction.BACK, "2026-11-20"),
        (date(2027, 1, 2), "31 December", Direction.BACK, "2026-12-31"),
        (date(2027, 1, 2), "31 December", Direction.NEAREST, "2026-12-31"),
    ],
)
def test_the_edges_of_months_and_years(today: date, text: str, direction: Direction, day: str) -> None:
    found = period_in(text, today, direction)
    assert found is not None
    assert found.value == Period(date.fromisoformat(day), date.fromisoformat(day))
