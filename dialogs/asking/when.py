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
from dialogs.asking.time_words import tokens

__all__ = ["Direction", "Found", "Period", "lateness_in", "new_date_in", "period_in"]

_OF_TIME = frozenset("WMTDQHEUBOYJ")
"""A text without one of these sorts of tokens names no day."""
_COUNTED = frozenset("NCU")


def period_in(text: str, today: date, direction: Direction) -> Found[Period] | None:
    """The first day or period that a text names, with both ends included."""
    said = tokens(text)
    if not any(token.sort in _OF_TIME for token in said):
        return None
    reader = Reader(said, today, direction)
    for place in range(len(said)):
        if stretch := stretch_at(reader, place):
            return Found(stretch.period, ((said[place].start, said[stretch.end - 1].end),))
    return None


def lateness_in(text: str, today: date) -> Found[int] | None:
    """By more than how many working days something is late: 2 for "at least 3 days late", 5 for "over a week"."""
    said = tokens(text)
    if not any(token.sort in _COUNTED for token in said):
        return None
    return late_by(Reader(said, today, Direction.BACK))


def new_date_in(text: str, today: date) -> Found[date | int] | None:
    """What more time is asked for: a day, where it follows from the words alone; else so many working days more."""
    said = tokens(text)
    if not any(token.sort in _OF_TIME for token in said):
        return None
    return given_until(Reader(said, today, Direction.FORWARD))
