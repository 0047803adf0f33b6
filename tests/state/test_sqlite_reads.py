"""A snapshot holds what was asked for and no more, in the order promised, and each query stands on an index."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from store_kit import KEYS, NOW, answer, draft, later, opened, raw

from state.changes import Changes
from state.records import (
    CasePersonRecord,
    CaseRecord,
    CodeRecord,
    CounterRecord,
    DeadlineRecord,
    GrantRecord,
    PersonRecord,
    PlaceRecord,
    Record,
    TalkRecord,
)
from state.scoping_records import NoticeRecord
from state.snapshot import Snapshot, Wanted
from state.sqlite.opener import Opener
from state.sqlite.outbox import DUE
from state.sqlite.predicates import OPEN_DEADLINE
from state.sqlite.reads import Reading


def case(name: str, **fields: Any) -> CaseRecord:
    """A case of the referrer `t/p`."""
    given = {"id": name, "reference": f"NS-2026-{name}", "draft": "d", "referrer": "t/p", "received_at": NOW}
    return CaseRecord(**(given | fields))


def grant(name: str, person: str, **fields: Any) -> GrantRecord:
    """A coordinator's grant."""
    given = {"id": name, "person": person, "role": "coordinator", "granted_by": "setup", "granted_at": NOW}
    return GrantRecord(**(given | fields))


def place(name: str, kind: str = "personal", **fields: str) -> PlaceRecord:
    """A place in the console."""
    return PlaceRecord(id=f"console:{name}", channel="console", conversation=name, kind=kind, **fields)


def deadline(name: str, **fields: Any) -> DeadlineRecord:
    """A deadline of the case `1`."""
    return DeadlineRecord(**({"id": name, "case": "1", "kind": "test", "due": NOW, "runs_from": NOW} | fields))


def relation(of: str, person: str, kind: str) -> CasePersonRecord:
    """A person's relation to a case or draft."""
    return CasePersonRecord(case=of, person=person, relation=kind)


async def _read(folder: Path, puts: tuple[Record, ...], **wanted: Any) -> Snapshot:
    async with opened(folder) as store:
        await store.commit("before", "digest", NOW, Changes(puts=puts))
        return await store.read(Wanted(**({"turn": "now", "person": "", "place": ""} | wanted)))


def _kept(*records: Record) -> tuple[Record, ...]:
    return tuple(msgspec.structs.replace(record, version=1) for record in records)


async def test_nothing_wanted_is_nothing_read(tmp_path: Path) -> None:
    puts = (PersonRecord(id="t/p", name="Test Person"), draft(), answer(), case("1"), deadline("a"), grant("g", "t/p"))
    assert await _read(tmp_path, puts) == Snapshot()


async def test_a_person_with_what_is_theirs(tmp_path: Path) -> None:
    person, here = PersonRecord(id="t/p", name="Test Person"), place("1")
    own = (grant("g2", "t/p", granted_at=later(days=1)), grant("g1", "t/p", ended_at=NOW))
    drafts = (draft(id="old"), draft(id="new", status="paused", touched_at=later(days=1)))
    cases = (case("1"), case("2", received_at=later(days=1)))
    others = (
        grant("g3", "t/q"),
        draft(id="done", status="submitted"),
        draft(id="theirs", owner="t/q"),
        case("3", referrer="t/q"),
    )
    snapshot = await _read(tmp_path, (person, here, *own, *drafts, *cases, *others), person="t/p", place="console:1", mine=True)
    assert (snapshot.person, snapshot.place) == _kept(person, here)
    assert snapshot.grants == _kept(own[1], own[0])
    assert snapshot.my_drafts == _kept(drafts[1], drafts[0])
    assert snapshot.my_cases == _kept(cases[1], cases[0])
    assert (snapshot.talk, snapshot.draft, snapshot.answers, snapshot.all_grants) == (None, None, {}, ())


async def test_the_draft_of_the_talk_unless_another_is_asked_for(tmp_path: Path) -> None:
    talk = TalkRecord(person="t/p", place="console:1", draft="d", state="incident.summary")
    people = (relation("d", "t/q", "excluded"), relation("other", "t/q", "named"))
    puts = (talk, draft(), draft(id="other"), answer(), answer(path="a"), answer(draft="other"), *people)
    snapshot = await _read(tmp_path, puts, person="t/p", place="console:1")
    assert snapshot.talk == msgspec.structs.replace(talk, version=1)
    assert snapshot.draft == draft(1)
    assert snapshot.answers == {"a": answer(1, path="a"), "incident.summary": answer(1)}
    assert snapshot.draft_people == _kept(people[0])
    async with opened(tmp_path) as store:
        asked = await store.read(Wanted(turn="now", person="t/p", place="console:1", draft="other"))
    assert (asked.talk, asked.draft) == (snapshot.talk, draft(1, id="other"))
    assert asked.answers == {"incident.summary": answer(1, draft="other")}


@pytest.mark.parametrize("asked", [{"case": "1"}, {"reference": "NS-2026-1"}])
async def test_a_case_by_id_or_reference(asked: dict[str, str], tmp_path: Path) -> None:
    mine = (case("1"), relation("1", "t/p", "partner"), deadline("late", due=later(days=2)), deadline("soon", met=NOW))
    snapshot = await _read(tmp_path, (*mine, case("2"), deadline("other", case="2"), relation("2", "t/p", "named")), **asked)
    assert snapshot.case == msgspec.structs.replace(mine[0], version=1)
    assert snapshot.case_people == _kept(mine[1])
    assert snapshot.deadlines == _kept(mine[3], mine[2])


async def test_cases_that_are_not_at_an_end(tmp_path: Path) -> None:
    ended = [case(status, status=status) for status in ("closed", "withdrawn", "joined", "handed_over", "stood_down")]
    going = (case("2", received_at=later(days=1)), case("1"), case("3", restricted=True, received_at=later(days=2)))
    relations = (
        relation("1", "t/p", "partner"),
        relation("3", "t/q", "named"),
        relation("1", "t/q", "partner"),
        relation("closed", "t/p", "partner"),
    )
    snapshot = await _read(tmp_path, (*ended, *going, *relations), person="t/p", open_cases=True)
    assert snapshot.open_cases == _kept(going[1], going[0], going[2])
    assert snapshot.open_case_people == _kept(*relations[:2])


async def test_open_cases_come_with_their_open_dates_and_what_is_not_settled(tmp_path: Path) -> None:
    cases = (case("1"), case("2"), case("closed", status="closed"))
    dates = [deadline(name, case=of, met=met) for name, of, met in (("a", "1", None), ("b", "1", NOW), ("c", "closed", None))]
    notices = [NoticeRecord(id=f"n{of}", case=of, kind="question", by="t/p", at=NOW) for of in ("2", "closed")]
    settled = NoticeRecord(id="settled", case="1", kind="question", by="t/p", at=NOW, settled_at=NOW)
    snapshot = await _read(tmp_path, (*cases, *dates, *notices, settled), person="t/p", open_cases=True)
    assert snapshot.open_deadlines == _kept(dates[0])
    assert snapshot.open_notices == _kept(notices[0])


async def test_everybody_with_a_standing_role(tmp_path: Path) -> None:
    people = [PersonRecord(id=f"t/{name}", name="Test Person") for name in "abc"]
    grants = (grant("1", "t/a", confirmed_by="t/b"), grant("2", "t/b"), grant("3", "t/c", ended_at=NOW))
    channel = place("channel", "channel", tied_to="coordinators")
    places = (channel, place("a", person="t/a"), place("c", person="t/c"), place("untied", "channel", person="t/a"))
    snapshot = await _read(tmp_path, (*people, *grants, *places), people=True)
    assert snapshot.all_grants == _kept(*grants[:2])
    assert snapshot.all_people == _kept(*people[:2])
    assert snapshot.tied_places == _kept(places[1], channel)


async def test_a_code_and_a_counter(tmp_path: Path) -> None:
    code = CodeRecord(digest="k1:aa", purpose="coordinator", made_by="setup", expires_at=NOW)
    counter = CounterRecord(name="2026", value=7)
    snapshot = await _read(tmp_path, (code, counter), code="k1:aa", counter="2026")
    assert (snapshot.code, snapshot.counter) == _kept(code, counter)


async def test_a_snapshot_is_one_picture(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("one", "digest", NOW, Changes(puts=(draft(), TalkRecord(person="t/p", place="x", draft="d"))))
        with raw(tmp_path) as connection:
            connection.execute("BEGIN")
            reading = Reading(connection, KEYS, Opener(KEYS), Wanted(turn="now", person="t/p", place="x"))
            connection.execute("SELECT 1 FROM talks").fetchall()
            await store.commit("two", "digest", NOW, Changes(puts=(draft(1, status="paused"), answer())))
            snapshot = reading.snapshot()
    assert snapshot.draft == draft(1)
    assert snapshot.answers == {}


ALL = Wanted(
    turn="now",
    person="t/p",
    place="x",
    case="1",
    code="k1:aa",
    counter="2026",
    matching=True,
    open_cases=True,
    people=True,
    ledger=True,
    row=1,
    missed=True,
    sent=(NOW, later(days=1)),
)


@pytest.mark.parametrize("wanted", [ALL, msgspec.structs.replace(ALL, case="", reference="NS-2026-1")])
async def test_no_query_reads_a_whole_table_that_grows_with_cases(wanted: Wanted, tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        talk = TalkRecord(person="t/p", place="x", draft="d")
        await store.commit("one", "digest", NOW, Changes(puts=(draft(), answer(), talk, case("1"))))
    asked: list[str] = []
    with raw(tmp_path) as connection:
        connection.set_trace_callback(asked.append)
        Reading(connection, KEYS, Opener(KEYS), wanted).snapshot()
        connection.set_trace_callback(None)
        plans = [row[3] for query in asked for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert len(asked) > 12
    grows = {"answers", "drafts", "cases", "case_people", "deadlines", "child_digests", "turns", "talks", "codes", "people"}
    grows |= {"outbox", "requests"}
    small = ("cases_open", "outbox_missed", "outbox_due", "requests_not_mailed")
    found = [plan for plan in plans if plan.startswith("SCAN") and plan.split()[1] in grows]
    scanned = [plan for plan in found if not any(name in plan for name in small)]
    assert scanned == []


async def test_what_is_overdue_is_answered_from_the_index_alone(tmp_path: Path) -> None:
    async with opened(tmp_path):
        pass
    overdue = f"""SELECT "due", "case", "kind", "child", "owner", "provisional", "restricted" FROM "deadlines"
        WHERE {OPEN_DEADLINE} AND "due" < '2026' ORDER BY "due" LIMIT 50"""
    with raw(tmp_path) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {overdue}")]
    assert plan == ["SEARCH deadlines USING COVERING INDEX deadlines_open (due<?)"]


async def test_claiming_stands_on_the_indexes_of_what_waits(tmp_path: Path) -> None:
    async with opened(tmp_path):
        pass
    with raw(tmp_path) as connection:
        plan = " ".join(
            row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {DUE.format(ours='1 = 1')}", {"now": "2026", "limit": 1})
        )
    assert "USING INDEX outbox_due" in plan
    assert "COVERING INDEX outbox_lane (lane=? AND status=?)" in plan
    assert "TEMP B-TREE" not in plan


async def test_answers_can_be_read_as_they_stood_at_an_instant(tmp_path: Path) -> None:
    first = (draft(), answer(path="summary", value="first", at=NOW))
    second = (
        answer(1, path="summary", value="second", at=later(seconds=10)),
        answer(path="reason", value="new", at=later(seconds=10)),
    )

    async with opened(tmp_path) as store:
        await store.commit("t1", "t1", NOW, Changes(puts=first))
        await store.commit("t2", "t2", later(seconds=10), Changes(puts=second))
        for until, values in (
            (later(seconds=5), {"summary": "first"}),
            (later(seconds=10), {"summary": "second", "reason": "new"}),
            (None, {"summary": "second", "reason": "new"}),
        ):
            found = await store.read(Wanted(turn="", person="", place="", draft="d", until=until))
            assert {path: one.value for path, one in found.answers.items()} == values
