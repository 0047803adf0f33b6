"""What sounds like a child in danger now. Generous: the emergency words said once too often do no harm."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from templates.asking import Danger

GROUP = re.compile(r"\{(\w+)\}")
GAP = r"(?:\S+ ){0,5}?"
Plain = Callable[[str], str]


class Alarm:
    """The phrases of `danger.yaml`, compiled. `plain` gives a phrase's words as a text's words are given."""

    def __init__(self, danger: Danger, plain: Plain) -> None:
        self._groups = {name: _any(map(plain, words)) for name, words in danger.groups.items()}
        self._danger = self._compiled(danger.phrases, plain)
        self._never = self._compiled(danger.never, plain)
        self._past = self._compiled(danger.past, plain)
        self._now = self._compiled(danger.now, plain)

    def sounds(self, words: Iterable[str]) -> bool:
        """Whether words sound like a child in danger now."""
        said = " ".join(words) + " "
        if not self._danger.search(said):
            return False
        left = self._never.sub("| ", said)
        if not self._now.search(left):
            left = self._past.sub("| ", left)
        return self._danger.search(left) is not None

    def _compiled(self, phrases: Iterable[str], plain: Plain) -> re.Pattern[str]:
        ways = "|".join(self._way(phrase, plain) for phrase in phrases)
        return re.compile(rf"(?<!\S)(?:{ways})") if ways else re.compile(r"(?!)")

    def _way(self, phrase: str, plain: Plain) -> str:
        parts: list[str] = []
        for part in phrase.split():
            group = GROUP.fullmatch(part)
            if group:
                parts.append(self._groups[group[1]])
            elif part == "...":
                parts.append(GAP)
            else:
                parts.append(re.escape(plain(part)) + " ")
        return "".join(parts)


def _any(phrases: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted((re.escape(phrase) for phrase in phrases), key=len, reverse=True)) + ") "
