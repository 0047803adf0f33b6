"""The name of a person in a typed text: words that nobody knows, where a name would stand. Given back as it was typed."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.asking.time_words import KNOWN as OF_TIME
from dialogs.asking.tokens import Word
from dialogs.asking.vocabulary import Vocabulary

BEFORE = frozenset(
    ["chase", "chasing", "remind", "reminding", "nudge", "prod", "ping", "for", "from", "to", "with", "by", "is", "has", "did", "does", "of", "about", "give", "tell", "and", "on", "let", "have", "are", "was", "can", "will", "at", "between", "against"]
)
"""Words after which a name may stand."""
LONGEST_NAME = 4


def person_in(
    text: str, words: Sequence[Word], free: list[bool], strange: Sequence[int], known: Vocabulary
) -> tuple[str, list[int]]:
    """The first name, and the places of the strange words that are not in it. Its words are taken."""
    for first in strange:
        places = _name(text, words, free, first, set(strange))
        if places and _may_stand(text, words, places, known):
            for place in places:
                free[place] = False
            return text[words[places[0]].at : words[places[-1]].till].removesuffix("'s"), [
                place for place in strange if place not in places
            ]
    return "", list(strange)


def _name(text: str, words: Sequence[Word], free: Sequence[bool], first: int, strange: set[int]) -> list[int]:
    """A strange word and those beside it that are strange too, or begin with a capital as it does."""
    places = [first]
    capital = text[words[first].at].isupper()
    while len(places) < LONGEST_NAME and (after := places[-1] + 1) < len(words) and free[after]:
        beside = text[words[places[-1]].till : words[after].at]
        if (
            beside.strip(" .-'")
            or words[after].plain == "s"
            or not (after in strange or (capital and text[words[after].at].isupper()))
        ):
            break
        places.append(after)
    return places if words[first].plain[0].isalpha() and not any(words[place].plain in OF_TIME for place in places) else []


def _may_stand(text: str, words: Sequence[Word], places: Sequence[int], known: Vocabulary) -> bool:
    """After a word such as "for" or "chase", before an ending "'s", or with capitals that the text has not everywhere."""
    before = words[places[0] - 1].plain if places[0] else ""
    after = words[places[-1] + 1].plain if places[-1] + 1 < len(words) else ""
    capitals = all(text[words[place].at].isupper() for place in places) and not text.isupper()
    return before in BEFORE or after == "s" or (capitals and (places[0] > 0 or len(places) > 1))
