"""A commit is whole or not there; the first to write wins; a turn delivered twice is answered once; secrets stay secret."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
import pytest
from store_kit import KEYS, NOW, answer, database, draft, entries, later, opened, raw, send

from state.changes import Changes, Entry
from state.crypto import CannotOpen, KeyRing
from state.records import CounterRecord, PlaceRecord
from state.snapshot import Conflict, DifferentBody, Wanted
from state.sqlite.errors import Closed

THE_DRAFT = Wanted(turn="a turn to come", person="t/p", place="", draft="d")
MARKER = "Zq7TestMarkerNobodyElseWrites"


async def test_every_version_of_an_answer_is_kept_and_the_newest_counts(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for version, words in enumerate(["Test one", "Test two", {"test": ["three", 3, None, True]}]):
            await store.commit(f"turn{version}", "digest", NOW, Changes(puts=(answer(version, value=words),)))
        snapshot = await store.read(THE_DRAFT)
    assert snapshot.answers == {"incident.summary": answer(3, value={"test": ["three", 3, None, True]})}
    with raw(tmp_path) as connection:
        assert connection.execute("SELECT version FROM answers ORDER BY version").fetchall() == [(1,), (2,), (3,)]


@pytest.mark.parametrize("version", [0, 1, 3])
async def test_an_answer_written_from_another_version_than_the_newest_conflicts(version: int, tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("one", "digest", NOW, Changes(puts=(answer(0),)))
        await store.commit("two", "digest", NOW, Changes(puts=(answer(1),)))
        with pytest.raises(Conflict):
            await store.commit("three", "digest", NOW, Changes(puts=(answer(version, value="Test other"),)))
        assert (await store.read(THE_DRAFT)).answers["incident.summary"] == answer(2)


@pytest.mark.parametrize("version", [0, 2])
async def test_a_row_written_from_another_version_conflicts(version: int, tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("one", "digest", NOW, Changes(puts=(draft(),)))
        with pytest.raises(Conflict):
            await store.commit("two", "digest", NOW, Changes(puts=(draft(version, status="cancelled"),)))
        assert (await store.read(THE_DRAFT)).draft == draft(1)


async def test_a_row_that_is_not_there_cannot_be_updated(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        with pytest.raises(Conflict):
            await store.commit("one", "digest", NOW, Changes(puts=(draft(1),)))


async def test_a_conflict_leaves_nothing_of_its_turn(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("one", "digest", NOW, Changes(puts=(draft(),)))
        history = (Entry(chain="draft:d", kind="test", who="t/p", content="Test"),)
        refused = Changes(puts=(answer(), draft(0)), history=history, sends=(send(),), answer="Test")
        with pytest.raises(Conflict):
            await store.commit("two", "digest", NOW, refused)
        assert not (await store.read(msgspec.structs.replace(THE_DRAFT, turn="two"))).seen
        assert (await store.read(THE_DRAFT)).answers == {}
        assert await store.history("draft:d") == []
        assert await store.ledger() == []


async def test_one_conflict_in_a_group_takes_back_that_turn_alone(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("first", "digest", NOW, Changes(puts=(CounterRecord(name="n", value=0),)))
        turns = [
            store.commit(
                f"turn{n}", "digest", NOW, Changes(puts=(CounterRecord(version=1, name="n", value=n), answer(path=f"p{n}")))
            )
            for n in range(40)
        ]
        results = await asyncio.gather(*turns, return_exceptions=True)
        winners = [n for n, result in enumerate(results) if not isinstance(result, Conflict)]
        snapshot = await store.read(msgspec.structs.replace(THE_DRAFT, counter="n"))
    assert len(winners) == 1
    assert snapshot.counter == CounterRecord(version=2, name="n", value=winners[0])
    assert list(snapshot.answers) == [f"p{winners[0]}"]


async def test_a_turn_delivered_twice_is_answered_once(tmp_path: Path) -> None:
    changes = Changes(puts=(draft(),), history=entries("draft:d", "begun").history, sends=(send(),), answer={"window": "Test"})
    async with opened(tmp_path) as store:
        first = await store.commit("turn", "digest", NOW, changes, claim_lane="lane")
        again = await store.commit("turn", "digest", later(days=1), Changes(puts=(draft(),)), claim_lane="lane")
        snapshot = await store.read(Wanted(turn="turn", person="t/p", place="console:1"))
        ledger = await store.ledger()
    assert [row.send for row in first.claimed] == [send()]
    assert (again.claimed, again.answer) == ((), {"window": "Test"})
    assert (snapshot.seen, snapshot.seen_answer) == (True, {"window": "Test"})
    assert len(ledger) == 1


async def test_the_same_turn_twice_at_once_is_answered_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        turns = [store.commit("turn", "digest", NOW, Changes(puts=(draft(),), sends=(send(),))) for _ in range(10)]
        await asyncio.gather(*turns)
        assert len(await store.ledger()) == 1


async def test_a_turn_id_with_another_body_is_refused(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("turn", "digest", NOW, Changes())
        with pytest.raises(DifferentBody):
            await store.commit("turn", "another", NOW, Changes(puts=(draft(),)))
        assert (await store.read(THE_DRAFT)).draft is None


async def test_turn_ids_of_the_last_seven_days_are_never_forgotten(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for days in (0, 4, 10):
            await store.commit(f"day{days}", "digest", later(days=days), Changes())
        assert await store.forget_turns(later(days=20)) == 1
        seen = [(await store.read(Wanted(turn=f"day{days}", person="", place=""))).seen for days in (0, 4, 10)]
    assert seen == [False, True, True]


async def test_forgetting_goes_no_further_than_asked(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        assert await store.forget_turns(NOW) == 0
        for days in (0, 1, 30):
            await store.commit(f"day{days}", "digest", later(days=days), Changes())
        assert await store.forget_turns(later(hours=1)) == 1


async def test_dicts_and_instants_come_back_as_they_were(tmp_path: Path) -> None:
    place = PlaceRecord(
        id="teams:1", channel="teams", conversation="1", kind="channel", address={"url": "https://test.invalid"}
    )
    record = draft(restricted=True, touched_at=later(microseconds=1))
    async with opened(tmp_path) as store:
        await store.commit("turn", "digest", NOW, Changes(puts=(place, record)))
        snapshot = await store.read(Wanted(turn="next", person="t/p", place="teams:1", draft="d"))
    assert snapshot.place == msgspec.structs.replace(place, version=1)
    assert snapshot.draft == msgspec.structs.replace(record, version=1)


async def test_what_is_secret_is_nowhere_in_clear(tmp_path: Path) -> None:
    changes = Changes(
        puts=(answer(value=MARKER),),
        history=(Entry(chain="draft:d", kind="answered", who="t/p", content={"words": MARKER}),),
        sends=(send(text=MARKER),),
        answer=MARKER,
    )
    async with opened(tmp_path) as store:
        await store.commit("turn", "digest", NOW, changes)
        assert (await store.read(THE_DRAFT)).answers["incident.summary"].value == MARKER
        files = {file.name: file.read_bytes() for file in database(tmp_path).parent.iterdir()}
    assert b"incident.summary" in files["cspr.db-wal"]
    files["after closing"] = database(tmp_path).read_bytes()
    assert b"incident.summary" in files["after closing"]
    assert [name for name, content in files.items() if MARKER.encode() in content] == []


@pytest.mark.parametrize("column", ["path", "draft", "version"])
async def test_a_ciphertext_moved_to_another_row_is_refused(column: str, tmp_path: Path) -> None:
    other = {"path": answer(path="other"), "draft": answer(draft="other"), "version": answer(1)}[column]
    async with opened(tmp_path) as store:
        await store.commit("one", "digest", NOW, Changes(puts=(answer(),)))
        await store.commit("two", "digest", NOW, Changes(puts=(other,)))
        await store.read(THE_DRAFT)
        with raw(tmp_path) as connection:
            home = "draft = 'd' AND path = 'incident.summary' AND version = 1"
            moved = f"UPDATE answers SET value = (SELECT value FROM answers WHERE {home}) WHERE NOT ({home})"
            assert connection.execute(moved).rowcount == 1
        with pytest.raises(CannotOpen):
            await store.read(msgspec.structs.replace(THE_DRAFT, draft=other.draft))


async def test_a_change_in_the_file_is_seen_though_the_row_was_read_before(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("one", "digest", NOW, Changes(puts=(answer(), draft())))
        assert (await store.read(THE_DRAFT)).answers["incident.summary"].state == "given"
        with raw(tmp_path) as connection:
            connection.execute("UPDATE answers SET state = 'removed'")
        assert (await store.read(THE_DRAFT)).answers["incident.summary"].state == "removed"


async def test_after_a_rotation_the_next_write_is_sealed_anew(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.commit("one", "digest", NOW, Changes(puts=(answer(), answer(path="untouched"))))
    both = KeyRing({"k1": b"1" * 32, "k2": b"2" * 32}, "k2")
    async with opened(tmp_path, both) as store:
        await store.commit("two", "digest", NOW, Changes(puts=(answer(1, value="Test again"),)))
        answers = (await store.read(THE_DRAFT)).answers
    assert (answers["incident.summary"].value, answers["untouched"].value) == ("Test again", "Test words")
    with raw(tmp_path) as connection:
        sealed = connection.execute("SELECT value FROM answers WHERE path = 'incident.summary' ORDER BY version").fetchall()
    assert [cell[:4] for (cell,) in sealed] == [b"\x01\x02k1", b"\x01\x02k2"]


async def test_a_commit_is_there_for_whoever_opens_next(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await asyncio.gather(
            *(store.commit(f"t{n}", "digest", NOW, Changes(puts=(answer(path=f"p{n:03}"),))) for n in range(300))
        )
    async with opened(tmp_path) as store:
        assert list((await store.read(THE_DRAFT)).answers) == [f"p{n:03}" for n in range(300)]


async def test_a_closed_store_says_so(tmp_path: Path) -> None:
    async with opened(tmp_path, KEYS) as store:
        pass
    with pytest.raises(Closed):
        await store.read(THE_DRAFT)
    store.close()
