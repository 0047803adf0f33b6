"""Cases and one-time codes in a typed text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from dialogs.asking.time_words import words as words_in
from dialogs.asking.tokens import Word

CODE = re.compile(r"^\W*(?:(?:claim|join|code|my code is|use)\s+)*([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})\W*$", re.IGNORECASE)
"""A code is the whole of a text: "self-harm-plan" in the middle of an account is not one."""
LONGEST_CODE = 100
REFERENCE = re.compile(r"\b([A-Z]{2,6})[\s-]?(\d{4})[\s/-](\d{1,5})\b", re.IGNORECASE)
BEFORE_A_NUMBER = words_in("for on about case cases regarding re")
COUNTED = words_in(
    """
    days day working weeks week months month years year hours hour minutes more extra other agencies agency children child
    people pm am oclock percent requests returns cases or to of times things actions reasons
    """
)
"""Words after a number that say it counts something: then it is no case."""
HIGHEST = 99_999


def code_in(text: str) -> str:
    """The one-time code that a text is, or nothing."""
    match = CODE.match(text) if len(text) < LONGEST_CODE else None
    return match[1].upper() if match else ""


def reference_in(text: str, prefix: str) -> str:
    """The reference of a case that a text names, as it is written in full; or nothing."""
    match = REFERENCE.search(text)
    return _written(prefix, int(match[2]), int(match[3])) if match and match[1].upper() == prefix else ""


def case_in(text: str, prefix: str, year: int) -> tuple[str, tuple[int, int]] | None:
    """The first case that is named with prefix, year or the word "case", and where. Without a year it is this year's."""
    for match in _cases(prefix).finditer(text):
        number = int(match["number"] or match["dashed"] or match["slashed"] or match["alone"])
        said = match["year"] or match["year_dashed"] or match["year_slashed"]
        if number and (said or not 1900 <= number < 2100):
            return _written(prefix, int(said) % 100 + 2000 if said else year, number), match.span()
    return None


def bare_number(
    words: Sequence[Word], free: Sequence[bool], prefix: str, year: int, *, anywhere: bool
) -> tuple[str, int] | None:
    """A number alone that means a case, and which word it is: after for, on, about; in a follow-up anywhere."""
    for place, word in enumerate(words):
        if not (free[place] and word.plain.isascii() and word.plain.isdigit() and 0 < int(word.plain[:9]) <= HIGHEST):
            continue
        after = words[place + 1].plain if place + 1 < len(words) else ""
        before = words[place - 1].plain if place else ""
        if after not in COUNTED and (anywhere or before in BEFORE_A_NUMBER):
            return _written(prefix, year, int(word.plain)), place
    return None


def _written(prefix: str, year: int, number: int) -> str:
    return f"{prefix}-{year}-{number:04d}"


@lru_cache(maxsize=8)
def _cases(prefix: str) -> re.Pattern[str]:
    """With the prefix or the word "case": a year and a number, or a number. Without: "2026/7" and "2026-0007"."""
    named = rf"(?:(?:{prefix}|case|ref|reference)(?:\s*(?:no|num|number|ref|reference)\b\.?)?[\s#:/-]*|\#\s?)"
    ways = (
        rf"{named}(?P<year>20\d\d|\d\d(?=[/-]))[\s/-]+(?P<number>\d{{1,5}})",
        rf"(?:{named})?(?P<year_slashed>20\d\d)\s?/\s?(?P<slashed>\d{{1,5}})",
        r"(?P<year_dashed>20\d\d)-(?P<dashed>\d{4,5})",
        rf"{named}(?P<alone>\d{{1,5}})",
    )
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(ways)})(?!\w)(?![/.:-]\d)", re.IGNORECASE)
