"""The outbox: what has to happen outside, in order within a lane, and afterwards the delivery ledger.

A lane is blocked while one of its rows is `sending`, or is `queued` and comes earlier: order is kept through every retry. Rows
that are sent, dead or uncertain block nothing. Reminders come after everything else of their lane, and one that is put off
until working hours blocks nothing: nobody's answer waits for them. Each body is sealed to its turn and its number in that turn.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from state.changes import Kind, OutboxRow, OutboxStatus, Send
from state.crypto import CannotOpen, KeyRing, cell
from state.ledger import is_missed, standing
from state.sqlite.errors import UnknownRow
from state.sqlite.predicates import DOCUMENT, HAS_CASE, MISSED, PUT_OFF, QUEUED, WAITING
from state.sqlite.rows import instant_text

UNREADABLE = "delivery.unreadable"

_COLUMNS = (
    '"id", "turn", "number", "kind", "lane", "place", "to_person", "case", "replaces", "reminder", "body", '
    '"status", "attempts", "uncertain", "next_at", "made_at", "sent_at", "remote_id", "reason", "card", "about", '
    '"what", "thread", "aside"'
)
_INSERT = (
    'INSERT INTO "outbox" ("turn", "number", "kind", "lane", "place", "to_person", "case", "replaces", "reminder", "body", '
    '"status", "attempts", "uncertain", "next_at", "made_at", "remote_id", "reason", "card", "about", '
    '"what", "thread", "aside") VALUES '
    "(:turn, :number, :kind, :lane, :place, :to_person, :case, :replaces, :reminder, :body, "
    ":status, :attempts, 0, :at, :at, '', '', :card, :about, :what, :thread, :aside)"
)
_LANE_WAITS = f"""SELECT 1 FROM "outbox" WHERE "lane" = :lane AND {WAITING} AND ("status" = 'sending' OR "reminder" = 0)
    LIMIT 1"""  # noqa: S608 - our own condition
DUE = f"""SELECT {_COLUMNS} FROM "outbox" AS o WHERE o.{QUEUED} AND o."next_at" <= :now AND {{ours}} AND NOT EXISTS (
    SELECT 1 FROM "outbox" AS b WHERE b."lane" = o."lane" AND b.{WAITING}
    AND (b."status" = 'sending' OR (b."reminder", b."id") < (o."reminder", o."id")))
    ORDER BY o."next_at", o."id" LIMIT :limit"""  # noqa: S608
_BACK = f"""UPDATE "outbox" SET "status" = 'queued' WHERE {PUT_OFF} AND "next_at" <= :now"""  # noqa: S608 - our own condition
_TAKE = """UPDATE "outbox" SET "status" = 'sending', "attempts" = "attempts" + 1, "next_at" = :now WHERE "id" = :id"""
_MARK = """UPDATE "outbox" SET "status" = :status, "reason" = :reason,
    "remote_id" = CASE WHEN :remote_id = '' THEN "remote_id" ELSE :remote_id END,
    "uncertain" = "uncertain" + :uncertain,
    "sent_at" = CASE WHEN :status = 'sent' THEN :at ELSE "sent_at" END, "next_at" = :next_at WHERE "id" = :id"""
_SENDING = f"""SELECT {_COLUMNS} FROM "outbox" WHERE {WAITING} AND "status" = 'sending' AND "next_at" <= :before AND {{ours}}
    ORDER BY "id" """  # noqa: S608
LAST_CARD = """SELECT "remote_id" FROM "outbox" WHERE "lane" = :lane AND "status" = 'sent' AND "kind" = 'reply'
    ORDER BY "id" DESC LIMIT 1"""
_STANDING_CARD = """SELECT "remote_id" FROM "outbox" WHERE "card" = :card AND "card" <> '' AND "lane" = :lane
    AND "kind" IN ('post', 'reply') AND "remote_id" <> '' ORDER BY "id" DESC LIMIT 1"""
_LEDGER = f'SELECT {_COLUMNS} FROM "outbox" ORDER BY "id" DESC LIMIT :limit'  # noqa: S608
_LEDGER_CASE = f'SELECT {_COLUMNS} FROM "outbox" WHERE "case" = :case AND {HAS_CASE} ORDER BY "id" DESC LIMIT :limit'  # noqa: S608
_LEDGER_ONE = f'SELECT {_COLUMNS} FROM "outbox" WHERE "id" = :id'  # noqa: S608
_FILED = f"""SELECT {_COLUMNS} FROM "outbox" WHERE "case" = :case AND "what" = :what AND {DOCUMENT}
    ORDER BY "id" DESC LIMIT 1"""  # noqa: S608
_GIVEN_UP = f'SELECT {_COLUMNS} FROM "outbox" WHERE {MISSED} ORDER BY "id" DESC LIMIT :limit'  # noqa: S608
_GIVEN_UP_CASE = f"""SELECT {_COLUMNS} FROM "outbox" WHERE "case" = :case AND {HAS_CASE} AND {MISSED}
    ORDER BY "id" DESC LIMIT :limit"""  # noqa: S608
_TRIED = f"""SELECT {_COLUMNS} FROM "outbox" WHERE {QUEUED} AND "reason" <> ''
    ORDER BY "next_at", "id" LIMIT :limit"""  # noqa: S608
_LATER = f"""SELECT DISTINCT {", ".join(f"n.{one}" for one in _COLUMNS.split(", "))} FROM "outbox" AS m JOIN "outbox" AS n
    ON n."case" = m."case" AND n."id" > m."id" AND n."status" = 'sent' AND ((m."card" <> '' AND n."card" = m."card")
    OR (m."about" <> '' AND n."about" = m."about") OR (m."what" <> '' AND n."what" = m."what"))
    WHERE m."case" <> '' AND m."id" IN ({{ids}})"""  # noqa: S608


def insert(
    connection: sqlite3.Connection, keys: KeyRing, sends: Sequence[Send], *, turn: str, at: datetime, claim_lane: str
) -> tuple[OutboxRow, ...]:
    """Write the sends of a turn in order. Those of `claim_lane` are `sending` and returned, unless that lane still waits."""
    free = bool(claim_lane) and connection.execute(_LANE_WAITS, {"lane": claim_lane}).fetchone() is None
    claimed: list[OutboxRow] = []
    for number, send in enumerate(sends):
        taken = free and send.lane == claim_lane
        row_id = connection.execute(_INSERT, _params(keys, send, turn=turn, number=number, at=at, taken=taken)).lastrowid
        if taken:
            claimed.append(_claimed(row_id, turn, at, _on_card(connection, send)))
    return tuple(claimed)


def _params(keys: KeyRing, send: Send, *, turn: str, number: int, at: datetime, taken: bool) -> dict[str, Any]:
    return {
        **msgspec.structs.asdict(send),
        "kind": send.kind.value,
        "turn": turn,
        "number": number,
        "body": keys.seal(msgspec.json.encode(send.body), body_cell(turn, number)),
        "status": "sending" if taken else "queued",
        "attempts": int(taken),
        "at": instant_text(at),
    }


def body_cell(turn: str, number: int) -> bytes:
    """The place a body is sealed to."""
    return cell("outbox", "body", turn, number)


def _claimed(row_id: int | None, turn: str, at: datetime, send: Send) -> OutboxRow:
    assert row_id is not None  # noqa: S101 - an INSERT always leaves a row id; the driver's type does not say so
    return OutboxRow(id=row_id, turn=turn, send=send, status=OutboxStatus.SENDING, attempts=1, next_at=at, made_at=at)


def _ours(lanes: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The condition that a lane is one of ours, by its beginning (`teams:`), and its parameters. No beginnings: all lanes."""
    names = {f"lane{number}": beginning for number, beginning in enumerate(lanes)}
    each = [f'substr("lane", 1, {len(beginning)}) = :{name}' for name, beginning in names.items()]
    return f"({' OR '.join(each)})" if each else "1 = 1", names


def claim(
    connection: sqlite3.Connection, keys: KeyRing, now: datetime, limit: int, lanes: Sequence[str] = ()
) -> list[OutboxRow]:
    """Take the first due row of each free lane of ours. A row that does not open is dead, and never blocks the others.

    It is given back as it was marked: somebody has to be told.
    """
    ours, names = _ours(lanes)
    connection.execute(_BACK, {"now": instant_text(now)})
    due = connection.execute(DUE.format(ours=ours), {"now": instant_text(now), "limit": limit, **names}).fetchall()
    rows = _opened(connection, keys, now, due)
    return [row if row.status is OutboxStatus.DEAD else _take(connection, row, now) for row in rows]


def _take(connection: sqlite3.Connection, row: OutboxRow, now: datetime) -> OutboxRow:
    connection.execute(_TAKE, {"id": row.id, "now": instant_text(now)})
    return msgspec.structs.replace(row, status=OutboxStatus.SENDING, attempts=row.attempts + 1, next_at=now)


def stuck(connection: sqlite3.Connection, keys: KeyRing, before: datetime, lanes: Sequence[str] = ()) -> list[OutboxRow]:
    """Rows of ours that are `sending` since before an instant. They stay so until each is marked: a crash loses none."""
    ours, names = _ours(lanes)
    found = connection.execute(_SENDING.format(ours=ours), {"before": instant_text(before), **names}).fetchall()
    return _opened(connection, keys, before, found)


def _opened(connection: sqlite3.Connection, keys: KeyRing, at: datetime, found: list[Any]) -> list[OutboxRow]:
    rows = []
    for one in found:
        try:
            row = _row(one, msgspec.json.decode(keys.open(one[10], body_cell(one[1], one[2]))))
            rows.append(msgspec.structs.replace(row, send=_on_card(connection, row.send)))
        except CannotOpen:
            mark(connection, one[0], Ending(status=OutboxStatus.DEAD, at=at, reason=UNREADABLE))
            lost = msgspec.structs.replace(_row(one, None), status=OutboxStatus.DEAD, reason=UNREADABLE, next_at=at)
            rows.append(lost)
    return rows


def _on_card(connection: sqlite3.Connection, send: Send) -> Send:
    """The channel's own id of the card that a row is about, looked up when it is sent: the card came earlier in its lane."""
    if not send.card or send.kind is Kind.POST or send.replaces:
        return send
    found = connection.execute(_STANDING_CARD, {"card": send.card, "lane": send.lane}).fetchone()
    return msgspec.structs.replace(send, replaces=found[0]) if found else send


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """How a send ended. `uncertain` counts once more that it may have arrived."""

    status: OutboxStatus
    at: datetime
    remote_id: str = ""
    reason: str = ""
    next_at: datetime | None = None
    uncertain: bool = False


def mark(connection: sqlite3.Connection, row: int, how: Ending) -> None:
    """Record how a send ended. A remote id once known is kept. Raises UnknownRow."""
    params = {
        "id": row,
        "status": how.status.value,
        "at": instant_text(how.at),
        "remote_id": how.remote_id,
        "reason": how.reason,
        "next_at": instant_text(how.next_at or how.at),
        "uncertain": int(how.uncertain),
    }
    if connection.execute(_MARK, params).rowcount != 1:
        raise UnknownRow("There is no such row in the outbox. Nothing was changed.")


def mark_all(connection: sqlite3.Connection, endings: Mapping[int, Ending]) -> None:
    """Record how several sends ended."""
    for row, how in endings.items():
        mark(connection, row, how)


def ledger(connection: sqlite3.Connection, case: str, limit: int) -> list[OutboxRow]:
    """Rows of a case, or of all, newest first, their bodies left closed (None)."""
    found = connection.execute(_LEDGER_CASE if case else _LEDGER, {"case": case, "limit": limit} if case else {"limit": limit})
    return [_row(one, None) for one in found]


def given_up(connection: sqlite3.Connection, case: str, limit: int) -> list[OutboxRow]:
    """Rows that did not get through, or of which nobody knows, of a case or of all, newest first."""
    found = connection.execute(
        _GIVEN_UP_CASE if case else _GIVEN_UP, {"case": case, "limit": limit} if case else {"limit": limit}
    )
    return [_row(one, None) for one in found]


def one(connection: sqlite3.Connection, row: int) -> OutboxRow | None:
    """One row of the ledger by its id."""
    found = connection.execute(_LEDGER_ONE, {"id": row}).fetchone()
    return _row(found, None) if found else None


def filed(connection: sqlite3.Connection, case: str, what: str) -> OutboxRow | None:
    """The newest row that had a document of a case made, or of none, by what it is."""
    found = connection.execute(_FILED, {"case": case, "what": what}).fetchone()
    return _row(found, None) if found else None


def missed(connection: sqlite3.Connection, limit: int) -> tuple[OutboxRow, ...]:
    """What did not get through and was not sent again since, and what is still tried, newest first."""
    tried = [_row(found, None) for found in connection.execute(_TRIED, {"limit": limit})]
    found = [row for row in (*given_up(connection, "", limit), *tried) if is_missed(row)]
    rows = sorted(found, key=lambda row: -row.id)[:limit]
    ids = {f"id{number}": one for number, one in enumerate([row.id for row in rows] or [0])}
    later = connection.execute(_LATER.format(ids=", ".join(f":{name}" for name in ids)), ids)
    return standing(rows, [_row(one, None) for one in later])


def _row(found: Any, body: Any) -> OutboxRow:
    (row_id, turn, _, kind, lane, place, to_person, case, replaces, reminder, _, *rest) = found
    status, attempts, uncertain, next_at, made_at, sent_at, remote_id, reason, card, about, what, thread, aside = rest
    send = Send(
        kind=Kind(kind),
        lane=lane,
        body=body,
        place=place,
        to_person=to_person,
        case=case,
        replaces=replaces,
        card=card,
        reminder=bool(reminder),
        about=about,
        what=what,
        thread=thread,
        aside=aside,
    )
    return OutboxRow(
        id=row_id,
        turn=turn,
        send=send,
        status=OutboxStatus(status),
        attempts=attempts,
        uncertain=uncertain,
        next_at=datetime.fromisoformat(next_at),
        made_at=datetime.fromisoformat(made_at),
        sent_at=datetime.fromisoformat(sent_at) if sent_at else None,
        remote_id=remote_id,
        reason=reason,
    )
