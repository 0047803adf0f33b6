"""A place in a row of tokens: what every rule of the grammar of time looks at, and what it gives back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

import msgspec

from dialogs.asking.calendar_sums import Days
from dialogs.asking.found import Direction
from dialogs.asking.time_tokens import Token

NOTHING = Token("", 0, 0, 0, "")


class Piece(NamedTuple):
    """The days that were said, and the token after the last one used."""

    days: Days
    end: int


class Count(NamedTuple):
    """A number of units: "two weeks", "a day or two"."""

    number: int
    unit: int
    end: int


class Reader(msgspec.Struct, frozen=True):
    """The tokens of a text, with the day it was typed on and where days are looked for."""

    tokens: list[Token]
    today: date
    direction: Direction

    def at(self, place: int) -> Token:
        """The token at a place; an empty one outside the text."""
        return self.tokens[place] if 0 <= place < len(self.tokens) else NOTHING

    def sort(self, place: int) -> str:
        """The sort of the token at a place."""
        return self.at(place).sort

    def past(self, place: int, words: Collection[str]) -> int:
        """The place after one of these words, or the same place where there is none."""
        return place + 1 if self.at(place).word in words else place

    def looking(self, direction: Direction) -> Reader:
        """The same text read in another direction."""
        return Reader(self.tokens, self.today, direction)

    def number(self, place: int) -> tuple[int, int] | None:
        """A number at a place and the place after it: "3", "a couple of", "twenty-one", "two or three" (three)."""
        found = self._one_number(place)
        if found and self.at(found[1]).word in ("or", "to", "-") and (more := self._one_number(found[1] + 1)):
            return max(found, more) if self.at(found[1]).word == "or" or more[0] > found[0] else found
        return found

    def _one_number(self, place: int) -> tuple[int, int] | None:
        token = self.at(place)
        if token.sort == "N":
            return token.value, place + 1
        if token.sort != "C":
            return None
        after = self.at(place + 1)
        if token.word in ("a", "an") and after.sort in ("C", "N") and after.word not in ("a", "an", "one"):
            return self._one_number(place + 1)
        if token.value >= 20:
            tail = place + 2 if after.word == "-" else place + 1
            units = self.at(tail)
            return (
                (token.value + units.value, tail + 1)
                if units.sort == "C" and 0 < units.value < 10
                else (token.value, place + 1)
            )
        return token.value, self.past(place + 1, ("of",))

    def count(self, place: int) -> Count | None:
        """So many units: "3 days", "a week", "two more weeks" is not one, "a day or two" is."""
        found = self.number(place)
        if not found or self.sort(found[1]) != "U":
            return None
        unit, end = self.at(found[1]).value, found[1] + 1
        if self.at(end).word == "or" and (more := self._one_number(end + 1)) and self.sort(more[1]) not in ("U", "M"):
            return Count(max(found[0], more[0]), unit, more[1])
        return Count(found[0], unit, end)
