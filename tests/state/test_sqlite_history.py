"""The history is append-only, and whatever is done to it behind our back is found: changed, missing, reordered, cut off."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_kit import KEYS, NOW, database, entries, later, opened, raw

from state.chains import ERASED, Found, Problem
from state.changes import Changes, Entry
from state.sqlite import SqliteStore

CHAIN = "case:1"
SWAP = (
    "UPDATE history SET seq = -1 WHERE chain = 'case:1' AND seq = 2",
    "UPDATE history SET seq = 2 WHERE chain = 'case:1' AND seq = 3",
    "UPDATE history SET seq = 3 WHERE chain = 'case:1' AND seq = -1",
)


async def _written(store: SqliteStore) -> None:
    for number in range(5):
        await store.commit(f"turn{number}", "digest", later(minutes=number), entries(CHAIN, f"kind{number}"))
    await store.commit("other", "digest", NOW, entries("partnership", "begun", "read"))


async def _found(folder: Path, *statements: str, heads: Path | None = None) -> list[Problem]:
    async with opened(folder) as store:
        await _written(store)
        assert await store.verify_history() == []
        if heads is not None:
            await store.write_heads(heads, NOW)
            assert await store.verify_history(heads) == []
        with raw(folder) as connection:
            for statement in statements:
                assert connection.execute(statement).rowcount > 0, statement
        return await store.verify_history(heads)


async def test_rows_are_listed_as_they_were_appended(tmp_path: Path) -> None:
    entry = Entry(chain=CHAIN, kind="decided", who="t/p", what={"outcome": "notified"}, content="Test", edition="2024")
    async with opened(tmp_path) as store:
        await store.commit("one", "digest", NOW, Changes(history=(entry, entry)))
        rows = await store.history(CHAIN)
    assert [(row.seq, row.turn, row.at, row.kind, row.who, row.what, row.edition) for row in rows] == [
        (1, "one", NOW, "decided", "t/p", {"outcome": "notified"}, "2024"),
        (2, "one", NOW, "decided", "t/p", {"outcome": "notified"}, "2024"),
    ]


@pytest.mark.parametrize("column", ["turn", "at", "kind", "who", "edition", "content_digest", "prev", "digest"])
async def test_a_changed_row_is_found(column: str, tmp_path: Path) -> None:
    found = await _found(tmp_path, f"UPDATE history SET \"{column}\" = 'changed' WHERE chain = 'case:1' AND seq = 3")
    assert Problem(CHAIN, 3, Found.CHANGED) in found
    assert {problem.chain for problem in found} == {CHAIN}


async def test_a_changed_what_is_found(tmp_path: Path) -> None:
    found = await _found(tmp_path, """UPDATE history SET what = '{"a":"b"}' WHERE chain = 'case:1' AND seq = 3""")
    assert found == [Problem(CHAIN, 3, Found.CHANGED)]


async def test_a_deleted_row_is_found(tmp_path: Path) -> None:
    found = await _found(tmp_path, "DELETE FROM history WHERE chain = 'case:1' AND seq = 3")
    assert found == [Problem(CHAIN, 3, Found.MISSING)]


async def test_a_deleted_first_row_is_found(tmp_path: Path) -> None:
    assert await _found(tmp_path, "DELETE FROM history WHERE chain = 'case:1' AND seq = 1") == [
        Problem(CHAIN, 1, Found.MISSING)
    ]


async def test_reordered_rows_are_found(tmp_path: Path) -> None:
    found = await _found(tmp_path, *SWAP)
    assert [problem for problem in found if problem.found is Found.REORDERED] == [
        Problem(CHAIN, 2, Found.REORDERED),
        Problem(CHAIN, 3, Found.REORDERED),
    ]


async def test_a_deleted_row_whose_followers_were_moved_up_is_found(tmp_path: Path) -> None:
    found = await _found(
        tmp_path,
        "DELETE FROM history WHERE chain = 'case:1' AND seq = 3",
        "UPDATE history SET seq = 3 WHERE chain = 'case:1' AND seq = 4",
        "UPDATE history SET seq = 4 WHERE chain = 'case:1' AND seq = 5",
    )
    assert Problem(CHAIN, 4, Found.REORDERED) in found or Problem(CHAIN, 4, Found.CHANGED) in found
    assert Problem(CHAIN, 5, Found.CUT_OFF) in found


async def test_cut_off_rows_are_found(tmp_path: Path) -> None:
    found = await _found(tmp_path, "DELETE FROM history WHERE chain = 'case:1' AND seq >= 4")
    assert found == [Problem(CHAIN, 4, Found.CUT_OFF)]


async def test_a_whole_chain_without_its_rows_is_found(tmp_path: Path) -> None:
    assert await _found(tmp_path, "DELETE FROM history WHERE chain = 'case:1'") == [Problem(CHAIN, 1, Found.CUT_OFF)]


async def test_rows_cut_off_with_the_head_set_back_are_found(tmp_path: Path) -> None:
    set_back = (
        "UPDATE history_heads SET length = 3, head = (SELECT digest FROM history WHERE chain = 'case:1' AND seq = 3)"
        " WHERE chain = 'case:1'"
    )
    found = await _found(tmp_path, "DELETE FROM history WHERE chain = 'case:1' AND seq > 3", set_back)
    assert found == [Problem(CHAIN, 0, Found.HEAD_CHANGED)]


async def test_a_chain_that_is_gone_with_its_head_is_found_by_the_file_outside(tmp_path: Path) -> None:
    gone = ("DELETE FROM history WHERE chain = 'case:1'", "DELETE FROM history_heads WHERE chain = 'case:1'")
    assert await _found(tmp_path, *gone, heads=tmp_path / "heads.jsonl") == [Problem(CHAIN, 1, Found.CUT_OFF)]


async def test_a_chain_set_back_to_an_old_copy_is_found_by_the_file_outside(tmp_path: Path) -> None:
    heads = tmp_path / "heads.jsonl"
    async with opened(tmp_path) as store:
        await store.commit("one", "digest", NOW, entries(CHAIN, "one"))
    old_copy = database(tmp_path).read_bytes()
    async with opened(tmp_path) as store:
        await store.write_heads(heads, NOW)
        await store.commit("two", "digest", NOW, entries(CHAIN, "two"))
        assert await store.write_heads(heads, later(days=1)) == 1
        assert await store.write_heads(heads, later(days=2)) == 0
        assert await store.verify_history(heads) == []
    database(tmp_path).write_bytes(old_copy)
    async with opened(tmp_path) as store:
        assert await store.verify_history() == []
        assert await store.verify_history(heads) == [Problem(CHAIN, 2, Found.CUT_OFF)]
        await store.commit("other", "digest", NOW, entries(CHAIN, "rewritten"))
        assert await store.verify_history(heads) == [Problem(CHAIN, 2, Found.CHANGED)]


@pytest.mark.parametrize("damage", ["changed", "shortened", "gone", "not ours"])
async def test_a_heads_file_that_was_touched_is_found(damage: str, tmp_path: Path) -> None:
    heads = tmp_path / "heads.jsonl"
    async with opened(tmp_path) as store:
        await _written(store)
        await store.write_heads(heads, NOW)
        await store.commit("more", "digest", NOW, entries(CHAIN, "more"))
        await store.write_heads(heads, later(days=1))
        lines = heads.read_text().splitlines(keepends=True)
        touched = {
            "changed": lines[0].replace("[5,", "[4,") + lines[1],
            "shortened": lines[1],
            "gone": None,
            "not ours": "Test words",
        }[damage]
        if touched is None:
            heads.unlink()
        else:
            heads.write_text(touched)
        assert Problem("", 0, Found.HEADS_FILE) in await store.verify_history(heads)


async def test_the_heads_file_is_its_owners_alone(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.write_heads(tmp_path / "heads.jsonl", NOW)
    assert (tmp_path / "heads.jsonl").stat().st_mode & 0o777 == 0o600


async def test_changed_and_removed_contents_are_found(tmp_path: Path) -> None:
    found = await _found(
        tmp_path,
        "DELETE FROM history_contents WHERE chain = 'case:1' AND seq = 2",
        "UPDATE history_contents SET sealed = (SELECT sealed FROM history_contents WHERE chain = 'case:1' AND seq = 1)"
        " WHERE chain = 'case:1' AND seq = 4",
    )
    assert found == [Problem(CHAIN, 2, Found.CONTENT_MISSING), Problem(CHAIN, 4, Found.CONTENT_CHANGED)]


async def test_erased_contents_leave_the_chain_whole(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await _written(store)
        assert await store.erase_history(CHAIN, who="t/p", at=NOW) == 5
        assert await store.verify_history() == []
        assert [row.kind for row in await store.history(CHAIN)][-1] == ERASED
        await store.commit("later", "digest", NOW, entries(CHAIN, "later"))
        with raw(tmp_path) as connection:
            assert connection.execute("SELECT seq FROM history_contents WHERE chain = 'case:1'").fetchall() == [(7,)]
            connection.execute("DELETE FROM history_contents WHERE chain = 'case:1'")
        assert await store.verify_history() == [Problem(CHAIN, 7, Found.CONTENT_MISSING)]


async def test_erasing_needs_its_row_in_the_chain(tmp_path: Path) -> None:
    found = await _found(tmp_path, "DELETE FROM history_contents WHERE chain = 'case:1'")
    assert [problem.found for problem in found] == [Found.CONTENT_MISSING] * 5


async def test_a_forged_row_is_found(tmp_path: Path) -> None:
    forged = (
        "INSERT INTO history SELECT chain, 6, turn, at, kind, 'somebody', what, edition, content_digest, digest, digest"
        " FROM history WHERE chain = 'case:1' AND seq = 5"
    )
    assert Problem(CHAIN, 6, Found.CHANGED) in await _found(tmp_path, forged)


async def test_digests_are_of_the_key_that_was_current(tmp_path: Path) -> None:
    async with opened(tmp_path, KEYS) as store:
        await _written(store)
    with raw(tmp_path) as connection:
        digests = [digest for (digest,) in connection.execute("SELECT digest FROM history")]
    assert {digest.partition(":")[0] for digest in digests} == {"k1"}
