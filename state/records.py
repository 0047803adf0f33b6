"""The rows that are kept. One small struct a table; `SECRET` columns are encrypted before they reach the database.

`version` is the version that was read: 0 is a row that must not exist yet; a row read at version n is written as n + 1, and the
store refuses it when somebody else was there first (docs/architecture.md, One turn).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

import msgspec

from state.values import JSON, Place


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What every row has. Subclasses name their table, key and secret columns."""

    TABLE: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]]
    SECRET: ClassVar[frozenset[str]] = frozenset()

    version: int = 0


class PersonRecord(Record, frozen=True, kw_only=True):
    """A member of staff who has spoken to the assistant or was named by the coordinator. Staff names are plain, not secret."""

    TABLE: ClassVar[str] = "people"
    KEY: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    name: str
    email: str = ""
    telephone: str = ""
    job: str = ""
    agency: str = ""
    organisation: str = ""
    removed_at: datetime | None = None
    told_in: str = ""
    """The channel in which somebody wants to be written to, where they use more than one."""


class AccountRecord(Record, frozen=True, kw_only=True):
    """Another account of somebody, in another channel: what is said from it is said by `person`, once both have agreed.

    `id` is the account's own (tenant or workspace, and object id). `name` is what it was called when it was asked for.
    """

    TABLE: ClassVar[str] = "accounts"
    KEY: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    person: str
    name: str = ""
    asked_at: datetime
    asked_in: str = ""
    """The place where the code was made: whoever made it is asked there."""
    agreed: tuple[str, ...] = ()
    """Which of the two has said "that is me". Both must have."""
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def linked(self) -> bool:
        """Whether it is the person's now."""
        return self.confirmed_at is not None and self.ended_at is None


class GrantRecord(Record, frozen=True, kw_only=True):
    """A standing role given to a person (docs/access.md). Where a second person is needed, it waits for `confirmed_by`."""

    TABLE: ClassVar[str] = "grants"
    KEY: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    person: str
    role: str
    organisation: str = ""
    granted_by: str
    granted_at: datetime
    confirmed_by: str = ""
    ended_at: datetime | None = None


class CodeRecord(Record, frozen=True, kw_only=True):
    """A one-time code: a keyed digest only, what it is for, until when, and who used it."""

    TABLE: ClassVar[str] = "codes"
    KEY: ClassVar[tuple[str, ...]] = ("digest",)

    digest: str
    purpose: str
    role: str = ""
    organisation: str = ""
    made_by: str
    made_in: str = ""
    """The place where it was made, of a code that links accounts."""
    expires_at: datetime
    used_by: str = ""
    used_at: datetime | None = None


class PlaceRecord(Record, frozen=True, kw_only=True):
    """A conversation to speak in. `person` is set for one to one; `tied_to` for a channel tied by the coordinator."""

    TABLE: ClassVar[str] = "places"
    KEY: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    channel: str
    conversation: str
    kind: str
    address: dict[str, str] = {}
    person: str = ""
    account: str = ""
    """The account whose own conversation it is, where that is another one of the person's (`AccountRecord`)."""
    tied_to: str = ""
    tied_by: str = ""
    confirmed_by: str = ""
    speakers: tuple[str, ...] = ()
    """Who has spoken in a channel, as far as the assistant was spoken to: a tied one is for one organisation's people."""

    @classmethod
    def of(cls, place: Place, *, person: str = "", account: str = "") -> PlaceRecord:
        """A place as it is first kept."""
        address = dict(place.address)
        return cls(
            id=place.id,
            channel=place.channel.value,
            conversation=place.conversation,
            kind=place.kind.value,
            address=address,
            person=person,
            account=account,
        )


class DraftRecord(Record, frozen=True, kw_only=True):
    """A form being filled in by its owner. Its answers are rows of their own.

    `owner` is a person, `case:ID` where those who run the case write it together, or `request:ID` where an organisation does.
    `about` is the agency of that organisation.
    """

    TABLE: ClassVar[str] = "drafts"
    KEY: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    form: str
    owner: str
    status: str = "open"
    restricted: bool = False
    on_behalf: bool = False
    case: str = ""
    edition: str = ""
    about: str = ""
    begun_at: datetime
    touched_at: datetime


class AnswerRecord(Record, frozen=True, kw_only=True):
    """One version of one answer. Older versions stay, so nothing that was said is lost; the newest counts.

    `state` is `given`, `not_known`, `skipped`, `offered` (known from elsewhere, not yet confirmed) or `removed` (a row or child
    taken out). What a file said and could not be taken is `unclear`, at a path that no question has. `value` is JSON, and
    always secret. `source` says where it came from: `typed`, `card`, `window`, `file`, `sign-in` …
    """

    TABLE: ClassVar[str] = "answers"
    KEY: ClassVar[tuple[str, ...]] = ("draft", "path")
    SECRET: ClassVar[frozenset[str]] = frozenset({"value"})

    draft: str
    path: str
    state: str
    value: JSON = None
    source: str = ""
    by: str
    at: datetime


class TalkRecord(Record, frozen=True, kw_only=True):
    """What a person is talking about in a place: the draft, the question's state and the row in it."""

    TABLE: ClassVar[str] = "talks"
    KEY: ClassVar[tuple[str, ...]] = ("person", "place")

    person: str
    place: str
    draft: str = ""
    state: str = ""
    row: int = 0
    note: str = ""
    asked: dict[str, Any] = {}
    """What was asked last, as it was understood: "and for health?" goes on from it. No name that was typed is kept in it."""
    shown: str = ""
    """The question of the newest answer about dates here, as its buttons carry it: the answer is brought up to date by it."""


class CaseRecord(Record, frozen=True, kw_only=True):
    """A referral that was submitted, and the case it becomes. Nothing in it identifies a child."""

    TABLE: ClassVar[str] = "cases"
    KEY: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    reference: str
    status: str = "referred"
    restricted: bool = False
    draft: str
    referrer: str
    entered_by: str = ""
    received_at: datetime
    acknowledged_at: datetime | None = None
    outcome: str = ""
    edition: str = ""
    before: str = ""
    """The status it had before it was joined, withdrawn or handed over: undoing goes back to it."""
    joined_to: str = ""
    """The case that this referral was joined to, where two are about the same child."""
    la_aware_at: datetime | None = None
    """When the local authority became aware, as the coordinator confirmed it. Until then dates are provisional."""
    harm_aware_at: datetime | None = None
    notified_at: datetime | None = None
    sent_at: datetime | None = None
    """When the rapid review went to the Panel: what went is frozen."""
    decisions: dict[str, str] = {}
    """What was decided for each child, by its number: `notify`, `not_notify` or `more_information`."""
    decided_at: datetime | None = None
    aware_from: datetime | None = None
    """The earliest that the local authority may have become aware, by what the referral says."""
    harm_from: datetime | None = None
    """The same for harm that built up, where the referral says that it did."""
    reopened_at: datetime | None = None


class CasePersonRecord(Record, frozen=True, kw_only=True):
    """A person's relation to one case or draft: `named` on a restricted one, `excluded`, or a role on it (docs/access.md)."""

    TABLE: ClassVar[str] = "case_people"
    KEY: ClassVar[tuple[str, ...]] = ("case", "person", "relation")

    case: str
    person: str
    relation: str
    reason: str = ""
    until: datetime | None = None


class DeadlineRecord(Record, frozen=True, kw_only=True):
    """A date somebody must keep: whose, for what, due, met. `child` is a number, never a name."""

    TABLE: ClassVar[str] = "deadlines"
    KEY: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    case: str
    kind: str
    child: int = 0
    owner: str = ""
    due: datetime
    runs_from: datetime
    provisional: bool = False
    met: datetime | None = None
    restricted: bool = False
    at_once: bool = False
    """To be kept at once; the date is only the backstop."""


class ChildDigestRecord(Record, frozen=True, kw_only=True):
    """A keyed digest of a child's normalised name and birth date: only to offer the coordinator a possible match."""

    TABLE: ClassVar[str] = "child_digests"
    KEY: ClassVar[tuple[str, ...]] = ("case", "child")

    case: str
    child: int
    digest: str


class CounterRecord(Record, frozen=True, kw_only=True):
    """A running number, such as the last case reference of a year."""

    TABLE: ClassVar[str] = "counters"
    KEY: ClassVar[tuple[str, ...]] = ("name",)

    name: str
    value: int


RECORDS: tuple[type[Record], ...] = (
    PersonRecord,
    AccountRecord,
    GrantRecord,
    CodeRecord,
    PlaceRecord,
    DraftRecord,
    AnswerRecord,
    TalkRecord,
    CaseRecord,
    CasePersonRecord,
    DeadlineRecord,
    ChildDigestRecord,
    CounterRecord,
)
