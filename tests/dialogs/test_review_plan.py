"""One action plan: whatever is merged or kept, every suggestion is in it once, with whoever suggested it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.review.plan import Suggestion, alike, normal, one_plan, open_pairs
from state.scoping_records import PairRecord

AT = datetime(2026, 12, 1, tzinfo=UTC)
TEXTS = ("Review the policy on missed appointments", "Review our policy on missed appointments.", "Train staff", "")


@st.composite
def settled(draw: st.DrawFn) -> tuple[list[Suggestion], list[PairRecord]]:
    """Suggestions of several organisations, and decisions about some pairs of them, in any order."""
    count = draw(st.integers(0, 8))
    found = [
        Suggestion(
            key=f"k{number}",
            action=draw(st.sampled_from(TEXTS)) or f"Action {number}",
            lead=draw(st.sampled_from(("", "Test Lead", "Test Other Lead"))),
            suggested_by=(f"Organisation {number}",),
        )
        for number in range(count)
    ]
    every = [tuple(draw(st.permutations(pair))) for pair in combinations([one.key for one in found], 2)]
    chosen = draw(st.lists(st.sampled_from(every), unique_by=frozenset, max_size=8)) if every else []
    pairs = [
        PairRecord(
            case="case", one=one, other=other, keeps=draw(st.sampled_from(("one", "other", "both"))), by="coordinator", at=AT
        )
        for one, other in chosen
    ]
    return found, pairs


@given(settled())
def test_everybody_who_suggested_something_is_in_the_plan_once(case: tuple[list[Suggestion], list[PairRecord]]) -> None:
    found, pairs = case
    plan = one_plan(found, pairs)
    named = [name for row in plan for name in row.suggested_by]
    assert sorted(named) == sorted(one.suggested_by[0] for one in found)
    assert {row.key for row in plan} <= {one.key for one in found}


@given(settled())
def test_no_lead_is_lost_and_the_wording_is_somebodys_own(case: tuple[list[Suggestion], list[PairRecord]]) -> None:
    found, pairs = case
    for row in one_plan(found, pairs):
        members = [one for one in found if set(one.suggested_by) <= set(row.suggested_by)]
        assert row.action in {one.action for one in members}
        assert set(filter(None, row.lead.split("; "))) == {one.lead for one in members if one.lead}


@given(settled())
def test_a_pair_that_was_settled_is_never_offered_again(case: tuple[list[Suggestion], list[PairRecord]]) -> None:
    found, pairs = case
    known = {frozenset((pair.one, pair.other)) for pair in pairs}
    offered = open_pairs(found, pairs)
    assert not known & {frozenset((one.key, other.key)) for one, other in offered}
    assert all(alike(one.action, other.action) for one, other in offered)


@given(settled())
def test_settling_one_pair_after_another_comes_to_an_end(case: tuple[list[Suggestion], list[PairRecord]]) -> None:
    found, pairs = case
    for _ in range(len(found) ** 2 + 1):
        left = open_pairs(found, pairs)
        if not left:
            break
        one, other = left[0]
        pairs = [*pairs, PairRecord(case="case", one=one.key, other=other.key, keeps="one", by="coordinator", at=AT)]
    assert open_pairs(found, pairs) == []


@given(st.text(max_size=80), st.text(max_size=80))
def test_reading_alike_is_the_same_from_both_sides_for_the_same_words(one: str, other: str) -> None:
    if normal(one) == normal(other):
        assert alike(one, other)
        assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Review the policy on missed appointments", "Review the missed-appointments policy", True),
        ("Review the policy on missed appointments", "Review our policy on missed appointments.", True),
        ("Train staff in safe sleep", "Train all staff in safe sleep", True),
        ("Train staff in safe sleep", "Write down each missed visit", False),
        ("", "Train staff", False),
    ],
)
def test_what_reads_alike(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same


def test_whose_wording_stands_is_what_was_chosen() -> None:
    found = [
        Suggestion(key="a", action="First", suggested_by=("A",), lead="Test Lead"),
        Suggestion(key="b", action="Second", suggested_by=("B",), deadline="1 May 2027"),
    ]
    pair = PairRecord(case="case", one="a", other="b", keeps="other", by="coordinator", at=AT)
    assert one_plan(found, [pair]) == [
        Suggestion(key="b", action="Second", lead="Test Lead", deadline="1 May 2027", suggested_by=("A", "B"))
    ]
