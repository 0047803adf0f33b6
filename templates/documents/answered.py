"""Answers by path, as a document prints them: removed rows and children left out, the rest in order.

What `printed(path)` refuses is asked for nowhere: it reaches no cell, no heading and no count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from state.records import AnswerRecord
from templates.forms.filled import ANSWERED
from templates.wording import Words

Row = dict[str, str]


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around the answers of every document: the reference, the guidance's edition, when it was made (as read)."""

    reference: str
    edition: str
    generated_at: str
    restricted: bool = False

    def marking(self, words: Words) -> str:
        """The protective marking above every page."""
        return words.say("documents.restricted" if self.restricted else "documents.official")


def everything(_path: str) -> bool:
    """Every answer is printed."""
    return True


class Answered:
    """The answers of one form while its document is put together.

    `shown(path)` is an answer as people read it ("3 April 2026", an option's label, "Not known"); it is asked only for answers
    that are given or not known and for which `printed(path)` holds. What was not answered prints empty.
    """

    def __init__(
        self,
        answers: Mapping[str, AnswerRecord],
        shown: Callable[[str], str],
        words: Words,
        printed: Callable[[str], bool] = everything,
    ) -> None:
        self.answers, self.shown, self.words, self.printed = answers, shown, words, printed

    def text(self, path: str) -> str:
        """The answer as it is read, or nothing."""
        return self.shown(path) if self._counts(path) else ""

    def _counts(self, path: str) -> bool:
        answer = self.answers.get(path)
        return answer is not None and answer.state in ANSWERED and self.printed(path)

    def value(self, path: str) -> str:
        """The id of what was chosen: `yes`, `not_known`, an option's id; nothing where there is no answer."""
        if not self._counts(path):
            return ""
        answer = self.answers[path]
        if answer.state == "not_known":
            return "not_known"
        if isinstance(answer.value, bool):
            return "yes" if answer.value else "no"
        return str(answer.value)

    def choice(self, path: str, options: tuple[str, ...], name: str = "") -> Iterator[tuple[str, bool]]:
        """A tick for each option; an answer outside the options ticks none."""
        value = self.value(path)
        for option in options:
            yield f"{name or path}.{option}", option == value

    def numbers(self, group: str) -> list[int]:
        """The rows that stand, in order."""
        pattern = re.compile(rf"{re.escape(group)}\.(\d+)\.")
        found = {int(match[1]) for path in self._paths() if (match := pattern.match(path))}
        return sorted(number for number in found if not self._removed(f"{group}.{number}"))

    def _paths(self) -> Iterable[str]:
        """Every path that has something to print."""
        return self.answers

    def _removed(self, path: str) -> bool:
        answer = self.answers.get(path)
        return answer is not None and answer.state == "removed"

    def rows(self, group: str, columns: Sequence[str], row: Callable[[str], Row] | None = None) -> tuple[Row, ...]:
        """Each row that says something; `row(path)` makes one where its cells are not just the answers.

        Where the whole question was answered ("Not known"), its first cell says so.
        """
        made = [(row or self._plain(columns))(f"{group}.{number}") for number in self.numbers(group)]
        found = tuple(one for one in made if any(one.values()))
        nothing = self.text(group)
        return found if found or not nothing else ({columns[0]: nothing},)

    def _plain(self, columns: Sequence[str]) -> Callable[[str], Row]:
        return lambda path: {column: self.text(f"{path}.{column}") for column in columns}

    def address(self, path: str) -> str:
        """The address of a row or child, with a note where it is to be kept private. A withheld one leaves no note."""
        address = self.text(f"{path}.address")
        private = address and self.value(f"{path}.do_not_share") == "yes"
        return f"{address}\n{self.words.say('documents.keep_private')}" if private else address

    def heading(self, name: str, place: int, count: int) -> str:
        """A child's own heading; none where there is one child."""
        if count == 1:
            return ""
        key = "documents.child_heading" if name else "documents.child_heading_unnamed"
        return self.words.say(key, number=place, count=count, name=name)
