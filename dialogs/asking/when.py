"""Days, periods, lateness and new dates in a typed text: the readings of time, in one place.

Weeks go from Monday to Sunday, 8/1 is 8 January, and a day without a year is the nearest in the direction of the intent.
Each part says in its own file how it reads what can be read in more than one way.
"""

from __future__ import annotations

from datetime import date

from dialogs.asking.bounds import stretch_at
from dialogs.asking.found import Direction, Found, Period
from dialogs.asking.lateness import late_by
from dialogs.asking.new_date import given_until
from dialogs.asking.reading import Reader
from dialogs.asking.time_tokens import sorts_in, tokens

__all__ = ["Direction", "Found", "Period", "lateness_in", "new_date_in", "period_in"]

_OF_TIME = frozenset("WMTUEBRHNP")
_NAMES_DAYS = frozenset("WMTDQHEUBOYJPN")
_COUNTED = frozenset("NCU")
"""A text without a word of these sorts (time_words.py) names no day, and counts nothing."""


def period_in(text: str, today: date, direction: Direction) -> Found[Period] | None:
    """The first day or period that a text names, with both ends included."""
    if not sorts_in(text) & _OF_TIME:
        return None
    said = tokens(text)
    if not any(token.sort in _NAMES_DAYS for token in said):
        return None
    reader = Reader(said, today, direction)
    for place in range(len(said)):
        if stretch := stretch_at(reader, place):
            return Found(stretch.period, ((said[place].start, said[stretch.end - 1].end),))
    return None


def lateness_in(text: str, today: date) -> Found[int] | None:
    """By more than how many working days something is late: 2 for "at least 3 days late", 5 for "over a week"."""
    return late_by(Reader(tokens(text), today, Direction.BACK)) if sorts_in(text) & _COUNTED else None


def new_date_in(text: str, today: date) -> Found[date | int] | None:
    """What more time is asked for: a day, where it follows from the words alone; else so many working days more."""
    return given_until(Reader(tokens(text), today, Direction.FORWARD)) if sorts_in(text) & _OF_TIME else None
