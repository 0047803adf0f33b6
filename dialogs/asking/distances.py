"""Days counted from today or from another day: "3 days ago", "in a fortnight", "a week on Friday", "the day after tomorrow",
"the next 7 days", "within two weeks".

Readings that the rules leave open: "in 3 days" is that day and "within 3 days" all days up to it; "the last week" and "in the
last month", with their article and no number, are counted back from today, as "the last 7 days" are.
"""

from __future__ import annotations

from datetime import date

from dialogs.asking.calendar_sums import ONE, Days, moved, one
from dialogs.asking.days import day_at
from dialogs.asking.found import Direction
from dialogs.asking.reading import Count, Piece, Reader
from dialogs.asking.time_words import COMING, DAY, FORTNIGHT, LAST, MONTH, PAST, THIS, WEEK, WORKING_DAY, YEAR

_BACK = (LAST, PAST)


def distance_at(reader: Reader, place: int) -> Piece | None:
    """A day counted from another, or days counted from today."""
    return _counted(reader, place) or _day_beside(reader, place) or _rolling(reader, place)


def ahead_at(reader: Reader, place: int, inside: bool) -> Piece | None:
    """What follows "in" or "within": "in 3 days", "in a week's time", "within a fortnight"."""
    count = reader.count(place)
    if not count or reader.at(count.end).word in ("of", "ago", "before", "after"):
        return None
    back = inside and reader.direction is Direction.BACK
    day = moved(reader.today, -count.number if back else count.number, count.unit)
    return Piece(_between(reader, day) if inside else one(day), reader.past(count.end, ("time",)))


def _between(reader: Reader, day: date) -> Days:
    return Days(min(day, reader.today), max(day, reader.today))


def _counted(reader: Reader, place: int) -> Piece | None:
    """3 days ago, two weeks from Friday, a week today, two days' time."""
    count = reader.count(place)
    if not count:
        return None
    word, end = reader.at(count.end).word, count.end
    if word in ("ago", "back"):
        return Piece(one(moved(reader.today, -count.number, count.unit)), end + 1)
    if word == "time" and "'" in reader.at(end - 1).word:
        return Piece(one(moved(reader.today, count.number, count.unit)), end + 1)
    return _from_another(reader, count)


def _from_another(reader: Reader, count: Count) -> Piece | None:
    word, end = reader.at(count.end).word, count.end
    if word in ("from", "after", "before"):
        if word == "from" and reader.at(end + 1).word == "now":
            return Piece(one(moved(reader.today, count.number, count.unit)), end + 2)
        named = day_at(reader, reader.past(end + 1, ("the",)))
        steps = -count.number if word == "before" else count.number
        return Piece(one(moved(named.days.first, steps, count.unit)), named.end) if named else None
    if count.unit not in (WEEK, FORTNIGHT):
        return None
    ahead = reader.looking(Direction.FORWARD)
    at = reader.past(end, ("on", "this", "coming"))
    named = day_at(ahead, at) if reader.sort(at) in ("W", "T", "R", "D", "O", "N") else None
    if not named:
        return None
    back = reader.sort(at) == "R" and reader.at(at).value in _BACK
    return Piece(one(moved(named.days.first, -count.number if back else count.number, count.unit)), named.end)


def _day_beside(reader: Reader, place: int) -> Piece | None:
    """The day after tomorrow, the day before yesterday, the day before the 12th."""
    word = reader.at(place + 1).word
    if reader.at(place).word != "day" or word not in ("after", "before"):
        return None
    named = day_at(reader, reader.past(place + 2, ("the",)))
    return Piece(one(named.days.first + (ONE if word == "after" else -ONE)), named.end) if named else None


def _rolling(reader: Reader, place: int) -> Piece | None:
    """The next 7 days, the last two weeks, the past month."""
    which = reader.at(place)
    if which.sort != "R" or which.value == THIS:
        return _this_coming(reader, place)
    count = reader.count(place + 1) or _unit_alone(reader, place)
    if not count:
        return None
    if count.unit == WORKING_DAY and reader.sort(place + 1) == "U":
        return Piece(one(moved(reader.today, -1 if which.value in _BACK else 1, WORKING_DAY)), count.end)
    day = moved(reader.today, -count.number if which.value in _BACK else count.number, count.unit)
    return Piece(_between(reader, day), count.end)


def _this_coming(reader: Reader, place: int) -> Piece | None:
    """This coming week, this fortnight."""
    if reader.sort(place) == "R" and reader.sort(place + 1) == "R":
        return _rolling(reader, place + 1)
    if reader.sort(place) == "R" and reader.sort(place + 1) == "U" and reader.at(place + 1).value == FORTNIGHT:
        back = reader.direction is Direction.BACK
        return Piece(_between(reader, moved(reader.today, -1 if back else 1, FORTNIGHT)), place + 2)
    return None


def _unit_alone(reader: Reader, place: int) -> Count | None:
    """One unit counted from today: "the past week", "the next month", "next fortnight", "last working day"."""
    which, unit = reader.at(place), reader.at(place + 1)
    if unit.sort != "U" or unit.value not in (DAY, WORKING_DAY, WEEK, FORTNIGHT, MONTH, YEAR):
        return None
    article = reader.at(place - 1).word == "the" and which.word in ("next", "nxt", "last", "lst")
    counted = article or which.value in (PAST, COMING) or unit.value in (WORKING_DAY, FORTNIGHT)
    if not counted or reader.at(place + 2).word == "of":
        return None
    two = reader.at(place + 2).word == "or" and reader.at(place + 3).word == "two"
    return Count(2, unit.value, place + 4) if two else Count(1, unit.value, place + 2)
