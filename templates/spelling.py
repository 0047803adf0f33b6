"""Mistyped words: the word that was meant by one with a letter or two wrong, found without comparing it with every word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

SHORTEST = 5
"""Letters. Shorter words are too near to one another to be guessed."""

_SHORT = 5
"""Letters of a word in which one may be wrong; in a longer one two."""
_LONG = 6
"""Letters of a word whose first letter may be wrong as well."""


class Spelling:
    """Words that are recognised though mistyped. `ordinary` words are never taken for a slip of one of them."""

    def __init__(self, words: Iterable[str], ordinary: Collection[str] = ()) -> None:
        self._ordinary = frozenset(ordinary)
        self._near: dict[str, list[str]] = {}
        for word in sorted({word for word in words if len(word) >= SHORTEST}):
            for shorter in _shortened(word):
                self._near.setdefault(shorter, []).append(word)

    def meant(self, typed: str, shortest: int = SHORTEST, *, anywhere: bool = False) -> str:
        """The one word that is nearest to a mistyped one, or nothing.

        A first letter is seldom wrong, so it must be right; in a long word it may be the one that is wrong, if `anywhere`.
        """
        if len(typed) < shortest or typed in self._ordinary:
            return ""
        close = {word for shorter in _shortened(typed) for word in self._near.get(shorter, ())}
        counted = [(wrong, word) for word in close if (wrong := slips(typed, word)) <= _allowed(typed, word, anywhere)]
        fewest = min(counted, default=(0, ""))
        return fewest[1] if sum(wrong == fewest[0] for wrong, _ in counted) == 1 else ""


def slips(typed: str, meant: str) -> int:
    """How many letters are wrong, missing or too many; two that changed places count once."""
    before: list[int] = []
    last = list(range(len(meant) + 1))
    for i, one in enumerate(typed, 1):
        row = [i]
        for j, other in enumerate(meant, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (one != other))
            if i > 1 and j > 1 and one == meant[j - 2] and typed[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def _allowed(typed: str, meant: str, anywhere: bool) -> int:
    if typed[0] != meant[0] and typed[:2] != meant[1::-1]:
        return 1 if anywhere and len(meant) > _LONG else 0
    return 1 if min(len(typed), len(meant)) <= _SHORT else 2


def _shortened(word: str) -> Iterator[str]:
    """The word, and it without one or two of its letters: what two near words have in common."""
    yield word
    for first in range(len(word)):
        without = word[:first] + word[first + 1 :]
        yield without
        for second in range(first, len(without)):
            yield without[:second] + without[second + 1 :]
