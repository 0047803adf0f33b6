"""How late, as people say it: more than so many working days."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.asking.when import Direction, lateness_in, period_in

TODAY = date(2026, 11, 25)
LATE = {
    "overdue by more than 3 days": 3,
    "overdue by more than three days": 3,
    "more than 3 days late": 3,
    "late by more than 3": 3,
    "late by over 3 working days": 3,
    "longer than 5 days overdue": 5,
    "later than 5 days": 5,
    "older than a week": 5,
    "overdue more then 3 days": 3,
    ">3 days": 3,
    "at least 3 days late": 2,
    "overdue by at least 3": 2,
    "3 or more days overdue": 2,
    "overdue by 3 or more": 2,
    "3 days or more late": 2,
    "3+ days late": 2,
    "overdue by 3+": 2,
    ">= 3 days overdue": 2,
    "no less than 3 days late": 2,
    "minimum 3 days late": 2,
    "at least 1 day late": 0,
    "over a week": 5,
    "overdue by over a week": 5,
    "and over a week?": 5,
    "at least a week overdue": 4,
    "a week or more overdue": 4,
    "more than two weeks overdue": 10,
    "more than 3 wks late": 15,
    "over a fortnight": 10,
    "more than a fortnight late": 10,
    "longer than a month overdue": 20,
    "more than a couple of days late": 2,
    "more than twenty-one days late": 21,
    "not replied for more than 5 days": 5,
    "chase everything over 5 days late for police on NS-2026-0007": 5,
    "no reply in over a week": 5,
    "2+ weeks overdue": 9,
    "1 week+": 4,
    "in excess of 5 days late": 5,
    "3 days late": 2,
    "overdue by 3 days": 2,
    "two weeks overdue": 9,
    "a day late": 0,
}
NOT_LATE = (
    "",
    "what is overdue",
    "what's late for police",
    "NS-2026-0007 overdue",
    "24 requests overdue",
    "more than 3 requests are late",
    "more than 3 days ago",
    "sent over a week ago",
    "due in more than 3 days",
    "due in the next 3 days",
    "over the next week",
    "overdue in the last two weeks",
    "overdue since Monday",
    "less than 3 days late",
    "up to 3 days late",
    "under a week overdue",
    "no more than 3 days late",
    "two more days",
    "3 or more days ago",
    "case 7 is late",
    "late on 3 April",
)


@pytest.mark.parametrize(("text", "days"), LATE.items())
def test_how_late(text: str, days: int) -> None:
    found = lateness_in(text, TODAY)
    assert found is not None
    assert found.value == days
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in found.spans)


@pytest.mark.parametrize("text", NOT_LATE)
def test_what_says_nothing_of_how_late(text: str) -> None:
    assert lateness_in(text, TODAY) is None


@pytest.mark.parametrize("text", LATE)
def test_a_lateness_is_no_period(text: str) -> None:
    assert period_in(text, TODAY, Direction.NEAREST) is None
