"""What sounds like a child in danger now. Generous: the emergency words said once too often do no harm."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from dialogs.asking.patterns import Beginnings, Groups, Plain
from templates.asking import Danger


class Alarm:
    """The phrases of `danger.yaml`. `plain` gives a phrase's words as a text's words are given.

    A text is looked at word by word: only the phrases that begin with a word of it are compiled and tried.
    """

    def __init__(self, danger: Danger, plain: Plain) -> None:
        self._data, self._groups = danger, Groups(danger.groups, plain)
        self._strong = Beginnings(danger.phrases, self._groups)
        self._recent = Beginnings(danger.recent, self._groups)

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
        return self._groups.any(self._data.never)

    @cached_property
    def _past(self) -> re.Pattern[str]:
        return self._groups.any(self._data.past)

    @cached_property
    def _over(self) -> re.Pattern[str]:
        return self._groups.any(self._data.over)

    @cached_property
    def _now(self) -> re.Pattern[str]:
        return self._groups.any(self._data.now)
