"""Mistyped words: one slip in a word of five letters, two in a longer one, the first letter right."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from templates.spelling import Spelling, slips

WORDS = Spelling(
    ["police", "probation", "school", "camhs", "fire", "wednesday", "sunday", "monday"], ordinary=["policy", "scholar"]
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("police", "police"),
        ("polise", "police"),
        ("plice", "police"),
        ("opliice", "police"),
        ("opliiice", ""),
        ("oplice", "police"),
        ("polcie", "police"),
        ("pollise", "police"),
        ("wensday", "wednesday"),
        ("probaton", "probation"),
        ("probtoin", "probation"),
        ("shcool", "school"),
        ("cahms", "camhs"),
        ("camps", "camhs"),
        ("combs", ""),
        ("policy", ""),
        ("scholar", ""),
        ("fore", ""),
        ("fires", ""),
        ("bolice", ""),
        ("probing", ""),
        ("", ""),
        ("a", ""),
    ],
)
def test_what_was_meant(typed: str, meant: str) -> None:
    assert WORDS.meant(typed) == meant


def test_a_tie_is_nothing() -> None:
    assert Spelling(["munday", "monday"]).meant("mznday") == ""


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("", "", 0),
        ("abc", "abc", 0),
        ("abc", "acb", 1),
        ("abc", "ab", 1),
        ("abc", "xbcd", 2),
        ("abc", "xyz", 3),
        ("abcdef", "a", 3),
    ],
)
def test_slips(one: str, other: str, count: int) -> None:
    assert slips(one, other) == slips(other, one) == count


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_slips_are_counted_as_by_the_plain_table(one: str, other: str) -> None:
    assert slips(one, other) == min(plain(one, other), 3)


def plain(one: str, other: str) -> int:
    """The whole table, with no short cuts."""
    table = [[i + j for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            same = one[i - 1] == other[j - 1]
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (not same))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]
