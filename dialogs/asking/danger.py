"""What sounds like a child in danger now. Generous: the emergency words said once too often do no harm."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from templates.asking import Danger

GROUP = re.compile(r"\{(\w+)\}")
GAP = r"(?:\S+ ){0,5}?"
BETWEEN_WORDS = r"(?<!\S)"
Plain = Callable[[str], str]


class _Beginnings:
    """Phrases by the words they can begin with, compiled when such a word is first said."""

    def __init__(
        self,
        phrases: Iterable[str],
        first: Callable[[Sequence[str]], set[str]],
        compiled: Callable[[Iterable[str], str], re.Pattern[str]],
    ) -> None:
        self._compile = compiled
        self._by_word: dict[str, list[str]] = {}
        self._compiled: dict[str, re.Pattern[str]] = {}
        for phrase in phrases:
            for word in first(phrase.split()):
                self._by_word.setdefault(word, []).append(phrase)

    def said(self, words: Sequence[str]) -> bool:
        """Whether one of the phrases begins at one of the words."""
        text, at = " ".join(words) + " ", 0
        for word in words:
            if word in self._by_word and self._beginning(word).match(text, at):
                return True
            at += len(word) + 1
        return False

    def _beginning(self, word: str) -> re.Pattern[str]:
        if word not in self._compiled:
            self._compiled[word] = self._compile(self._by_word[word], "")
        return self._compiled[word]


class Alarm:
    """The phrases of `danger.yaml`. `plain` gives a phrase's words as a text's words are given.

    A text is looked at word by word: only the phrases that begin with a word of it are compiled and tried.
    """

    def __init__(self, danger: Danger, plain: Plain) -> None:
        self._data, self._plain = danger, plain
        self._groups = {name: [plain(word) for word in words] for name, words in danger.groups.items()}
        self._strong = _Beginnings(danger.phrases, self._first, self._any)
        self._recent = _Beginnings(danger.recent, self._first, self._any)

    def sounds(self, words: Sequence[str]) -> bool:
        """Whether words sound like a child in danger now."""
        if not (self._strong.said(words) or self._recent.said(words)):
            return False
        left = self._never.sub("| ", " ".join(words) + " ")
        is_now, is_over = self._now.search(left), self._over.search(left)
        if not is_now:
            left = self._past.sub("| ", left)
        kept = left.split()
        return self._strong.said(kept) or (bool(is_now or not is_over) and self._recent.said(kept))

    @cached_property
    def _never(self) -> re.Pattern[str]:
        return self._any(self._data.never)

    @cached_property
    def _past(self) -> re.Pattern[str]:
        return self._any(self._data.past)

    @cached_property
    def _over(self) -> re.Pattern[str]:
        return self._any(self._data.over)

    @cached_property
    def _now(self) -> re.Pattern[str]:
        return self._any(self._data.now)

    def _any(self, phrases: Iterable[str], at: str = BETWEEN_WORDS) -> re.Pattern[str]:
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
