"""The reminders of a profile (`chasing.yaml`): working hours, and a ladder for each kind of date, as data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field

from state.policy import ChasePolicy, Counts, Hours, Rung, Says, To, Weekly
from templates.clocks_file import ClockTime, Part
from templates.forms.yaml_lines import Mistake, Source

MOST_DRAFTS = 2
"""A referral that somebody cannot bring themselves to finish is not asked for again and again."""
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
Place = tuple[int | str, ...]
_RUNS = frozenset({To.COORDINATOR, To.DEPUTY, To.MANAGER})
FOR: Mapping[Says, frozenset[To]] = {
    Says.SENT: frozenset({To.ORGANISATION}),
    Says.BEFORE: frozenset({To.ORGANISATION, *_RUNS}),
    Says.ON_THE_DAY: frozenset({To.ORGANISATION, *_RUNS}),
    Says.AFTER: frozenset({To.ORGANISATION}),
    Says.SENIOR: frozenset({To.SENIOR}),
    Says.PASSED: _RUNS,
    Says.UNREAD: _RUNS,
    Says.AT_ONCE: _RUNS,
    Says.NOT_EMAILED: _RUNS,
    Says.WAITS: _RUNS,
    Says.DRAFT: frozenset({To.OWNER}),
}
"""Whom each thing can be said to: there are words for no other."""


class HoursRow(Part):
    """From and until when people are reminded. A time of day is written in quotes, as "09:00"."""

    first: ClockTime = Field(alias="from")
    last: ClockTime = Field(alias="to")


class DigestRow(Part):
    """When managers and coordinators have their digest of the week."""

    day: Literal["monday", "tuesday", "wednesday", "thursday", "friday"]
    at: ClockTime


class RungRow(Part):
    """One rung, counted in one of three ways."""

    id: str = Field(pattern=r"^[a-z_]{1,30}$")
    says: Says
    to: tuple[To, ...] = Field(min_length=1)
    due: int | None = Field(default=None, ge=-20, le=60)
    days: int | None = Field(default=None, ge=1, le=60)
    hours: int | None = Field(default=None, ge=0, le=200)
    once: bool = False
    always: bool = False

    def counted(self) -> list[tuple[Counts, int]]:
        """How it is counted: one way, unless somebody made a mistake."""
        ways = ((Counts.DUE, self.due), (Counts.DAYS, self.days), (Counts.HOURS, self.hours))
        return [(counts, number) for counts, number in ways if number is not None]


Ladder = tuple[RungRow, ...]


class ChasingFile(Part):
    """The whole file."""

    hours: HoursRow
    digest: DigestRow
    ladders: dict[str, Ladder]
    other: Ladder = Field(min_length=1)
    at_once: Ladder
    not_emailed: Ladder
    drafts: Ladder = Field(max_length=MOST_DRAFTS)
    waiting: dict[str, Ladder]

    def every(self) -> Iterator[tuple[Place, Ladder]]:
        """Every ladder with its place in the file."""
        yield from ((("ladders", kind), ladder) for kind, ladder in self.ladders.items())
        yield from ((("waiting", kind), ladder) for kind, ladder in self.waiting.items())
        yield from (
            (("other",), self.other),
            (("at_once",), self.at_once),
            (("not_emailed",), self.not_emailed),
            (("drafts",), self.drafts),
        )


def load_chasing(path: Path) -> ChasePolicy:
    """The reminders of one profile. Raises Mistake, which names file, line and what to do."""
    source = Source(path)
    file = source.load(ChasingFile)
    lines = list(_mistakes(source, file))
    if lines:
        raise Mistake(lines)
    return ChasePolicy(
        hours=Hours(first=_time(file.hours.first), last=_time(file.hours.last)),
        digest=Weekly(day=DAYS.index(file.digest.day), at=_time(file.digest.at)),
        ladders={kind: _ladder(rows) for kind, rows in file.ladders.items()},
        other=_ladder(file.other),
        at_once=_ladder(file.at_once),
        not_emailed=_ladder(file.not_emailed),
        drafts=_ladder(file.drafts),
        waiting={kind: _ladder(rows) for kind, rows in file.waiting.items()},
    )


def _time(text: str) -> dt.time:
    return dt.time.fromisoformat(text)


def _ladder(rows: Sequence[RungRow]) -> tuple[Rung, ...]:
    return tuple(_rung(row) for row in rows)


def _rung(row: RungRow) -> Rung:
    (counts, number), *_ = row.counted()
    return Rung(id=row.id, says=row.says, counts=counts, number=number, to=row.to, once=row.once, always=row.always)


def _mistakes(source: Source, file: ChasingFile) -> Iterator[str]:
    if _time(file.hours.first) >= _time(file.hours.last):
        yield source.mistake(("hours",), "the working hours end before they begin. Mend the times.")
    elif not _time(file.hours.first) <= _time(file.digest.at) < _time(file.hours.last):
        yield source.mistake(("digest", "at"), "the digest comes in working hours only. Write a time within them.")
    for place, ladder in file.every():
        seen: set[str] = set()
        for number, row in enumerate(ladder):
            yield from (source.mistake((*place, number), what) for what in _wrong(row, place[0], seen))
            seen.add(row.id)


def _wrong(row: RungRow, part: int | str, seen: set[str]) -> Iterator[str]:
    if len(row.counted()) != 1:
        yield f"{row.id} needs one of due, days or hours, and only one. Mend it."
    if row.id in seen:
        yield f"{row.id} stands here twice. Give each rung of a ladder its own id."
    if not FOR[row.says].issuperset(row.to):
        yield f"{row.says} can only be said to: {', '.join(sorted(FOR[row.says]))}. Mend the rung {row.id}."
    if (part == "drafts") != (row.says is Says.DRAFT):
        yield f"{row.id} says {row.says}. Only a ladder of drafts says draft, and it says nothing else. Mend it."
    if part == "drafts" and not row.once:
        yield f"{row.id} would come again and again. Write once: true."
