"""More time: the new date, or how many working days more.

"Until Friday", "to 3 April" and "two days from today" say the date by themselves. "Two more days" and "another week" count from
a due date that the words do not hold, so they are working days, as everywhere in `days`: a week is five, a fortnight ten.
"""

from __future__ import annotations

from datetime import date

from dialogs.asking.calendar_sums import ONE, moved
from dialogs.asking.found import Found
from dialogs.asking.lateness import WORKING_DAYS
from dialogs.asking.periods import piece_at, weekend_at, year_alone
from dialogs.asking.reading import Reader
from dialogs.asking.time_words import HOUR, words

_UNTIL = frozenset(["until", "to", "by", "before"])
_AGAINST = frozenset(["since", "after", "from", "due"])
_EXTRA = words("more another extra further additional longer extension extended")
_NOT_GIVEN = words("ago late overdue behind")


def given_until(reader: Reader) -> Found[date | int] | None:
    """A day after "until", else so many days more, else a day by itself."""
    return _until(reader) or _days_more(reader) or _day_alone(reader)


def _until(reader: Reader) -> Found[date | int] | None:
    for place, token in enumerate(reader.tokens):
        if token.word not in _UNTIL or reader.at(place - 1).word in ("due", "overdue"):
            continue
        after = reader.past(place + 1, ("after",))
        named = reader.past(after, ("the",))
        found = piece_at(reader, after) or year_alone(reader, after) or weekend_at(reader, named)
        if found:
            day = found.days.last + ONE if after > place + 1 else found.days.last
            day = found.days.first - ONE if token.word == "before" else day
            return Found(day, ((token.start, reader.at(found.end - 1).end),))
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
            value, end = found
            return Found(value, ((reader.at(place).start, reader.at(end - 1).end),))
    return None


def _more_at(reader: Reader, place: int) -> tuple[date | int, int] | None:
    """Two more days, another two weeks, an extra week, a week's extension, a day or two; two more days from Friday is a day."""
    another = reader.at(place).word == "another"
    number = reader.number(place + another) or ((1, place + 1) if another else None)
    if not number or reader.sort(place - 1) == "R" or piece_at(reader, place):
        return None
    value, at = number
    while reader.at(at).word in _EXTRA or reader.at(at).word == "-":
        at += 1
    unit, at = reader.at(at), at + 1
    if unit.sort == "U" and unit.value == HOUR and value >= 24:
        return value // 24, reader.past(at, _EXTRA)
    if unit.sort != "U" or unit.value not in WORKING_DAYS or reader.at(at).word in _NOT_GIVEN:
        return None
    if reader.at(at).word == "or" and (more := reader.number(at + 1)):
        value, at = max(value, more[0]), more[1]
    at = reader.past(at, _EXTRA)
    if reader.at(at).word in ("from", "after") and (day := piece_at(reader, at + 1)):
        return moved(day.days.last, value, unit.value), day.end
    return value * WORKING_DAYS[unit.value], at
