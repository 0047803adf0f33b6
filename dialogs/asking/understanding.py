"""`understand`: what a typed text asks for. Deterministic and offline; who asks never changes what the words mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

import msgspec

from dialogs.asking.filling import slots_of
from dialogs.asking.following import followed, leans
from dialogs.asking.gist import LONGEST, Gist, gist_of
from dialogs.asking.intents import HELP, UNKNOWN, Heard, heard
from dialogs.asking.meaning import Slots, Understood
from dialogs.asking.references import code_in
from dialogs.asking.splitting import clauses, halves
from dialogs.asking.vocabulary import Vocabulary

NO_ORGANISATIONS: Mapping[str, str] = {}
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
    names = tuple(organisations.items())
    for one in earlier if earlier is not None and not isinstance(earlier, Understood) else ():
        before = carried(before, _understood(one, vocabulary, today, before, names))
    return _understood(text, vocabulary, today, before, names)


def carried(earlier: Understood | None, now: Understood) -> Understood | None:
    """What a follow-up leans on after this: what was asked now, unless it was nothing."""
    return earlier if not now.sure or now.intent in (HELP, UNKNOWN) else now


def is_elliptical(text: str, vocabulary: Vocabulary, *, today: date) -> bool:
    """Whether what was asked earlier matters to this text, so that it has to be read first."""
    gist = gist_of(text, vocabulary, today, NO_ORGANISATIONS)
    return leans(gist, heard(gist, vocabulary), vocabulary)


@lru_cache(maxsize=REMEMBERED)
def _understood(
    text: str, known: Vocabulary, today: date, earlier: Understood | None, names: tuple[tuple[str, str], ...]
) -> Understood:
    organisations = dict(names)
    gist = gist_of(text, known, today, organisations)
    said, slots, also = _meant(gist, known, today, earlier, organisations)
    return Understood(
        said.intent,
        sure=said.sure,
        emergency=known.alarm.sounds([word.plain for word in gist.words]),
        slots=slots,
        suggestions=said.suggestions,
        also=also,
        code=code_in(text),
    )


def _meant(
    gist: Gist, known: Vocabulary, today: date, earlier: Understood | None, organisations: Mapping[str, str]
) -> tuple[Heard, Slots, str]:
    if len(gist.words) > LONGEST:
        return Heard(UNKNOWN, sure=False), Slots(case=gist.case), ""
    said = heard(gist, known)
    if earlier and leans(gist, said, known):
        return *followed(gist, said, earlier, known, today), ""
    for parted in halves(gist, known):
        first, second = (gist_of(half, known, today, organisations) for half in (parted.first, parted.second))
        now, then = heard(first, known), heard(second, known)
        if now.command and now.command == then.intent and then.sure:
            return then, slots_of(gist, then.intent, known, today), ""
        why = parted.why or (now.intent in known.own and then.intent not in known.own)
        if why and then.sure and then.worth:
            return then, _filled(slots_of(second, then.intent, known, today), slots_of(gist, then.intent, known, today)), ""
        if not (now.sure and then.sure and now.worth and then.worth and now.intent != then.intent):
            continue
        if parted.either:
            doubt = Heard(now.intent, sure=False, suggestions=(now.intent, then.intent))
            return doubt, slots_of(gist, now.intent, known, today), ""
        return now, slots_of(first, now.intent, known, today), then.intent
    for clause in clauses(gist) if said.long else ():
        part = gist_of(clause, known, today, organisations)
        now = heard(part, known)
        if now.sure and now.worth:
            return now, _filled(slots_of(part, now.intent, known, today), Slots(case=gist.case)), ""
    return said, slots_of(gist, said.intent, known, today), ""


def _filled(slots: Slots, others: Slots) -> Slots:
    """The slots of a part of a text, with what the rest of it is about: its case, and who."""
    about = {name: getattr(others, name) for name in ("case", "agency", "organisation", "person", "kind")}
    return msgspec.structs.replace(
        slots, **{name: value for name, value in about.items() if value and not getattr(slots, name)}
    )
