"""What is read of other cases: those that name a same child, as far as this person may know of them, and one to join."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from store_kit import NOW, draft, opened

from state.changes import Changes
from state.records import CasePersonRecord, CaseRecord, ChildDigestRecord, DraftRecord, Record
from state.scoping_records import NoticeRecord
from state.snapshot import Snapshot, Wanted


def case(name: str, **fields: Any) -> CaseRecord:
    given = {"id": name, "reference": f"NS-{name}", "draft": f"draft-{name}", "referrer": "t/referrer", "received_at": NOW}
    return CaseRecord(**(given | fields))


def digest(name: str, child: int = 1, text: str = "same") -> ChildDigestRecord:
    return ChildDigestRecord(case=name, child=child, digest=text)


def unsent(name: str, **fields: Any) -> DraftRecord:
    return DraftRecord(**({"id": name, "form": "referral", "owner": "t/x", "begun_at": NOW, "touched_at": NOW} | fields))


async def looked(folder: Path, *records: Record, **wanted: Any) -> Snapshot:
    async with opened(folder) as store:
        await store.commit("turn", "digest", NOW, Changes(puts=records))
        asked = {"turn": "", "person": "t/me", "place": "", "case": "a", "matching": True} | wanted
        return await store.read(Wanted(**asked))


async def test_cases_and_drafts_that_name_a_same_child_are_found(tmp_path: Path) -> None:
    digests = (digest("a"), digest("b"), digest("c", text="other"), digest("d", 2))
    found = await looked(tmp_path, case("a"), case("b", status="closed"), case("c"), unsent("d"), *digests)
    assert [one.id for one in found.alike] == ["b"]
    assert [one.id for one in found.alike_drafts] == ["d"]
    assert [one.case for one in found.digests] == ["a"]


async def test_unless_it_is_wanted_nothing_is_looked_for(tmp_path: Path) -> None:
    found = await looked(tmp_path, case("a"), case("b"), digest("a"), digest("b"), matching=False)
    assert (found.alike, found.other) == ((), None)


@pytest.mark.parametrize("relation", ["named", "excluded", ""])
async def test_a_restricted_one_is_found_only_by_who_is_named(tmp_path: Path, relation: str) -> None:
    people = [CasePersonRecord(case=name, person="t/me", relation=relation) for name in ("b", "d") if relation]
    records = (case("a"), case("b", restricted=True), unsent("d", restricted=True), digest("a"), digest("b"), digest("d"))
    found = await looked(tmp_path, *records, *people)
    assert bool(found.alike) is bool(found.alike_drafts) is (relation == "named")


async def test_somebody_excluded_finds_not_even_what_is_open_to_all(tmp_path: Path) -> None:
    excluded = CasePersonRecord(case="b", person="t/me", relation="excluded")
    assert (await looked(tmp_path, case("a"), case("b"), digest("a"), digest("b"), excluded)).alike == ()


@pytest.mark.parametrize("status", ["submitted", "cancelled"])
async def test_a_draft_that_is_not_open_is_not_found(tmp_path: Path, status: str) -> None:
    found = await looked(tmp_path, case("a"), unsent("d", status=status), digest("a"), digest("d"))
    assert found.alike_drafts == ()


async def test_an_emptied_digest_matches_nothing(tmp_path: Path) -> None:
    found = await looked(tmp_path, case("a"), case("b"), digest("a", text=""), digest("b", text=""))
    assert found.alike == ()


@pytest.mark.parametrize("asked", ["a", "b"])
async def test_kept_apart_neither_finds_the_other(tmp_path: Path, asked: str) -> None:
    apart = NoticeRecord(id="match:a:b", case="a", kind="possible_match", by="t/me", at=NOW, settled_at=NOW)
    found = await looked(tmp_path, case("a"), case("b"), digest("a"), digest("b"), apart, case=asked)
    assert found.alike == ()


async def test_joined_ones_are_no_match_and_the_one_that_stays_is_read(tmp_path: Path) -> None:
    records = (case("a", status="joined", joined_to="b"), case("b"), digest("a"), digest("b"), draft(id="draft-b", case="b"))
    gone = await looked(tmp_path, *records)
    assert gone.alike == ()
    assert gone.other is not None
    assert (gone.other.case.id, [one.id for one in gone.other.joined]) == ("b", ["a"])
    async with opened(tmp_path) as store:
        stays = await store.read(Wanted(turn="", person="t/me", place="", case="b", matching=True))
    assert (stays.alike, [one.id for one in stays.joined]) == ((), ["a"])


@pytest.mark.parametrize("name", ["b", "NS-b"])
async def test_another_case_is_read_by_its_id_or_its_reference(tmp_path: Path, name: str) -> None:
    found = await looked(tmp_path, case("a"), case("b"), digest("b"), matching=False, other=name)
    assert found.other is not None
    assert found.other.case.id == "b"
    assert [one.digest for one in found.other.digests] == ["same"]


async def test_a_referral_that_is_being_sent_finds_what_it_may_repeat(tmp_path: Path) -> None:
    found = await looked(tmp_path, case("b"), unsent("d"), digest("b"), digest("d"), case="", draft="d")
    assert [one.id for one in found.alike] == ["b"]
    assert [one.case for one in found.digests] == ["d"]
