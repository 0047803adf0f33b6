"""Open and closed stretches of days: "since Monday", "by Friday", "before 3 April", "from X to Y", "between X and Y".

Readings that the rules leave open: "after X" begins the day after it; "from last week" is that week, where nothing is said
of an end; of two days without a year, or two weekdays, the nearest such stretch in the direction is meant.
"""

from __future__ import annotations

from typing import NamedTuple

from dialogs.asking.calendar_sums import ONE, Days, beside, made, moved, one
from dialogs.asking.days import day_at
from dialogs.asking.found import Direction, Period
from dialogs.asking.periods import OPENING, PLACED, piece_at, weekend_at, year_alone
from dialogs.asking.reading import Piece, Reader
from dialogs.asking.time_words import LAST, PAST

_TO = ("to", "until", "-")
_AND = ("and", "or", ",")
_EARLIER = (("or", "before"), ("or", "earlier"), ("or", "sooner"))
_LATER = (("or", "after"), ("or", "later"), ("and", "after"), ("and", "later"))
_JOIN = frozenset([*_TO, "and"])
_UP_TO = ("until", "by")
_PHRASES = {
    ("on", "or", "before"): "by",
    ("no", "later", "than"): "by",
    ("not", "later", "than"): "by",
    ("up", "to"): "by",
    ("up", "until"): "by",
    ("in", "time", "for"): "by",
    ("ready", "for"): "by",
    ("prior", "to"): "before",
    ("earlier", "than"): "before",
    ("ahead", "of"): "before",
    ("later", "than"): "after",
    ("on", "or", "after"): "from",
    ("as", "from"): "from",
    ("not", "before"): "from",
    ("no", "earlier", "than"): "from",
    ("not", "earlier", "than"): "from",
    ("no", "sooner", "than"): "from",
    ("starting", "from"): "from",
    ("beginning", "from"): "from",
}
_SINGLE = {
    "by": "by",
    "until": "by",
    "before": "before",
    "after": "after",
    "since": "since",
    "from": "from",
    "starting": "from",
}
_MORE, _LESS = ("more", "longer", "greater"), ("less", "fewer")


_BY_FIRST = {
    first: [(phrase, bound) for phrase, bound in _PHRASES.items() if phrase[0] == first] for first in {p[0] for p in _PHRASES}
}
_CAN_BEGIN = {*_SINGLE, *_BY_FIRST, *_MORE, *_LESS, *PLACED, *OPENING, "between", "over", "under", "the"}


class Stretch(NamedTuple):
    """A period and the token after the last one used."""

    period: Period
    end: int


def stretch_at(reader: Reader, place: int) -> Stretch | None:
    """A period that begins at this token, with the words that bound it."""
    token = reader.at(place)
    if not token.sort and token.word not in _CAN_BEGIN:
        return None
    if token.word == "between":
        return _range(reader, place + 1)
    bound, inner = _bound(reader, place)
    if bound in ("from", ""):
        ranged = _range(reader, inner)
        return ranged or (_from(reader, inner) if bound else _plain(reader, place))
    return _bounded(reader, bound, inner)


def _bound(reader: Reader, place: int) -> tuple[str, int]:
    for phrase, bound in _BY_FIRST.get(reader.at(place).word, ()):
        if all(reader.at(place + step).word == word for step, word in enumerate(phrase)):
            return bound, place + len(phrase)
    bound = _SINGLE.get(reader.at(place).word, "")
    return bound, place + 1 if bound else place


def _named(reader: Reader, place: int) -> Piece | None:
    return piece_at(reader, place) or year_alone(reader, place) or weekend_at(reader, reader.past(place, ("the",)))


def _bounded(reader: Reader, bound: str, place: int) -> Stretch | None:
    looking = reader.looking(Direction.BACK) if bound == "since" else reader
    found = _named(looking, place)
    if not found:
        return None
    first, last = found.days
    periods = {
        "by": Period(to=last),
        "before": Period(to=first - ONE),
        "after": Period(from_=last + ONE),
        "since": Period(from_=first),
    }
    return Stretch(periods[bound], found.end)


def _from(reader: Reader, place: int) -> Stretch | None:
    """From X on. Of a period that is over, the whole is meant: "what is left from last week"."""
    found = _named(reader, place)
    if not found:
        return None
    first, last = found.days
    onwards = reader.past(found.end, ("on", "onwards", "onward", "forward"))
    past = reader.sort(place) == "R" and reader.at(place).value in (LAST, PAST)
    whole = past and first != last and onwards == found.end
    return Stretch(Period(first, last) if whole else Period(from_=first), onwards)


def _plain(reader: Reader, place: int) -> Stretch | None:
    """A period by itself, two joined by "and", or one followed by "onwards" or "or earlier"."""
    if ago := _about_ago(reader, place):
        return ago
    found = piece_at(reader, place)
    if not found:
        return None
    (first, last), end = found
    latest = reader.past(end + 1, ("the",))
    if (reader.at(end).word, reader.at(latest).word) == ("at", "latest"):
        return Stretch(Period(to=last), latest + 1)
    following = (reader.at(end).word, reader.at(end + 1).word)
    if following[0] in ("onwards", "onward"):
        return Stretch(Period(from_=first), end + 1)
    if following in _EARLIER:
        return Stretch(Period(to=last), end + 2)
    if following in _LATER:
        return Stretch(Period(from_=first), end + 2)
    while found and (more := _joined(reader, place, found.end)):
        found = Piece(_ordered(reader, (place, found), more), more[1].end)
    return Stretch(Period(*found.days), found.end)


def _joined(reader: Reader, place: int, end: int) -> tuple[int, Piece] | None:
    """What follows "and", and where: another period, or "next" of "this week and next"."""
    if reader.at(end).word not in _AND:
        return None
    at = end + 1 if reader.at(end).word != "," else reader.past(end + 1, ("and", "or"))
    at = reader.past(at, ("the", "on"))
    which = reader.at(at)
    units = [token.value for token in reader.tokens[place:end] if token.sort == "U"]
    if which.sort == "R" and units and reader.sort(at + 1) not in ("U", "W", "M", "N", "C", "R"):
        return at, Piece(beside(reader.today, max(-1, min(1, which.value)), units[-1]), at + 1)
    more = piece_at(reader, at) if which.sort in ("T", "W", "D", "O", "N", "M", "Q", "R") else None
    return (at, more) if more else None


def _about_ago(reader: Reader, place: int) -> Stretch | None:
    """More than a week ago: before that day. Less than a week ago: after it, up to today."""
    word, at = reader.at(place).word, reader.past(place + 1, ("than",))
    more = word == "over" or (word in _MORE and at > place + 1)
    if not more and word != "under" and not (word in _LESS and at > place + 1):
        return None
    count = reader.count(at)
    if not count or reader.at(count.end).word != "ago":
        return None
    day = moved(reader.today, -count.number, count.unit)
    return Stretch(Period(to=day - ONE) if more else Period(day + ONE, reader.today), count.end + 1)


def _range(reader: Reader, place: int) -> Stretch | None:
    """X to Y, both included."""
    if shared := _one_month(reader, place):
        return shared
    now = reader.at(place).word == "now"
    first = Piece(one(reader.today), place + 1) if now else _named(reader, place)
    if not first:
        return None
    between = reader.at(place - 1).word == "between"
    if reader.at(first.end).word not in (_JOIN if between else _TO):
        return _days_of_month(reader, first)
    at = reader.past(first.end + 1, ("to", "until", "on", "the"))
    second = _named(reader, at)
    if not second:
        return _days_of_month(reader, first)
    days = _ordered(reader, (place, first), (at, second))
    return Stretch(Period(days.first, days.last), second.end)


def _ordered(reader: Reader, start: tuple[int, Piece], finish: tuple[int, Piece]) -> Days:
    """The stretch between two days. Where the second comes before the first, one is looked for again from the other."""
    (at_first, first), (at_last, last) = start, finish
    if last.days.last < first.days.first:
        weekdays = reader.sort(first.end - 1) == "W"
        keeps_first = reader.direction is Direction.NEAREST or weekdays == (reader.direction is Direction.FORWARD)
        if keeps_first and _floats(reader, at_last, last.end):
            last = _named(Reader(reader.tokens, first.days.first, Direction.FORWARD), at_last) or last
        elif not keeps_first and _floats(reader, at_first, first.end):
            first = _named(Reader(reader.tokens, last.days.last, Direction.BACK), at_first) or first
    return Days(min(first.days.first, last.days.first), max(first.days.last, last.days.last))


def _floats(reader: Reader, place: int, end: int) -> bool:
    """Whether what stands there depends on the direction, and not on today alone."""
    return not any(token.sort in ("R", "T", "U", "Y", "J") for token in reader.tokens[place:end])


def _one_month(reader: Reader, place: int) -> Stretch | None:
    """1 to 5 April, between the 3rd and the 7th of April, Monday 3 to Friday 7 April."""
    at = reader.past(place, ("the", "on"))
    at += reader.sort(at) == "W" and reader.sort(at + 1) in ("N", "O")
    if reader.sort(at) not in ("N", "O") or reader.at(at + 1).word not in (*_TO, *_AND):
        return None
    finish = reader.past(at + 2, ("the",))
    number = finish + (reader.sort(finish) == "W")
    if reader.sort(number) not in ("N", "O") or reader.sort(reader.past(number + 1, ("of",))) != "M":
        return None
    last = day_at(reader, number)
    first = made(reader.at(at).value, last.days.last.month, last.days.last.year) if last else None
    return Stretch(Period(first.first, last.days.last), last.end) if first and last and first.first <= last.days.last else None


def _days_of_month(reader: Reader, first: Piece) -> Stretch | None:
    """April 3 to 5."""
    end, number = first.end, reader.at(first.end + 1)
    if reader.at(end).word not in _TO or reader.sort(end - 2) != "M" or number.sort not in ("N", "O"):
        return None
    last = made(number.value, first.days.last.month, first.days.last.year)
    return Stretch(Period(first.days.first, last.last), end + 2) if last and last.last >= first.days.first else None
