"""The name of a person in a typed text: words that nobody knows, where a name would stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dialogs.asking.time_words import KNOWN as OF_TIME
from dialogs.asking.time_words import words as words_in
from dialogs.asking.tokens import Word

BEFORE = words_in(
    """
    chase chasing remind reminding nudge prod ping for from to with by is has did does of about give tell and on let have are
    was can will at between against
    """
)
"""Words after which a name may stand."""
CHASED = words_in("chase chasing remind reminding nudge prod ping")
"""Words after which two words without capitals may be a name that is not among the usual ones."""
TITLES = words_in("dr mr mrs ms miss prof test")
NO_NAME_AFTER = words_in("a an the my our your this that these those each any some no")
LONGEST_NAME = 4
INSIDE_A_NAME = " .-'"


def names_in(
    text: str, words: Sequence[Word], free: Sequence[bool], strange: Sequence[int], given: Collection[str]
) -> list[int]:
    """The places of the words of the first name; none where there is no name. `given` are usual first names."""
    for first in strange:
        places = _name(text, words, free, first, frozenset(strange))
        if places and _may_stand(text, words, places, given):
            return places
    return []


def _name(text: str, words: Sequence[Word], free: Sequence[bool], first: int, strange: Collection[int]) -> list[int]:
    """A strange word and those beside it that are strange too, or begin with a capital as it does."""
    places = [first]
    capital = text[words[first].at].isupper()
    while len(places) < LONGEST_NAME and (after := places[-1] + 1) < len(words) and free[after]:
        between = text[words[places[-1]].till : words[after].at]
        belongs = after in strange or (capital and text[words[after].at].isupper())
        if between.strip(INSIDE_A_NAME) or words[after].plain == "s" or not belongs:
            break
        places.append(after)
    named = words[first].plain[0].isalpha() and not any(words[place].plain in OF_TIME for place in places)
    return places if named else []


def _may_stand(text: str, words: Sequence[Word], places: Sequence[int], given: Collection[str]) -> bool:
    """With capitals that the text has not everywhere; without, only a usual name, or two words after "chase"."""
    before = words[places[0] - 1].plain if places[0] else ""
    after = words[places[-1] + 1].plain if places[-1] + 1 < len(words) else ""
    capitals = all(text[words[place].at].isupper() for place in places) and not text.isupper()
    if capitals:
        return before not in NO_NAME_AFTER and (before in BEFORE or after == "s" or places[0] > 0 or len(places) > 1)
    usual = words[places[0]].plain in given or (len(places) > 1 and words[places[0]].plain in TITLES)
    return (usual and (before in BEFORE or after == "s")) or (before in CHASED and len(places) > 1)
