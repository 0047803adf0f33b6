"""One slip of the keyboard in one longer word changes no answer: hardly ever, where the slip makes another word or a name."""

from __future__ import annotations

import random
import re
import string
from typing import Any

from test_courtesies import ASKED
from test_ours import meant
from test_phrasings import VOCABULARY, Phrasing

from dialogs.asking.meaning import printed
from dialogs.asking.understanding import understand

LONG = re.compile(r"(?<![\w'])[A-Za-z]{5,}(?![\w'])")
SEED = 20261202


def slipped(word: str, dice: random.Random) -> str:
    """The word with a letter left out, twice, changed round with the next, or replaced."""
    sort, at = dice.randrange(4), dice.randrange(len(word) - 1)
    one, after = word[at], word[at + 1]
    other = dice.choice(string.ascii_lowercase)
    letters = {0: after, 1: one + one + after, 2: after + one, 3: other + after}
    return word[:at] + letters[sort] + word[at + 2 :]


def made_of(phrasing: Phrasing, text: str) -> dict[str, Any]:
    shown = printed(understand(text, VOCABULARY, today=phrasing.today, earlier=phrasing.after))
    shown["slots"].pop("person", None)
    return {name: value for name, value in shown.items() if name != "suggestions"}


def mistyped(dice: random.Random) -> list[tuple[Phrasing, str]]:
    """Every phrasing that is rightly spelled, with one slip in one of its longer words."""
    found = []
    for phrasing in ASKED:
        words = [match for match in LONG.finditer(phrasing.text) if VOCABULARY.knows(match[0].casefold())]
        if words:
            match = dice.choice(words)
            typed = phrasing.text[: match.start()] + slipped(match[0], dice) + phrasing.text[match.end() :]
            found.append((phrasing, typed))
    return found


def test_one_slip_in_a_longer_word_changes_no_answer() -> None:
    tried = mistyped(random.Random(SEED))
    changed = [typed for phrasing, typed in tried if made_of(phrasing, typed) != made_of(phrasing, phrasing.text)]
    assert len(tried) > 1000
    assert len(changed) <= len(tried) * 2 // 100, changed


def test_a_slip_makes_nobody_a_person() -> None:
    for text in (
        "what's due next monnth",
        "case numbber 7",
        "is the Panel leter late",
        "who has kailed to reply",
        "whats wxting for me",
    ):
        assert meant(text).slots.person == ""


def test_a_slip_beside_a_longer_name_keeps_the_longer_name() -> None:
    assert meant("overdue for othr local authority").slots.agency == ("other_local_authority",)
