"""What did not get through of all cases, and what was sent in a period: each by its own index, closed cases included."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from state.ledger import AskedOf, Missed, SentOut, request_of
from state.records import CasePersonRecord, CaseRecord, DeadlineRecord
from state.snapshot import Wanted
from state.sqlite import outbox
from state.sqlite.predicates import HANDED_OVER, NOT_MAILED, OPEN_REQUEST
from state.sqlite.rows import instant_text

MISSED_ROWS = 200
SENT_ROWS = 5_000
"""Requests of one period. A partnership sends some hundreds in a year."""

_COLUMNS = '"id", "case", "reference", "organisation", "agency", "state", "delivery", "quiet", "opened_at", "sent_at"'
_BY_ID = f'SELECT {_COLUMNS} FROM "requests" WHERE "id" IN ({{ids}})'  # noqa: S608 - our own columns
_NOT_MAILED = f"""SELECT {_COLUMNS} FROM "requests" WHERE {NOT_MAILED} AND {OPEN_REQUEST} AND "state" <> 'to_send'
    ORDER BY "sent_at" DESC, "id" LIMIT :limit"""  # noqa: S608
_IN_PERIOD = f"""SELECT {_COLUMNS} FROM "requests" WHERE "sent_at" >= :start AND "sent_at" < :end
    ORDER BY "sent_at", "id" LIMIT :limit"""  # noqa: S608
_CASES = f"""SELECT "id" FROM "cases" WHERE "notified_at" >= :start AND "notified_at" < :end
    UNION SELECT "id" FROM "cases" WHERE "sent_at" >= :start AND "sent_at" < :end
    UNION SELECT "case" FROM "requests" WHERE "sent_at" >= :start AND "sent_at" < :end
    UNION SELECT "case" FROM "notices" WHERE {HANDED_OVER} AND "settled_at" >= :start AND "settled_at" < :end"""  # noqa: S608
_HANDED = f"""SELECT "case", "settled_at" FROM "notices" WHERE {HANDED_OVER} AND "settled_at" >= :start
    AND "settled_at" < :end ORDER BY "settled_at", "case" """  # noqa: S608 - our own condition
_OF_ACCESS = """("person" = :person OR "relation" = 'named') ORDER BY "case", "person", "relation" """
_DATES = """"kind" IN ('notification', 'rapid_review') ORDER BY "due", "id" """


class Sending:
    """Reads beside the turn's own. `everything` gives the records of a type that a condition picks."""

    def __init__(self, connection: sqlite3.Connection, everything: Callable[..., tuple[Any, ...]], wanted: Wanted) -> None:
        self._connection, self._all, self._wanted = connection, everything, wanted

    def parts(self) -> dict[str, Any]:
        """Everything of a snapshot that is about what was sent, where it is wanted."""
        found: dict[str, Any] = {}
        if self._wanted.missed:
            found["missed"] = self._missed()
        if self._wanted.sent is not None:
            found["sent"] = self._sent(*self._wanted.sent)
        return found

    def _missed(self) -> Missed:
        rows = outbox.missed(self._connection, MISSED_ROWS)
        mail = _asked(self._connection.execute(_NOT_MAILED, {"limit": MISSED_ROWS}))
        cases, ids = _named(({row.send.case for row in rows} | {one.case for one in mail}) - {""})
        asked, asked_ids = _named({request_of(row.send) for row in rows} - {""})
        return Missed(
            rows=rows,
            cases=self._all(CaseRecord, f'WHERE "id" IN ({ids}) ORDER BY "id"', **cases),
            people=self._all(
                CasePersonRecord, f'WHERE "case" IN ({ids}) AND {_OF_ACCESS}', **cases, person=self._wanted.person
            ),
            requests=_asked(self._connection.execute(_BY_ID.format(ids=asked_ids), asked)),
            not_mailed=mail,
        )

    def _sent(self, start: datetime, end: datetime) -> SentOut:
        period = {"start": instant_text(start), "end": instant_text(end)}
        return SentOut(
            start=start,
            end=end,
            cases=self._all(CaseRecord, f'WHERE "id" IN ({_CASES}) ORDER BY "reference"', **period),
            people=self._all(
                CasePersonRecord, f'WHERE "case" IN ({_CASES}) AND {_OF_ACCESS}', **period, person=self._wanted.person
            ),
            deadlines=self._all(DeadlineRecord, f'WHERE "case" IN ({_CASES}) AND {_DATES}', **period),
            requests=_asked(self._connection.execute(_IN_PERIOD, {**period, "limit": SENT_ROWS})),
            handed=tuple((case, datetime.fromisoformat(at)) for case, at in self._connection.execute(_HANDED, period)),
        )


def _named(ids: Iterable[str]) -> tuple[dict[str, str], str]:
    """Ids as parameters, and the list of their names. There is always one: not every database takes an empty list."""
    params = {f"id{number}": one for number, one in enumerate(sorted(ids) or [""])}
    return params, ", ".join(f":{name}" for name in params)


def _asked(found: Iterable[Any]) -> tuple[AskedOf, ...]:
    return tuple(_one(row) for row in found)


def _one(row: Any) -> AskedOf:
    request, case, reference, organisation, agency, state, delivery, quiet, opened_at, sent_at = row
    return AskedOf(
        id=request,
        case=case,
        reference=reference,
        organisation=organisation,
        agency=agency,
        state=state,
        delivery=delivery,
        quiet=bool(quiet),
        opened=opened_at is not None,
        sent_at=datetime.fromisoformat(sent_at) if sent_at else None,
    )
