"""More time: the new date, or how many working days more.

"Until Friday", "to 3 April" and "two days from today" say the date by themselves. "Two more days" and "another week" count from
a due date that the words do not hold, so they are working days, as everywhere in `days`: a week is five, a fortnight ten.
"""

from __future__ import annotations

from datetime import date

from dialogs.asking.found import Found
from dialogs.asking.lateness import WORKING_DAYS
from dialogs.asking.periods import piece_at, year_alone
from dialogs.asking.reading import Reader
from dialogs.asking.time_words import words

_UNTIL = frozenset(["until", "to", "by", "before"])
_AGAINST = frozenset(["since", "after", "from", "due"])
_EXTRA = words("more another extra further additional longer extension extended")
_NOT_GIVEN = words("ago late overdue behind")


def given_until(reader: Reader) -> Found[date | int] | None:
    """A day after "until", else so many days more, else a day by itself."""
    return _until(reader) or _days_more(reader) or _day_alone(reader)


def _until(reader: Reader) -> Found[date | int] | None:
    for place, token in enumerate(reader.tokens):
        if token.word in _UNTIL and reader.at(place - 1).word not in ("due", "overdue"):
            found = piece_at(reader, place + 1) or year_alone(reader, place + 1)
            if found:
                start = reader.at(place - (reader.at(place - 1).word == "up")).start
                day = found.days.last
                return Found(day, ((start, reader.at(found.end - 1).end),))
    return None


def _day_alone(reader: Reader) -> Found[date | int] | None:
    for place, token in enumerate(reader.tokens):
        if reader.at(place - 1).word in _AGAINST or token.word in _AGAINST:
            continue
        found = piece_at(reader, place)
        if found and found.days.last >= reader.today:
            return Found(found.days.last, ((token.start, reader.at(found.end - 1).end),))
    return None


def _days_more(reader: Reader) -> Found[date | int] | None:
    for place in range(len(reader.tokens)):
        if found := _more_at(reader, place):
            number, end = found
            return Found(number, ((reader.at(place).start, reader.at(end - 1).end),))
    return None


def _more_at(reader: Reader, place: int) -> tuple[int, int] | None:
    """Two more days, another two weeks, an extra week, a week's extension, a week."""
    at = place
    extra = reader.at(at).word == "another"
    if extra:
        at += 1
    number = reader.number(at)
    value, at = number or (1, at)
    if not number and not extra:
        return None
    while reader.at(at).word in _EXTRA:
        at += 1
    unit = reader.at(at)
    at_unit = reader.past(at, ("-",))
    unit = reader.at(at_unit)
    if unit.sort != "U" or unit.value not in WORKING_DAYS or reader.at(at_unit + 1).word in _NOT_GIVEN:
        return None
    if reader.at(place - 1).sort == "R" or _names_a_day(reader, place):
        return None
    return value * WORKING_DAYS[unit.value], reader.past(at_unit + 1, tuple(_EXTRA))


def _names_a_day(reader: Reader, place: int) -> bool:
    """Whether it is part of a day: "two days from today", "in a week's time"."""
    return piece_at(reader, place) is not None
