"""Moving what is somebody's to somebody else: every column was thought about, nothing is left behind, nobody is overwritten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from store_kit import KEYS, NOW, answer, database, draft, later, opened, raw, send

from state.accounts import Speaker
from state.changes import Changes, Entry, Move
from state.chasing_records import CHASING_RECORDS, RoundRecord
from state.file_records import FILE_RECORDS
from state.moving import BEGUN, LEFT, LISTED, NAMED, SEALED, SOURCES
from state.records import RECORDS, AccountRecord, CasePersonRecord, CaseRecord, PersonRecord, PlaceRecord, Record
from state.scoping_records import SCOPING_RECORDS, Extension, NoticeRecord, OpeningRecord, RequestRecord
from state.snapshot import Conflict, Wanted
from state.sqlite import SqliteStore, open_store
from state.sqlite.moving import move
from state.values import JSON

NOBODY = {
    "absences": "id first last at ended_at",
    "accounts": "name asked_at asked_in confirmed_at ended_at",
    "answers": "draft path state value at",
    "attendances": "case reply replied_at",
    "case_people": "case relation reason until",
    "cases": (
        "id reference status draft received_at acknowledged_at outcome edition before joined_to la_aware_at "
        "harm_aware_at notified_at sent_at decisions decided_at aware_from harm_from reopened_at"
    ),
    "chases": "id case due done next_at told_at snoozed_until",
    "child_digests": "case digest",
    "codes": "digest purpose role organisation expires_at used_at made_in",
    "counters": "name",
    "deadlines": "id case kind owner due runs_from met",
    "drafts": "id form status case edition begun_at touched_at about",
    "files": (
        "id shelf series path case what item tag digest url state outline upload over beside held_at made_at filed_at "
        "changed_at"
    ),
    "further": "id case request question asked_at answer answered_at",
    "grants": "id role organisation granted_at ended_at",
    "history": "chain turn at kind edition content_digest prev digest",
    "history_contents": "chain sealed",
    "history_heads": "chain head seal",
    "marks": "shelf mark at",
    "meetings": "case uid starts_at ends_at venue cancelled_at delay_reason",
    "meta": "name value",
    "notices": "id case kind about at settled_at outcome",
    "openings": "request at",
    "organisations": "id name kind email address ended_at",
    "outbox": (
        "kind lane place case replaces body status next_at made_at sent_at remote_id reason card about what thread aside"
    ),
    "pairs": "case one other keeps at",
    "people": "name email telephone job agency organisation removed_at told_in",
    "places": "id channel conversation kind address tied_to",
    "requests": (
        "id case reference organisation agency state draft nil delivery withheld due sent_at emailed_at "
        "opened_at returned_at reason changed without"
    ),
    "rounds": "done_at note",
    "talks": "place draft state note",
    "turns": "digest at answer",
}
"""Columns that hold no person's id. Whoever adds a column says here, or in state/moving.py, what it holds."""
OF, TO = "T0TEST/U-other", "tenant/person"

KEYED = {one.TABLE: one.KEY for one in (*RECORDS, *SCOPING_RECORDS, *CHASING_RECORDS, *FILE_RECORDS)}
BOTH = (Move(of=OF, to=TO),)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The tables alone."""
    open_store(database(tmp_path), KEYS, "local").close()
    with raw(tmp_path) as connection:
        yield connection


def columns(connection: sqlite3.Connection, named: str) -> dict[str, str]:
    return {name: kind for _, name, kind, *_ in connection.execute(f'PRAGMA table_info("{named}")')}


def insert(connection: sqlite3.Connection, named: str, **values: str) -> None:
    """A row with something in every column; a request is at an end, so that nothing sealed in it is opened."""
    known = {"requests": {"state": "accepted"}, "places": {"kind": "channel", "speakers": "[]"}}.get(named, {})
    other = {name: {"TEXT": "Test", "BYTEA": b""}.get(kind, 1) for name, kind in columns(connection, named).items()}
    row = other | known | values
    row.pop("id") if named == "outbox" else None
    names, marks = ", ".join(f'"{one}"' for one in row), ", ".join(f":{one}" for one in row)
    connection.execute(f'INSERT INTO "{named}" ({names}) VALUES ({marks})', row)


def test_every_column_is_thought_about(empty: sqlite3.Connection) -> None:
    tables = [name for (name,) in empty.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    there = {(one, name) for one in tables for name, kind in columns(empty, one).items() if kind in ("TEXT", "BYTEA")}
    moved = {*NAMED, *LISTED, *((one, name) for one, (name, _) in SEALED.items())}
    begun = {(one, name) for one, name, _ in (*BEGUN, *SOURCES)}
    nobody = {(one, name) for one, names in NOBODY.items() for name in names.split()}
    assert moved | begun | set(LEFT) | nobody == there
    assert sum(map(len, (moved, begun, LEFT, nobody))) == len(there), "each is said once"
    assert all(LEFT.values())


@pytest.mark.parametrize(("named", "column"), NAMED, ids=lambda one: one)
def test_a_row_that_names_one_names_the_other(empty: sqlite3.Connection, named: str, column: str) -> None:
    insert(empty, named, **{column: OF})
    other = {name: "Test other" for name in KEYED.get(named, ()) if name != column}
    insert(empty, named, **other, **({"reference": "Test other"} if named == "cases" else {}), **{column: "tenant/else"})
    move(empty, KEYS, BOTH)
    version = ', "version"' if named != "outbox" else ", 2"
    found = empty.execute(f'SELECT "{column}" {version} FROM "{named}" ORDER BY rowid').fetchall()
    assert found == [(TO, 2), ("tenant/else", 2 if named == "outbox" else 1)], "whoever read it before has to read again"


@pytest.mark.parametrize("named", sorted({one for one, name in NAMED if name in KEYED.get(one, ())}))
def test_the_persons_own_row_stands_where_both_have_one(empty: sqlite3.Connection, named: str) -> None:
    kept = next(name for name in columns(empty, named) if name not in (*KEYED[named], "version"))
    insert(empty, named, person=OF)
    insert(empty, named, person=TO, **{kept: "7"})
    move(empty, KEYS, BOTH)
    assert [(one, str(value)) for one, value in empty.execute(f'SELECT "person", "{kept}" FROM "{named}"')] == [(TO, "7")]


def test_a_move_to_oneself_takes_nothing_away(empty: sqlite3.Connection) -> None:
    insert(empty, "talks", person=TO)
    move(empty, KEYS, (Move(of=TO, to=TO),))
    assert empty.execute('SELECT "person", "version" FROM "talks"').fetchall() == [(TO, 1)]


async def kept(store: SqliteStore, *records: Record) -> None:
    await store.commit("before", "before", NOW, Changes(puts=records))


async def moved(store: SqliteStore) -> None:
    await store.commit("moved", "moved", later(hours=1), Changes(moves=BOTH))


def asked(key: str, state: str) -> RequestRecord:
    more = (
        Extension(asked_by=OF, asked_at=NOW, new_date=NOW.date()),
        Extension(asked_by=TO, asked_at=NOW, new_date=NOW.date()),
    )
    return RequestRecord(
        id=key,
        case="c",
        reference="NS-2026-0001",
        organisation="o",
        agency="police",
        state=state,
        extensions=more,
        reason="Test",
    )


async def test_who_asked_for_more_time_is_told_in_requests_that_are_open(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        case = CaseRecord(id="c", reference="NS-2026-0001", draft="d", referrer="t/p", received_at=NOW)
        await kept(store, case, asked("open", "sent"), asked("over", "accepted"))
        await moved(store)
        found = [(await store.read(Wanted(turn="", person="", place="", request=one))).request for one in ("open", "over")]
    assert [[more.asked_by for more in one.extensions] for one in found if one] == [[TO, TO], [OF, TO]]
    assert [(one.version, one.reason) for one in found if one] == [(2, "Test"), (1, "Test")]


async def test_the_own_conversation_remembers_whose_account_it_is(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        own = PlaceRecord(id="slack:D", channel="slack", conversation="D", kind="personal", person=OF)
        channel = PlaceRecord(id="slack:C", channel="slack", conversation="C", kind="channel", speakers=("a/b", OF, TO))
        await kept(store, own, channel)
        await moved(store)
        places = [(await store.read(Wanted(turn="", person="", place=one))).place for one in ("slack:D", "slack:C")]
    assert places == [
        replace(own, person=TO, account=OF, version=2),
        replace(channel, speakers=("a/b", TO), version=2),
    ]


@pytest.mark.parametrize("had", [True, False])
async def test_nobody_has_a_second_digest_in_the_week(tmp_path: Path, had: bool) -> None:
    async with opened(tmp_path) as store:
        mine = (RoundRecord(id=f"digest:{TO}", done_at=later(days=-9)),) if had else ()
        await kept(store, RoundRecord(id=f"digest:{OF}", done_at=NOW), *mine)
        await moved(store)
        found = [(await store.read(Wanted(turn="", person="", place="", round=f"digest:{one}"))).round for one in (OF, TO)]
    assert [one.done_at if one else None for one in found] == [None, later(days=-9) if had else NOW]


async def test_who_read_a_row_before_has_to_read_it_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await kept(store, draft(owner=OF))
        await moved(store)
        with pytest.raises(Conflict):
            await store.commit("late", "late", NOW, Changes(puts=(draft(1, owner=OF, status="paused"),)))


async def test_what_was_decided_before_the_account_was_linked_is_decided_again(tmp_path: Path) -> None:
    linked = AccountRecord(id=OF, person=TO, asked_at=NOW, confirmed_at=NOW)
    async with opened(tmp_path) as store:
        stranger, person = Speaker(OF, OF), Speaker(OF, TO)
        begun = Changes(puts=(draft(owner=OF),))
        with pytest.raises(Conflict):
            await store.commit("early", "early", NOW, begun, speaker=person)
        await kept(store, linked)
        with pytest.raises(Conflict):
            await store.commit("late", "late", NOW, begun, speaker=stranger)
        assert (await store.read(Wanted(turn="", person=OF, place="", mine=True))).my_drafts == ()
        await store.commit("now", "now", NOW, Changes(puts=(draft(owner=TO),)), speaker=person)
        assert await store.person_of(OF) == TO
        assert await store.person_of(TO) == TO


@pytest.mark.parametrize("end", [{"confirmed_at": None}, {"ended_at": NOW}], ids=["only asked for", "ended"])
async def test_an_account_is_its_own_until_it_is_confirmed_and_once_it_is_ended(tmp_path: Path, end: dict[str, None]) -> None:
    linked = AccountRecord(id=OF, person=TO, asked_at=NOW, confirmed_at=NOW)
    async with opened(tmp_path) as store:
        await kept(store, replace(linked, **end))
        assert await store.person_of(OF) == OF


async def test_an_excluded_account_excludes_the_person_and_what_is_written_stays_whole(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        out = CasePersonRecord(case="c", person=OF, relation="excluded")
        await kept(store, out, OpeningRecord(request="r", person=OF, issue=1, at=NOW), PersonRecord(id=OF, name="Test Other"))
        entry = Entry(chain="case:c", kind="case_read", who=OF, content="Test content")
        await store.commit("read", "read", NOW, Changes(history=(entry,), sends=(send(to_person=OF),)))
        await moved(store)
        assert await store.verify_history() == []
        assert [row.who for row in await store.history("case:c")] == [OF], "history says what was done from where"
        assert [row.send.to_person for row in await store.ledger()] == [TO]
        assert [row.send.body for row in await store.claim(later(days=1))] == [{"text": "Test reply"}]


async def test_a_row_of_participants_is_still_that_persons(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        panel = CasePersonRecord(case="c", person=OF, relation="panel_member")
        await kept(store, draft(case="c"), panel, answer(source=f"person:{OF}"), answer(path="other", source="typed"))
        await moved(store)
        answers = (await store.read(Wanted(turn="", person="", place="", draft="d"))).answers
    assert [(one.source, one.value, one.version) for one in answers.values()] == [
        (f"person:{TO}", "Test words", 1),
        ("typed", "Test words", 1),
    ]


async def test_what_is_asked_about_somebody_is_still_about_them(tmp_path: Path) -> None:
    def told(key: str, **more: datetime) -> NoticeRecord:
        content: JSON = {"person": OF, "reason": OF}
        return NoticeRecord(id=key, case="c", kind="involved", by=OF, at=NOW, content=content, **more)

    async with opened(tmp_path) as store:
        case = CaseRecord(id="c", reference="NS-2026-0001", draft="d", referrer="t/p", received_at=NOW)
        await kept(store, case, told("open"), told("over", settled_at=NOW))
        await moved(store)
        found = (await store.read(Wanted(turn="", person="", place="", case="c", requests=True))).notices
        assert [(one.by, one.content) for one in found] == [(TO, {"person": TO, "reason": OF})]
