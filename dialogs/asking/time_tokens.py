"""A typed text as a row of tokens of time.

A number that belongs to something else is no number here: references of cases ("NS-2026-0007", "2026/7", "case 7"), times
of day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from dialogs.asking.time_words import DAY, SAME, WORKING_DAY, known, words


class Token(NamedTuple):
    """A word, number or mark. `sort` is a letter of the grammar (time_words.py), "" for what says nothing of time."""

    sort: str
    value: int
    start: int
    end: int
    word: str
    parts: tuple[int, int, int] = (0, 0, 0)
    """Day, month and year (0: not said) of a date in figures."""


_REFERENCE = (
    r"(?:\b[a-z]{2,6}[ -]?)?(?<!\d)(?:19|20)\d\d(?:/\d{1,5}|-\d{1,5}|\s-\s0\d{3})(?![/.-]?\d)"
    r"|\b(?!(?:in|of|by|to|for|may|until|till|since|from|before|after|during|and|or"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\b)[a-z]{2,6}[ -]?(?:19|20)\d\d \d{1,5}\b(?!(?:st|nd|rd|th))"
    r"|(?:\b(?:cases?|refs?|references?|documents?|doc|sections?|regulation|forms?|number|version|age|aged|part)\W{0,2}|\#)\d+[a-z]?\b"
)
_FIGURES = (
    r"(?P<iso>(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))"
    r"|(?P<full>(?<![\d/.])\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:\d{4}|\d{2})(?![\d/]))"
    r"|(?P<short>(?<![\d/.])\d{1,2}(?:/\d{1,2}(?![\d/%])|\.\d{1,2}(?![\d/%]|[.-]\d)))"
)
_CLOCK = (
    r"(?:\bat\s+)?(?<![\d/.])\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|a\.m\.?|p\.m\.?|o'?clock)(?!\w)|(?:\bat\s+)?\b\d{1,2}:\d\d\b"
    r"|(?:\bat\s+)?\b(?:noon|midday|midnight|lunch ?time|first thing)\b"
)
_CLOSING = r"\b(?:the )?(?:close|end) of (?:play|business)\b|\bco[pb]\b|\beod\b"
_PLAIN = (
    r"\b(?!(?:at|noon|midday|midnight|lunch|lunchtime|first|the|close|end|cop|cob|eod|working|business|work|office)\b)"
    r"[^\W\d_]++(?:'[^\W\d_]++)?+'?+(?=[\s,.?!]*(?:[^\W\d_]|$))"
)
"""A word that none of the longer pieces begins with, before another word: most of a text, and the quickest to tell."""
_PIECE = re.compile(
    rf"(?P<plain>{_PLAIN})|(?P<clock>{_CLOCK})|(?P<closing>{_CLOSING})|(?P<fixed>(?<![\d-])\d{{4}}-\d\d-\d\d(?!\d))"
    rf"|(?P<reference>{_REFERENCE})|{_FIGURES}"
    r"|(?P<ordinal>\b\d{1,2}(?:st|nd|rd|th)\b)|(?P<year>'\d\d\b)"
    r"|(?P<quarter>\bq ?[1-4]\b)|(?P<working>\b(?:working|business|work|office)[ -]days?\b'?)|(?P<week>\bw/(?:c|b|end|e)\b)"
    r"|(?P<odd>\b2(?:day|moro|morrow)\b|\bb4\b)"
    r"|(?P<number>(?<![\w])\d+)|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?'?)|(?P<mark_>[^\w\s])"
)
_HOLIDAYS = re.compile(
    r"\b(?:(christmas eve|xmas eve)|(christmas(?: day)?|xmas(?: day)?)|(boxing day)|(new year'?s? eve)"
    r"|(new year'?s?(?: day)?)|(good friday)|(easter(?: sunday)?(?! monday))|(easter monday))\b"
)


_LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|/")
_DIGIT = re.compile(r"\d")
_CLOSING_WORDS = words("cop cob eod play business")


def sorts_in(text: str) -> set[str]:
    """Sorts of words that a text has, found without reading it whole: "N" stands for any figure. Most texts have none."""
    plain = same_length(text)
    found = {"N"} if _DIGIT.search(plain) else set()
    for word in _LETTERS.findall(plain):
        sort = known(word)[0]
        if sort and word not in ("a", "an"):
            found.add(sort)
        elif word in _CLOSING_WORDS:
            found.add("E")
    if _HOLIDAYS.search(plain):
        found.add("H")
    return found


@lru_cache(maxsize=4)
def tokens(text: str) -> list[Token]:
    """The text's words, numbers and marks, each with its place."""
    plain = same_length(text).replace("end-of-", "end of ")
    holidays = {match.start(): match for match in _HOLIDAYS.finditer(plain)} if "a" in plain or "year" in plain else {}
    return list(_scan(plain, holidays))


def same_length(text: str) -> str:
    """The text in small letters with straight apostrophes, every character in its old place."""
    small = text.lower()
    if text.isascii():
        return small.replace("`", "'")
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
    if fixed := _FIXED.get(sort):
        return Token(fixed[0], fixed[1] if fixed[1] >= 0 else int(re.sub(r"\D", "", said)), start, end, said)
    if sort == "number":
        return _number(said, start, end)
    return (
        _word(said, start, end) if sort in ("plain", "word", "week", "odd") else Token("", 0, start, end, SAME.get(said, said))
    )


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
    sort, value = known(said)
    return Token(sort, value, start, end, SAME.get(said, said))
