"""More time: until a day, or so many working days more."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.asking.when import new_date_in

TODAY = date(2026, 11, 25)
"""A Wednesday."""
UNTIL = {
    "until Friday": "2026-11-27",
    "more time until friday please": "2026-11-27",
    "untill thursdy": "2026-11-26",
    "til tmrw": "2026-11-26",
    "till the 12th": "2026-12-12",
    "give police to 3 April": "2027-04-03",
    "extend it to 8/1": "2027-01-08",
    "until 2026-12-08": "2026-12-08",
    "can police reply by Friday instead": "2026-11-27",
    "until next Friday": "2026-12-04",
    "until Friday week": "2026-12-04",
    "until the end of the week": "2026-11-27",
    "to the end of next week": "2026-12-04",
    "until the end of the month": "2026-11-30",
    "until 5pm tomorrow": "2026-11-26",
    "until after the weekend": "2026-11-30",
    "extend from friday to next tuesday": "2026-12-01",
    "the request due Friday, can we have until Monday": "2026-11-30",
    "more time, say Friday": "2026-11-27",
    "new date 4 December": "2026-12-04",
    "two days from today": "2026-11-27",
    "in two days' time": "2026-11-27",
    "a week today": "2026-12-02",
    "a week on Friday": "2026-12-04",
    "three more days from Friday": "2026-11-30",
    "another week, until 4 december": "2026-12-04",
}
DAYS = {
    "two more days": 2,
    "2 more days for police": 2,
    "2 days more": 2,
    "two days' more time": 2,
    "another day": 1,
    "another couple of days": 2,
    "another week": 5,
    "one more week": 5,
    "a further week please": 5,
    "an extra fortnight": 10,
    "another two weeks": 10,
    "an additional 5 days": 5,
    "3 more working days": 3,
    "can police have a week's extension": 5,
    "3-day extension": 3,
    "a few more days": 3,
    "extend NS-2026-0007 for police by two days": 2,
    "give them a fortnight": 10,
    "delay by a week": 5,
    "a day or two": 2,
    "another 24 hours": 1,
    "a week longer": 5,
    "it was due on Friday, we need two more days": 2,
}
NEITHER = (
    "",
    "more time",
    "I need more time for case 7",
    "a bit more time please",
    "give more time to police",
    "extend NS-2026-0007",
    "two more requests",
    "they are 3 days late",
    "we asked two days ago",
    "more time since Monday",
)


@pytest.mark.parametrize(("text", "day"), UNTIL.items())
def test_a_date_that_follows_from_the_words_alone(text: str, day: str) -> None:
    found = new_date_in(text, TODAY)
    assert found is not None
    assert found.value == date.fromisoformat(day)


@pytest.mark.parametrize(("text", "days"), DAYS.items())
def test_working_days_more(text: str, days: int) -> None:
    found = new_date_in(text, TODAY)
    assert found is not None
    assert found.value == days


@pytest.mark.parametrize("text", NEITHER)
def test_no_date_and_no_days(text: str) -> None:
    assert new_date_in(text, TODAY) is None
