"""Two requests in one text: "what's overdue and who hasn't replied?"."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.asking.gist import Gist
from dialogs.asking.vocabulary import Vocabulary

MOST = 4
"""Places that are tried."""


def halves(gist: Gist, known: Vocabulary) -> Iterator[tuple[str, str]]:
    """The text parted at each place where a second request may begin."""
    tried = 0
    for place, word in enumerate(gist.words[1:-1], 1):
        before = gist.words[place - 1]
        joins = word.plain in known.joins and not gist.taken[place]
        if not joins and before.clause == word.clause:
            continue
        tried += 1
        if tried > MOST:
            return
        yield gist.text[: before.till], gist.text[word.till if joins else word.at :]
