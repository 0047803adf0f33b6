"""Looking through the open dates: counted, ordered and paged in the database, over the index of the open ones alone.

What is closed costs nothing, however much of it there is: every query here repeats the condition of a partial index. The worst
case comes first with all its dates, then the next: the index is walked by date only until the page is full.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from state.looking import BY_AGENCY, Line, Look, Looked
from state.records import GrantRecord
from state.snapshot import Wanted
from state.sqlite.coming_first import ComingFirst
from state.sqlite.lines import lines_of
from state.sqlite.narrowing import Narrowing
from state.sqlite.predicates import OPEN_DEADLINE
from state.sqlite.seeing import RETURN, Seeing, names
from state.sqlite.waits import waits_of

COORDINATORS = "coordinators"
_TIED = """SELECT "tied_to" FROM "places" WHERE "id" = ? AND "tied_to" <> '' AND "confirmed_by" <> ''"""
_COUNT = 'SELECT count(*), sum(CASE WHEN {rest} THEN 1 ELSE 0 END) FROM "deadlines" AS d WHERE {where}'
_CASES = 'SELECT d."case" FROM "deadlines" AS d WHERE {where} AND {rest} ORDER BY d."due", d."case"'
_OF_CASE = 'SELECT d."id" FROM "deadlines" AS d WHERE {where} AND {rest} AND d."case" = :group ORDER BY d."due", d."id"'
_WHOSE = f"CASE WHEN d.\"kind\" = '{RETURN}' THEN d.\"owner\" ELSE '' END"
_AGENCIES = f"""SELECT {_WHOSE} AS "whose", count(*), min(d."due") AS "worst" FROM "deadlines" AS d WHERE {{where}} AND {{rest}}
    GROUP BY "whose" ORDER BY "worst", "whose" """  # noqa: S608 - our own conditions, here and below
_OF_AGENCY = f"""SELECT d."id" FROM "deadlines" AS d WHERE {{where}} AND {{rest}} AND {_WHOSE} = :group
    ORDER BY d."due", d."case", d."id" LIMIT :most OFFSET :skipped"""  # noqa: S608
_NEXT = 'SELECT d."id" FROM "deadlines" AS d WHERE {where} AND {rest} ORDER BY d."due", d."case" LIMIT 1'


class Looking:
    """One look of one person. `grants` are their own."""

    def __init__(self, connection: sqlite3.Connection, wanted: Wanted, look: Look, grants: Sequence[GrantRecord]) -> None:
        self._connection, self._look = connection, look
        tied = self._tied_to(wanted.place) if look.public else ""
        self._tied = "" if tied == COORDINATORS else tied
        along = look.public and tied != COORDINATORS
        self._seeing = Seeing(connection, wanted.person, grants, look.now, listed=look.listed, public=look.public, along=along)
        self._narrow = Narrowing(connection, look, self._tied)
        self._first = ComingFirst(connection, look, self._seeing, self._narrow)
        self._params: dict[str, Any] = self._seeing.params | self._narrow.params

    def looked(self) -> Looked:
        """Everything that was asked for."""
        late, listed = self._counted()
        first_count, first = self._first.found()
        page = self._page(listed, first_count, len(first))
        return Looked(
            runs=self._seeing.runs,
            organisations=names(self._connection, self._seeing.leads),
            tied="".join(names(self._connection, [self._tied])) if self._tied else "",
            late=late,
            listed=listed,
            earlier=self._earlier(),
            lines=self._lines(page),
            first_count=first_count,
            first=first,
            next=None if late else self._next(),
            person=self._narrow.person,
            nobody=self._narrow.nobody,
            waits=waits_of(self._connection, self._seeing) if self._look.waits else (),
        )

    def _tied_to(self, place: str) -> str:
        """What the channel belongs to: an organisation, the coordinators; nothing for one that is nobody's."""
        found = self._connection.execute(_TIED, (place,)).fetchone()
        return found[0] if found else ""

    def _where(self) -> str:
        """Open, in time, asked for and to be seen."""
        bounds = 'd."due" >= :since AND ' if self._look.since is not None else ""
        bounds += 'd."due" < :before AND ' if self._look.before is not None else ""
        return f"d.{OPEN_DEADLINE} AND {bounds}{self._narrow.dates()} AND {self._seeing.dates()}"

    def _counted(self) -> tuple[int, int]:
        query = _COUNT.format(where=self._where(), rest=self._first.left_out())
        late, listed = self._connection.execute(query, self._params).fetchone()
        return late, listed or 0

    def _earlier(self) -> int:
        if self._look.since is None:
            return 0
        where = f'd.{OPEN_DEADLINE} AND d."due" < :since AND {self._narrow.dates()} AND {self._seeing.dates()}'
        (count,) = self._connection.execute(_COUNT.format(where=where, rest="1 = 1"), self._params).fetchone()[:1]
        return int(count)

    def _page(self, listed: int, first_count: int, shown: int) -> list[str]:
        """The ids of the dates of the page: what comes first has taken some of its lines."""
        skip, most = max(0, self._look.skip - first_count), self._look.rows - shown
        if most <= 0 or skip >= listed:
            return []
        groups = self._by_agency(skip, most) if self._look.by == BY_AGENCY else self._by_case(skip, most)
        return [one for group in groups for one in group]

    def _by_case(self, skip: int, most: int) -> Iterator[list[str]]:
        """Walk by date: a case comes with all its dates where its first one does. It ends as soon as the page is full."""
        query = _CASES.format(where=self._where(), rest=self._first.left_out())
        of_case = _OF_CASE.format(where=self._where(), rest=self._first.left_out())
        known: set[str] = set()
        passed = 0
        for (case,) in self._connection.execute(query, self._params):
            if case in known:
                continue
            known.add(case)
            ids = [one for (one,) in self._connection.execute(of_case, self._params | {"group": case})]
            yield ids[max(0, skip - passed) : max(0, skip + most - passed)]
            passed += len(ids)
            if passed >= skip + most:
                return

    def _by_agency(self, skip: int, most: int) -> Iterator[list[str]]:
        """Organisations, the one with the oldest date first; what is nobody's return is the coordinator's, in one group."""
        texts = {"where": self._where(), "rest": self._first.left_out()}
        passed = 0
        for whose, count, _ in self._connection.execute(_AGENCIES.format(**texts), self._params).fetchall():
            begin, end = max(0, skip - passed), min(count, skip + most - passed)
            if begin < end:
                page = {"group": whose, "most": end - begin, "skipped": begin}
                yield [one for (one,) in self._connection.execute(_OF_AGENCY.format(**texts), self._params | page)]
            passed += count

    def _lines(self, ids: Sequence[str]) -> tuple[Line, ...]:
        return lines_of(self._connection, ids)

    def _next(self) -> Line | None:
        """The next date after those bounds, where there was nothing within them."""
        if self._look.before is None:
            return None
        where = f'd.{OPEN_DEADLINE} AND d."due" >= :before AND {self._narrow.dates()} AND {self._seeing.dates()}'
        found = self._connection.execute(_NEXT.format(where=where, rest="1 = 1"), self._params).fetchone()
        return next(iter(self._lines(list(found))), None) if found else None
