"""What comes before every date: what has none yet, or nobody to do it. Read by small indexes of what is not settled."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from state.looking import First, Line, Look
from state.sqlite.lines import instant, lines_of
from state.sqlite.narrowing import Narrowing
from state.sqlite.predicates import NOT_MAILED, OPEN_CASE, OPEN_DEADLINE, UNOWNED, UNSETTLED
from state.sqlite.seeing import Seeing

UNREAD, UNAWARE, UNDECIDED, UNOWNED_PART, UNMAILED = "unread", "unaware", "undecided", "unowned", "unmailed"
# Who asks organisations about a referral has read it: its date is met then, though its status is still `referred`.
_IS_UNREAD = """(c."status" = 'referred' AND NOT EXISTS (SELECT 1 FROM "deadlines" AS d
    WHERE d."id" = c."id" || ':read_referral' AND d."met" IS NOT NULL))"""
_IS_UNAWARE = f'(c."la_aware_at" IS NULL AND NOT {_IS_UNREAD})'
_IS_UNDECIDED = f"""(c."status" IN ('referred', 'deciding', 'more_information') AND NOT {_IS_UNREAD})"""
_STATES = {UNREAD: _IS_UNREAD, UNAWARE: _IS_UNAWARE, UNDECIDED: _IS_UNDECIDED}
# Referrals that nobody has read, then dates that nobody has confirmed, decisions, and what nobody was named for.
_RANK = f"CASE WHEN {_IS_UNREAD} THEN 0 WHEN {_IS_UNAWARE} THEN 1 WHEN {_IS_UNDECIDED} THEN 2 ELSE 3 END"
_FOUND = f"""FROM "cases" AS c WHERE c."id" IN ({{parts}}) AND c.{OPEN_CASE} AND {{seen}}"""
_PAGE = """SELECT c."id", c."reference", c."restricted", c."received_at",
    {unread}, {unaware}, {undecided}, (SELECT d."id" FROM "deadlines" AS d WHERE d."case" = c."id" AND d."met" IS NULL
    AND d."kind" <> 'scoping_return' ORDER BY d."due" LIMIT 1) {found}
    ORDER BY {rank}, c."received_at", c."id" LIMIT :rows OFFSET :skip"""
_UNOWNED = f"""SELECT "id" FROM "deadlines" WHERE {OPEN_DEADLINE} AND {UNOWNED} AND "case" IN ({{marks}})
    ORDER BY "due", "id" """  # noqa: S608 - our own conditions, here and below
_UNMAILED = f"""SELECT r."case", o."name" FROM "requests" AS r JOIN "organisations" AS o ON o."id" = r."organisation"
    WHERE r."id" IN (SELECT "id" FROM "requests" WHERE {NOT_MAILED} {{narrow}}) AND r."case" IN ({{marks}})
    ORDER BY o."name" """  # noqa: S608
_READ_BY = """SELECT "case", "due" FROM "deadlines" WHERE "kind" = 'read_referral' AND "case" IN ({marks})"""


class ComingFirst:
    """The cases with something to be done first, for somebody who runs cases. For anybody else there are none."""

    def __init__(self, connection: sqlite3.Connection, look: Look, seeing: Seeing, narrow: Narrowing) -> None:
        self._connection, self._look, self._seeing, self._narrow = connection, look, seeing, narrow
        self._parts = frozenset(look.first if seeing.runs else ())
        if narrow.organisations is not None:
            self._parts &= {UNMAILED}

    def left_out(self) -> str:
        """The condition that a date of `d` is not shown among what comes first already."""
        out = ["1 = 1"]
        if UNREAD in self._parts:
            out.append("d.\"kind\" <> 'read_referral'")
        if UNOWNED_PART in self._parts:
            out.append(f"NOT ({UNOWNED})")
        return " AND ".join(out)

    def found(self) -> tuple[int, tuple[First, ...]]:
        """How many cases there are, and those of the page."""
        if not self._parts:
            return 0, ()
        found = _FOUND.format(parts=" UNION ".join(self._sources()), seen=self._seen())
        params = self._seeing.params | self._narrow.params | {"rows": self._look.rows, "skip": self._look.skip}
        (count,) = self._connection.execute(f"SELECT count(*) {found}", params).fetchone()
        page = self._connection.execute(_PAGE.format(found=found, rank=_RANK, **_STATES), params).fetchall()
        return count, self._firsts(page)

    def _seen(self) -> str:
        return self._seeing.cases() + (' AND c."id" = :case' if self._narrow.case else "")

    def _sources(self) -> Iterator[str]:
        """The cases of each part, by its own index."""
        states = [condition for part, condition in _STATES.items() if part in self._parts]
        if states:
            yield f'SELECT c."id" FROM "cases" AS c WHERE {UNSETTLED} AND ({" OR ".join(states)})'  # noqa: S608
        if UNOWNED_PART in self._parts:
            yield f'SELECT "case" FROM "deadlines" WHERE {OPEN_DEADLINE} AND {UNOWNED}'  # noqa: S608
        if UNMAILED in self._parts:
            yield f'SELECT "case" FROM "requests" WHERE {NOT_MAILED} {self._asked()}'  # noqa: S608

    def _asked(self) -> str:
        """Of those that may be named, and of the organisations that were named: `Narrowing` has made parameters of them."""
        count = len(self._narrow.organisations or ())
        named = f' AND "organisation" IN ({", ".join(f":org{n}" for n in range(count))})' if count else ""
        return self._seeing.requests() + named

    def _firsts(self, page: Sequence[Any]) -> tuple[First, ...]:
        if not page:
            return ()
        cases = {f"at{n}": row[0] for n, row in enumerate(page)}
        unowned, unmailed, read_by = self._unowned(cases), self._unmailed(cases), self._read_by(cases)
        return tuple(self._one(row, unowned[row[0]], unmailed[row[0]], read_by.get(row[0])) for row in page)

    def _one(self, row: Any, unowned: list[Line], unmailed: list[str], read_by: datetime | None) -> First:
        case, reference, restricted, received_at, unread, unaware, undecided, date = row
        return First(
            case=case,
            reference=reference,
            restricted=bool(restricted),
            received_at=datetime.fromisoformat(received_at),
            unread=UNREAD in self._parts and bool(unread),
            unaware=UNAWARE in self._parts and bool(unaware),
            undecided=UNDECIDED in self._parts and bool(undecided),
            unowned=tuple(unowned),
            unmailed=tuple(unmailed),
            read_by=read_by,
            date=date or "",
        )

    def _rows(self, query: str, cases: dict[str, str], **more: str) -> list[Any]:
        marks = ", ".join(f":{name}" for name in cases)
        return self._connection.execute(query.format(marks=marks, **more), cases | self._narrow.params).fetchall()

    def _unowned(self, cases: dict[str, str]) -> defaultdict[str, list[Line]]:
        found: defaultdict[str, list[Line]] = defaultdict(list)
        if UNOWNED_PART in self._parts:
            for line in lines_of(self._connection, [one for (one,) in self._rows(_UNOWNED, cases)]):
                found[line.case].append(line)
        return found

    def _unmailed(self, cases: dict[str, str]) -> defaultdict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        if UNMAILED in self._parts:
            for case, name in self._rows(_UNMAILED, cases, narrow=self._asked()):
                found[case].append(name)
        return found

    def _read_by(self, cases: dict[str, str]) -> dict[str, datetime]:
        rows = self._rows(_READ_BY, cases) if UNREAD in self._parts else []
        return {case: due for case, text in rows if (due := instant(text)) is not None}
