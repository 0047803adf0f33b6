"""Dates as tired people type them. Today is Monday 23 November 2026."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from templates.answers import Asking, Kind, Refused, Understood, show, understand
from templates.wording import load_words

WORDS = load_words()
TODAY = date(2026, 11, 23)
PAST = Asking(kind=Kind.DATE, today=TODAY, latest=TODAY, inexact=True, unborn_ok=True)
OPEN = msgspec.structs.replace(PAST, latest=None, unborn_ok=False)
EXACT = msgspec.structs.replace(PAST, inexact=False, unborn_ok=False)

THIRD_OF_APRIL = """
3/4/19 | 03/04/2019 | 3.4.2019 | 03-04-2019 | 3 4 2019 | 2019-04-03 | 2019/04/03 | 20190403
03042019 | 030419 | 3 April 2019 | 3rd April 2019 | 3rd of April 2019 | the 3rd of April 2019
April 3rd 2019 | April 3rd, 2019 | April 3, 2019 | 3 Apr 19 | 3 apr. 2019 | 3-Apr-2019 | 3APR2019
Wednesday 3 April 2019 | Weds 3 April 2019 | Wed, 3 April 2019 | wednesday 3/4/19
3/4/2019 (Wednesday) | on 3 April 2019 | it was on the 3rd April 2019. | 3 Aprl 2019
3 Arpil 2019 | 3 Aprill 2019 | Wensday 3 April 2019 | ３／４／２０１９ | ٣/٤/٢٠١٩ | ३/४/२०१९
3\u00a0April\u00a02019 | 3 April 2019!! | 3 – 4 – 2019 | 3 April '19 | 2019 April 3
"""


@pytest.mark.parametrize("typed", [one.strip() for line in THIRD_OF_APRIL.strip().splitlines() for one in line.split("|")])
def test_every_way_to_write_the_third_of_april(typed: str) -> None:
    answer = understand(typed, EXACT, WORDS)
    assert isinstance(answer, Understood), answer
    assert answer.value == {
        "said": " ".join(typed.split()),
        "earliest": "2019-04-03",
        "latest": "2019-04-03",
        "precision": "day",
    }
    assert answer.echo == "Wednesday 3 April 2019"


DAYS = {
    "3 April": "2026-04-03",
    "3/4": "2026-04-03",
    "25 December": "2025-12-25",
    "25/12": "2025-12-25",
    "24 Nov": "2025-11-24",
    "23 November": "2026-11-23",
    "Friday 3 April": "2026-04-03",
    "29 Feb": "2024-02-29",
    "12/7/84": "1984-07-12",
    "1/1/00": "2000-01-01",
    "3/4/26": "2026-04-03",
    "3/4/27": "1927-04-03",
    "today": "2026-11-23",
    "yesterday": "2026-11-22",
    "Yesterday.": "2026-11-22",
    "yesteday": "2026-11-22",
    "the day before yesterday": "2026-11-21",
    "day before yesterday": "2026-11-21",
    "3 days ago": "2026-11-20",
    "three days ago": "2026-11-20",
    "a day ago": "2026-11-22",
    "two weeks ago": "2026-11-09",
    "a fortnight ago": "2026-11-09",
    "fortnight ago": "2026-11-09",
    "a couple of weeks ago": "2026-11-09",
    "1 week ago": "2026-11-16",
    "Tuesday": "2026-11-17",
    "tues": "2026-11-17",
    "on Tuesday": "2026-11-17",
    "Monday": "2026-11-23",
    "last Monday": "2026-11-16",
    "last Tuesday": "2026-11-17",
    "Tuesday last week": "2026-11-17",
    "Tuesday of last week": "2026-11-17",
    "this Monday": "2026-11-23",
    "the 3rd": "2026-11-03",
    "Tuesday 3rd": "2026-11-03",
    "Tuesday the 3rd": "2026-11-03",
    "the 30th": "2026-10-30",
    "this morning": "2026-11-23",
    "last night": "2026-11-22",
    "tonight": "2026-11-23",
}


@pytest.mark.parametrize(("typed", "day"), DAYS.items())
def test_days_said_without_their_year_or_from_today(typed: str, day: str) -> None:
    answer = understand(typed, EXACT, WORDS)
    assert isinstance(answer, Understood), answer
    assert isinstance(answer.value, dict)
    assert (answer.value["earliest"], answer.value["latest"]) == (day, day)


AHEAD = {
    "tomorrow": "2026-11-24",
    "3 December": "2026-12-03",
    "25/12": "2026-12-25",
    "1/2/27": "2027-02-01",
    "3/4/84": "1984-04-03",
    "Tuesday": "2026-11-24",
    "Saturday": "2026-11-21",
    "next Friday": "2026-12-04",
    "this Friday": "2026-11-27",
    "Friday week": "2026-12-04",
    "the day after tomorrow": "2026-11-25",
    "1 November": "2026-11-01",
    "tomorow": "2026-11-24",
    "Monday next week": "2026-11-30",
}


@pytest.mark.parametrize(("typed", "day"), AHEAD.items())
def test_where_the_future_is_allowed_the_nearest_is_meant(typed: str, day: str) -> None:
    answer = understand(typed, OPEN, WORDS)
    assert isinstance(answer, Understood), answer
    assert isinstance(answer.value, dict)
    assert (answer.value["earliest"], answer.value["latest"]) == (day, day)


INEXACT = {
    "June 2019": ("2019-06-01", "2019-06-30", "month"),
    "06/2019": ("2019-06-01", "2019-06-30", "month"),
    "2019-06": ("2019-06-01", "2019-06-30", "month"),
    "in June 2019": ("2019-06-01", "2019-06-30", "month"),
    "Febuary 2019": ("2019-02-01", "2019-02-28", "month"),
    "Setpember 2019": ("2019-09-01", "2019-09-30", "month"),
    "April '19": ("2019-04-01", "2019-04-30", "month"),
    "April 84": ("1984-04-01", "1984-04-30", "month"),
    "July": ("2026-07-01", "2026-07-31", "month"),
    "December": ("2025-12-01", "2025-12-31", "month"),
    "2019": ("2019-01-01", "2019-12-31", "year"),
    "last year": ("2025-01-01", "2025-12-31", "year"),
    "this year": ("2026-01-01", "2026-12-31", "year"),
    "last month": ("2026-10-01", "2026-10-31", "month"),
    "about June 2019": ("2019-06-01", "2019-06-30", "about"),
    "c. 2019": ("2019-01-01", "2019-12-31", "about"),
    "circa 2019": ("2019-01-01", "2019-12-31", "about"),
    "around 3 April 2019": ("2019-03-27", "2019-04-10", "about"),
    "approx. 3/4/19": ("2019-03-27", "2019-04-10", "about"),
    "~2019": ("2019-01-01", "2019-12-31", "about"),
    "summer 2019": ("2019-06-01", "2019-08-31", "about"),
    "winter 2019": ("2018-12-01", "2020-02-29", "about"),
    "winter 2019/20": ("2019-12-01", "2020-02-29", "about"),
    "last summer": ("2026-06-01", "2026-08-31", "about"),
    "early June 2019": ("2019-06-01", "2019-06-10", "about"),
    "mid June 2019": ("2019-06-11", "2019-06-20", "about"),
    "late February 2019": ("2019-02-21", "2019-02-28", "about"),
    "end of June 2019": ("2019-06-21", "2019-06-30", "about"),
    "early 2019": ("2019-01-01", "2019-04-30", "about"),
    "late 2018": ("2018-09-01", "2018-12-31", "about"),
    "last week": ("2026-11-16", "2026-11-22", "about"),
    "last weekend": ("2026-11-21", "2026-11-22", "about"),
    "3 months ago": ("2026-08-08", "2026-09-07", "about"),
    "two years ago": ("2024-05-24", "2025-05-25", "about"),
    "2018/19": ("2018-01-01", "2019-12-31", "about"),
    "2018 or 2019": ("2018-01-01", "2019-12-31", "about"),
    "between June and August 2019": ("2019-06-01", "2019-08-31", "about"),
    "June to August 2019": ("2019-06-01", "2019-08-31", "about"),
    "3 or 4 April 2019": ("2019-04-03", "2019-04-04", "about"),
    "1 March to 3 April 2019": ("2019-03-01", "2019-04-03", "about"),
    "3/4 to 5/4/2019": ("2019-04-03", "2019-04-05", "about"),
    "last June": ("2026-06-01", "2026-06-30", "month"),
    "due in March 2027": ("2027-03-01", "2027-03-31", "expected"),
    "expected 3 March 2027": ("2027-03-03", "2027-03-03", "expected"),
    "unborn, due 3/3/27": ("2027-03-03", "2027-03-03", "expected"),
    "EDD March 2027": ("2027-03-01", "2027-03-31", "expected"),
    "unborn": (None, None, "unborn"),
    "not yet born": (None, None, "unborn"),
    "Unborn baby": (None, None, "unborn"),
}


@pytest.mark.parametrize(("typed", "kept"), INEXACT.items())
def test_inexact_dates_keep_their_first_and_last_day(typed: str, kept: tuple[str | None, str | None, str]) -> None:
    answer = understand(typed, PAST, WORDS)
    assert isinstance(answer, Understood), answer
    assert isinstance(answer.value, dict)
    assert (answer.value["earliest"], answer.value["latest"], answer.value["precision"]) == kept
    assert answer.value["said"] == typed
    assert answer.echo.endswith(", not an exact date") == (kept[2] in ("month", "year", "about"))


NOT_KNOWN = [
    "not known",
    "Not known.",
    "don't know",
    "dont know",
    "I don’t know",
    "unknown",
    "n/k",
    "N/K",
    "?",
    "??",
    "not sure",
]


@pytest.mark.parametrize("typed", NOT_KNOWN)
def test_not_known_is_an_answer(typed: str) -> None:
    assert understand(typed, PAST, WORDS) == Understood(None, "not_known", "Not known")
    assert isinstance(understand(typed, msgspec.structs.replace(PAST, not_known_ok=False), WORDS), Refused)


REFUSED = {
    "31 February 2019": "There is no 31 February",
    "31/4/2019": "April has 30 days",
    "31 June": "June has 30 days",
    "29/2/2019": "2019 was not a leap year",
    "29 February 1900": "1900 was not a leap year",
    "32/1/2019": "No month has a day 32",
    "0/4/2019": "No month has a day 0",
    "4/13/2019": "4/13/2019 would be month 13. We write the day first. Type it like 13 April 2019.",
    "2019-13-04": "would be month 13",
    "13/2019": "would be month 13",
    "Monday 3 April 2019": "3 April 2019 was a Wednesday, not a Monday",
    "Weds 3 April": "3 April 2026 was a Friday",
    "1/12/2026": "Tuesday 1 December 2026, which is in the future",
    "tomorrow": "in the future",
    "2027": "in the future",
    "3/4/1066": "The year 1066 looks wrong",
    "April 19": "19 April or April 2019",
    "2011/12": "December 2011, or the years 2011 to 2012",
    "August 2019 to June 2019": "before the first",
    "84": "could not read",
    "3": "could not read",
    "hello": "could not read",
    "3 Banana 2019": "could not read",
    "3 Jule 2019": "could not read",
    "sonday": "could not read",
    "1/2/3/4": "could not read",
    "01632 960001": "could not read",
    "3 April 2019 £": "could not read",
    "the": "could not read",
    "...": "could not read",
    "-": "could not read",
    "½": "could not read",
}


@pytest.mark.parametrize(("typed", "why"), REFUSED.items())
def test_what_cannot_be_is_refused_with_the_reason(typed: str, why: str) -> None:
    answer = understand(typed, PAST, WORDS)
    assert isinstance(answer, Refused), answer
    assert why in answer.message


def test_an_exact_date_is_asked_for_where_one_is_needed() -> None:
    for typed in ("June 2019", "about 3 April 2019", "last week", "2019"):
        answer = understand(typed, EXACT, WORDS)
        assert answer == Refused("We need the exact day here. Type it like 3 April 2019.")


def test_unborn_is_refused_where_it_makes_no_sense() -> None:
    assert isinstance(understand("unborn", EXACT, WORDS), Refused)
    assert isinstance(understand("due in March 2027", EXACT, WORDS), Refused)


def test_a_due_date_question_takes_a_due_date() -> None:
    answer = understand("due in March 2027", OPEN, WORDS)
    assert isinstance(answer, Understood)
    assert answer.echo == "Expected March 2027"
    assert isinstance(understand("due", OPEN, WORDS), Refused)


def test_from_a_day_to_the_same_day_is_that_day() -> None:
    answer = understand("3/4/19 to 3/4/19", EXACT, WORDS)
    assert isinstance(answer, Understood)
    assert answer.echo == "Wednesday 3 April 2019"


def test_bounds_are_named() -> None:
    asking = Asking(kind=Kind.DATE, today=TODAY, earliest=date(2020, 1, 1), latest=date(2030, 1, 1))
    early, late = understand("3/4/2019", asking, WORDS), understand("3/4/2031", asking, WORDS)
    assert early == Refused("That would be Wednesday 3 April 2019. Type a date no earlier than 1 January 2020.")
    assert late == Refused("That would be Thursday 3 April 2031. Type a date no later than 1 January 2030.")


@pytest.mark.parametrize("typed", [*DAYS, *INEXACT])
def test_what_is_shown_is_understood_as_the_same_date(typed: str) -> None:
    answer = understand(typed, PAST, WORDS)
    assert isinstance(answer, Understood)
    again = understand(show(answer.value, answer.state, PAST, WORDS), PAST, WORDS)
    assert isinstance(again, Understood), again
    assert isinstance(again.value, dict)
    assert isinstance(answer.value, dict)
    assert {**again.value, "said": ""} == {**answer.value, "said": ""}


def test_how_dates_are_shown() -> None:
    shown = {}
    for typed in ("1/12/2025", "june 2019", "2019", "about June 2019", "summer 2019", "last week", "unborn", "due March 2027"):
        answer = understand(typed, PAST, WORDS)
        assert isinstance(answer, Understood)
        shown[typed] = show(answer.value, answer.state, PAST, WORDS)
    assert shown == {
        "1/12/2025": "Monday 1 December 2025",
        "june 2019": "June 2019",
        "2019": "2019",
        "about June 2019": "About June 2019",
        "summer 2019": "Summer 2019 (between 1 June 2019 and 31 August 2019)",
        "last week": "Between 16 November 2026 and 22 November 2026",
        "unborn": "Not yet born",
        "due March 2027": "Expected March 2027",
    }
