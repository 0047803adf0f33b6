"""What did not get through of all cases, and what was sent in a period: each once, with what access depends on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from store_kit import NOW, later, opened

from state.changes import Changes, Kind, OutboxStatus, Send
from state.ledger import request_of
from state.records import CasePersonRecord, CaseRecord, DeadlineRecord, PersonRecord, PlaceRecord, Record
from state.scoping_records import RequestRecord
from state.snapshot import Snapshot, Wanted
from state.sqlite import SqliteStore


def case(name: str, **fields: Any) -> CaseRecord:
    """A case of the referrer `t/p`."""
    given = {"id": name, "reference": f"NS-2026-{name}", "draft": "d", "referrer": "t/p", "received_at": NOW}
    return CaseRecord(**(given | fields))


def request(name: str, **fields: Any) -> RequestRecord:
    """A request of the case `1` to the police, sent."""
    given = {"id": name, "case": "1", "reference": "NS-2026-1", "organisation": "police", "agency": "police"}
    return RequestRecord(**(given | {"state": "sent", "sent_at": NOW} | fields))


def post(**fields: Any) -> Send:
    """A post about the case `1`."""
    given: dict[str, Any] = {"kind": Kind.POST, "lane": "console:a", "place": "console:a", "case": "1", "body": {"text": "x"}}
    return Send(**(given | fields))


async def _sent(store: SqliteStore, turn: str, *sends: Send, status: OutboxStatus, reason: str = "") -> None:
    """Rows of one turn, all ended so."""
    before = {row.id for row in await store.ledger(limit=1000)}
    await store.commit(turn, turn, NOW, Changes(sends=sends))
    for row in await store.ledger(limit=1000):
        if row.id not in before:
            await store.mark(row.id, status, at=NOW, reason=reason)


async def _read(store: SqliteStore, **wanted: Any) -> Snapshot:
    return await store.read(Wanted(**({"turn": "", "person": "t/me", "place": ""} | wanted)))


async def _put(store: SqliteStore, *records: Record) -> None:
    await store.commit("put", "put", NOW, Changes(puts=records))


@pytest.mark.parametrize(
    ("first", "then", "left"),
    [
        ({"card": "request:r"}, {"card": "request:r"}, 0),
        ({"card": "request:r"}, {"card": "request:r", "lane": "console:b"}, 0),
        ({"card": "request:r"}, {"card": "request:other"}, 1),
        ({"card": "request:r"}, {"card": "request:r", "kind": Kind.UPDATE}, 1),
        ({"card": "request:r", "kind": Kind.UPDATE}, {"card": "request:r", "kind": Kind.UPDATE}, 0),
        ({"card": "request:r", "kind": Kind.FOLLOW}, {"card": "request:r"}, 1),
        ({"card": "meeting:1:0"}, {"card": "meeting:1:0", "lane": "console:b"}, 1),
        ({"about": "1:scoping_return:r"}, {"about": "1:scoping_return:r"}, 0),
        ({"kind": Kind.DOCUMENT, "what": "scoping:r"}, {"kind": Kind.DOCUMENT, "what": "scoping:r"}, 0),
        ({"kind": Kind.DOCUMENT, "what": "scoping:r"}, {"kind": Kind.DOCUMENT, "what": "agenda"}, 1),
        ({}, {}, 1),
        ({"card": "request:r"}, {"card": "request:r", "case": "2"}, 1),
    ],
)
async def test_what_was_sent_again_is_missed_no_more(
    first: dict[str, Any], then: dict[str, Any], left: int, tmp_path: Path
) -> None:
    async with opened(tmp_path) as store:
        await _sent(store, "one", post(**first), status=OutboxStatus.DEAD, reason="delivery.channel_gone")
        assert len((await _read(store, missed=True)).missed.rows) == 1
        await _sent(store, "two", post(**then), status=OutboxStatus.SENT)
        assert len((await _read(store, missed=True)).missed.rows) == left


async def test_a_request_posted_in_two_channels_counts_for_each(tmp_path: Path) -> None:
    both = [post(card="request:r", lane=f"console:{name}", place=f"console:{name}") for name in "ab"]
    async with opened(tmp_path) as store:
        await store.commit("one", "one", NOW, Changes(sends=tuple(both)))
        await store.mark(1, OutboxStatus.DEAD, at=NOW, reason="delivery.channel_gone")
        await store.mark(2, OutboxStatus.SENT, at=NOW)
        assert [row.id for row in (await _read(store, missed=True)).missed.rows] == [1]


async def test_missed_rows_come_newest_first_with_what_access_depends_on(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        named = [
            CasePersonRecord(case="1", person=who, relation=how) for who, how in (("t/you", "named"), ("t/me", "excluded"))
        ]
        mailed = request("m", delivery="email", case="3", reference="NS-2026-3")
        await _put(store, case("1"), case("2"), case("3"), request("r"), request("x"), mailed, *named)
        await _sent(store, "one", post(card="request:r"), status=OutboxStatus.DEAD, reason="delivery.channel_gone")
        await _sent(store, "two", post(case="2"), status=OutboxStatus.UNCERTAIN, reason="delivery.stopped")
        await store.commit("three", "three", NOW, Changes(sends=(post(lane="console:t"), post(lane="console:u"))))
        await store.mark(3, OutboxStatus.QUEUED, at=NOW, reason="delivery.throttled", next_at=later(minutes=1))
        await store.commit("four", "four", NOW, Changes(sends=(post(lane="console:v", reminder=True),)))
        await store.mark(5, OutboxStatus.QUEUED, at=NOW, reason="delivery.put_off", next_at=later(minutes=1))
        found = (await _read(store, missed=True)).missed
    assert [row.id for row in found.rows] == [3, 2, 1], "what only waits, or was put off, is not missed"
    assert all(row.send.body is None for row in found.rows)
    assert [one.id for one in found.cases] == ["1", "2", "3"]
    assert [(one.person, one.relation) for one in found.people] == [("t/me", "excluded"), ("t/you", "named")]
    assert [one.id for one in found.requests] == ["r"]
    assert [one.id for one in found.not_mailed] == ["m"]


async def test_nothing_missed_reads_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        assert (await _read(store, missed=True)).missed.rows == ()
        assert (await _read(store)).sent is None


async def test_a_row_comes_with_whom_it_was_for(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        place = PlaceRecord(id="console:a", channel="console", conversation="a", kind="personal", person="t/p")
        await _put(store, place, PersonRecord(id="t/p", name="Test Person"), PersonRecord(id="t/q", name="Test Other"))
        await _sent(store, "one", post(kind=Kind.REPLY, case=""), post(to_person="t/q"), status=OutboxStatus.SENT)
        found = await _read(store, row=1)
    assert found.row is not None
    assert (found.row.id, found.row.send.body) == (1, None)
    assert [one.name for one in found.written_to] == ["Test Person"]
    assert [one.id for one in found.written_at] == ["console:a"]
    assert found.ledger == ()


async def test_what_was_sent_in_a_period_with_both_ends_as_they_are_said(tmp_path: Path) -> None:
    start, end = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
    async with opened(tmp_path) as store:
        cases = [
            case("1", notified_at=start, status="closed"),
            case("2", notified_at=end),
            case("3", sent_at=start),
            case("4"),
            case("5", received_at=start),
        ]
        requests = [request("r", case="4", sent_at=start), request("s", case="4", sent_at=end), request("t", sent_at=None)]
        dates = [
            DeadlineRecord(id=f"{one}:{kind}", case=one, kind=kind, due=NOW, runs_from=NOW)
            for one in ("1", "2")
            for kind in ("notification", "rapid_review", "read_referral")
        ]
        await _put(store, *cases, *requests, *dates)
        found = (await _read(store, sent=(start, end))).sent
    assert found is not None
    assert [one.id for one in found.cases] == ["1", "3", "4"]
    assert [one.id for one in found.requests] == ["r"]
    assert [one.id for one in found.deadlines] == ["1:notification", "1:rapid_review"]


def test_the_request_that_a_row_is_about() -> None:
    rows: Sequence[tuple[dict[str, str], str]] = (
        ({"card": "request:r"}, "r"),
        ({"about": "c:scoping_return:r"}, "r"),
        ({"about": "c:notification:1 c:scoping_return:r"}, "r"),
        ({"about": "c:notification:1"}, ""),
        ({"what": "scoping_letter:r"}, "r"),
        ({"what": "agenda"}, ""),
        ({"card": "meeting:c:0"}, ""),
        ({}, ""),
    )
    assert [request_of(post(**fields)) for fields, _ in rows] == [wanted for _, wanted in rows]


async def test_only_what_failed_can_be_listed(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await _sent(store, "one", post(), post(case="2"), status=OutboxStatus.DEAD, reason="delivery.channel_gone")
        await _sent(store, "two", post(), status=OutboxStatus.SENT)
        assert [row.id for row in await store.ledger(failed=True)] == [2, 1]
        assert [row.id for row in await store.ledger(failed=True, case="1")] == [1]
        assert [row.id for row in await store.ledger(case="1")] == [3, 1]
