"""Requests over all cases: whose are read, for whom, and that it does not cost more with other organisations' requests."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from store_kit import KEYS, NOW, later, opened, raw

from state.changes import Changes, Entry
from state.chasing_records import ChaseRecord
from state.records import CasePersonRecord, CaseRecord, DeadlineRecord, GrantRecord, PersonRecord, Record
from state.requests_of import RequestsOf
from state.scoping_records import OrganisationRecord, RequestRecord
from state.snapshot import Snapshot, Wanted
from state.sqlite.opener import Opener
from state.sqlite.reads import Reading
from state.sqlite.requests_of import MOST
from state.values import utc_text

ME = "t/me"


def case(number: str, *, restricted: bool = False, status: str = "closed") -> CaseRecord:
    return CaseRecord(
        id=number, reference=f"NS-{number}", status=status, restricted=restricted, draft="", referrer="t/x", received_at=NOW
    )


def request(name: str, of: str = "1", organisation: str = "police", sent: datetime = NOW, **fields: Any) -> RequestRecord:
    given = {"id": name, "case": of, "reference": f"NS-{of}", "organisation": organisation, "agency": "x", "state": "sent"}
    return RequestRecord(**(given | {"sent_at": sent} | fields))


ROWS: tuple[Record, ...] = (
    OrganisationRecord(id="police", name="Test Constabulary", kind="police"),
    OrganisationRecord(id="trust-1", name="Test North Trust", kind="hospital_trust"),
    OrganisationRecord(id="trust-2", name="Test South Trust", kind="hospital_trust", ended_at=NOW),
    case("1"),
    case("2", restricted=True),
    request("a"),
    request("b", sent=later(days=10), state="accepted"),
    request("c", "2"),
    request("d", organisation="trust-1"),
    request("e", organisation="trust-2", sent=later(days=1)),
    request("f", state="to_send", sent=later(days=2)),
    request("g", sent_at=None, state="to_send"),
)


async def read(folder: Path, asked: RequestsOf, *more: Record) -> list[str]:
    """The ids that are read, newest first."""
    async with opened(folder) as store:
        await store.commit("one", "digest", NOW, Changes(puts=(*ROWS, *more)))
        found: Snapshot = await store.read(Wanted(turn="", person=ME, place="", requests_of=asked))
    return [one.id for one in found.requests_of]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        (RequestsOf(organisations=("police",)), ["b", "a"]),
        (RequestsOf(agencies=("hospital_trust",)), ["e", "d"]),
        (RequestsOf(agencies=("hospital_trust", "police")), ["b", "e", "a", "d"]),
        (RequestsOf(typed="how is test south trust doing"), ["e"]),
        (RequestsOf(organisations=("police",), since=utc_text(later(days=5))), ["b"]),
        (RequestsOf(organisations=("police",), until=utc_text(later(days=5))), ["a"]),
        (RequestsOf(organisations=("police",), waiting=True), ["a"]),
        (RequestsOf(everybody=True, waiting=True), ["e", "a", "d"]),
        (RequestsOf(own=True), []),
        (RequestsOf(own=True, else_everybody=True, waiting=True), ["e", "a", "d"]),
        (RequestsOf(), []),
    ],
)
async def test_whose_requests_are_read_and_of_what_time(asked: RequestsOf, ids: list[str], tmp_path: Path) -> None:
    assert await read(tmp_path, asked) == ids


async def test_ones_own_are_those_of_the_organisations_one_leads(tmp_path: Path) -> None:
    lead = GrantRecord(
        id="g", person=ME, role="deputy", organisation="trust-1", granted_by="t/x", granted_at=NOW, confirmed_by="t/x"
    )
    assert await read(tmp_path, RequestsOf(own=True), lead) == ["d"]


@pytest.mark.parametrize(
    ("relation", "until", "in_channel", "there"),
    [
        ("named", None, False, True),
        ("named", None, True, False),
        ("named", later(days=-1), False, False),
        ("named", later(days=1), False, True),
        ("panel_member", None, False, False),
    ],
)
async def test_a_restricted_case_is_there_for_those_on_its_list_one_to_one(
    relation: str, until: datetime | None, in_channel: bool, there: bool, tmp_path: Path
) -> None:
    asked = RequestsOf(organisations=("police",), in_channel=in_channel, now=utc_text(NOW))
    mine = CasePersonRecord(case="2", person=ME, relation=relation, until=until)
    assert ("c" in await read(tmp_path, asked, mine)) is there


async def test_an_excluded_person_has_none_of_the_case(tmp_path: Path) -> None:
    out = CasePersonRecord(case="1", person=ME, relation="excluded")
    assert await read(tmp_path, RequestsOf(organisations=("police",)), out) == []


async def test_no_more_than_can_be_counted_are_read(tmp_path: Path) -> None:
    many = tuple(request(f"m{number:04d}", sent=later(days=20, minutes=number)) for number in range(MOST + 20))
    found = await read(tmp_path, RequestsOf(organisations=("police",)), *many)
    assert len(found) == MOST + 1
    assert found[0] == f"m{MOST + 19:04d}"


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (RequestsOf(organisations=("police",), since="2026"), "requests_of (organisation=? AND sent_at>?"),
        (RequestsOf(agencies=("police",), since="2026"), "requests_of (organisation=? AND sent_at>?"),
        (RequestsOf(own=True, since="2026"), "requests_of (organisation=? AND sent_at>?"),
    ],
)
async def test_it_stands_on_an_index(asked: RequestsOf, index: str, tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("one", "digest", NOW, Changes(puts=ROWS))
    queries: list[str] = []
    with raw(tmp_path) as connection:
        connection.set_trace_callback(queries.append)
        Reading(connection, KEYS, Opener(KEYS), Wanted(turn="", person=ME, place="", requests_of=asked)).snapshot()
        connection.set_trace_callback(None)
        query = next(one for one in queries if '"sent_at" >=' in one)
        plan = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}"))
    assert index in plan
    assert "SCAN requests" not in plan


async def test_what_was_handed_on_is_read_while_its_date_is_open(tmp_path: Path) -> None:
    dates = [
        DeadlineRecord(id=f"1:{name}", case="1", kind=name, due=NOW, runs_from=NOW, met=met)
        for name, met in (("open", None), ("met", NOW))
    ]
    chases = [ChaseRecord(id=f"1:{name}", case="1", due=NOW, handed_to=to) for name, to in (("open", ME), ("met", ME))]
    mine = ChaseRecord(id="1:nobody", case="1", due=NOW)
    async with opened(tmp_path) as store:
        await store.commit("one", "digest", NOW, Changes(puts=(*ROWS, *dates, *chases, mine)))
        found = await store.read(Wanted(turn="", person=ME, place="", handed=True))
    assert [one.id for one in found.handed] == ["1:open"]


async def test_the_history_of_a_case_is_read_with_everybody_it_names(tmp_path: Path) -> None:
    rows = (Entry(chain="case:1", kind="case_read", who="t/reader"), Entry(chain="case:2", kind="case_read", who="t/other"))
    people = (PersonRecord(id="t/reader", name="Test Reader"), PersonRecord(id="t/other", name="Test Other"))
    async with opened(tmp_path) as store:
        await store.commit("one", "digest", NOW, Changes(puts=(*ROWS, *people), history=rows))
        found = await store.read(Wanted(turn="", person=ME, place="", case="1", history=True, people=True))
        without = await store.read(Wanted(turn="", person=ME, place="", case="1", people=True))
    assert [(one.kind, one.who) for one in found.history] == [("case_read", "t/reader")]
    assert "Test Reader" in {one.name for one in found.all_people}
    assert "Test Other" not in {one.name for one in found.all_people}
    assert without.history == ()
    assert "Test Reader" not in {one.name for one in without.all_people}
