"""Single days: "today", "Friday week", "Tuesday of next week", "Boxing Day"; dates are read in dates.py.

Readings that the rules leave open: "this Friday" is that of the current week, and the coming one where it has passed and days
ahead are asked for; "last Friday" is the latest before today. Where a weekday and a date disagree, the date counts.
"""

from __future__ import annotations

from datetime import date, timedelta

from dialogs.asking.calendar_sums import (
    ONE,
    Days,
    easter,
    nearest,
    one,
    week_of,
    weekday,
)
from dialogs.asking.dates import date_at, plainly
from dialogs.asking.found import Direction
from dialogs.asking.reading import Piece, Reader
from dialogs.asking.time_words import (
    BOXING_DAY,
    CHRISTMAS,
    COMING,
    EASTER,
    EASTER_MONDAY,
    EVE,
    FORTNIGHT,
    GOOD_FRIDAY,
    LAST,
    NEW_YEAR,
    NEW_YEARS_EVE,
    NEXT,
    PAST,
    THIS,
    WEEK,
)

PARTS_OF_DAY = ("morning", "afternoon", "evening", "night", "lunchtime")


def day_at(reader: Reader, place: int) -> Piece | None:
    """A single day that begins at this token."""
    sort = reader.sort(place)
    for sorts, rule in _RULES:
        if sort and sort in sorts and (found := rule(reader, place)):
            return found
    return None


def _near(reader: Reader, place: int) -> Piece | None:
    """Today and its neighbours; "tomorrow week" is seven days after."""
    day = reader.today + timedelta(days=reader.at(place).value)
    return Piece(one(day + _weeks_on(reader, place + 1)), _tail(reader, place + 1))


def _weeks_on(reader: Reader, place: int) -> timedelta:
    token = reader.at(place)
    if token.sort == "U" and token.word in ("week", "wk", "fortnight"):
        return timedelta(days={WEEK: 7, FORTNIGHT: 14}[token.value])
    return timedelta()


def _tail(reader: Reader, place: int) -> int:
    """The place after "week" of "Friday week" and after a part of the day."""
    place += bool(_weeks_on(reader, place))
    return reader.past(place, PARTS_OF_DAY)


def _part_of_today(reader: Reader, place: int) -> Piece | None:
    """This morning, last night."""
    which, part = reader.at(place), reader.at(place + 1).word
    if which.value == THIS and part in PARTS_OF_DAY:
        return Piece(one(reader.today), place + 2)
    if which.value == LAST and part in ("night", "evening"):
        return Piece(one(reader.today - ONE), place + 2)
    return None


def _closing(reader: Reader, place: int) -> Piece | None:
    """Close of play: today's, or that of the day named next."""
    if reader.at(place).value:
        return None
    at = reader.past(reader.past(reader.past(place + 1, ("on", "of", ",")), ("on",)), ("the",))
    named = day_at(reader, at) if reader.sort(at) != "E" else None
    return named or Piece(one(reader.today), place + 1)


def _weekday(reader: Reader, place: int) -> Piece | None:
    """A weekday, with what may follow it: a date, "week", "next week", a part of the day."""
    if dated := _dated(reader, place):
        return dated
    if not plainly(reader, place):
        return None
    number, after = reader.at(place).value, reader.at(place + 1)
    if weeks := _weeks_on(reader, place + 1):
        return Piece(one(weekday(number, reader.today, Direction.FORWARD) + weeks), _tail(reader, place + 1))
    if of_week := _of_week(reader, place, number):
        return of_week
    weeks_off = {("after", NEXT): 7, ("before", LAST): -7}.get((after.word, reader.at(place + 2).value))
    if weeks_off and reader.sort(place + 2) == "R":
        return Piece(one(chosen(reader, number, reader.at(place + 2).value) + timedelta(days=weeks_off)), place + 3)
    if after.sort == "R" and reader.sort(place + 2) not in ("U", "M", "W", "N", "C"):
        return Piece(one(chosen(reader, number, after.value)), place + 2)
    if after.word in ("gone", "just"):
        return Piece(one(chosen(reader, number, LAST)), reader.past(place + 2, ("gone",)))
    return Piece(one(weekday(number, reader.today, reader.direction)), _tail(reader, place + 1))


def _dated(reader: Reader, place: int) -> Piece | None:
    at = reader.past(reader.past(place + 1, (",",)), ("the",))
    return day_at(reader, at) if reader.sort(at) in ("O", "N", "D", "V", "M") else None


def _of_week(reader: Reader, place: int, number: int) -> Piece | None:
    """Friday of next week, Friday this week, Friday the week after next."""
    at = reader.past(reader.past(reader.past(place + 1, PARTS_OF_DAY), ("of", "in", ",")), ("the",))
    steps = week_named(reader, at)
    if steps is None:
        return None
    return Piece(one(week_of(reader.today + timedelta(days=7 * steps[0])).first + timedelta(days=number)), steps[1])


def week_named(reader: Reader, place: int) -> tuple[int, int] | None:
    """How many weeks on, and the place after it: "next week", "week after next", "week before last"."""
    token, after = reader.at(place), reader.at(place + 1)
    if token.sort == "R" and after.sort == "U" and after.value == WEEK:
        return max(-1, min(1, token.value)), place + 2
    if token.sort == "U" and token.value == WEEK:
        last = reader.at(place + 2)
        if (after.word, last.sort, last.value) in (("after", "R", NEXT), ("before", "R", LAST)):
            return (2 if last.value == NEXT else -2), place + 3
    return None


def chosen(reader: Reader, number: int, which: int) -> date:
    """The weekday that "this", "next", "last" or "coming" chooses."""
    day = week_of(reader.today).first + timedelta(days=number)
    if which == NEXT:
        return day + timedelta(days=7)
    if which in (LAST, PAST):
        return day - timedelta(days=7) if day >= reader.today else day
    if which == COMING:
        return weekday(number, reader.today, Direction.FORWARD)
    return day + timedelta(days=7) if day < reader.today and reader.direction is Direction.FORWARD else day


def _which_weekday(reader: Reader, place: int) -> Piece | None:
    at, which = place + 1, reader.at(place).value
    if reader.sort(at) == "R":
        at, which = at + 1, reader.at(at).value
    if reader.sort(at) != "W":
        return _part_of_today(reader, place)
    return Piece(one(chosen(reader, reader.at(at).value, which)), reader.past(at + 1, PARTS_OF_DAY))


def _holiday(reader: Reader, place: int) -> Piece | None:
    """A holiday by name. "Over Christmas" is all of it."""
    which, over = reader.at(place).value, reader.at(place - 1).word in ("over", "during")
    years = range(reader.today.year - 1, reader.today.year + 2)
    found = nearest((_holiday_days(which, year, over) for year in years), reader.today, reader.direction)
    return Piece(found, place + 1) if found else None


def _holiday_days(which: int, year: int, over: bool) -> Days:
    if which in (GOOD_FRIDAY, EASTER, EASTER_MONDAY):
        sunday = easter(year)
        day = sunday + {GOOD_FRIDAY: -2 * ONE, EASTER: 0 * ONE, EASTER_MONDAY: ONE}[which]
        return Days(sunday - 2 * ONE, sunday + ONE) if over and which == EASTER else one(day)
    month, number = {EVE: (12, 24), CHRISTMAS: (12, 25), BOXING_DAY: (12, 26), NEW_YEARS_EVE: (12, 31), NEW_YEAR: (1, 1)}[which]
    day = date(year, month, number)
    if over and which == CHRISTMAS:
        return Days(day, day + ONE)
    return Days(day - ONE, day) if over and which == NEW_YEAR else one(day)


_RULES = (
    ("T", _near),
    ("E", _closing),
    ("DNOVCM", date_at),
    ("W", _weekday),
    ("R", _which_weekday),
    ("H", _holiday),
)
