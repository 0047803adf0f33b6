"""Named periods: "next week", "this weekend", "March 2027", "Q1", "end of the month", "the rest of the week".

Readings that the rules leave open: "next March" is that of next year, as "next Friday" is that of next week, and "last March"
the latest that is over; the end of a week is its Friday, of anything else its last day.
"""

from __future__ import annotations

from datetime import date, timedelta

from dialogs.asking.calendar_sums import (
    ONE,
    Days,
    beside,
    months_of,
    months_of_year,
    moved,
    nearest,
    one,
    week_of,
    weekday,
    whole,
)
from dialogs.asking.dates import plainly, year_at
from dialogs.asking.days import day_at, week_named
from dialogs.asking.distances import ahead_at, distance_at
from dialogs.asking.found import Direction
from dialogs.asking.reading import Piece, Reader
from dialogs.asking.time_words import COMING, DAY, LAST, MONTH, NEXT, PAST, QUARTER, WEEK, WEEKEND, WORKING_DAY, YEAR

PLACED = ("on", "in", "at", "during", "over", "for", "throughout", "around", "within", "of")
"""Words that stand before a period and say nothing more of it."""
_EDGES = {"end": 1, "close": 1, "start": -1, "beginning": -1, "middle": 0, "mid": 0}
_DAYS = (DAY, WORKING_DAY)
OPENING = (*_EDGES, "rest", "remainder")
"""Words that open a period and are none of time by themselves."""
_CALENDAR = (WEEK, MONTH, QUARTER, YEAR, WEEKEND)


def piece_at(reader: Reader, place: int) -> Piece | None:
    """A day or period that begins at this token, perhaps with "on", "in" or "the" before it."""
    word = reader.at(place).word
    if word in PLACED:
        if word in ("in", "within") and (ahead := ahead_at(reader, place + 1, inside=word == "within")):
            return ahead
        inner = reader.past(place + 1, ("in", "the", "all", "each") if word in ("with", "within") else ("the",))
        return weekend_at(reader, inner) or _core(reader, inner) or _said_whole(reader, inner)
    inner = reader.past(place, ("the",))
    return _core(reader, inner) or (weekend_at(reader, inner) if inner > place else None)


def _core(reader: Reader, place: int) -> Piece | None:
    return (
        _edge(reader, place)
        or _rest(reader, place)
        or _week_around(reader, place)
        or distance_at(reader, place)
        or day_at(reader, place)
        or _in_turn(reader, place)
        or _month(reader, place)
        or _week_of_month(reader, place)
        or _quarter(reader, place)
        or _year(reader, place)
    )


def _in_turn(reader: Reader, place: int) -> Piece | None:
    """This, next or last week, month, quarter, year, weekend or March; the week after next; Friday of such a week."""
    unit = unit_at(reader, place)
    if unit is None or reader.sort(place) not in ("R", "U"):
        return _which_month(reader, place)
    steps, kind, end = unit
    if kind == WEEK and steps == -1 and reader.at(end).word in ("of", "in") and reader.sort(end + 1) == "M":
        return _week_of_month(reader, place)
    if kind == WEEK and reader.at(reader.past(end, ("-",))).word == "end":
        return Piece(beside(reader.today, steps, WEEKEND), reader.past(end, ("-",)) + 1)
    days = beside(reader.today, steps, kind)
    at = reader.past(end, ("on", ",", "'s"))
    if kind == WEEK and reader.sort(at) == "W" and reader.sort(at + 1) not in ("N", "O"):
        return Piece(one(days.first + timedelta(days=reader.at(at).value)), at + 1)
    return Piece(days, end)


def _week_of_month(reader: Reader, place: int) -> Piece | None:
    """The first week of December: its first seven days; the last week of November: its last seven."""
    number, unit, month = reader.at(place), reader.at(place + 1), reader.past(place + 2, ("of", "in"))
    last = number.sort == "R" and number.value == LAST
    if not (last or number.sort in ("V", "O")) or unit.sort != "U" or unit.value != WEEK or reader.sort(month) != "M":
        return None
    found = _with_year(reader, reader.at(month).value, 1, month + 1)
    if not found or (not last and number.value > 4):
        return None
    first = found.days.last - timedelta(days=6) if last else found.days.first + timedelta(days=7 * number.value - 7)
    return Piece(Days(first, first + timedelta(days=6)), found.end)


def unit_at(reader: Reader, place: int) -> tuple[int, int, int] | None:
    """A calendar unit counted from the present one: steps, unit and the place after it."""
    token, after = reader.at(place), reader.at(place + 1)
    if token.sort == "R":
        if after.sort == "B" and after.value:
            return max(-1, min(1, token.value)), WEEKEND, place + 2
        at = place + 1 if after.sort == "U" else reader.past(place + 1, ("calendar", "coming"))
        unit = reader.at(at)
        if unit.sort == "U" and unit.value in _CALENDAR:
            coming_weekend = unit.value == WEEKEND and token.value == COMING
            return 0 if coming_weekend else max(-1, min(1, token.value)), unit.value, at + 1
        return None
    if week := week_named(reader, place):
        return week[0], WEEK, week[1]
    last = reader.at(place + 2)
    if token.sort == "U" and token.value in _CALENDAR and last.sort == "R":
        steps = {("after", NEXT): 2, ("before", LAST): -2}.get((after.word, last.value))
        return (steps, token.value, place + 3) if steps else None
    return None


def _which_month(reader: Reader, place: int) -> Piece | None:
    which, at = reader.at(place), place + 1
    if which.sort != "R" or reader.sort(at) != "M":
        return None
    month, today = reader.at(at).value, reader.today
    if which.value == COMING:
        found = months_of_year(month, 1, today, Direction.FORWARD)
        return Piece(found, at + 1) if found else None
    year = today.year + (1 if which.value == NEXT else 0)
    if which.value in (LAST, PAST) and (year, month) >= (today.year, today.month):
        year -= 1
    return Piece(months_of(year, month, 1), at + 1)


def _month(reader: Reader, place: int) -> Piece | None:
    """March, March 2027, the month of March."""
    if reader.at(place).word == "month" and reader.at(place + 1).word == "of":
        place += 2
    if reader.sort(place) != "M" or reader.sort(place - 1) in ("N", "O") or not plainly(reader, place):
        return None
    return _with_year(reader, reader.at(place).value, 1, place + 1)


def _with_year(reader: Reader, first: int, count: int, place: int) -> Piece | None:
    year, end = year_at(reader, place)
    found = months_of(year, first, count) if year else months_of_year(first, count, reader.today, reader.direction)
    return Piece(found, end) if found else None


def _quarter(reader: Reader, place: int) -> Piece | None:
    """Q1, the first quarter of 2027."""
    token = reader.at(place)
    if token.sort == "Q":
        return _with_year(reader, token.value * 3 - 2, 3, place + 1)
    number, after = (token, reader.at(place + 1)) if token.sort in "VOR" else (reader.at(place + 1), token)
    ordered = number.sort in ("V", "O") or (number.sort in ("N", "C") and after is token)
    if ordered and 1 <= number.value <= 4 and after.sort == "U" and after.value == QUARTER:
        return _with_year(reader, number.value * 3 - 2, 3, place + 2)
    return None


def _said_whole(reader: Reader, place: int) -> Piece | None:
    """What is a period only after a word like "in": 2026; the present week, month or year."""
    token = reader.at(place)
    if token.sort == "Y":
        return Piece(months_of(token.value, 1, 12), place + 1)
    if token.sort == "U" and token.value in _CALENDAR and reader.at(place - 1).word == "the" and not token.word.endswith("s"):
        return Piece(whole(reader.today, token.value), place + 1)
    return None


def _year(reader: Reader, place: int) -> Piece | None:
    """The year 2027, calendar year 2027."""
    at = reader.past(place, ("calendar",))
    named = reader.sort(at) == "U" and reader.at(at).value == YEAR and reader.sort(at + 1) == "Y"
    return Piece(months_of(reader.at(at + 1).value, 1, 12), at + 2) if named else None


def year_alone(reader: Reader, place: int) -> Piece | None:
    """A year after "since", "by" or "before"."""
    return _said_whole(reader, place) if reader.sort(place) == "Y" else None


def weekend_at(reader: Reader, place: int) -> Piece | None:
    token = reader.at(place)
    if token.sort != "U" or token.value != WEEKEND:
        return None
    choices = (beside(reader.today, steps, WEEKEND) for steps in (-1, 0, 1))
    found = nearest(choices, reader.today, reader.direction)
    return Piece(found, place + 1) if found else None


def _edge(reader: Reader, place: int) -> Piece | None:
    """The end of the week, start of next month, month end, end of March."""
    token, after = reader.at(place), reader.at(place + 1)
    if token.sort == "E" and token.value != DAY:
        return Piece(one(_side(whole(reader.today, token.value), token.value, 1)), place + 1)
    at = reader.past(place + 1, ("-",))
    if token.sort == "U" and token.value in (WEEK, MONTH, QUARTER, YEAR) and reader.at(at).word == "end":
        return Piece(one(_side(whole(reader.today, token.value), token.value, 1)), at + 1)
    if reader.at(place + 2).word in ("of", "in") and (after.sort == "W" or (after.sort == "U" and after.value in _DAYS)):
        return _first_or_last(reader, place)
    return _side_of(reader, place, _EDGES[token.word]) if token.word in _EDGES else None


def _side_of(reader: Reader, place: int, side: int) -> Piece | None:
    inner = reader.past(reader.past(place + 1, ("of", "-")), ("the",))
    edged = _edged(reader, inner)
    if not edged or (inner == place + 1 and reader.sort(inner) not in ("R", "U", "M", "Q", "V")):
        return None
    days, unit, end = edged
    if unit == DAY and (named := day_at(reader, reader.past(reader.past(end, ("on", ",")), ("the",)))):
        return named
    if side == 0 and unit != WEEK:
        return None
    return Piece(one(_side(days, unit, side)), end)


def _first_or_last(reader: Reader, place: int) -> Piece | None:
    """The last day of the month, the last working day of March, the first Friday of next month."""
    number, what, at = reader.at(place), reader.at(place + 1), reader.past(place + 3, ("the",))
    last = number.sort == "R" and number.value == LAST
    found = _edged(reader, at) if last or (number.sort in ("V", "O") and number.value == 1) else None
    if not found:
        return None
    (first, end), _, after = found
    if what.sort == "W":
        day = weekday(what.value, end if last else first, Direction.BACK if last else Direction.FORWARD)
    elif what.value == WORKING_DAY:
        day = moved(end + ONE, -1, WORKING_DAY) if last else moved(first - ONE, 1, WORKING_DAY)
    else:
        day = end if last else first
    return Piece(one(day), after)


def _edged(reader: Reader, place: int) -> tuple[Days, int, int] | None:
    token = reader.at(place)
    if unit := unit_at(reader, place):
        return beside(reader.today, unit[0], unit[1]), unit[1], unit[2]
    if token.sort == "U" and (token.value in _CALENDAR or token.value == DAY) and not token.word.endswith("s"):
        if token.value == YEAR and reader.sort(place + 1) == "Y":
            return months_of(reader.at(place + 1).value, 1, 12), YEAR, place + 2
        return whole(reader.today, token.value), token.value, place + 1
    found = _which_month(reader, place) or _month(reader, place) or _quarter(reader, place) or year_alone(reader, place)
    found = found or (day_at(reader, place) if reader.sort(place) in ("T", "W") else None)
    return (found.days, MONTH if found.days.first != found.days.last else DAY, found.end) if found else None


def _side(days: Days, unit: int, side: int) -> date:
    if unit == WEEK:
        return days.first + timedelta(days={1: 4, 0: 2, -1: 0}[side])
    return days.last if side > 0 else days.first


def _rest(reader: Reader, place: int) -> Piece | None:
    """The rest of the week, of March: from today on."""
    if reader.at(place).word not in ("rest", "remainder") or reader.at(place + 1).word != "of":
        return None
    found = _edged(reader, reader.past(place + 2, ("the",)))
    return Piece(Days(max(found[0].first, min(reader.today, found[0].last)), found[0].last), found[2]) if found else None


def _week_around(reader: Reader, place: int) -> Piece | None:
    """Week commencing 7 December, w/c 7 December, the week of 7 December, the week before Christmas: Monday to Sunday."""
    token, word = reader.at(place), reader.at(place + 1).word
    if token.sort == "B":
        at = place + 1
    elif token.word in ("week", "wk") and word in ("commencing", "beginning", "starting", "ending", "of", "before", "after"):
        at = place + 2
    else:
        return None
    named = day_at(reader, reader.past(reader.past(at, ("on",)), ("the",)))
    steps = {"before": -7, "after": 7}.get(word, 0) if token.sort == "U" else 0
    return Piece(week_of(named.days.first + timedelta(days=steps)), named.end) if named else None
