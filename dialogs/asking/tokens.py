"""The words of a typed text, each with its place: small letters, short forms spelled out, slips of the keyboard put right."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+(?:['&][^\W_]+)*")
STRAIGHT = str.maketrans(dict.fromkeys("‘’‛ʼ`´", "'"))
CLAUSE = re.compile(r"[.;:?!\n]+(?=\s|$)|,|\s[-\u2013\u2014]+\s")
"""What ends a clause. A full stop inside a word or a number does not."""


class Word(NamedTuple):
    """One word, spelled as it was meant, and where what was typed for it stands. A short form may stand for several words."""

    plain: str
    at: int
    till: int
    clause: int = 0


def straight(text: str) -> str:
    """The text with straight apostrophes. No character changes its place."""
    return text.translate(STRAIGHT)


def words_of(text: str, spelled: Callable[[str, bool], tuple[str, ...]]) -> tuple[Word, ...]:
    """The words of a text. `spelled` gives the words that one typed word stands for, told whether it begins with a capital."""
    found: list[Word] = []
    clauses = [match.start() for match in CLAUSE.finditer(text)]
    clause = 0
    for match in WORD.finditer(text):
        typed, (at, till) = match[0], match.span()
        while clause < len(clauses) and clauses[clause] < at:
            clause += 1
        for plain in spelled(typed.casefold(), typed[0].isupper() and at > 0):
            found.append(Word(plain, at, till, clause))
    return tuple(found)
