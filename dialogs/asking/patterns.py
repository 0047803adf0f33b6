"""Phrases with groups of words in them, found in a row of words: `{name}` is any word of a group, `...` a few words.

`!word` says that this word does not come next. Only the phrases that begin with a word that was said are compiled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

GROUP = re.compile(r"\{(\w+)\}")
GAP = r"(?:\S+ ){0,5}?"
BETWEEN_WORDS = r"(?<!\S)"
FEW, NOT_NEXT = "...", "!"
Plain = Callable[[str], str]


class Groups:
    """The groups of a profile, and what phrases made of them are as a regular expression.

    `plain` gives a phrase's words as a text's words are given.
    """

    def __init__(self, groups: Mapping[str, Sequence[str]], plain: Plain) -> None:
        self._plain = plain
        self._groups = {name: [plain(word) for word in words] for name, words in groups.items()}

    def any(self, phrases: Iterable[str], at: str = BETWEEN_WORDS) -> re.Pattern[str]:
        """Any of some phrases, the longest first."""
        ways = "|".join(self._way(phrase.split()) for phrase in sorted(phrases, key=len, reverse=True))
        return re.compile(rf"{at}(?:{ways})") if ways else re.compile(r"(?!)")

    def first(self, parts: Sequence[str]) -> set[str]:
        """The words that a phrase can begin with."""
        group = GROUP.fullmatch(parts[0])
        if not group:
            return {self._plain(parts[0]).split()[0]}
        known = self._groups[group[1]]
        return {phrase.split()[0] for phrase in known if phrase} | (self.first(parts[1:]) if "" in known else set())

    def _way(self, parts: Iterable[str]) -> str:
        return "".join(GAP if part == FEW else self._part(part) for part in parts)

    def _part(self, part: str) -> str:
        """A word, or any of a group; none as well, where an empty one is in the group."""
        if part[0] == NOT_NEXT:
            return f"(?!{self._part(part[1:])})"
        group = GROUP.fullmatch(part)
        if not group:
            return re.escape(self._plain(part)) + " "
        known = sorted(set(self._groups[group[1]]), key=len, reverse=True)
        ways = "|".join(re.escape(phrase) for phrase in known if phrase)
        return f"(?:(?:{ways}) )" + ("?" if "" in known else "")


class Beginnings:
    """Phrases by the words they can begin with, compiled when such a word is first said."""

    def __init__(self, phrases: Iterable[str], groups: Groups) -> None:
        self._groups = groups
        self._by_word: dict[str, list[str]] = {}
        self._compiled: dict[str, re.Pattern[str]] = {}
        for phrase in phrases:
            for word in groups.first(phrase.split()):
                self._by_word.setdefault(word, []).append(phrase)

    def said(self, words: Sequence[str]) -> bool:
        """Whether one of the phrases begins at one of the words."""
        text, at = " ".join(words) + " ", 0
        for word in words:
            if word in self._by_word and self._beginning(word).match(text, at):
                return True
            at += len(word) + 1
        return False

    def at(self, words: Sequence[str], place: int) -> int:
        """How many words the phrase that begins at a place takes; none where none begins there."""
        if words[place] not in self._by_word:
            return 0
        found = self._beginning(words[place]).match(" ".join(words[place:]) + " ")
        return found[0].count(" ") if found else 0

    def _beginning(self, word: str) -> re.Pattern[str]:
        if word not in self._compiled:
            self._compiled[word] = self._groups.any(self._by_word[word], "")
        return self._compiled[word]
