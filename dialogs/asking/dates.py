"""Dates: "3 April", "April 3rd 2027", "8/1/27", "the 12th", "the 1st of next month". British order."""

from __future__ import annotations

from dialogs.asking.calendar_sums import day_of_month, day_of_year, made, months_on
from dialogs.asking.reading import Piece, Reader
from dialogs.asking.time_words import YEAR, words

_LEADS = words("the on by until before since from to after due between and or - till of for")
_BOUNDS = words("on by until before since from to after")
_AFTER_A_DAY = words(
    "and or to until for please pls because as if at instead then with is was of on in from - . , ? ; : ) now so but when"
    " than they we i"
) | {""}
_NOT_A_MONTH = words("be have i we need not they it you see read ask also well still")
_DOUBTFUL = words("may mar sat sun wed")
_BEFORE_DOUBTFUL = _LEADS | words("in during throughout late early mid over at about ,")


def date_at(reader: Reader, place: int) -> Piece | None:
    """A date that begins at this token."""
    sort = reader.sort(place)
    if sort == "D":
        return _figures(reader, place)
    return _month_first(reader, place) if sort == "M" else _number_first(reader, place)


def plainly(reader: Reader, place: int) -> bool:
    """Whether a word that is also something else ("may", "sat") is one of time here."""
    word, before, after = reader.at(place).word, reader.at(place - 1), reader.at(place + 1)
    if word not in _DOUBTFUL or all(token.word in (word, *".?!") for token in reader.tokens):
        return True
    if (word == "may" and after.word in _NOT_A_MONTH) or reader.sort(place + 2) == "U":
        return False
    return before.word in _BEFORE_DOUBTFUL or before.sort in ("R", "N", "O", "W") or after.sort in ("N", "O", "Y", "J")


def _figures(reader: Reader, place: int) -> Piece | None:
    day, month, year = reader.at(place).parts
    word = reader.at(place).word
    if "." in word and not year and reader.at(place - 1).word not in _LEADS and reader.sort(place - 1) != "W":
        return None
    found = made(day, month, year) if year else day_of_year(day, month, reader.today, reader.direction)
    return Piece(found, place + 1) if found else None


def _number_first(reader: Reader, place: int) -> Piece | None:
    """3 April, the 3rd of April 2027."""
    day, month = reader.at(place).value, reader.past(place + 1, ("of",))
    if reader.sort(place) == "C":
        units = reader.past(place + 1, ("-",))
        day, month = day + reader.at(units).value, reader.past(units + 1, ("of",))
        if day % 10 == 0 or reader.sort(units) != "V":
            return None
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
    """The 12th, the 1st of next month: only where a day can stand, so that "the 3rd request" is none."""
    before = reader.at(place - 1)
    if reader.at(place + 1).word == "of" and reader.sort(place) in ("O", "V"):
        return _of_month(reader, place, reader.past(place + 2, ("the",)))
    led = before.word in _LEADS or before.sort == "W" or place == 0
    if reader.sort(place) == "N":
        led = before.word == "the" and reader.at(place - 2).word in _BOUNDS
    if reader.sort(place) == "V" or not led:
        return None
    if reader.at(place + 1).word not in _AFTER_A_DAY and reader.sort(place + 1) not in ("T", "W", "R"):
        return None
    found = day_of_month(reader.at(place).value, reader.today, reader.direction)
    return Piece(found, place + 1) if found else None


def _of_month(reader: Reader, place: int, at: int) -> Piece | None:
    """The 1st of next month; of "the month", the nearest in the direction."""
    day, which = reader.at(place).value, reader.at(at)
    if which.word == "month":
        found = day_of_month(day, reader.today, reader.direction)
        return Piece(found, at + 1) if found else None
    if which.sort != "R" or reader.at(at + 1).word != "month":
        return None
    month = months_on(reader.today.replace(day=1), max(-1, min(1, which.value)))
    found = made(day, month.month, month.year)
    return Piece(found, at + 2) if found else None
