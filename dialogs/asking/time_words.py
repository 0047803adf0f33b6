"""The words of time, and a typed text as a row of tokens. English, so no data of the profile.

A number that belongs to something else is no number here: references of cases ("NS-2026-0007", "2026/7", "case 7"), times
of day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from templates.spelling import Spelling


class Token(NamedTuple):
    """A word, number or mark. `sort` is a letter of the grammar, "" for a word that says nothing of time."""

    sort: str
    value: int
    start: int
    end: int
    word: str
    parts: tuple[int, int, int] = (0, 0, 0)
    """Day, month and year (0: not said) of a date in figures."""


THIS, NEXT, LAST, PAST, COMING = 0, 1, -1, -2, 2
DAY, WORKING_DAY, WEEK, FORTNIGHT, MONTH, QUARTER, YEAR, WEEKEND = range(8)
EVE, CHRISTMAS, BOXING_DAY, NEW_YEARS_EVE, NEW_YEAR, GOOD_FRIDAY, EASTER, EASTER_MONDAY = range(8)


def words(said: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(said.split())


def _each(said: str, sort: str, value: int) -> dict[str, tuple[str, int]]:
    return dict.fromkeys(said.split(), (sort, value))


_WEEKDAYS = (
    "mon monday",
    "tue tues tuesday",
    "wed weds wednesday",
    "thu thur thurs thursday",
    "fri friday",
    "sat saturday",
    "sun sunday",
)
_MONTHS = (
    *("jan january", "feb febr february", "mar march", "apr april", "may", "jun june", "jul july", "aug august"),
    *("sep sept september", "oct october", "nov november", "dec december"),
)
_UNITS = (
    *("day days dys", "workday workdays", "week weeks wk wks", "fortnight fortnights fortnite"),
    *("month months mth mths mnth mnths", "quarter quarters qtr qtrs", "year years yr yrs", "weekend weekends wkend wknd"),
)
_NUMBERS = (
    *(
        "zero",
        "one a an",
        "two couple",
        "three few",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ORDINALS = (
    *("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
    *("thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_RELATIVE = {
    THIS: "this current",
    NEXT: "next nxt following",
    LAST: "last previous prev lst",
    PAST: "past",
    COMING: "coming upcoming",
}
_NEAR = {
    -1: "yesterday yday ystrday yest",
    0: "today tday 2day tonight tonite",
    1: "tomorrow tmrw tmw tmr tmoz tomoz 2moro 2morrow tomoro tomo",
}
KNOWN: dict[str, tuple[str, int]] = {
    **{word: entry for value, said in enumerate(_WEEKDAYS) for word, entry in _each(said, "W", value).items()},
    **{word: entry for value, said in enumerate(_MONTHS, 1) for word, entry in _each(said, "M", value).items()},
    **{word: entry for value, said in enumerate(_UNITS) for word, entry in _each(said, "U", value).items()},
    **{word: entry for value, said in enumerate(_NUMBERS) for word, entry in _each(said, "C", value).items()},
    **{word: entry for value, said in enumerate(_ORDINALS) for word, entry in _each(said, "V", value).items()},
    **{word: ("C", 10 * value) for value, word in enumerate(_TENS, 2)},
    **{"thirtieth": ("V", 30), "dozen": ("C", 12)},
    **{word: entry for value, said in _RELATIVE.items() for word, entry in _each(said, "R", value).items()},
    **{word: entry for value, said in _NEAR.items() for word, entry in _each(said, "T", value).items()},
    **{"eow": ("E", WEEK), "eom": ("E", MONTH), "eoy": ("E", YEAR)},
    **{"w/c": ("B", 0), "w/b": ("B", 0), "w/e": ("B", 1), "w/end": ("U", WEEKEND)},
}
SAME = {
    **dict.fromkeys(("untill", "til", "till", "untl", "unti", "'til", "thru", "through", "upto"), "until"),
    **dict.fromkeys(("befor", "befour", "bfore", "b4"), "before"),
    **dict.fromkeys(("sinse", "scince", "snce", "sinc"), "since"),
    **dict.fromkeys(("betwen", "bewteen", "beetween", "betwee", "btwn"), "between"),
    **dict.fromkeys(("wihtin", "withing", "witin"), "within"),
    "&": "and",
}
"""Everyday spellings of the words that stand between dates."""

_SLIPPABLE = words("today tomorrow yesterday fortnight fortnights weekend weeks month months quarter quarters") | {
    said.split()[-1] for said in (*_WEEKDAYS, *_MONTHS)
}
ORDINARY = words("sunny sundry money monthly mouth mouths match marsh much frida fridge fright brought tuned")
"""Words that are spelled nearly like one of time and are none."""
_SPELLING = Spelling(_SLIPPABLE, ORDINARY)

_REFERENCE = (
    r"(?:\b[a-z]{2,6}[ -]?)?(?<!\d)(?:19|20)\d\d(?:/\d{1,5}|-\d{1,5}|\s-\s0\d{3})(?![/.-]?\d)"
    r"|\b(?!(?:in|of|by|to|for|may|until|till|since|from|before|after|during|and|or"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\b)[a-z]{2,6}[ -]?(?:19|20)\d\d \d{1,5}\b(?!(?:st|nd|rd|th))"
    r"|(?:\b(?:cases?|refs?|references?|documents?|doc|sections?|regulation|forms?|number|version|age|aged|part)\W{0,2}|\#)\d+[a-z]?\b"
)
_FIGURES = (
    r"(?P<iso>(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))"
    r"|(?P<full>(?<![\d/.-])\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:\d{4}|\d{2})(?![\d/]))"
    r"|(?P<short>(?<![\d/.-])\d{1,2}[/.]\d{1,2}(?![\d/%]|[.-]\d))"
)
_CLOCK = (
    r"(?:\bat\s+)?(?<![\d/.])\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|a\.m\.?|p\.m\.?|o'?clock)(?!\w)|(?:\bat\s+)?\b\d{1,2}:\d\d\b"
    r"|(?:\bat\s+)?\b(?:noon|midday|midnight|lunch ?time|first thing)\b"
)
_CLOSING = r"\b(?:the )?(?:close|end) of (?:play|business)\b|\bco[pb]\b|\beod\b"
_PIECE = re.compile(
    rf"(?P<clock>{_CLOCK})|(?P<closing>{_CLOSING})|(?P<fixed>(?<![\d-])\d{{4}}-\d\d-\d\d(?!\d))|(?P<reference>{_REFERENCE})|{_FIGURES}"
    r"|(?P<ordinal>\b\d{1,2}(?:st|nd|rd|th)\b)|(?P<year>'\d\d\b)"
    r"|(?P<quarter>\bq ?[1-4]\b)|(?P<working>\b(?:working|business|work|office)[ -]days?\b'?)|(?P<week>\bw/(?:c|b|end|e)\b)"
    r"|(?P<odd>\b2(?:day|moro|morrow)\b|\bb4\b)"
    r"|(?P<number>(?<![\w])\d+)|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?'?)|(?P<mark_>[^\w\s])"
)
_HOLIDAYS = re.compile(
    r"\b(?:(christmas eve|xmas eve)|(christmas(?: day)?|xmas(?: day)?)|(boxing day)|(new year'?s? eve)"
    r"|(new year'?s?(?: day)?)|(good friday)|(easter(?: sunday)?(?! monday))|(easter monday))\b"
)


def tokens(text: str) -> list[Token]:
    """The text's words, numbers and marks, each with its place."""
    plain = same_length(text)
    holidays = {match.start(): match for match in _HOLIDAYS.finditer(plain)} if "a" in plain or "year" in plain else {}
    return list(_scan(plain, holidays))


def same_length(text: str) -> str:
    """The text in small letters with straight apostrophes, every character in its old place."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(one if len(one := character.lower()) == 1 else character for character in text)
    return small.translate(_STRAIGHT)


_STRAIGHT = {ord(mark): "'" for mark in "\u2018\u2019\u02bc`\u00b4"} | {
    ord(mark): "-" for mark in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
}


def _scan(text: str, holidays: dict[int, re.Match[str]]) -> Iterator[Token]:
    at = 0
    for match in _PIECE.finditer(text):
        if match.start() < at:
            continue
        at = match.end()
        if holiday := holidays.get(match.start()):
            at = holiday.end()
            yield Token("H", (holiday.lastindex or 1) - 1, match.start(), at, holiday[0])
        elif token := _token(match):
            yield token


def _token(match: re.Match[str]) -> Token | None:
    sort, said, (start, end) = match.lastgroup or "", match[0], match.span()
    if sort == "clock":
        return None
    if sort in ("iso", "fixed", "full", "short"):
        return Token("D", 0, start, end, said, _parts(said))
    known = _FIXED.get(sort)
    if known:
        return Token(known[0], known[1] if known[1] >= 0 else int(re.sub(r"\D", "", said)), start, end, said)
    if sort == "number":
        return _number(said, start, end)
    return _word(said, start, end) if sort in ("word", "week", "odd") else Token("", 0, start, end, SAME.get(said, said))


_FIXED = {"ordinal": ("O", -1), "year": ("J", -1), "quarter": ("Q", -1), "working": ("U", WORKING_DAY), "closing": ("E", DAY)}


def _parts(said: str) -> tuple[int, int, int]:
    numbers = [int(part) for part in re.split(r"\D", said)]
    if numbers[0] > 99:
        return numbers[2], numbers[1], numbers[0]
    year = numbers[2] if len(numbers) == 3 else 0
    return numbers[0], numbers[1], year + 2000 if 0 < year < 100 else year


def _number(said: str, start: int, end: int) -> Token:
    if len(said) <= 3:
        return Token("N", int(said), start, end, said)
    year = len(said) == 4 and said[:2] in ("19", "20")
    return Token("Y" if year else "", int(said) if year else 0, start, end, said)


def _word(said: str, start: int, end: int) -> Token:
    sort, value = KNOWN.get(said) or _bent(said)
    return Token(sort, value, start, end, SAME.get(said, said))


def _bent(said: str) -> tuple[str, int]:
    """A word with an ending, or with a letter or two wrong: "friday's", "todays", "wensday"."""
    bare = said.removesuffix("'").removesuffix("'s")
    if bare in KNOWN:
        return KNOWN[bare]
    stem = bare.removesuffix("s")
    if stem != bare and len(stem) >= 5 and stem in KNOWN and KNOWN[stem][0] in "WMT":
        return KNOWN[stem]
    near = _SPELLING.meant(bare)
    return KNOWN[near] if near else ("", 0)
