"""Words and short phrases that say the same thing, found in a row of words: the longest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Entry(NamedTuple):
    """What a word or short phrase stands for, and how many words it is."""

    meaning: str
    words: tuple[str, ...]


class Lexicon:
    """Meanings by their first word. A word that is in none stands for nothing."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_first: dict[str, list[Entry]] = {}
        for entry in entries:
            self._by_first.setdefault(entry.words[0], []).append(entry)
        for known in self._by_first.values():
            known.sort(key=lambda entry: -len(entry.words))

    def words(self) -> set[str]:
        """Every word that is in an entry."""
        return {word for known in self._by_first.values() for entry in known for word in entry.words}

    def at(self, words: Sequence[str], place: int, free: Sequence[bool]) -> Entry | None:
        """The longest entry that begins at a place and takes only words that nothing else has taken."""
        for entry in self._by_first.get(words[place], ()):
            till = place + len(entry.words)
            if tuple(words[place:till]) == entry.words and all(free[place:till]):
                return entry
        return None


def grouped(groups: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """Each short phrase of each group with the group's name."""
    return [(name, phrase) for name, phrases in groups.items() for phrase in phrases]
