"""The words of dates, and a typed date as a row of tokens. A small grammar of our own: docs/decisions/0011 says why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from templates.answers.asking import Refusal
from templates.answers.normal import nearest


def _words(text: str) -> list[str]:
    return text.split()


MONTHS = _words("January February March April May June July August September October November December")
WEEKDAYS = _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
NUMBERS = [
    *_words("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"),
    *_words("sixteen seventeen eighteen nineteen twenty"),
]

LONGEST = 120
"""No date takes more characters than this; longer texts are not even tried."""


class Token(NamedTuple):
    """One word or number. `sort` is a letter of the grammar (date_grammar.py), `value` what it stands for."""

    sort: str
    value: int
    said: str


_UNITS = ("day days", "week weeks wk wks", "fortnight fortnights", "month months", "year years yr yrs")
_PARTS = ("early start beginning", "mid middle", "late end")
_KNOWN: dict[str, tuple[str, int]] = {
    **dict.fromkeys(_words("about around approx approximately circa c ca roughly probably maybe perhaps possibly ~"), ("A", 0)),
    **{word: ("P", part) for part, words in enumerate(_PARTS) for word in words.split()},
    **{word: ("S", first) for word, first in {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}.items()},
    **{
        word: ("T", days)
        for word, days in {"yesterday": -1, "today": 0, "now": 0, "tonight": 0, "tomorrow": 1, "tmrw": 1}.items()
    },
    **{word: ("R", way) for word, way in {"last": -1, "previous": -1, "past": -1, "this": 0, "next": 1, "coming": 1}.items()},
    **{word: ("U", unit) for unit, words in enumerate(_UNITS) for word in words.split()},
    **{word: ("C", number) for number, word in enumerate(NUMBERS)},
    **{word: ("M", number) for number, month in enumerate(MONTHS, 1) for word in (month.lower(), month[:3].lower())},
    **{word: ("W", number) for number, day in enumerate(WEEKDAYS) for word in (day.lower(), day[:3].lower())},
    **{"sept": ("M", 9), "febr": ("M", 2), "tues": ("W", 1), "weds": ("W", 2), "thur": ("W", 3), "thurs": ("W", 3)},
    **{"a": ("C", 1), "an": ("C", 1), "couple": ("C", 2), "weekend": ("K", 0), "ago": ("G", 0)},
    **{"before": ("B", -1), "after": ("B", 1)},
    **dict.fromkeys(_words("to or and until till"), ("J", 0)),
    **dict.fromkeys(_words("due expected edd expecting"), ("E", 0)),
    **dict.fromkeys(_words("died dead passed away happened found his her"), ("", 0)),
    **dict.fromkeys(
        _words("of the on in at it was is during between from sometime date born birth dob baby child he she they were"),
        ("", 0),
    ),
}
_GUESSABLE = [
    word for word, (sort, _) in _KNOWN.items() if sort and len(word) > 3 and word not in ("past", "till", "weds", "sept")
]
_PIECE = r"(\d{1,2})(st|nd|rd|th)\b|'(\d\d)\b|(\d+)|([^\W\d_]+|~)|([\s/.,:()&-]+|')"
_PHRASES = (
    (r"\bthis (morning|afternoon|evening)\b", "today"),
    (r"\blast (night|evening)\b", "yesterday"),
    (r", not an exact date$", ""),
    (r"(?<=\S) \(between [^()]*\)$", ""),
)


def tokens(text: str) -> list[Token]:
    """A normal text as tokens. Raises Refusal where a word is none of a date, or could be two."""
    if len(text) > LONGEST:
        raise Refusal("date_unread")
    for phrase, meant in _PHRASES:
        text = re.sub(phrase, meant, text)
    return [token for token in _scan(text) if token.sort]


def _scan(text: str) -> Iterator[Token]:
    at, pattern = 0, re.compile(_PIECE)
    while at < len(text):
        match = pattern.match(text, at)
        if match is None:
            raise Refusal("date_unread")
        at = match.end()
        yield from _token(match)


def _token(match: re.Match[str]) -> Iterator[Token]:
    ordinal, _, short_year, digits, word, _ = match.groups()
    if ordinal:
        yield Token("O", int(ordinal), match[0])
    elif short_year:
        yield Token("N", int(short_year), match[0])
    elif digits:
        yield from _number(digits)
    elif word:
        yield _word(word)


def _number(digits: str) -> Iterator[Token]:
    """Two digits are a day, month or short year, four a year; six and eight are a date written without marks."""
    if len(digits) <= 2:
        yield Token("N", int(digits), digits)
    elif len(digits) == 4:
        yield Token("Y", int(digits), digits)
    elif len(digits) == 8 and digits[:2] in ("19", "20") and digits[4:6] <= "12":
        yield from (*_number(digits[:4]), *_number(digits[4:6]), *_number(digits[6:]))
    elif len(digits) in (6, 8):
        yield from (*_number(digits[:2]), *_number(digits[2:4]), *_number(digits[4:]))
    else:
        raise Refusal("date_unread")


def _word(word: str) -> Token:
    if word not in _KNOWN:
        meant = {_KNOWN[near] for near in nearest(word, _GUESSABLE)} if len(word) < 15 else set()
        if len(meant) != 1:
            raise Refusal("date_unread")
        return Token(*meant.pop(), word)
    return Token(*_KNOWN[word], word)
