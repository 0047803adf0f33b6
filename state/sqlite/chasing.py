"""What the chaser's pass looks for: open things of which nobody has looked yet, or of which a reminder is due.

Each query begins with a partial index over what is open, so that none grows with what is closed. `|| ''` keeps the planner from
walking an index over all cases instead, only because it is in order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from state.changes import OutboxRow
from state.chasing_records import DIGEST, DRAFT, EMAIL, NOTICE
from state.ledger import DONE, NEWER
from state.snapshot import ReminderNow, ToChase
from state.sqlite.predicates import CHASED, NOT_MAILED, OPEN_DEADLINE, OPEN_DRAFT, OPEN_NOTICE
from state.sqlite.rows import instant_text

SETTLED = timedelta(hours=20)
"""A draft that was touched since is being written: nobody looks at it before a working day can have gone by."""

_LOOK = '(c."id" IS NULL OR c."due" <> {due} OR c."next_at" <= :now)'
DATES = f"""SELECT DISTINCT d."case" || '' FROM "deadlines" AS d LEFT JOIN "chases" AS c ON c."id" = d."id"
    WHERE d.{OPEN_DEADLINE} AND {_LOOK.format(due='d."due"')} LIMIT :limit"""  # noqa: S608 - our own conditions
EMAILS = f"""SELECT DISTINCT r."case" || '' FROM (SELECT "id", "case", "sent_at" FROM "requests" WHERE {NOT_MAILED}) AS r
    LEFT JOIN "chases" AS c ON c."id" = '{EMAIL}' || r."id"
    WHERE {_LOOK.format(due='r."sent_at"')} LIMIT :limit"""  # noqa: S608
NOTICES = f"""SELECT DISTINCT n."case" || '' FROM (SELECT "id", "case", "at" FROM "notices"
    WHERE {OPEN_NOTICE} AND "kind" IN ({{kinds}})) AS n LEFT JOIN "chases" AS c ON c."id" = '{NOTICE}' || n."id"
    WHERE {_LOOK.format(due='n."at"')} LIMIT :limit"""  # noqa: S608
DRAFTS = f"""SELECT d."id" FROM (SELECT "id", "touched_at" FROM "drafts"
    WHERE {OPEN_DRAFT} AND "form" = 'referral' AND "touched_at" <= :settled) AS d
    LEFT JOIN "chases" AS c ON c."id" = '{DRAFT}' || d."id"
    WHERE {_LOOK.format(due='d."touched_at"')} LIMIT :limit"""  # noqa: S608
# Both roles count only once somebody else has confirmed them.
DIGESTS = f"""SELECT DISTINCT g."person" FROM "grants" AS g LEFT JOIN "rounds" AS r ON r."id" = '{DIGEST}' || g."person"
    WHERE g."ended_at" IS NULL AND g."role" IN ('coordinator', 'manager') AND g."confirmed_by" <> ''
    AND g."granted_at" <= :since AND (r."id" IS NULL OR r."done_at" < :since)
    AND NOT EXISTS (SELECT 1 FROM "people" AS p WHERE p."id" = g."person" AND p."removed_at" IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM "absences" AS a WHERE a."person" = g."person" AND a."ended_at" IS NULL
    AND a."last" >= :today AND a."first" <= :today) ORDER BY g."person" """  # noqa: S608
NEXT = f'SELECT min("next_at") FROM "chases" WHERE {CHASED} AND "next_at" > :after'  # noqa: S608
_SAME = """(c."id" IS NULL OR (c."due" = {due} AND c."told_at" >= :made))"""
"""Nothing was said of it yet, or this is what was said: since it was, neither was it given another date."""
_OPEN = {
    DRAFT: f"""SELECT 1 FROM "drafts" AS d LEFT JOIN "chases" AS c ON c."id" = :name
        WHERE d."id" = :id AND d.{OPEN_DRAFT} AND {_SAME.format(due='d."touched_at"')}""",  # noqa: S608
    EMAIL: f"""SELECT 1 FROM (SELECT "id", "sent_at" FROM "requests" WHERE "id" = :id AND {NOT_MAILED}) AS r
        LEFT JOIN "chases" AS c ON c."id" = :name WHERE {_SAME.format(due='r."sent_at"')}""",  # noqa: S608
    NOTICE: f"""SELECT 1 FROM "notices" AS n LEFT JOIN "chases" AS c ON c."id" = :name
        WHERE n."id" = :id AND n.{OPEN_NOTICE} AND {_SAME.format(due='n."at"')}""",  # noqa: S608
}
_OPEN_DATE = f"""SELECT 1 FROM "deadlines" AS d LEFT JOIN "chases" AS c ON c."id" = d."id"
    WHERE d."id" = :name AND d.{OPEN_DEADLINE} AND {_SAME.format(due='d."due"')}"""  # noqa: S608
_NEWER = """SELECT 1 FROM "outbox" WHERE "id" > :row AND "place" = :place AND "reminder" AND "status" <> 'dropped'
    AND instr(' ' || "about" || ' ', ' ' || :name || ' ') > 0 LIMIT 1"""
_COMES = """SELECT 1 FROM "chases" WHERE "id" = :name AND "next_at" <= :now AND "next_at" > :made"""
LONGEST_WAIT = timedelta(days=30)
"""How long a reminder lets the bell go first that should say something newer. After that it is of the past: one that a
channel refuses for a week was given up before, and that is told."""

_IN_CHANNEL = """SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM "cases" WHERE "id" = :case AND "restricted")"""
# Still here, not excluded, on the list where the case has one, and with a role or a request of that case.
_IN_PRIVATE = """SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM "people" WHERE "id" = :person AND "removed_at" IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM "case_people" WHERE "case" = :case AND "person" = :person AND "relation" = 'excluded')
    AND NOT EXISTS (SELECT 1 FROM "cases" AS c WHERE c."id" = :case AND c."restricted" AND NOT EXISTS (SELECT 1
    FROM "case_people" AS n WHERE n."case" = c."id" AND n."person" = :person AND n."relation" = 'named'
    AND (n."until" IS NULL OR n."until" > :now)))
    AND (:case = '' OR EXISTS (SELECT 1 FROM "grants" WHERE "person" = :person AND "ended_at" IS NULL)
    OR EXISTS (SELECT 1 FROM "requests" WHERE "case" = :case AND ("senior" = :person OR "delegate" = :person)))"""


def to_chase(connection: sqlite3.Connection, now: datetime, waiting: Sequence[str], limit: int) -> list[ToChase]:
    """Cases and drafts that have to be looked at, each once, in a fixed order."""
    values = {"now": instant_text(now), "limit": limit}
    cases = {row[0] for query in (DATES, EMAILS) for row in connection.execute(query, values)}
    kinds = {f"kind{number}": kind for number, kind in enumerate(waiting)}
    if kinds:
        asked = NOTICES.format(kinds=", ".join(f":{name}" for name in kinds))
        cases |= {row[0] for row in connection.execute(asked, {**values, **kinds})}
    drafts = connection.execute(DRAFTS, {**values, "settled": instant_text(now - SETTLED)})
    return [*(ToChase(case=one) for one in sorted(cases)), *(ToChase(draft=row[0]) for row in drafts)][:limit]


def to_digest(connection: sqlite3.Connection, since: datetime, today: str) -> list[ToChase]:
    """Who runs cases, is there, and has had no digest since an instant."""
    found = connection.execute(DIGESTS, {"since": instant_text(since), "today": today})
    return [ToChase(digest=person) for (person,) in found]


def next_chase(connection: sqlite3.Connection, after: datetime) -> datetime | None:
    """When the next reminder is due after an instant. What was met meanwhile may be among them: looking is harmless."""
    found = connection.execute(NEXT, {"after": instant_text(after)}).fetchone()[0]
    return datetime.fromisoformat(found) if found else None


def reminder_now(connection: sqlite3.Connection, row: OutboxRow, now: datetime) -> ReminderNow:
    """What of a reminder is to be said now: what is still to be done, by the same date, and was not said anew there since."""
    about = tuple(dict.fromkeys(row.send.about.split()))
    still = [one for one in about if _is_open(connection, one, row)]
    if about and not still:
        return ReminderNow(reason=DONE)
    times = {"now": instant_text(now), "made": instant_text(row.made_at)}
    if any(connection.execute(_COMES, {"name": one, **times}).fetchone() for one in still):
        old = now - row.made_at > LONGEST_WAIT
        return ReminderNow(reason=NEWER) if old else ReminderNow(left=tuple(still), waits=True)
    where = {"row": row.id, "place": row.send.place}
    left = tuple(one for one in still if connection.execute(_NEWER, {"name": one, **where}).fetchone() is None)
    return ReminderNow(left=left, reason=NEWER if about and not left else "")


def may_hear(connection: sqlite3.Connection, case: str, person: str, now: datetime) -> bool:
    """Whether a reminder of a case may still be told: to one person, or in a channel where nobody is named."""
    values = {"case": case, "person": person, "now": instant_text(now)}
    return connection.execute(_IN_PRIVATE if person else _IN_CHANNEL, values).fetchone() is not None


def _is_open(connection: sqlite3.Connection, name: str, row: OutboxRow) -> bool:
    values = {"name": name, "made": instant_text(row.made_at)}
    for beginning, query in _OPEN.items():
        if name.startswith(beginning):
            return connection.execute(query, {"id": name.removeprefix(beginning), **values}).fetchone() is not None
    return connection.execute(_OPEN_DATE, values).fetchone() is not None
