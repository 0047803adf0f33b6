"""A mistyped word: the words that are nearest to it are found without comparing it with every other letter by letter."""

from __future__ import annotations

import random
from string import ascii_lowercase

import pytest

from templates.answers.normal import nearest, slips

WORDS = ["january", "february", "march", "april", "june", "august", "monday", "tuesday", "saturday", "today", "last", "next"]


def _mistyped(chance: random.Random) -> str:
    """A word with up to three letters changed, left out, put in or in each other's place."""
    letters = list(chance.choice(WORDS))
    for _ in range(chance.randint(0, 3)):
        place = chance.randrange(len(letters) - 1)
        change = chance.choice(("another", "none", "more", "swapped"))
        if change == "swapped":
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
        elif change == "none":
            del letters[place]
        else:
            letters[place : place + (change == "another")] = chance.choice(ascii_lowercase)
    return "".join(letters)


def _compared_with_all(typed: str) -> list[str]:
    allowed = 0 if len(typed) < 4 else 1 if len(typed) == 4 else 2
    wrong = {word: slips(typed, word) for word in WORDS}
    best = min(wrong.values())
    return [word for word in WORDS if wrong[word] == best] if best <= allowed else []


@pytest.mark.parametrize("seed", range(10))
def test_the_nearest_words_are_those_of_the_fewest_slips(seed: int) -> None:
    chance = random.Random(seed)
    tried = [_mistyped(chance) for _ in range(200)]
    assert [nearest(typed, WORDS) for typed in tried] == [_compared_with_all(typed) for typed in tried]
    assert sum(bool(nearest(typed, WORDS)) for typed in tried) > 50
