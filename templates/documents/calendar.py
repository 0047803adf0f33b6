"""The calendar file of a rapid review meeting (RFC 5545). It names the case by its reference, and no child."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from templates.documents.text import clean
from templates.wording import Words

if TYPE_CHECKING:
    from icalendar import vCalAddress

PRODUCT = "-//CSPR Assistant//Rapid review//EN"


def invitation(
    uid: str,
    sequence: int,
    start: datetime,
    end: datetime,
    place: str,
    reference: str,
    organiser_name: str,
    organiser_email: str,
    words: Words,
    *,
    made_at: datetime,
    invited: Sequence[tuple[str, str]] = (),
    cancelled: bool = False,
) -> bytes:
    """The .ics file. A moved meeting keeps its `uid` and has a higher `sequence`; a cancelled one too. `invited` are
    names and addresses.

    Times are written in UTC, so that no time zone table is needed and none can be old. Raises ValueError for a time without
    a zone, or an end that is not after the start.
    """
    # Not needed at start: icalendar is read in when a meeting is first planned.
    from icalendar import Calendar, Event, vCalAddress  # noqa: PLC0415

    _refuse_times(start, end)
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("dtstart", start.astimezone(UTC))
    event.add("dtend", end.astimezone(UTC))
    event.add("summary", words.say("documents_review.invitation", reference=reference))
    event.add("description", words.say("documents_review.invitation_about"))
    event.add("location", _line(place))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("organizer", _address(vCalAddress, organiser_name, organiser_email))
    for name, email in invited:
        attendee = _address(vCalAddress, name, email)
        attendee.params["RSVP"] = "TRUE"
        event.add("attendee", attendee)
    calendar = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("method", "CANCEL" if cancelled else "REQUEST")):
        calendar.add(name, value)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _refuse_times(start: datetime, end: datetime) -> None:
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("A meeting's times need a time zone.")
    if end <= start:
        raise ValueError("A meeting ends after it begins.")


def _address(kind: type[vCalAddress], name: str, email: str) -> vCalAddress:
    address = kind(f"mailto:{_line(email)}")
    address.params["CN"] = _line(name).replace('"', "'")
    return address


def _line(text: str) -> str:
    return " ".join(clean(text).split())
