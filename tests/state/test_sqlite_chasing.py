"""What the chaser's pass finds, that it asks only what is open, and what a reminder is about."""

from __future__ import annotations

import sqlite3
from datetime import date as day
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from store_kit import NOW, draft, later, opened, raw

from state.changes import Changes, Kind, OutboxRow, OutboxStatus, Send
from state.chasing_records import AbsenceRecord, ChaseRecord, RoundRecord
from state.records import DeadlineRecord, GrantRecord, PersonRecord, Record
from state.scoping_records import NoticeRecord, RequestRecord
from state.snapshot import ToChase
from state.sqlite.chasing import DATES, DRAFTS, EMAILS, NEXT, NOTICES
from state.sqlite.store import SqliteStore
from state.values import utc_text

DUE = later(days=5)


def date(name: str = "1:notification:1", case: str = "1", **fields: Any) -> DeadlineRecord:
    return DeadlineRecord(id=name, case=case, kind="notification", due=DUE, runs_from=NOW, **fields)


def chase(name: str = "1:notification:1", due: datetime = DUE, **fields: Any) -> ChaseRecord:
    return ChaseRecord(id=name, case="1", due=due, **fields)


def away(first: str, last: str, **fields: Any) -> AbsenceRecord:
    days = {"first": day.fromisoformat(first), "last": day.fromisoformat(last)}
    return AbsenceRecord(id=first, person="t/m", by="t/c", at=NOW, **(days | fields))


def request(**fields: Any) -> RequestRecord:
    given = {"state": "sent", "delivery": "email", "sent_at": NOW}
    return RequestRecord(id="r", case="1", reference="NS-2026-1", organisation="o", agency="gp", **(given | fields))


def notice(**fields: Any) -> NoticeRecord:
    return NoticeRecord(id="n", case="1", kind="more_time", by="t/p", at=NOW, **fields)


async def found(tmp_path: Path, *rows: Record, now: datetime = NOW, waiting: tuple[str, ...] = ("more_time",)) -> list[ToChase]:
    async with opened(tmp_path) as store:
        await store.commit("one", "digest", NOW, Changes(puts=rows))
        return list(await store.to_chase(now, waiting))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((date(),), True),
        ((date(met=NOW),), False),
        ((date(), chase()), False),
        ((date(), chase(next_at=NOW)), True),
        ((date(), chase(next_at=later(minutes=1))), False),
        ((date(), chase(due=NOW)), True),
        ((date(met=NOW), chase(next_at=NOW)), False),
        ((request(),), True),
        ((request(emailed_at=NOW),), False),
        ((request(state="returned"),), False),
        ((request(delivery="channel"),), False),
        ((request(), chase("email:r", due=NOW)), False),
        ((request(sent_at=DUE), chase("email:r", due=NOW)), True),
        ((notice(),), True),
        ((notice(settled_at=NOW),), False),
        ((notice(), chase("notice:n", due=NOW)), False),
    ],
)
async def test_a_case_is_looked_at_where_something_is_due_or_new(
    rows: tuple[Record, ...], expected: bool, tmp_path: Path
) -> None:
    assert await found(tmp_path, *rows) == ([ToChase(case="1")] if expected else [])


async def test_only_the_notices_that_are_chased_count(tmp_path: Path) -> None:
    assert await found(tmp_path, notice(), waiting=("question",)) == []


async def test_without_notices_that_are_chased_none_is_looked_at(tmp_path: Path) -> None:
    assert await found(tmp_path, notice(), waiting=()) == []


@pytest.mark.parametrize(
    ("rows", "hours", "expected"),
    [
        ((draft(),), 1, False),
        ((draft(),), 24, True),
        ((draft(status="paused"),), 24, True),
        ((draft(status="submitted"),), 24, False),
        ((draft(form="decision"),), 24, False),
        ((draft(), ChaseRecord(id="draft:d", due=NOW)), 24, False),
        ((draft(), ChaseRecord(id="draft:d", due=NOW, next_at=later(hours=2))), 24, True),
        ((draft(touched_at=later(hours=1)), ChaseRecord(id="draft:d", due=NOW)), 24, True),
    ],
)
async def test_a_draft_is_looked_at_once_it_was_left_alone_for_a_day(
    rows: tuple[Record, ...], hours: int, expected: bool, tmp_path: Path
) -> None:
    assert await found(tmp_path, *rows, now=later(hours=hours)) == ([ToChase(draft="d")] if expected else [])


async def test_cases_come_once_each_in_order_and_no_more_than_asked_for(tmp_path: Path) -> None:
    rows = [date(f"{case}:{kind}", case) for case in ("3", "1", "2") for kind in ("a", "b")]
    async with opened(tmp_path) as store:
        await store.commit("one", "digest", NOW, Changes(puts=(*rows, request(), draft())))
        every = await store.to_chase(later(days=1), ("more_time",))
        some = await store.to_chase(later(days=1), ("more_time",), 2)
    assert every == [ToChase(case="1"), ToChase(case="2"), ToChase(case="3"), ToChase(draft="d")]
    assert len(some) == 2


async def test_when_the_next_is_due(tmp_path: Path) -> None:
    rows = [chase(str(n), next_at=later(days=n)) for n in range(1, 4)]
    async with opened(tmp_path) as store:
        assert await store.next_chase(NOW) is None
        await store.commit("one", "digest", NOW, Changes(puts=(*rows, chase("never"))))
        assert await store.next_chase(later(days=1)) == later(days=2)
        assert await store.next_chase(later(days=3)) is None


@pytest.mark.parametrize(
    ("open_", "done", "about"),
    [
        (date(), date(met=NOW), "1:notification:1"),
        (draft(), draft(status="cancelled"), "draft:d"),
        (request(), request(emailed_at=NOW), "email:r"),
        (notice(), notice(settled_at=NOW), "notice:n"),
    ],
)
async def test_what_a_reminder_is_about_is_still_open_or_not(open_: Record, done: Record, about: str, tmp_path: Path) -> None:
    for number, (row, expected) in enumerate(((open_, True), (done, False))):
        async with opened(tmp_path / str(number)) as store:
            assert (await store.reminder_now(reminder(about), NOW)).reason == "delivery.done_meanwhile"
            await store.commit("one", "digest", NOW, Changes(puts=(row,)))
            left = (await store.reminder_now(reminder(f"nothing:such {about}"), NOW)).left
            assert left == ((about,) if expected else ())


@pytest.mark.parametrize(
    ("kept", "reason", "waits"),
    [
        ({}, "", False),
        ({"told_at": NOW}, "", False),
        ({"told_at": None}, "delivery.done_meanwhile", False),
        ({"due": NOW}, "delivery.done_meanwhile", False),
        ({"next_at": later(hours=1)}, "", True),
        ({"next_at": NOW}, "", False),
        ({"next_at": later(days=60)}, "", False),
    ],
)
async def test_what_was_moved_is_not_said_and_what_is_due_anew_is_waited_for(
    kept: dict[str, datetime | None], reason: str, waits: bool, tmp_path: Path
) -> None:
    row = chase("1:notification:1", **{"due": date().due, "told_at": NOW, **kept})
    async with opened(tmp_path) as store:
        await store.commit("one", "digest", NOW, Changes(puts=(date(), row)))
        found = await store.reminder_now(reminder("1:notification:1"), later(hours=2))
        old = await store.reminder_now(reminder("1:notification:1"), later(days=31))
    assert (found.reason, found.waits) == (reason, waits)
    assert old.reason == ("delivery.newer_said" if waits else reason)


async def test_what_was_said_anew_in_the_same_place_is_not_said_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("one", "digest", NOW, Changes(puts=(date(), date("2:notification:1", "2"))))
        about = "1:notification:1 2:notification:1"
        sends = [
            reminder(said, place).send for said, place in ((about, "a"), ("1:notification:1", "b"), ("1:notification:1", "a"))
        ]
        await store.commit("two", "digest", NOW, Changes(sends=tuple(sends)))
        rows = sorted(await store.ledger(), key=lambda row: row.id)
        found = [await store.reminder_now(row, NOW) for row in rows]
    assert [one.left for one in found] == [("2:notification:1",), ("1:notification:1",), ("1:notification:1",)]


def reminder(about: str, place: str = "a") -> OutboxRow:
    """A reminder that was made just now."""
    send = Send(kind=Kind.POST, lane=place, place=place, body={}, reminder=True, about=about)
    return OutboxRow(id=1, turn="t", send=send, status=OutboxStatus.SENDING, next_at=NOW, made_at=NOW)


@pytest.mark.parametrize(
    ("role", "changed", "others", "expected"),
    [
        ("coordinator", {}, (), True),
        ("manager", {}, (), True),
        ("auditor", {}, (), False),
        ("manager", {"confirmed_by": ""}, (), False),
        ("manager", {"ended_at": NOW}, (), False),
        ("manager", {"granted_at": later(minutes=1)}, (), False),
        ("manager", {}, (PersonRecord(id="t/m", name="Test Manager", removed_at=NOW),), False),
        ("manager", {}, (RoundRecord(id="digest:t/m", done_at=NOW),), False),
        ("manager", {}, (RoundRecord(id="digest:t/m", done_at=later(minutes=-1)),), True),
        ("manager", {}, (away("2026-03-02", "2026-03-02"),), False),
        ("manager", {}, (away("2026-03-02", "2026-03-02", ended_at=NOW),), True),
        ("manager", {}, (away("2026-03-03", "2026-03-09"), away("2026-02-02", "2026-03-01")), True),
    ],
)
async def test_whose_digest_is_due(
    role: str, changed: dict[str, Any], others: tuple[Record, ...], expected: bool, tmp_path: Path
) -> None:
    given: dict[str, Any] = {"granted_by": "t/c", "granted_at": NOW, "confirmed_by": "t/c"}
    grant = GrantRecord(id="g", person="t/m", role=role, **(given | changed))
    async with opened(tmp_path) as store:
        await store.commit("one", "digest", NOW, Changes(puts=(grant, *others)))
        assert list(await store.to_digest(NOW, "2026-03-02")) == ([ToChase(digest="t/m")] if expected else [])


def _plans(connection: sqlite3.Connection) -> list[str]:
    values = {"now": utc_text(NOW), "limit": 1, "settled": utc_text(NOW), "after": utc_text(NOW), "kind0": "more_time"}
    asked = (DATES, EMAILS, NOTICES.format(kinds=":kind0"), DRAFTS, NEXT)
    return [row[3] for one in asked for row in connection.execute(f"EXPLAIN QUERY PLAN {one}", values)]


async def test_the_pass_asks_the_indexes_of_what_is_open(tmp_path: Path) -> None:
    async with opened(tmp_path):
        pass
    with raw(tmp_path) as connection:
        plans = _plans(connection)
    used = {name for plan in plans for name in plan.split() if "_" in name}
    assert {"deadlines_open", "requests_not_mailed", "notices_open", "drafts_open", "chases_next"} <= used
    assert not [plan for plan in plans if plan.startswith("SCAN") and " USING " not in plan and "SUBQUERY" not in plan]
    assert not [plan for plan in plans if plan.startswith("SCAN c ")]


async def _steps(store: SqliteStore, folder: Path) -> int:
    """How many steps of its machine the database takes for one look."""
    taken = [0]

    def step() -> int:
        taken[0] += 1
        return 0

    with raw(folder) as connection:
        connection.set_progress_handler(step, 1)
        values = {"now": utc_text(NOW), "limit": 100, "settled": utc_text(NOW - timedelta(days=1))}
        for query in (DATES, EMAILS, DRAFTS):
            connection.execute(query, values).fetchall()
    return taken[0]


async def test_a_look_costs_the_same_however_many_dates_are_closed(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        rows = [date(f"open{n}") for n in range(20)] + [chase(f"open{n}") for n in range(20)]
        await store.commit("one", "digest", NOW, Changes(puts=tuple(rows)))
        before = await _steps(store, tmp_path)
        closed = [date(f"met{n}", met=NOW) for n in range(1_000)]
        gone = [replace(request(state="withdrawn"), id=f"gone{n}") for n in range(500)]
        ended = [draft(id=f"sent{n}", status="submitted") for n in range(500)]
        await store.commit("two", "digest", NOW, Changes(puts=(*closed, *gone, *ended)))
        assert await _steps(store, tmp_path) == before
