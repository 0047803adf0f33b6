"""The lines of a page: each open date with its case, its request and how far it was chased, found by their keys."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from state.looking import Line
from state.sqlite.predicates import OPEN_NOTICE
from state.sqlite.seeing import REQUEST_KEY, RETURN

AT_ONCE = 500
_LINES = f"""SELECT d."id", d."case", c."reference", c."status", c."restricted", d."kind", d."child", d."owner", d."due",
    d."provisional", v."due", r."id", r."organisation", o."name", r."agency", r."state", r."delivery",
    r."emailed_at" IS NOT NULL,
    r."id" IS NOT NULL AND EXISTS (SELECT 1 FROM "notices" AS n WHERE n.{OPEN_NOTICE} AND n."case" = d."case"
        AND n."kind" = 'more_time' AND n."about" = r."id"),
    h."told_at", h."snoozed_until", l."name", p."name"
    FROM "deadlines" AS d JOIN "cases" AS c ON c."id" = d."case"
    LEFT JOIN "deadlines" AS v ON v."id" = d."case" || ':rapid_review' AND v."met" IS NULL
    LEFT JOIN "requests" AS r ON d."kind" = '{RETURN}' AND r."id" = {REQUEST_KEY}
    LEFT JOIN "organisations" AS o ON o."id" = r."organisation"
    LEFT JOIN "chases" AS h ON h."id" = d."id"
    LEFT JOIN "people" AS l ON l."id" = h."left_to"
    LEFT JOIN "people" AS p ON p."id" = h."handed_to"
    WHERE d."id" IN ({{marks}})"""  # noqa: S608 - our own names


def lines_of(connection: sqlite3.Connection, ids: Sequence[str]) -> tuple[Line, ...]:
    """The lines of these dates, in that order."""
    found = {line.id: line for start in range(0, len(ids), AT_ONCE) for line in _some(connection, ids[start : start + AT_ONCE])}
    return tuple(found[one] for one in ids if one in found)


def _some(connection: sqlite3.Connection, ids: Sequence[str]) -> Iterator[Line]:
    marks = ", ".join("?" * len(ids))
    yield from (_line(row) for row in connection.execute(_LINES.format(marks=marks), ids))


def _line(row: Sequence[Any]) -> Line:
    about, asked, chased = row[:11], row[11:19], row[19:]
    return Line(
        id=about[0],
        case=about[1],
        reference=about[2],
        status=about[3],
        restricted=bool(about[4]),
        kind=about[5],
        child=about[6],
        owner=about[7],
        due=datetime.fromisoformat(about[8]),
        provisional=bool(about[9]),
        review=instant(about[10]),
        request=asked[0] or "",
        organisation=asked[1] or "",
        name=asked[2] or "",
        agency=asked[3] or "",
        state=asked[4] or "",
        delivery=asked[5] or "",
        mailed=bool(asked[6]),
        more_time=bool(asked[7]),
        told_at=instant(chased[0]),
        snoozed_until=instant(chased[1]),
        left_to=chased[2] or "",
        handed_to=chased[3] or "",
    )


def instant(text: str | None) -> datetime | None:
    """An instant as it is kept, or None."""
    return datetime.fromisoformat(text) if text else None
