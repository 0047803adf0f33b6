"""`understand`: what a typed text asks for. Deterministic and offline; who asks never changes what the words mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from dialogs.asking.apart import Apart, Meant
from dialogs.asking.filling import slots_of
from dialogs.asking.following import followed, leans
from dialogs.asking.gist import Gist, gist_of
from dialogs.asking.intents import HELP, UNKNOWN, Heard, heard
from dialogs.asking.meaning import Slots, Understood
from dialogs.asking.references import code_in
from dialogs.asking.tokens import straight
from dialogs.asking.vocabulary import Vocabulary

NO_ORGANISATIONS: Mapping[str, str] = {}
Names = tuple[tuple[str, str], ...]
"""Organisations' own names and their ids."""
REMEMBERED = 8
"""Texts whose meaning is remembered: a turn asks for it when it reads and again when it decides."""


def understand(
    text: str,
    vocabulary: Vocabulary,
    *,
    today: date,
    earlier: Understood | Sequence[str] | None = None,
    organisations: Mapping[str, str] = NO_ORGANISATIONS,
) -> Understood:
    """What a text asks for, after what was asked earlier: a meaning that was kept, or the texts themselves, oldest first.

    `organisations` gives the ids of organisations by their own names.
    """
    before = earlier if isinstance(earlier, Understood) else None
    for one in earlier if earlier is not None and not isinstance(earlier, Understood) else ():
        before = carried(before, _understood(one, vocabulary, today, before, _named(one, organisations)))
    return _understood(text, vocabulary, today, before, _named(text, organisations))


def _named(text: str, organisations: Mapping[str, str]) -> Names:
    """The organisations that a text can be about. Mostly none: so that reading and deciding ask for the same."""
    small = straight(text).casefold()
    return tuple((name, id_) for name, id_ in organisations.items() if straight(name).casefold() in small)


def carried(earlier: Understood | None, now: Understood) -> Understood | None:
    """What a follow-up leans on after this: what was asked now, unless it was nothing."""
    return earlier if not now.sure or now.intent in (HELP, UNKNOWN) else now


def is_elliptical(text: str, vocabulary: Vocabulary, *, today: date) -> bool:
    """Whether what was asked earlier matters to this text, so that it has to be read first."""
    gist = _gist(text, vocabulary, today, ())
    return leans(gist, heard(gist, vocabulary), vocabulary)


@lru_cache(maxsize=REMEMBERED)
def _gist(text: str, known: Vocabulary, today: date, names: Names) -> Gist:
    return gist_of(text, known, today, dict(names))


@lru_cache(maxsize=REMEMBERED)
def _understood(text: str, known: Vocabulary, today: date, earlier: Understood | None, names: Names) -> Understood:
    gist = _gist(text, known, today, names)
    said, slots, also = _meant(gist, known, today, earlier, dict(names))
    return Understood(
        said.intent,
        sure=said.sure,
        emergency=gist.danger,
        slots=slots,
        suggestions=said.suggestions,
        also=also,
        code=code_in(text),
    )


def _meant(gist: Gist, known: Vocabulary, today: date, earlier: Understood | None, organisations: Mapping[str, str]) -> Meant:
    if gist.account:
        return Meant(Heard(UNKNOWN, sure=False), Slots(case=gist.case))
    said = heard(gist, known)
    if earlier and leans(gist, said, known):
        return Meant(*followed(gist, said, earlier, known, today))
    apart = Apart(gist, known, today, organisations)
    found = apart.two() or (apart.clause() if said.long else None)
    return found or Meant(said, slots_of(gist, said.intent, known, today))
