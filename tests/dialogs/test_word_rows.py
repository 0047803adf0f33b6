"""Rows of a document and rows of a form: which is which, whatever was sorted, added or taken out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dialogs.handed.rows import aligned

WORDS = st.sampled_from(["Ring first.", "Write.", "Visit.", "Ask the school.", ""])
ROW = st.fixed_dictionaries({"action": WORDS, "lead": WORDS})
ROWS = st.dictionaries(st.integers(1, 6), ROW, max_size=6)


def test_rows_that_were_sorted_are_the_same_rows() -> None:
    standing = {1: {"action": "Ring first.", "lead": "A"}, 2: {"action": "Write.", "lead": "B"}}
    said = {1: {"action": "write.", "lead": "B"}, 2: {"action": "Ring  first.", "lead": "A"}}
    assert aligned(said, standing, {1: 1, 2: 2}, 3) == {1: 2, 2: 1}


def test_a_row_that_was_rewritten_is_where_it_stood() -> None:
    standing = {4: {"action": "Ring first."}, 5: {"action": "Write."}}
    said = {1: {"action": "Ring the school first."}, 2: {"action": "Write."}}
    assert aligned(said, standing, {1: 4, 2: 5}, 6) == {1: 4, 2: 5}


def test_a_row_put_in_between_is_new() -> None:
    standing = {1: {"action": "Ring first."}, 2: {"action": "Write."}}
    said = {1: {"action": "Ring first."}, 2: {"action": "Visit."}, 3: {"action": "Write."}}
    assert aligned(said, standing, {1: 1, 2: 2}, 3) == {1: 1, 2: 3, 3: 2}


def test_what_only_half_agrees_with_another_row_is_that_row() -> None:
    standing = {1: {"name": "Test Mother", "relationship": "mother"}}
    assert aligned({1: {"name": "Test Mother Z", "relationship": "mother"}}, standing, {}, 2) == {1: 1}
    assert aligned({1: {"name": "Test Aunt", "relationship": "aunt"}}, standing, {}, 2) == {1: 2}


@given(ROWS, ROWS, st.dictionaries(st.integers(1, 6), st.integers(1, 6), max_size=4))
def test_no_two_rows_become_one_and_a_new_one_never_takes_a_used_number(
    said: dict[int, dict[str, str]], standing: dict[int, dict[str, str]], before: dict[int, int]
) -> None:
    found = aligned(said, standing, before, 7)
    assert set(found) == set(said)
    assert len(set(found.values())) == len(found)
    assert all(one in standing or one >= 7 for one in found.values())
