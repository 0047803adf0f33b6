"""How late: "overdue by more than 3 days", "5+ days late", "over a week".

The number is of working days, and means late by more than that many: "at least 3" is 2. A week is five, a fortnight ten, a
month twenty. "3 days late" and "overdue by 3 days" take in what is later still, as people mean them: at least 3, so 2. What
asks for less ("under 3 days late") has no such number, and is not read.
"""

from __future__ import annotations

from dialogs.asking.found import Found
from dialogs.asking.reading import Count, Reader
from dialogs.asking.time_words import DAY, FORTNIGHT, MONTH, WEEK, WORKING_DAY, words

WORKING_DAYS = {DAY: 1, WORKING_DAY: 1, WEEK: 5, FORTNIGHT: 10, MONTH: 20}
"""Working days of each unit."""

_LATE = words("late later overdue behind outstanding past waiting due old older lateness delayed delay")
_MORE = (
    *(
        ("more", "than"),
        ("more", "then"),
        ("longer", "than"),
        ("greater", "than"),
        ("later", "than"),
        ("older", "than"),
        ("in", "excess", "of"),
    ),
    *(("over",), ("above",), ("exceeding",), ("beyond",), (">",), ("upwards", "of")),
)
_LEAST = (
    *(("at", "least"), ("no", "less", "than"), ("not", "less", "than"), ("no", "fewer", "than"), ("not", "fewer", "than")),
    *((">", "="), ("a", "minimum", "of"), ("minimum", "of"), ("minimum",), ("min",)),
)
_PHRASES = [*((phrase, 1) for phrase in _LEAST), *((phrase, 0) for phrase in _MORE)]
_COMPARISONS = {first: [entry for entry in _PHRASES if entry[0][0] == first] for first in {entry[0][0] for entry in _PHRASES}}
_LESS = words("less fewer under most within up <")
_OR_MORE = words("more longer over above later plus greater")
_NOT_LATE = words("ago away ahead from time notice more extra further extension")
_CAN_FOLLOW = _LATE | words("and for please pls . ? , ) ; in on by at with or") | {""}


def late_by(reader: Reader) -> Found[int] | None:
    """The first lateness that a text names."""
    for place in range(len(reader.tokens)):
        found = _compared(reader, place) or _or_more(reader, place) or _plainly(reader, place)
        if found:
            number, end = found
            start = place - 1 if reader.at(place - 1).word in ("by", "for") else place
            return Found(number, ((reader.at(start).start, reader.at(end - 1).end),))
    return None


def _counted(reader: Reader, place: int) -> Count | None:
    """So many units, or a bare number where the text is about what is late and nothing else is counted."""
    count = reader.count(place)
    if count:
        followed = reader.at(count.end).word
        spelled = count.unit in WORKING_DAYS and followed not in _NOT_LATE and not _ahead(reader, place)
        return Count(count.number * WORKING_DAYS[count.unit], count.unit, count.end) if spelled else None
    number = reader.number(place)
    if not number or (reader.sort(place) == "C" and reader.at(place).word in ("a", "an")):
        return None
    about = any(token.word in _LATE for token in reader.tokens) and reader.at(number[1]).word in _CAN_FOLLOW
    return Count(number[0], DAY, number[1]) if about else None


def _ahead(reader: Reader, place: int) -> bool:
    """Whether it is counted from today: "the next 3 days", "in 3 days"."""
    before = reader.at(place - 1)
    return before.sort == "R" or before.word in ("in", "within") or reader.sort(place - 2) == "R"


def _compares(reader: Reader, place: int) -> tuple[int, int] | None:
    """The place after "more than" or "at least", and how many fewer that is than more."""
    for phrase, fewer in _COMPARISONS.get(reader.at(place).word, ()):
        if all(reader.at(place + step).word == word for step, word in enumerate(phrase)):
            return place + len(phrase), fewer
    return None


def _compared(reader: Reader, place: int) -> tuple[int, int] | None:
    """More than, over, at least. "Due in more than 3 days" is not late; "no reply in over a week" is."""
    before = reader.at(place - 1).word
    if before in ("no", "not") or (before == "in" and any(token.word == "due" for token in reader.tokens)):
        return None
    compared = _compares(reader, place)
    count = _counted(reader, compared[0]) if compared else None
    if not compared or not count:
        return None
    return max(count.number - compared[1], 0), reader.past(count.end, ("late", "overdue", "behind"))


def _or_more(reader: Reader, place: int) -> tuple[int, int] | None:
    """3 or more, 3+ days, 3 days or more."""
    if reader.at(place - 1).word in ("than", "over", "least"):
        return None
    number = reader.number(place)
    if not number:
        return None
    value, at = number
    plus = reader.at(at).word in ("+", "plus")
    more = reader.at(at).word in ("or", "and") and reader.at(at + 1).word in _OR_MORE
    if plus or more:
        return _units_after(reader, value, at + (1 if plus else 2))
    count = _counted(reader, place)
    if count and reader.sort(count.end - 1) == "U":
        end = count.end
        if reader.at(end).word in ("or", "and") and reader.at(end + 1).word in _OR_MORE:
            return max(count.number - 1, 0), end + 2
        if reader.at(end).word in ("+", "plus"):
            return max(count.number - 1, 0), end + 1
    return None


def _units_after(reader: Reader, value: int, place: int) -> tuple[int, int] | None:
    unit = reader.at(place)
    if unit.sort == "U" and unit.value in WORKING_DAYS:
        if reader.at(place + 1).word in _NOT_LATE:
            return None
        return max(value * WORKING_DAYS[unit.value] - 1, 0), reader.past(place + 1, ("late", "overdue", "behind"))
    about = any(token.word in _LATE for token in reader.tokens) and unit.word in _CAN_FOLLOW
    return (max(value - 1, 0), place) if about else None


def _plainly(reader: Reader, place: int) -> tuple[int, int] | None:
    """3 days late, overdue by a week."""
    count = reader.count(place)
    before, two_before = reader.at(place - 1).word, reader.at(place - 2).word
    if (
        not count
        or count.unit not in WORKING_DAYS
        or before in _LESS | {"than"}
        or (two_before, before) == ("up", "to")
        or _ahead(reader, place)
    ):
        return None
    late_after = reader.at(count.end).word in ("late", "overdue", "behind", "past")
    late_before = before in ("late", "overdue", "outstanding") or (before in ("by", "for") and two_before in _LATE)
    if not late_after and not (late_before and reader.at(count.end).word not in _NOT_LATE):
        return None
    number = count.number * WORKING_DAYS[count.unit] - 1
    return max(number, 0), count.end + late_after
