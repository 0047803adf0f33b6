"""Two requests in one text: "what's overdue and who hasn't replied?"; and the one request in a long explanation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import msgspec

from dialogs.asking.gist import Gist
from dialogs.asking.tokens import Word
from dialogs.asking.vocabulary import Vocabulary

MOST = 4
"""Places that are tried."""
NO_BEGINNING = frozenset(
    {"have", "had", "been", "not", "its", "their", "seen", "replied", "answered", "returned", "opened", "still", "sent", "done"}
)
"""Words that go on with what was said, and begin no second request."""
IS = frozenset({"is", "are", "was", "were"})
ASKED_OF = frozenset({"anything", "anyone", "anybody", "everyone", "any", "there", "it", "that", "the"})
STATES = frozenset(
    {"we", "the", "our", "my", "they", "it", "there", "he", "she", "a", "an", "this", "that", "some", "sorry", "as"}
)
"""Words that a text begins with which first says why."""
POLITE = frozenset(
    {
        "can",
        "could",
        "please",
        "may",
        "would",
        "will",
        "what",
        "who",
        "which",
        "how",
        "where",
        "when",
        "do",
        "is",
        "are",
        "need",
        "i",
        "we",
    }
)
"""Words that what is asked for begins with, after that."""
OR = "or"


class Halves(msgspec.Struct, frozen=True):
    """A text parted in two: whether one or the other is asked for, and whether the first only says why."""

    first: str
    second: str
    either: bool = False
    why: bool = False


def halves(gist: Gist, known: Vocabulary) -> Iterator[Halves]:
    """The text parted at each place where a second request may begin."""
    tried = 0
    for place, word in enumerate(gist.words[1:-1], 1):
        before = gist.words[place - 1]
        listed = gist.taken[place - 1] and gist.taken[place + 1]
        joins = word.plain in known.joins and not gist.taken[place] and not listed
        first = gist.words[place + 1] if joins else word
        if (not joins and before.clause == word.clause) or first.plain in NO_BEGINNING or _goes_on(gist, first):
            continue
        tried += 1
        if tried > MOST:
            return
        why = before.clause != first.clause and gist.words[0].plain in STATES and first.plain in POLITE
        yield Halves(gist.text[: before.till], gist.text[first.at :], joins and word.plain == OR, why)


def _goes_on(gist: Gist, first: Word) -> bool:
    """ "… and is late now" says more of the same; "… and is anything late" asks."""
    after = gist.words[gist.words.index(first) + 1 :]
    return first.plain in IS and not (after and after[0].plain in ASKED_OF)


def clauses(gist: Gist) -> Iterator[str]:
    """The clauses of a long text, the last first: people who explain themselves first ask at the end."""
    parts = [list(words) for _, words in groupby(gist.words, key=lambda word: word.clause)]
    if len(parts) > 1:
        for words in reversed(parts):
            yield gist.text[words[0].at : words[-1].till]
