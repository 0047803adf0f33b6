"""Single days: "today", "Friday week", "3 April", "8/1/27", "the 12th", "Boxing Day".

Readings that the rules leave open: "this Friday" is that of the current week, and the coming one where it has passed and days
ahead are asked for; "last Friday" is the latest before today. Where a weekday and a date disagree, the date counts.
"""

from __future__ import annotations

from datetime import date, timedelta

from dialogs.asking.calendar_sums import (
    ONE,
    Days,
    day_of_month,
    day_of_year,
    easter,
    made,
    nearest,
    one,
    week_of,
    weekday,
)
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
    YEAR,
    words,
)

PARTS_OF_DAY = ("morning", "afternoon", "evening", "night", "lunchtime")
_LEADS = words("the on by until before since from to after due between and or - till of for")
_AFTER_A_DAY = words(
    "and or to until for please pls because as if at instead then with is was of on in from - . , ? ; : ) now so but when"
    " than they we i"
) | {""}
_NOT_A_MONTH = words("be have i we need not they it you see read ask also well still")
_DOUBTFUL = words("may mar sat sun wed dec jun")
_BEFORE_DOUBTFUL = _LEADS | words("in during throughout late early mid over at")


def day_at(reader: Reader, place: int) -> Piece | None:
    """A single day that begins at this token."""
    sort = reader.sort(place)
    for sorts, rule in _RULES:
        if sort and sort in sorts and (found := rule(reader, place)):
            return found
    return None


def plainly(reader: Reader, place: int) -> bool:
    """Whether a word that is also something else ("may", "sat") is one of time here."""
    word, before, after = reader.at(place).word, reader.at(place - 1), reader.at(place + 1)
    if word not in _DOUBTFUL:
        return True
    if word == "may" and after.word in _NOT_A_MONTH:
        return False
    return before.word in _BEFORE_DOUBTFUL or before.sort in ("R", "N", "O", "W") or after.sort in ("N", "O", "Y", "J")


def _figures(reader: Reader, place: int) -> Piece | None:
    day, month, year = reader.at(place).parts
    word = reader.at(place).word
    if "." in word and not year and reader.at(place - 1).word not in _LEADS and reader.sort(place - 1) != "W":
        return None
    found = made(day, month, year) if year else day_of_year(day, month, reader.today, reader.direction)
    return Piece(found, place + 1) if found else None


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
    named = day_at(reader, reader.past(reader.past(reader.past(place + 1, ("on", "of", ",")), ("on",)), ("the",)))
    return named or Piece(one(reader.today), place + 1)


def _number_first(reader: Reader, place: int) -> Piece | None:
    """3 April, the 3rd of April 2027."""
    day, month = reader.at(place).value, reader.past(place + 1, ("of",))
    if reader.sort(month) != "M" or (reader.at(month).word == "may" and reader.at(month + 1).word in _NOT_A_MONTH):
        return _day_alone(reader, place)
    return _with_year(reader, day, reader.at(month).value, month + 1)


def _month_first(reader: Reader, place: int) -> Piece | None:
    """April 3rd, April the third 2027."""
    day = reader.past(place + 1, ("the",))
    if reader.sort(day) not in ("N", "O", "V") or not 1 <= reader.at(day).value <= 31 or not plainly(reader, place):
        return None
    if reader.sort(day) == "N" and reader.sort(day + 1) in ("U", "C"):
        return None
    return _with_year(reader, reader.at(day).value, reader.at(place).value, day + 1)


def year_at(reader: Reader, place: int) -> tuple[int, int]:
    """The year said after a month, and the place after it; 0 where none was said."""
    at = reader.past(place, (",", "of", "in"))
    token = reader.at(at)
    if token.sort == "Y":
        return token.value, at + 1
    if token.sort == "J" or (token.sort == "N" and at == place and len(token.word) == 2 and 20 <= token.value < 60):
        return 2000 + token.value, at + 1
    if token.sort == "R" and reader.sort(at + 1) == "U" and reader.at(at + 1).value == YEAR:
        return reader.today.year + max(-1, min(1, token.value)), at + 2
    return 0, place


def _with_year(reader: Reader, day: int, month: int, place: int) -> Piece | None:
    year, end = year_at(reader, place)
    found = made(day, month, year) if year else day_of_year(day, month, reader.today, reader.direction)
    return Piece(found, end) if found else None


def _day_alone(reader: Reader, place: int) -> Piece | None:
    """The 12th: only where a day can stand, so that "the 3rd request" is none."""
    before = reader.at(place - 1)
    if reader.sort(place) != "O" or not (before.word in _LEADS or before.sort == "W"):
        return None
    at = reader.past(place + 1, ("of",))
    if at > place + 1:
        at = reader.past(at, ("the",))
        if reader.sort(at) == "R" and reader.at(at + 1).word == "month":
            return _of_month(reader, place, reader.at(at).value, at + 2)
        if reader.at(at).word == "month":
            return _of_month(reader, place, THIS, at + 1)
        return None
    if reader.at(place + 1).word not in _AFTER_A_DAY and reader.sort(place + 1) not in ("T", "W", "R"):
        return None
    found = day_of_month(reader.at(place).value, reader.today, reader.direction)
    return Piece(found, place + 1) if found else None


def _of_month(reader: Reader, place: int, steps: int, end: int) -> Piece | None:
    year, month = divmod(reader.today.year * 12 + reader.today.month - 1 + max(-1, min(1, steps)), 12)
    found = made(reader.at(place).value, month + 1, year)
    return Piece(found, end) if found else None


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
    ("D", _figures),
    ("T", _near),
    ("E", _closing),
    ("NOV", _number_first),
    ("M", _month_first),
    ("W", _weekday),
    ("R", _which_weekday),
    ("H", _holiday),
)
