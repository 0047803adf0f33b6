"""Settings of a partnership as typed values. The wiring fills them from a profile; nothing here reads a file."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping

import msgspec


class Unit(enum.StrEnum):
    """What a length is counted in."""

    WORKING_DAYS = "working_days"
    MONTHS = "months"


class StartsFrom(enum.StrEnum):
    """The event that starts a clock."""

    LA_AWARE = "la_aware"
    """The local authority becoming aware."""
    HARM_AWARE = "harm_aware"
    """The first safeguarding partner becoming aware of harm that built up."""
    REQUEST_SENT = "request_sent"
    NOTIFICATION_SENT = "notification_sent"
    REVIEW_STARTED = "review_started"
    """The decision to start a local review."""
    PUBLICATION = "publication"


class ClockRule(msgspec.Struct, frozen=True, kw_only=True):
    """How long one clock runs, from what, and where that is written. `back` counts back from the event."""

    length: int
    unit: Unit = Unit.WORKING_DAYS
    runs_from: StartsFrom
    source: str
    back: bool = False
    at_once: bool = False
    """To be done at once; the length is only the backstop."""
    extendable: bool = False
    """May be extended with a reason and a decider."""


def _clocks() -> dict[str, ClockRule]:
    return {
        "notification": ClockRule(length=5, runs_from=StartsFrom.LA_AWARE, source="Working Together, not the booklet"),
        "notification_cumulative": ClockRule(
            length=5, runs_from=StartsFrom.HARM_AWARE, source="Document 1: Neglect", at_once=True
        ),
        "scoping_return": ClockRule(length=5, runs_from=StartsFrom.REQUEST_SENT, source="Document 2a"),
        "rapid_review": ClockRule(length=15, runs_from=StartsFrom.NOTIFICATION_SENT, source="Document 2a; Working Together"),
        "local_review": ClockRule(
            length=6, unit=Unit.MONTHS, runs_from=StartsFrom.REVIEW_STARTED, source="Document 7", extendable=True
        ),
        "report_to_panel": ClockRule(
            length=7, runs_from=StartsFrom.PUBLICATION, source="Working Together, not the booklet", back=True
        ),
    }


def _published_names() -> dict[str, str]:
    return {
        "May Day": "Early May bank holiday",
        "Spring Bank Holiday": "Spring bank holiday",
        "Late Summer Bank Holiday": "Summer bank holiday",
    }


class ClockPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """Every length and starting event. Days are calendar days in England; `due_at` is London time on the due day."""

    clocks: Mapping[str, ClockRule] = msgspec.field(default_factory=_clocks)
    due_at: dt.time = dt.time(17, 0)
    roll_forward: bool = False
    """Whether a start on a day off, or at or after `due_at`, counts as the next working day."""
    extra_holidays: Mapping[dt.date, str] = {}
    """Days off that the calendar of bank holidays does not know (yet)."""
    holiday_names: Mapping[str, str] = msgspec.field(default_factory=_published_names)
    """What GOV.UK calls a bank holiday, by the name the calendar has for it."""
    not_a_working_day: str = "This is not a working day. Plan to be done before it."
    """Shown beside a due date that is not a working day."""
