"""What one text says by itself: its words, what its slots took, and the meanings of the words that are left."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import msgspec

from dialogs.asking import agencies, when
from dialogs.asking.found import Direction, Found, Period
from dialogs.asking.people import person_in
from dialogs.asking.references import bare_number, case_in
from dialogs.asking.time_tokens import tokens
from dialogs.asking.tokens import Word, straight, words_of
from dialogs.asking.vocabulary import GREETING, IGNORED, OPENER, Vocabulary

LONGEST = 60
"""Words. A longer text is an account of something, not a request."""
LATE = "late"
NO_NUMBER = frozenset({"a", "an", "one"})
"""Words that count something, but say nothing of time by themselves."""
UNTIL = frozenset({"until", "untill", "till", "til", "more", "extra", "another", "further", "additional", "longer"})


class Meaning(NamedTuple):
    """A meaning and the word it begins at."""

    name: str
    place: int


class Gist(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in one text, before it is known what is asked."""

    text: str
    time_text: str = ""
    """The text without what was taken before its words of time were read."""
    words: tuple[Word, ...] = ()
    taken: tuple[bool, ...] = ()
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
    pronoun: bool = False
    asks: bool = False

    @property
    def names(self) -> bool:
        """Whether anything is named that a follow-up could be about."""
        here = (
            self.case,
            self.follow_case,
            self.agency,
            self.everyone,
            self.organisation,
            self.person,
            self.kinds,
        )
        return any(here) or self.days is not None or self.period is not None or self.new_date is not None


class _Finder:
    """Takes one text apart, step by step; what a step took, no later one reads."""

    def __init__(self, text: str, known: Vocabulary, today: date, organisations: Mapping[str, str]) -> None:
        self.known, self.today, self.organisations = known, today, organisations
        self.text = straight(text)
        self.words = words_of(self.text, known.spelled)
        self.plain = [word.plain for word in self.words]
        self.rest = self.text
        self.free = [True] * len(self.words)
        self.extra: list[Meaning] = []

    def take(self, *spans: tuple[int, int]) -> None:
        """Nothing else reads these places."""
        for at, till in spans:
            self.rest = self.rest[:at] + " " * (till - at) + self.rest[till:]
            for place, word in enumerate(self.words):
                if at < word.till and word.at < till:
                    self.free[place] = False

    def place_of(self, at: int) -> int:
        """The word that stands at a place of the text, or after it."""
        return next((place for place, word in enumerate(self.words) if word.till > at), max(len(self.words) - 1, 0))


def gist_of(text: str, known: Vocabulary, today: date, organisations: Mapping[str, str]) -> Gist:
    """Take a text apart."""
    finder = _Finder(text, known, today, organisations)
    if len(finder.words) > LONGEST:
        return _account(finder)
    organisation = _organisation(finder)
    case = _case(finder)
    named = _agencies(finder)
    timely = any(token.sort and token.word not in NO_NUMBER for token in tokens(finder.rest))
    days = _lateness(finder) if timely else None
    time_text = finder.rest
    new_date, period = _times(finder) if timely else (None, None)
    number = bare_number(finder.words, finder.free, known.prefix, today.year, anywhere=False) if not case else None
    if number:
        case = number[0]
        finder.free[number[1]] = False
        finder.extra.append(Meaning("{case}", number[1]))
    kinds, kind_places = _kinds(finder)
    meanings, strange = _meanings(finder)
    person, strange = person_in(finder.text, finder.words, finder.free, strange, known)
    if person:
        meanings.append(Meaning("{person}", 0))
    follow = bare_number(finder.words, finder.free, known.prefix, today.year, anywhere=True) if not case else None
    asks = _asks(finder, meanings)
    return Gist(
        text=finder.text,
        time_text=time_text,
        words=finder.words,
        taken=tuple(not free for free in finder.free),
        meanings=tuple([*finder.extra, *meanings, *([Meaning("{asks}", 0)] if asks else [])]),
        strange=tuple(place for place in strange if not (follow and place == follow[1])),
        case=case,
        follow_case=follow[0] if follow else "",
        agency=named[0],
        everyone=named[1],
        organisation=organisation,
        person=person,
        days=days,
        new_date=new_date,
        period=period,
        kinds=kinds,
        kind_places=kind_places,
        opened=any(meaning.name == OPENER for meaning in meanings),
        pronoun=_leans(finder, named[0], organisation, person),
        asks=asks,
    )


def _account(finder: _Finder) -> Gist:
    found = case_in(finder.text, finder.known.prefix, finder.today.year)
    return Gist(text=finder.text, words=finder.words, case=found[0] if found else "")


def _organisation(finder: _Finder) -> str:
    """The id of the organisation whose own name is in the text. The longest name wins."""
    small = finder.text.casefold()
    here = [name for name in finder.organisations if straight(name).casefold() in small]
    for name in sorted(here, key=len, reverse=True):
        match = re.search(rf"(?<!\w){re.escape(straight(name).casefold())}(?!\w)", small)
        if match and len(small) == len(finder.text):
            finder.take(match.span())
            finder.extra.append(Meaning("{agency}", finder.place_of(match.start())))
            return finder.organisations[name]
    return ""


def _case(finder: _Finder) -> str:
    found = case_in(finder.rest, finder.known.prefix, finder.today.year)
    if not found:
        return ""
    finder.take(found[1])
    finder.extra.append(Meaning("{case}", finder.place_of(found[1][0])))
    return found[0]


def _agencies(finder: _Finder) -> tuple[tuple[str, ...], bool]:
    found = agencies.agencies_in(finder.rest, finder.known.agencies)
    if found is None:
        return (), False
    finder.take(*found.spans)
    if found.value == agencies.ALL:
        finder.extra.append(Meaning("who", finder.place_of(found.spans[0][0])))
        return (), True
    place = finder.place_of(found.spans[0][0])
    finder.extra.append(Meaning("{agency}", place))
    if place and finder.plain[place - 1] == "to":
        finder.extra.append(Meaning("{to}", place))
    return found.value, False


def _lateness(finder: _Finder) -> int | None:
    found = when.lateness_in(finder.rest, finder.today)
    if found is None:
        return None
    place = finder.place_of(found.spans[0][0])
    finder.extra.append(Meaning("{late}", place))
    if any(finder.known.means(word.plain) == LATE for word in finder.words if _within(word, found.spans)):
        finder.extra.append(Meaning(LATE, place))
    finder.take(*found.spans)
    return found.value


def _times(finder: _Finder) -> tuple[Found[date | int] | None, Found[Period] | None]:
    new_date = when.new_date_in(finder.rest, finder.today)
    period = when.period_in(finder.rest, finder.today, Direction.NEAREST)
    for name, found in (("{new_date}", new_date), ("{period}", period)):
        if found:
            finder.extra.append(Meaning(name, finder.place_of(found.spans[0][0])))
    if new_date and (
        not isinstance(new_date.value, date) or any(word.plain in UNTIL for word in finder.words if _within(word, new_date.spans))
    ):
        finder.extra.append(Meaning("{until}", finder.place_of(new_date.spans[0][0])))
    finder.take(*(new_date.spans if new_date else ()), *(period.spans if period else ()))
    return new_date, period


def _within(word: Word, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(at < word.till and word.at < till for at, till in spans)


def _kinds(finder: _Finder) -> tuple[frozenset[str], frozenset[int]]:
    """The kinds that are named. Their words are left where they are: many are words of an intent as well."""
    kinds: set[str] = set()
    places: set[int] = set()
    place = 0
    while place < len(finder.plain):
        entry = finder.known.kinds.at(finder.plain, place, finder.free)
        if entry:
            kinds.add(entry.meaning)
            places.update(range(place, place + len(entry.words)))
        place += len(entry.words) if entry else 1
    return frozenset(kinds), frozenset(places)


def _meanings(finder: _Finder) -> tuple[list[Meaning], list[int]]:
    """What the words that are left mean, and the places of those that mean nothing to us."""
    found: list[Meaning] = []
    strange: list[int] = []
    place = 0
    while place < len(finder.plain):
        word = finder.plain[place]
        entry = finder.known.lexicon.at(finder.plain, place, finder.free)
        if entry:
            found.append(Meaning(entry.meaning, place))
        elif finder.free[place] and finder.known.knows(word):
            found.append(Meaning(word, place))
        elif finder.free[place] and word != "s":
            strange.append(place)
        place += len(entry.words) if entry else 1
    return [meaning for meaning in found if meaning.name != IGNORED], strange


def _asks(finder: _Finder, meanings: list[Meaning]) -> bool:
    """Whether it begins as a question about what is so does."""
    skipped = {meaning.place for meaning in meanings if meaning.name in (GREETING, OPENER)}
    first = next((word for place, word in enumerate(finder.plain) if place not in skipped), "")
    return first in finder.known.asks


def _leans(finder: _Finder, agency: tuple[str, ...], organisation: str, person: str) -> bool:
    """Whether a pronoun speaks of what was asked before, and not of somebody in this text."""
    said = {word for word, free in zip(finder.plain, finder.free, strict=True) if free}
    if not said & finder.known.pronouns:
        return False
    inside = bool(agency or organisation or person or said & finder.known.antecedents)
    return not inside or "it" in said
