"""Every other kind of answer: times, choices, numbers, addresses, people; and ages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from templates.answers import Asking, Kind, Refused, Understood, age_on, age_problem, age_text, show, understand
from templates.wording import load_words

WORDS = load_words()
TODAY = date(2026, 11, 23)
ETHNIC = (
    ("white_british", "White British"),
    ("white_irish", "White Irish"),
    ("mixed", "Mixed White and Asian"),
    ("gypsy", "White Gypsy or Traveller"),
    ("other", "Other (specify)"),
)
CHILDREN = (("1", "Test Amy"), ("2", "Test Ben"), ("3", "Test Cara"), ("4", "Test Dan"))


def answer(kind: Kind, typed: str, **more: Any) -> Understood | Refused:
    return understand(typed, Asking(kind=kind, today=TODAY, **more), WORDS)


def value(kind: Kind, typed: str, **more: Any) -> Any:
    given = answer(kind, typed, **more)
    assert isinstance(given, Understood), given
    asking = Asking(kind=kind, today=TODAY, **more)
    again = understand(show(given.value, given.state, asking, WORDS), asking, WORDS)
    assert isinstance(again, Understood), again
    assert _unsaid(again.value) == _unsaid(given.value)
    return given.value


def _unsaid(kept: Any) -> Any:
    return {**kept, "said": ""} if isinstance(kept, dict) and "said" in kept else kept


def refused(kind: Kind, typed: str, **more: Any) -> str:
    given = answer(kind, typed, **more)
    assert isinstance(given, Refused), given
    return given.message


TIMES = {
    "2pm": "14:00",
    "14:30": "14:30",
    "half past two": "14:30",
    "2.30 pm": "14:30",
    "2:30 p.m.": "14:30",
    "noon": "12:00",
    "midday": "12:00",
    "midnight": "00:00",
    "12am": "00:00",
    "12pm": "12:00",
    "1430": "14:30",
    "9": "09:00",
    "2": "14:00",
    "9.30": "09:30",
    "02:30": "02:30",
    "ten to four": "15:50",
    "quarter to 1": "12:45",
    "half past 12": "12:30",
    "9 o'clock": "09:00",
    "nine o'clock in the evening": "21:00",
    "8 at night": "20:00",
    "at 9am": "09:00",
    "14:30:00": "14:30",
    "00:05": "00:05",
    "twenty-five past six": "18:25",
}


@pytest.mark.parametrize(("typed", "kept"), TIMES.items())
def test_times(typed: str, kept: str) -> None:
    assert value(Kind.TIME, typed) == kept


@pytest.mark.parametrize("typed", ["25:30", "2:75", "soon", "13am", "24:00", "7pm gmt", "99", "half past 14"])
def test_no_such_time(typed: str) -> None:
    assert "Type it like 2:30pm or 14:30." in refused(Kind.TIME, typed)


MOMENTS = {
    "yesterday at 2pm": ("2026-11-22", "14:00", "2026-11-22T14:00:00.000000+00:00"),
    "20/11/2026 14:30": ("2026-11-20", "14:30", "2026-11-20T14:30:00.000000+00:00"),
    "20.11.2026 2.30pm": ("2026-11-20", "14:30", "2026-11-20T14:30:00.000000+00:00"),
    "20.11.2026 at 14.30": ("2026-11-20", "14:30", "2026-11-20T14:30:00.000000+00:00"),
    "2026-11-20T14:30:00Z": ("2026-11-20", "14:30", "2026-11-20T14:30:00.000000+00:00"),
    "Friday 9am": ("2026-11-20", "09:00", "2026-11-20T09:00:00.000000+00:00"),
    "half past two on Friday": ("2026-11-20", "14:30", "2026-11-20T14:30:00.000000+00:00"),
    "this morning at 10": ("2026-11-23", "10:00", "2026-11-23T10:00:00.000000+00:00"),
    "1 July 2026, 00:30": ("2026-07-01", "00:30", "2026-06-30T23:30:00.000000+00:00"),
    "25/10/2026 1:30am BST": ("2026-10-25", "01:30", "2026-10-25T00:30:00.000000+00:00"),
    "25/10/2026 01:30 GMT": ("2026-10-25", "01:30", "2026-10-25T01:30:00.000000+00:00"),
    "20 November 2026": ("2026-11-20", None, None),
    "last night": ("2026-11-22", None, None),
}


@pytest.mark.parametrize(("typed", "kept"), MOMENTS.items())
def test_days_with_times_are_instants_in_england(typed: str, kept: tuple[str, str | None, str | None]) -> None:
    moment = value(Kind.DATETIME, typed, latest=TODAY)
    assert (moment["date"], moment["time"], moment["instant"]) == kept


def test_clocks_that_change_and_midnight_are_asked_about() -> None:
    assert "clocks went forward" in refused(Kind.DATETIME, "29/3/2026 01:30")
    assert "Add BST for the first or GMT" in refused(Kind.DATETIME, "25/10/2026 01:30")
    assert "start or the end of the day" in refused(Kind.DATETIME, "midnight on 3 April 2019")
    assert "exact day" in refused(Kind.DATETIME, "June 2019 at 2pm", inexact=True)
    assert "no such time" in refused(Kind.DATETIME, "Friday at 25:30")
    assert "day and time" in refused(Kind.DATETIME, "when I got in")


YES_NO = {
    "y": "yes",
    "Yes.": "yes",
    "YEP": "yes",
    "yeah": "yes",
    "n": "no",
    "Nope": "no",
    "NO!": "no",
    "don't know": None,
    "n/k": None,
}


@pytest.mark.parametrize(("typed", "kept"), YES_NO.items())
def test_yes_and_no(typed: str, kept: str | None) -> None:
    assert value(Kind.YES_NO, typed) == kept


def test_maybe_is_neither() -> None:
    assert refused(Kind.YES_NO, "maybe").endswith("Type yes, no or not known.")
    assert refused(Kind.YES_NO, "maybe", not_known_ok=False).endswith("Type yes or no.")


CHOSEN = {
    "1": "white_british",
    "option 2": "white_irish",
    "white british": "white_british",
    "white_british": "white_british",
    "mixed": "mixed",
    "Mxied White and Asian": "mixed",
    "gypsy": "gypsy",
    "oth": "other",
    "british": "white_british",
    "not known": None,
}


@pytest.mark.parametrize(("typed", "kept"), CHOSEN.items())
def test_one_option(typed: str, kept: str | None) -> None:
    assert value(Kind.CHOICE, typed, options=ETHNIC) == kept


def test_an_option_that_may_be_several_is_asked_about() -> None:
    message = refused(Kind.CHOICE, "white", options=ETHNIC)
    assert message.splitlines()[1:] == ["1. White British", "2. White Irish", "4. White Gypsy or Traveller"]
    assert "from 1 to 5" in refused(Kind.CHOICE, "9", options=ETHNIC)
    assert "Answer the earlier questions" in refused(Kind.CHOICE, "9")


def test_an_option_of_its_own_comes_before_not_known() -> None:
    options = (("known", "Known"), ("not_known", "Not known to us"))
    assert answer(Kind.CHOICE, "not known", options=options) == Understood("not_known", "given", "Not known to us")


def test_the_echo_says_what_was_meant_only_where_it_differs() -> None:
    assert answer(Kind.CHOICE, "1", options=ETHNIC) == Understood("white_british", "given", "White British")
    assert answer(Kind.CHOICE, "White british.", options=ETHNIC) == Understood("white_british", "given", "")


MANY = {
    "1, 3 and 4": ["1", "3", "4"],
    "Test Amy and Test Ben": ["1", "2"],
    "amy, ben and cara": ["1", "2", "3"],
    "all": ["1", "2", "3", "4"],
    "none": [],
    "1-3": ["1", "2", "3"],
    "4 1": ["1", "4"],
    "Dan & Amy": ["1", "4"],
    "2": ["2"],
    "2, 2": ["2"],
    "not known": None,
}


@pytest.mark.parametrize(("typed", "kept"), MANY.items())
def test_several_options(typed: str, kept: list[str] | None) -> None:
    assert value(Kind.CHOICES, typed, options=CHILDREN) == kept


def test_labels_with_an_and_of_their_own() -> None:
    assert value(Kind.CHOICES, "mixed white and asian and white irish", options=ETHNIC) == ["white_irish", "mixed"]
    assert "Type its number" in refused(Kind.CHOICES, "white and 1", options=ETHNIC)
    assert "from 1 to 4" in refused(Kind.CHOICES, "amy and zed", options=CHILDREN)
    assert "from 1 to 4" in refused(Kind.CHOICES, "3-9", options=CHILDREN)


def test_numbers() -> None:
    typed = {"7": 7, "seven": 7, "7 years old": 7, "1,200": 1200, "-1": -1, "2.5": 2.5, "９": 9, "twenty": 20, "7.0": 7}
    assert {text: value(Kind.NUMBER, text) for text in typed} == typed
    for text in ("1e5", "about 7", "18 months", "7 8", "nan", "9" * 5000, "1,2"):
        assert "in digits" in refused(Kind.NUMBER, text)
    assert refused(Kind.NUMBER, "121", maximum=120) == "121 is too high. Type a number of 120 or less."
    assert refused(Kind.NUMBER, "-1", minimum=0) == "-1 is too low. Type a number of 0 or more."


def test_telephone_numbers() -> None:
    numbers = {
        "01632960001": "01632 960001",
        "+44 1632 960001": "01632 960001",
        "01632 960001 ext 12": "01632 960001 x12",
        "Tel: 07700 900123": "07700 900123",
        "0117 496 0123.": "0117 496 0123",
        "+33 1 23 45 67 89": "+33 1 23 45 67 89",
    }
    assert {typed: value(Kind.TELEPHONE, typed) for typed in numbers} == numbers
    for typed, why in {
        "999": "too short",
        "01632 96000100000": "too long",
        "hello": "could not read",
        "1-800-FLOWERS": "could not",
    }.items():
        assert why in refused(Kind.TELEPHONE, typed)


def test_email_addresses() -> None:
    assert value(Kind.EMAIL, " T.Person@EXAMPLE.org ") == "T.Person@example.org"
    assert value(Kind.EMAIL, "<mailto:t@example.org>") == "t@example.org"
    assert "has an @" in refused(Kind.EMAIL, "test")
    for typed in ("a@b@c", "x@y", "a b@example.org", "a@\ud800.org", "@"):
        assert "could not read" in refused(Kind.EMAIL, typed)


def test_people() -> None:
    assert value(Kind.PERSON, "Test Person, Head, Test School, t@example.org, 01632 960001 ext 12") == {
        "name": "Test Person",
        "role": "Head",
        "agency": "Test School",
        "email": "t@example.org",
        "telephone": "01632 960001 x12",
    }
    assert value(Kind.PERSON, "Test Person <t@example.org>") == {"name": "Test Person", "email": "t@example.org"}
    assert value(Kind.PERSON, "Test Person tel: 01632 960001") == {"name": "Test Person", "telephone": "01632 960001"}
    assert value(Kind.PERSON, "Test Person\nTest School") == {"name": "Test Person", "rest": "Test School"}
    assert value(Kind.PERSON, "Test Person, a, b, c, d")["rest"] == "c, d"
    assert "name first" in refused(Kind.PERSON, "t@example.org")
    assert "email address" in refused(Kind.PERSON, "Test Person, t@x")


def test_texts_keep_what_was_typed() -> None:
    long = "  First line\n\n\tsecond 👩‍👩‍👧 שלום \n"
    assert answer(Kind.LONG_TEXT, long) == Understood(long)
    assert answer(Kind.TEXT, "  Test Child ") == Understood("Test Child")
    assert answer(Kind.ORGANISATION, " Test School\n") == Understood("Test School")
    assert show(long, "given", Asking(kind=Kind.LONG_TEXT, today=TODAY), WORDS) == long


def test_too_long_is_refused_never_cut() -> None:
    assert answer(Kind.LONG_TEXT, "x" * 200_000) == Understood("x" * 200_000)
    assert refused(Kind.LONG_TEXT, "x" * 200_001).startswith("That is 200,001 characters long. We can keep up to 200,000.")
    assert "up to 5." in refused(Kind.TEXT, "Test Child", max_length=5)


@pytest.mark.parametrize("kind", [Kind.FILE, Kind.AUTO, Kind.FIXED, Kind.ROWS, Kind.TABLE])
def test_what_is_not_typed_says_so(kind: Kind) -> None:
    assert "not typed here" in refused(kind, "anything")


def test_nothing_is_no_answer() -> None:
    for kind in Kind:
        assert "no answer yet" in refused(kind, " \n ")
    assert refused(Kind.TEXT, "", not_known_ok=False) == "There is no answer yet. Type it to go on."


def test_showing_what_is_not_there() -> None:
    asking = Asking(kind=Kind.CHOICE, today=TODAY, options=ETHNIC)
    assert show(None, "skipped", asking, WORDS) == ""
    assert show(None, "not_known", asking, WORDS) == "Not known"
    assert show("an_old_option", "given", asking, WORDS) == "an_old_option"


def day(first: str, last: str = "", precision: str = "day") -> dict[str, Any]:
    return {"said": "", "earliest": first, "latest": last or first, "precision": precision}


INCIDENT = day("2026-11-20")
AGES = {
    "2019-04-03": "7 years old",
    "2019-11-20": "7 years old",
    "2019-11-21": "6 years old",
    "2025-11-20": "1 year old",
    "2026-11-20": "less than a day old",
    "2026-11-19": "1 day old",
    "2026-11-07": "13 days old",
    "2026-11-06": "2 weeks old",
    "2026-09-01": "11 weeks old",
    "2026-08-22": "12 weeks old",
    "2026-08-21": "13 weeks old",
    "2026-08-20": "3 months old",
    "2026-05-01": "6 months old",
    "2025-11-21": "11 months old",
}


@pytest.mark.parametrize(("born", "text"), AGES.items())
def test_ages(born: str, text: str) -> None:
    assert age_text(day(born), INCIDENT, WORDS) == text


def test_a_leap_day_birthday_comes_on_1_march() -> None:
    born = day("2008-02-29")
    assert age_on(born, day("2026-02-28")) == (17, 17)
    assert age_on(born, day("2026-03-01")) == (18, 18)


def test_inexact_ages_have_a_youngest_and_an_oldest() -> None:
    born = day("2019-01-01", "2019-12-31", "year")
    assert age_on(born, INCIDENT) == (6, 7)
    assert age_text(born, INCIDENT, WORDS) == "between 6 and 7 years old"
    assert age_on(day("2026-11-01", "2026-11-30", "month"), INCIDENT) == (0, 0)
    assert age_text(day("2026-11-01", "2026-11-30", "month"), INCIDENT, WORDS) == "under 1 year old"


def test_an_age_that_cannot_be_told() -> None:
    unborn = {"said": "unborn", "earliest": None, "latest": None, "precision": "unborn"}
    for born in (unborn, day("2027-03-01", "2027-03-31", "expected")):
        assert age_on(born, INCIDENT) == (None, None)
        assert age_text(born, INCIDENT, WORDS) == "not yet born"
        assert age_problem(born, INCIDENT, WORDS) is None
    assert age_text(None, INCIDENT, WORDS) == ""


def test_nobody_is_born_after_the_incident() -> None:
    problem = age_problem(day("2026-11-21"), INCIDENT, WORDS)
    assert problem == Refused("The date of birth is after the incident. Check both dates, and change the wrong one.")
    assert age_on(day("2026-11-21"), INCIDENT) == (None, None)
