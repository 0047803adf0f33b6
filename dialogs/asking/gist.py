"""What one text says by itself: its words, what its slots took, and the meanings of the words that are left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from dialogs.asking.finder import Finder, Meaning
from dialogs.asking.found import Found, Period
from dialogs.asking.references import case_in
from dialogs.asking.tokens import Word
from dialogs.asking.vocabulary import IGNORED, OPENER, Vocabulary

LONGEST = 60
"""Words. A longer text is an account of something, not a request."""


class Gist(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in one text, before it is known what is asked."""

    text: str
    danger: bool = False
    """It sounds like a child in danger now."""
    account: bool = False
    """It is too long for a request: nothing else is read of it."""
    time_text: str = ""
    """The text without what was taken before its words of time were read."""
    words: tuple[Word, ...] = ()
    taken: tuple[bool, ...] = ()
    """Of each word whether a slot took it."""
    meanings: tuple[Meaning, ...] = ()
    strange: tuple[int, ...] = ()
    """Places of words that nobody knows."""
    case: str = ""
    follow_case: str = ""
    """The case of a bare number that is one only in a follow-up."""
    agency: tuple[str, ...] = ()
    everyone: bool = False
    """All agencies are named."""
    organisation: str = ""
    person: str = ""
    days: int | None = None
    new_date: Found[date | int] | None = None
    period: Found[Period] | None = None
    kinds: frozenset[str] = frozenset()
    kind_places: frozenset[int] = frozenset()
    opened: bool = False
    """It begins as a follow-up does."""
    pronoun: bool = False
    """It speaks of what was asked before."""
    asks: bool = False
    """It asks about what is so, and commands nothing."""

    @property
    def names(self) -> bool:
        """Whether anything is named that a follow-up could be about."""
        here = (self.case, self.follow_case, self.agency, self.everyone, self.organisation, self.person, self.kinds)
        return any(here) or self.days is not None or self.period is not None or self.new_date is not None


def gist_of(text: str, known: Vocabulary, today: date, organisations: Mapping[str, str]) -> Gist:
    """Take a text apart. Who and what is named comes first, then when, then what the other words mean."""
    finder = Finder(text, known, today)
    if len(finder.words) > LONGEST:
        return _account(finder)
    danger = _danger(finder)
    bare = known.courtesy.without(finder.text, finder.words)
    if bare != finder.text:
        finder = Finder(bare, known, today)
    titled = finder.titled()
    organisation, case = finder.organisation(organisations), finder.case()
    agency, everyone = finder.agencies()
    timely = finder.timely()
    days = finder.lateness() if timely else None
    time_text = finder.rest
    new_date, period = finder.times() if timely else (None, None)
    case = case or finder.take_number()
    kinds, kind_places = finder.kinds()
    finder.read()
    person = titled or finder.person()
    follow = None if case else finder.number(anywhere=True)
    asks = finder.asks()
    return Gist(
        text=finder.text,
        danger=danger,
        time_text=time_text,
        words=finder.words,
        taken=tuple(not free for free in finder.free),
        meanings=tuple(meaning for meaning in finder.meanings if meaning.name != IGNORED),
        strange=tuple(place for place in finder.strange if not (follow and place == follow[1])),
        case=case,
        follow_case=follow[0] if follow else "",
        agency=agency,
        everyone=everyone,
        organisation=organisation,
        person=person,
        days=days,
        new_date=new_date,
        period=period,
        kinds=kinds,
        kind_places=kind_places,
        opened=any(meaning.name == OPENER for meaning in finder.meanings),
        pronoun=finder.pronoun(inside=bool(agency or organisation or person)),
        asks=asks,
    )


def _danger(finder: Finder) -> bool:
    """Whether the whole sounds so, or one of its sentences: what stands before it in another one takes nothing of it away."""
    alarm, sentences = finder.known.alarm, finder.sentences()
    return alarm.sounds(finder.plain) or (len(sentences) > 1 and any(alarm.sounds(one) for one in sentences))


def _account(finder: Finder) -> Gist:
    found = case_in(finder.text, finder.known.prefix, finder.today.year)
    danger = _danger(finder)
    return Gist(text=finder.text, danger=danger, account=True, case=found[0] if found else "")
