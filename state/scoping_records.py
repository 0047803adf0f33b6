"""The rows of scoping and of the meeting: organisations, requests, who has read them, and the rapid review's meeting."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import msgspec

from state.records import Record
from state.values import JSON


class OrganisationRecord(Record, frozen=True, kw_only=True):
    """Who can be asked. `kind` is an agency of Document 2; its channel is the place that is `tied_to` its id."""

    TABLE: ClassVar[str] = "organisations"
    KEY: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    name: str
    kind: str
    email: str = ""
    """Its secure e-mail address, for when it has no channel."""
    address: str = ""
    """Its postal address, one line a part, for letters."""
    ended_at: datetime | None = None


class Extension(msgspec.Struct, frozen=True, kw_only=True):
    """More time, asked for or given. `granted` is None until the coordinator has answered."""

    asked_by: str
    asked_at: datetime
    new_date: date
    reason: str = ""
    granted: bool | None = None
    granted_by: str = ""


class RequestRecord(Record, frozen=True, kw_only=True):
    """One organisation asked about one case. `issue` counts how often it was issued: a corrected name makes the next one.

    `delivery` is `channel`, `private` (a named senior is asked one to one, nothing in the channel) or `email`. `withheld` are
    the paths of the referral that this organisation is never told, such as `family.2` or `children.1.address`.
    """

    TABLE: ClassVar[str] = "requests"
    KEY: ClassVar[tuple[str, ...]] = ("id",)
    SECRET: ClassVar[frozenset[str]] = frozenset({"extensions", "reason", "changed", "without"})

    id: str
    case: str
    reference: str
    """The case's, so that a card can be made without reading the case."""
    organisation: str
    agency: str
    state: str = "to_send"
    issue: int = 1
    draft: str = ""
    """The full return (form `scoping`)."""
    nil: str = ""
    """The nil return (form `nil_return`) of this issue."""
    delivery: str = "channel"
    senior: str = ""
    """Who is asked one to one, where `delivery` is `private`."""
    delegate: str = ""
    """A colleague of the organisation who writes the return."""
    withheld: tuple[str, ...] = ()
    due: datetime | None = None
    sent_at: datetime | None = None
    sent_by: str = ""
    emailed_at: datetime | None = None
    """When the coordinator says that the e-mail went, where `delivery` is `email`."""
    emailed_by: str = ""
    """Who said so."""
    opened_at: datetime | None = None
    author: str = ""
    """Who sent the return in."""
    returned_at: datetime | None = None
    signed_by: str = ""
    returns: int = 0
    """How often a return was sent in: the version of the newest one."""
    vetted: bool = False
    """Somebody looked whether anybody of the organisation is involved. Without it nothing is sent."""
    quiet: bool = False
    """Somebody there is involved: nothing is posted in the organisation's channel, whether it has one or not."""
    confirm: bool = False
    """Names changed after the full return: its author is asked whether it still stands."""
    extensions: tuple[Extension, ...] = ()
    reason: str = ""
    """Why it was sent back or withdrawn."""
    without: str = ""
    """Why the rapid review goes on without this return. It stays outstanding."""
    changed: tuple[str, ...] = ()
    """Names and addresses that the newest issue adds: "search again under …"."""


class OpeningRecord(Record, frozen=True, kw_only=True):
    """Somebody has opened the names of an issue of a request: without it nobody may say "not known to us"."""

    TABLE: ClassVar[str] = "openings"
    KEY: ClassVar[tuple[str, ...]] = ("request", "person")

    request: str
    person: str
    issue: int
    at: datetime


class MeetingRecord(Record, frozen=True, kw_only=True):
    """The rapid review's meeting. `sequence` rises each time it is moved; `uid` is its calendar id and stays."""

    TABLE: ClassVar[str] = "meetings"
    KEY: ClassVar[tuple[str, ...]] = ("case",)
    SECRET: ClassVar[frozenset[str]] = frozenset({"delay_reason"})

    case: str
    uid: str
    sequence: int = 0
    starts_at: datetime
    ends_at: datetime
    venue: str = ""
    cancelled_at: datetime | None = None
    delay_reason: str = ""
    """Why it is after the review date: told to the Panel."""


class AttendanceRecord(Record, frozen=True, kw_only=True):
    """Somebody asked to a meeting who can answer here. `reply` is `attending`, `cannot` or empty: moving it empties it."""

    TABLE: ClassVar[str] = "attendances"
    KEY: ClassVar[tuple[str, ...]] = ("case", "person")

    case: str
    person: str
    sequence: int = 0
    reply: str = ""
    replied_at: datetime | None = None


class NoticeRecord(Record, frozen=True, kw_only=True):
    """What the coordinator still has to be asked or shown about a case: a proposal, a question, a possible match.

    `kind` says what (`propose_organisation`, `question`, `possible_match`, `withdrawal` …); `about` is an id.
    """

    TABLE: ClassVar[str] = "notices"
    KEY: ClassVar[tuple[str, ...]] = ("id",)
    SECRET: ClassVar[frozenset[str]] = frozenset({"content"})

    id: str
    case: str
    kind: str
    about: str = ""
    by: str
    at: datetime
    content: JSON = None
    settled_at: datetime | None = None
    settled_by: str = ""
    outcome: str = ""


class FurtherRecord(Record, frozen=True, kw_only=True):
    """A further question of the rapid review to an organisation, and its answer. Both may name a child."""

    TABLE: ClassVar[str] = "further"
    KEY: ClassVar[tuple[str, ...]] = ("id",)
    SECRET: ClassVar[frozenset[str]] = frozenset({"question", "answer"})

    id: str
    case: str
    request: str
    question: str
    asked_by: str
    asked_at: datetime
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None


class PairRecord(Record, frozen=True, kw_only=True):
    """Two suggested actions that read alike, and what the coordinator made of them.

    `one` and `other` name an action of a return by its draft, row and version: an action that is corrected is a new one.
    `keeps` says whose wording stands (`one`, `other`), or that they are two actions (`both`).
    """

    TABLE: ClassVar[str] = "pairs"
    KEY: ClassVar[tuple[str, ...]] = ("case", "one", "other")

    case: str
    one: str
    other: str
    keeps: str
    by: str
    at: datetime


SCOPING_RECORDS: tuple[type[Record], ...] = (
    OrganisationRecord,
    RequestRecord,
    OpeningRecord,
    MeetingRecord,
    AttendanceRecord,
    NoticeRecord,
    FurtherRecord,
    PairRecord,
)
