"""Which intents a text's meanings could be, and how well each fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from dialogs.asking.finder import Meaning
from dialogs.asking.gist import Gist
from dialogs.asking.vocabulary import GREETING, IGNORED, LIGHT, OPENER, SLOT, Phrase, Vocabulary

ENOUGH = 0.85
"""What a phrase must be worth to be a request."""
ALIKE = 0.05
"""Two intents whose worth differs by less are alike."""
SPARE_WORDS, SPARE_PER_WORTH = 1.6, 0.65
"""How many other words a request may have. Beyond that it is an account of something."""
ONE_WORD = 1.2
"""What a phrase of one word is worth at most. An intent of our own that rests on one word must be all that is said."""
OPEN_CASE = "open_case"
"""Told of in many an answer ("we read about it in referral NS-2026-0001"): asked for it is hardly anything else."""
MOST_SUGGESTED = 3


class Fit(msgspec.Struct, frozen=True):
    """An intent, the best phrase of it that was said, and its worth."""

    intent: str
    worth: float
    needs: frozenset[str]


def fits(meanings: Sequence[Meaning], known: Vocabulary) -> list[Fit]:
    """The intents that were said, the best first."""
    said = {meaning.name for meaning in meanings}
    best: dict[str, Phrase] = {}
    for phrase in _complete(said, known):
        if phrase.intent not in best or phrase.worth > best[phrase.intent].worth:
            best[phrase.intent] = phrase
    found = [Fit(phrase.intent, phrase.worth, phrase.needs) for phrase in best.values() if phrase.worth >= ENOUGH]
    return sorted(found, key=lambda fit: (-fit.worth, fit.intent))


def _complete(said: set[str], known: Vocabulary) -> Iterator[Phrase]:
    """The phrases all of whose meanings were said."""
    for name in sorted(said & known.by_rarest.keys()):
        yield from (phrase for phrase in known.by_rarest[name] if phrase.needs <= said)


def alike(found: Sequence[Fit], known: Vocabulary) -> list[Fit]:
    """The best, and those that fit as well."""
    best = [fit for fit in found if found[0].worth - fit.worth < ALIKE]
    given = [fit for fit in best if fit.intent not in known.own]
    return given or best


def account(gist: Gist, fit: Fit, known: Vocabulary) -> bool:
    """Whether a text says so much beside a request that it is none."""
    weights = [
        known.weight(one.name)
        for one in gist.meanings
        if not (one.name in fit.needs or one.name[0] in "{+-" or one.name == GREETING)
    ]
    spare = sum(weight for weight in weights if weight > LIGHT) + len(gist.strange)
    if fit.intent in known.own or fit.intent == OPEN_CASE:
        return spare >= 1 if fit.worth < ONE_WORD else spare > 1
    if fit.worth < ONE_WORD or all(known.weight(name) <= SLOT for name in fit.needs):
        return spare >= SPARE_WORDS
    return spare > SPARE_WORDS + SPARE_PER_WORTH * fit.worth


def nearest(meanings: Sequence[Meaning], known: Vocabulary) -> tuple[str, ...]:
    """The intents of which at least half of a phrase was said, the nearest first."""
    said = {meaning.name for meaning in meanings if meaning.name not in (GREETING, OPENER, IGNORED)}
    share: dict[str, float] = {}
    for number in sorted({number for name in said for number in known.by_meaning.get(name, ())}):
        phrase = known.phrases[number]
        part = sum(map(known.weight, phrase.needs & said)) / sum(map(known.weight, phrase.needs))
        if part >= 0.5:
            share[phrase.intent] = max(share.get(phrase.intent, 0.0), part)
    return tuple(sorted(share, key=lambda intent: -share[intent]))
