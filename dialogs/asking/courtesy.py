"""What is said around a request out of politeness, and is no part of it: "sorry to bother you but …", "… many thanks, Sam"."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.asking.patterns import Beginnings, Groups, Plain
from dialogs.asking.tokens import Word
from templates.asking import Courtesies

LONGEST_SIGNATURE = 3
"""Words of a name under a text."""


class Courtesy:
    """The courtesies of the profile: those before a request, those after it, and those anywhere."""

    def __init__(self, data: Courtesies, plain: Plain) -> None:
        groups = Groups(data.groups, plain)
        self._before = Beginnings([*data.before, *data.anywhere], groups)
        self._after = Beginnings([*data.after, *data.anywhere], groups)
        self._anywhere = Beginnings(data.anywhere, groups)
        self._signed = Beginnings(data.signed, groups)

    def without(self, text: str, words: Sequence[Word]) -> str:
        """The text without its courtesies; the whole text where it is nothing else."""
        plain = [word.plain for word in words]
        first, last = self._begins(plain), len(plain)
        if first < last:
            last = self._ends(text, words, plain, first)
        inside = self._inside(plain, first, last)
        if first >= last or (first, last, inside) == (0, len(plain), []):
            return text
        kept: list[str] = []
        at = first
        for start, end in [*inside, (last, last)]:
            if at < start:
                kept.append(text[words[at].at : words[start - 1].till])
            at = end
        return " ".join(kept)

    def _begins(self, plain: Sequence[str]) -> int:
        place = 0
        while place < len(plain) and (taken := self._before.at(plain, place)):
            place += taken
        return place

    def _ends(self, text: str, words: Sequence[Word], plain: Sequence[str], first: int) -> int:
        """The place of the first courtesy of those that the text ends with."""
        for start in range(first + 1, len(plain)):
            place = start
            while place < len(plain) and (taken := self._after.at(plain, place)):
                place += taken
            if place == len(plain) or (place > start and self._is_signature(text, words, plain, start, place)):
                return start
        return len(plain)

    def _is_signature(self, text: str, words: Sequence[Word], plain: Sequence[str], start: int, place: int) -> bool:
        """Whether what is left after the thanks is a name: few words, each with a capital."""
        left = words[place:]
        capitals = len(left) <= LONGEST_SIGNATURE and all(text[word.at].isupper() for word in left)
        return capitals and not text.isupper() and bool(self._signed.at(plain, start))

    def _inside(self, plain: Sequence[str], first: int, last: int) -> list[tuple[int, int]]:
        """The places of the courtesies in the middle."""
        found, place = [], first
        while place < last:
            taken = self._anywhere.at(plain, place)
            if taken and place + taken < last:
                found.append((place, place + taken))
            place += taken or 1
        return found
