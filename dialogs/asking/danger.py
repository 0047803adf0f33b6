"""What sounds like a child in danger now. Generous: the emergency words said once too often do no harm."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from templates.asking import Danger

GROUP = re.compile(r"\{(\w+)\}")
GAP = r"(?:\S+ ){0,5}?"
Plain = Callable[[str], str]


class Alarm:
    """The phrases of `danger.yaml`. `plain` gives a phrase's words as a text's words are given.

    A text is looked at word by word: only the phrases that begin with a word of it are compiled and tried.
    """

    def __init__(self, danger: Danger, plain: Plain) -> None:
        self._data, self._plain = danger, plain
        self._groups = {name: [plain(word) for word in words] for name, words in danger.groups.items()}
        self._by_word: dict[str, list[str]] = {}
        self._compiled: dict[str, re.Pattern[str]] = {}
        for phrase in danger.phrases:
            for word in self._first(phrase.split()):
                self._by_word.setdefault(word, []).append(phrase)

    def sounds(self, words: Sequence[str]) -> bool:
        """Whether words sound like a child in danger now."""
        if not self._danger(words):
            return False
        said = " ".join(words) + " "
        left = self._never.sub("| ", said)
        if not self._now.search(left):
            left = self._past.sub("| ", left)
        return self._danger(left.split())

    def _danger(self, words: Sequence[str]) -> bool:
        said, at = " ".join(words) + " ", 0
        for word in words:
            if word in self._by_word and self._beginning(word).match(said, at):
                return True
            at += len(word) + 1
        return False

    def _beginning(self, word: str) -> re.Pattern[str]:
        if word not in self._compiled:
            self._compiled[word] = self._any(self._by_word[word], at="")
        return self._compiled[word]

    @cached_property
    def _never(self) -> re.Pattern[str]:
        return self._any(self._data.never)

    @cached_property
    def _past(self) -> re.Pattern[str]:
        return self._any(self._data.past)

    @cached_property
    def _now(self) -> re.Pattern[str]:
        return self._any(self._data.now)

    def _any(self, phrases: Iterable[str], at: str = r"(?<!\S)") -> re.Pattern[str]:
        ways = "|".join(self._way(phrase.split()) for phrase in sorted(phrases, key=len, reverse=True))
        return re.compile(rf"{at}(?:{ways})") if ways else re.compile(r"(?!)")

    def _way(self, parts: Iterable[str]) -> str:
        return "".join(GAP if part == "..." else self._part(part) for part in parts)

    def _part(self, part: str) -> str:
        """A word, or any of a group; none as well, where an empty one is in the group."""
        group = GROUP.fullmatch(part)
        if not group:
            return re.escape(self._plain(part)) + " "
        known = sorted(set(self._groups[group[1]]), key=len, reverse=True)
        ways = "|".join(re.escape(phrase) for phrase in known if phrase)
        return f"(?:(?:{ways}) )" + ("?" if "" in known else "")

    def _first(self, parts: Sequence[str]) -> set[str]:
        """The words that a phrase can begin with."""
        group = GROUP.fullmatch(parts[0])
        if not group:
            return {self._plain(parts[0]).split()[0]}
        known = self._groups[group[1]]
        return {phrase.split()[0] for phrase in known if phrase} | (self._first(parts[1:]) if "" in known else set())
