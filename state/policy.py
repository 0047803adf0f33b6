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


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """When people are reminded: on working days, from and until these times in England."""

    first: dt.time = dt.time(9, 0)
    last: dt.time = dt.time(17, 0)


class Weekly(msgspec.Struct, frozen=True, kw_only=True):
    """When the digest of the week comes: on this day (Monday is 0) or the next working day, at this time in England."""

    day: int = 0
    at: dt.time = dt.time(9, 30)


class Says(enum.StrEnum):
    """What a rung says. Its words are `chasing.<name>…`; a profile chooses when and to whom."""

    SENT = "sent"
    """That the request was sent, and by when an answer is due."""
    BEFORE = "before"
    ON_THE_DAY = "on_the_day"
    AFTER = "after"
    """To whoever should have answered."""
    SENIOR = "senior"
    """The same to somebody senior there."""
    PASSED = "passed"
    """To those who run the case: the date has passed."""
    UNREAD = "unread"
    AT_ONCE = "at_once"
    NOT_EMAILED = "not_emailed"
    WAITS = "waits"
    """A question or a wish for more time that nobody has answered."""
    DRAFT = "draft"


class To(enum.StrEnum):
    """Whom a rung is for."""

    ORGANISATION = "organisation"
    SENIOR = "senior"
    COORDINATOR = "coordinator"
    """Or whoever it was handed to."""
    DEPUTY = "deputy"
    """Whoever stands in for the coordinator."""
    MANAGER = "manager"
    OWNER = "owner"
    """Whoever began a draft."""


class Counts(enum.StrEnum):
    """What a rung is counted from."""

    DUE = "due"
    """Working days from the due day: -2 is two before it, 0 is the day itself."""
    DAYS = "days"
    """Working days after it began."""
    HOURS = "hours"
    """Working hours after it began: 0 is at once."""


class Rung(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a ladder."""

    id: str
    says: Says
    counts: Counts
    number: int
    to: tuple[To, ...]
    once: bool = False
    """Never again for the same thing, also where it is given another date."""
    always: bool = False
    """Said on its day although the date was put off."""


class ChasePolicy(msgspec.Struct, frozen=True, kw_only=True):
    """Who is reminded of what, and when. `ladders` are by the kind of a date; `other` is for every kind without one."""

    hours: Hours = Hours()
    digest: Weekly = Weekly()
    ladders: Mapping[str, tuple[Rung, ...]] = {}
    other: tuple[Rung, ...] = ()
    at_once: tuple[Rung, ...] = ()
    """For a date that is to be kept at once, whose length is only the backstop."""
    not_emailed: tuple[Rung, ...] = ()
    drafts: tuple[Rung, ...] = ()
    waiting: Mapping[str, tuple[Rung, ...]] = {}
    """By the kind of what waits for the coordinator, such as `more_time`."""
