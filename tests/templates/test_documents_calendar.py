"""The calendar file: the case's reference and nobody's name, one id for a meeting that moves."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from referral_examples import WORDS

from templates.documents.calendar import invitation

START = datetime(2026, 12, 9, 10, 0, tzinfo=ZoneInfo("Europe/London"))
END = datetime(2026, 12, 9, 12, 0, tzinfo=ZoneInfo("Europe/London"))
MADE = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


def file_of(sequence=0, start=START, end=END, place="Town Hall, room 2", name="Test Coordinator", **more) -> bytes:
    whose = ("NS-2026-0001", name, "coordinator@example.org")
    return invitation("rapid-review-1@cspr", sequence, start, end, place, *whose, WORDS, made_at=MADE, **more)


def event_of(file: bytes):
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    return event


def test_it_is_a_request_for_the_meeting_and_nothing_more():
    file = file_of()
    event = event_of(file)
    assert Calendar.from_ical(file)["METHOD"] == "REQUEST"
    assert event["SUMMARY"] == "Rapid review NS-2026-0001"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("rapid-review-1@cspr", 0, "CONFIRMED")
    assert (event.decoded("DTSTART"), event.decoded("DTEND"), event.decoded("DTSTAMP")) == (START, END, MADE)
    assert (event["LOCATION"], event["ORGANIZER"]) == ("Town Hall, room 2", "mailto:coordinator@example.org")
    assert event["CLASS"] == "PRIVATE"


def test_a_meeting_in_summer_keeps_its_hour_in_england():
    summer = START.replace(month=7), END.replace(month=7)
    assert b"DTSTART:20260709T090000Z" in file_of(start=summer[0], end=summer[1])


def test_a_moved_meeting_keeps_its_id_and_has_a_higher_sequence():
    first, moved = file_of(), file_of(sequence=1, start=START.replace(day=10), end=END.replace(day=10))
    assert event_of(first)["UID"] == event_of(moved)["UID"]
    assert event_of(moved)["SEQUENCE"] == 1


def test_a_cancelled_meeting_is_a_cancellation_of_the_same_id():
    file = file_of(sequence=2, cancelled=True)
    assert Calendar.from_ical(file)["METHOD"] == "CANCEL"
    assert (event_of(file)["UID"], event_of(file)["STATUS"]) == ("rapid-review-1@cspr", "CANCELLED")


def test_those_invited_are_asked_to_answer():
    attendee = event_of(file_of(invited=(("Test Director", "director@example.org"),)))["ATTENDEE"]
    assert (str(attendee), attendee.params["CN"], attendee.params["RSVP"]) == (
        "mailto:director@example.org",
        "Test Director",
        "TRUE",
    )


@pytest.mark.parametrize("text", ["Hall\r\nATTENDEE:mailto:x@example.org", 'Hall; "A", \\n', "Rathaus – Straße 漢 שלום " * 20])
def test_text_cannot_add_a_line(text):
    file = file_of(place=text, name=text)
    event = event_of(file)
    assert "ATTENDEE" not in event
    assert event["LOCATION"] == " ".join(text.split())
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))


def test_lines_end_as_the_standard_says():
    file = file_of()
    assert file.count(b"\n") == file.count(b"\r\n")
    assert file.endswith(b"END:VCALENDAR\r\n")


@pytest.mark.parametrize(("start", "end"), [(START.replace(tzinfo=None), END), (END, START), (START, START)])
def test_times_that_cannot_be_are_refused(start, end):
    with pytest.raises(ValueError, match="meeting"):
        file_of(start=start, end=end)


def test_the_same_meeting_gives_the_same_file():
    assert file_of() == file_of()
