"""The rows of chasing: how far each date was chased, who is away, and what everybody was told last."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from state.records import Record

DRAFT, EMAIL, NOTICE = "draft:", "email:", "notice:"
"""What the ids begin with of things that are chased without a deadline."""
DIGEST = "digest:"
"""What the id of somebody's round of digests begins with."""


class ChaseRecord(Record, frozen=True, kw_only=True):
    """How far one date was chased. `id` is the deadline's; `draft:ID`, `email:REQUEST`, `notice:ID` are things without one.

    The rungs in `done` were climbed for the date in `due`: another date begins the ladder again.
    """

    TABLE: ClassVar[str] = "chases"
    KEY: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    case: str = ""
    due: datetime
    done: tuple[str, ...] = ()
    next_at: datetime | None = None
    """When the next rung is due. None: nothing more will be said by itself."""
    told_at: datetime | None = None
    """When somebody was chased last, by the clock or by hand."""
    snoozed_until: datetime | None = None
    left_to: str = ""
    """Who said "leave this one to me": rungs for the organisation come to them instead."""
    handed_to: str = ""
    """Whose move it is now, where the coordinator or a manager handed it on."""
    handed_by: str = ""


class AbsenceRecord(Record, frozen=True, kw_only=True):
    """Somebody is away, both days included. What would come to them by itself goes to the deputy instead."""

    TABLE: ClassVar[str] = "absences"
    KEY: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    person: str
    first: date
    last: date
    deputy: str = ""
    by: str
    at: datetime
    ended_at: datetime | None = None


class RoundRecord(Record, frozen=True, kw_only=True):
    """Something that happens again and again: a person's weekly digest (`digest:PERSON`), a look at the holidays."""

    TABLE: ClassVar[str] = "rounds"
    KEY: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    done_at: datetime
    note: str = ""
    """What it was done with, such as the digest of the days off that dates were counted with."""


CHASING_RECORDS: tuple[type[Record], ...] = (ChaseRecord, AbsenceRecord, RoundRecord)
