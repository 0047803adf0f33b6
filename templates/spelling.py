"""Mistyped words: the word that was meant by one with a letter or two wrong, found without comparing it with every word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

SHORTEST = 5
"""Letters. Shorter words are too near to one another to be guessed."""

_SHORT = 5
"""Letters of a word in which one may be wrong; in a longer one two."""

_LONG = 6
"""Letters of a word of which any one may be wrong, the first as well, where that is asked for."""

REMEMBERED = 1_000
"""Typed words of which it is remembered what they mean: people type the same ones."""


class Spelling:
    """Words that are recognised though mistyped. `ordinary` words are never taken for a slip of one of them."""

    def __init__(self, words: Iterable[str], ordinary: Collection[str] = ()) -> None:
        self._ordinary = frozenset(ordinary)
        self._by_start: dict[str, list[tuple[int, int, str]]] = {}
        for word in sorted({word for word in words if len(word) >= SHORTEST}):
            for start in (word[0], word[1] + word[0]):
                self._by_start.setdefault(start, []).append((len(word), _letters(word), word))
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._meant)

    def meant(self, typed: str, shortest: int = SHORTEST, *, anywhere: bool = False) -> str:
        """The one word that is nearest to a mistyped one, or nothing. A first letter is seldom wrong: it is right or second.

        With `anywhere`, the first letter of a long word may be the one that is wrong.
        """
        return "" if len(typed) < shortest or typed in self._ordinary else self._remembered(typed, anywhere)

    def _meant(self, typed: str, anywhere: bool) -> str:
        counted = {(wrong, word) for word, most in self._close(typed) if (wrong := slips(typed, word, most)) <= most}
        if not counted and anywhere:
            counted = {(1, word) for word in self._long(typed) if slips(typed, word, 1) == 1}
        fewest = min(counted, default=(0, ""))[0]
        return _likeliest(typed, [word for wrong, word in counted if wrong == fewest])

    def _long(self, typed: str) -> Iterator[str]:
        """Long words of nearly the same letters, whatever they begin with."""
        length, letters = len(typed), _letters(typed)
        for candidates in self._by_start.values():
            for other, its_letters, word in candidates:
                if other > _LONG and -1 <= length - other <= 1 and (letters ^ its_letters).bit_count() <= 2:
                    yield word

    def _close(self, typed: str) -> Iterator[tuple[str, int]]:
        """Words of nearly the same length and letters, with the slips allowed: each changes at most two of the letters."""
        length, letters = len(typed), _letters(typed)
        candidates = [*self._by_start.get(typed[0], ()), *self._by_start.get(typed[:2], ())]
        for other, its_letters, word in candidates:
            most = 1 if length <= _SHORT or other <= _SHORT else 2
            if -most <= length - other <= most and (letters ^ its_letters).bit_count() <= 2 * most:
                yield word, most


def slips(typed: str, meant: str, most: int = 2) -> int:
    """How many letters are wrong, missing or too many; two that changed places count once. `most` + 1 stands for any more."""
    before: list[int] = []
    last: list[int] = [*range(most + 1), *[most + 1] * max(len(meant) - most, 0)]
    for i, one in enumerate(typed, 1):
        row = [most + 1] * (len(meant) + 1)
        row[0] = fewest = i
        for j in range(max(1, i - most), min(len(meant), i + most) + 1):
            if one == meant[j - 1]:
                cost = last[j - 1]
            else:
                cost = 1 + min(last[j], row[j - 1], last[j - 1])
                if i > 1 and j > 1 and one == meant[j - 2] and typed[i - 2] == meant[j - 1]:
                    cost = min(cost, before[j - 2] + 1)
            row[j] = cost
            fewest = min(fewest, cost)
        before, last = last, row
        if fewest > most:
            return most + 1
    return min(last[len(meant)], most + 1)


def _likeliest(typed: str, words: list[str]) -> str:
    """Of words that are as near, the one whose letters were only left out or changed places; of "request(s)" the shorter."""
    likely = [word for word in words if not Counter(typed) - Counter(word)] if len(words) > 1 else words
    shortest = min(likely, key=len, default="")
    return shortest if all(word.startswith(shortest) for word in likely) else ""


def _letters(word: str) -> int:
    """Which letters a word has, as bits."""
    bits = 0
    for letter in set(word):
        bits |= 1 << (ord(letter) & 31)
    return bits
