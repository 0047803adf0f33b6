"""Mistyped words: the word that was meant by one with a letter or two wrong, found without comparing it with every word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

SHORTEST = 5
"""Letters. Shorter words are too near to one another to be guessed."""

_SHORT = 5
"""Letters of a word in which one may be wrong; in a longer one two."""

_ENDING = 2
"""Letters at the end in which words of one stem differ: "replied", "replies"."""

REMEMBERED = 1_000
"""Typed words of which it is remembered what they mean: people type the same ones."""


class Spelling:
    """Words that are recognised though mistyped. `ordinary` words are never taken for a slip of one of them,
    nor is a word that is nearer to an ordinary one.

    `meaning` tells what a word says: of words that say the same it does not matter which was meant.
    """

    def __init__(
        self, words: Iterable[str], ordinary: Collection[str] = (), meaning: Callable[[str], str] | None = None
    ) -> None:
        self._ordinary, self._meaning = frozenset(ordinary), meaning or str
        self._by_start: dict[str, list[tuple[int, int, str]]] = {}
        self._by_rest: dict[str, list[str]] = {}
        for word in sorted({word for word in (*words, *ordinary) if len(word) >= SHORTEST}):
            for start in (word[0], word[1] + word[0]):
                self._by_start.setdefault(start, []).append((len(word), _letters(word), word))
            for rest in (word, word[1:]):
                self._by_rest.setdefault(rest, []).append(word)
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._meant)

    def meant(self, typed: str, shortest: int = SHORTEST, *, anywhere: bool = False) -> str:
        """The one word that is nearest to a mistyped one, or nothing. A first letter is seldom wrong: it is right or second.

        With `anywhere`, the first letter may be the one that is wrong, missing or too many.
        """
        return "" if len(typed) < shortest or typed in self._ordinary else self._remembered(typed, anywhere)

    def _meant(self, typed: str, anywhere: bool) -> str:
        counted = {(wrong, word) for word, most in self._close(typed) if (wrong := slips(typed, word, most)) <= most}
        if anywhere:
            counted |= {(1, word) for rest in (typed, typed[1:]) for word in self._by_rest.get(rest, ())}
        fewest = min(counted, default=(0, ""))[0]
        words = [word for wrong, word in counted if wrong == fewest]
        return self._likeliest(typed, [word for word in words if word not in self._ordinary])

    def _close(self, typed: str) -> Iterator[tuple[str, int]]:
        """Words of nearly the same length and letters, with the slips allowed: each changes at most two of the letters."""
        length, letters = len(typed), _letters(typed)
        candidates = [*self._by_start.get(typed[0], ()), *self._by_start.get(typed[:2], ())]
        for other, its_letters, word in candidates:
            most = 1 if length <= _SHORT or other <= _SHORT else 2
            if -most <= length - other <= most and (letters ^ its_letters).bit_count() <= 2 * most:
                yield word, most

    def _likeliest(self, typed: str, words: list[str]) -> str:
        """Of words that are as near, one with a letter typed twice, left out or out of place; of one stem the shortest."""
        doubled = {typed[:place] + typed[place + 1 :] for place, (one, next_) in enumerate(pairwise(typed)) if one == next_}
        likely = [word for word in words if word in doubled]
        likely = likely or [word for word in words if not Counter(typed) - Counter(word)] or words
        shortest = min(sorted(likely), key=len, default="")
        if all(word.startswith(shortest) for word in likely) or len({self._meaning(word) for word in likely}) == 1:
            return shortest
        stem = shortest[: max(SHORTEST - 1, len(shortest) - _ENDING)]
        return shortest if all(word.startswith(stem) and len(word) <= len(shortest) + _ENDING for word in likely) else ""


def slips(typed: str, meant: str, most: int = 2) -> int:
    """How many letters are wrong, missing or too many; two that changed places count once. `most` + 1 stands for any more."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - slow to load, and needed only once somebody mistypes a word

    return OSA.distance(typed, meant, score_cutoff=most)


def _letters(word: str) -> int:
    """Which letters a word has, as bits."""
    bits = 0
    for letter in set(word):
        bits |= 1 << (ord(letter) & 31)
    return bits
