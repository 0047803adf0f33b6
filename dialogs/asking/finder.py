"""Takes one text apart, step by step: what a step took, no later step reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from dialogs.asking import agencies, when
from dialogs.asking.found import Direction, Found, Period
from dialogs.asking.people import names_in
from dialogs.asking.references import bare_number, case_in
from dialogs.asking.time_tokens import tokens
from dialogs.asking.tokens import straight, words_of
from dialogs.asking.vocabulary import GREETING, IGNORED, OPENER, Vocabulary

LATE = "late"
CASE, AGENCY, TO, PERSON, ASKS = "{case}", "{agency}", "{to}", "{person}", "{asks}"
BY_DAYS, NEW_DATE, UNTIL, PERIOD = "{late}", "{new_date}", "{until}", "{period}"
"""What stands in a phrase of the profile for what a slot was filled from."""
EVERYONE = "who"
ENDS = re.compile(r"[.;!?\n]")
"""What ends a sentence, between two words."""
CAPITALS = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+){2,}\b")
FROM = re.compile(r"\bfrom (?:the |our |any |either |all )?$", re.IGNORECASE)
MOST_MENDED = 3_000
"""Characters. In a longer text, an account of something, no slip of the keyboard is looked for."""
NO_NUMBER = frozenset({"a", "an", "one"})
"""Words that count something, but say nothing of time by themselves."""
MORE = frozenset({"until", "untill", "till", "til", "more", "extra", "another", "further", "additional", "longer"})
"""Words beside a new day that ask for more time: "today" is a day, and asks for nothing."""

Spans = Iterable[tuple[int, int]]


class Meaning(NamedTuple):
    """A meaning and the word it begins at."""

    name: str
    place: int


class Finder:
    """One text. `free` says of each word whether it is still to be read; `meanings` gathers what was found."""

    def __init__(self, text: str, known: Vocabulary, today: date) -> None:
        self.known, self.today = known, today
        short = len(text) < MOST_MENDED
        self.text = known.mended(straight(text)) if short else straight(text)
        self.words = words_of(self.text, known.spelled if short else known.unmended)
        self.plain = [word.plain for word in self.words]
        self.rest = self.text
        self.free = [True] * len(self.words)
        self.meanings: list[Meaning] = []
        self.strange: list[int] = []

    def sentences(self) -> list[list[str]]:
        """The words of each sentence."""
        found: list[list[str]] = []
        end = -1
        for word in self.words:
            if end < 0 or ENDS.search(self.text[end : word.at]):
                found.append([])
            found[-1].append(word.plain)
            end = word.till
        return found

    def _take(self, spans: Spans, *names: str) -> None:
        """Nothing else reads these places; they have these meanings."""
        for at, till in spans:
            self.rest = self.rest[:at] + " " * (till - at) + self.rest[till:]
        taken = self._within(spans)
        for place in taken:
            self.free[place] = False
        self.meanings.extend(Meaning(name, min(taken, default=0)) for name in names)

    def _with_from(self, span: tuple[int, int]) -> tuple[int, int]:
        """The place of a name with a "from" before it: in "from housing next week" it does not begin the week."""
        before = FROM.search(self.rest, 0, span[0])
        return (before.start(), span[1]) if before else span

    def _within(self, spans: Spans) -> list[int]:
        return [place for place, word in enumerate(self.words) if any(at < word.till and word.at < till for at, till in spans)]

    def titled(self) -> str:
        """The name of a person that has an agency's name in it: "Test Police Lead" is neither an agency nor an organisation."""
        for match in CAPITALS.finditer(self.text):
            named = agencies.agencies_in(match[0], self.known.agencies)
            inside = named is not None and max(till for _, till in named.spans) < len(match[0])
            if inside and not self.known.knows(match[0].split()[0].casefold()):
                self._take([match.span()], PERSON)
                return match[0]
        return ""

    def organisation(self, ids: Mapping[str, str]) -> str:
        """The id of the organisation whose own name is in the text. The longest name wins."""
        small = self.text.casefold()
        here = [name for name in ids if straight(name).casefold() in small] if len(small) == len(self.text) else []
        for name in sorted(here, key=len, reverse=True):
            match = re.search(rf"(?<!\w){re.escape(straight(name).casefold())}(?!\w)", small)
            if match:
                self._take([self._with_from(match.span())], AGENCY)
                return ids[name]
        return ""

    def case(self) -> str:
        """The case that is named in full, with the prefix or with the word "case"."""
        found = case_in(self.rest, self.known.prefix, self.today.year)
        if found:
            self._take([found[1]], CASE)
        return found[0] if found else ""

    def agencies(self) -> tuple[tuple[str, ...], bool]:
        """The agencies that are named; and whether all are."""
        found = agencies.agencies_in(self.rest, self.known.agencies)
        if found is None:
            return (), False
        everyone = found.value == agencies.ALL
        first = min(self._within(found.spans), default=0)
        to = not everyone and first > 0 and self.plain[first - 1] == "to"
        spans = [self._with_from(span) for span in found.spans]
        self._take(spans, EVERYONE if everyone else AGENCY, *([TO] if to else []))
        return (() if everyone else found.value), everyone

    def timely(self) -> bool:
        """Whether any word that is left could say something of time."""
        return any(token.sort and token.word not in NO_NUMBER for token in tokens(self.rest))

    def lateness(self) -> int | None:
        """By more than how many days something is late."""
        found = when.lateness_in(self.rest, self.today)
        if found is None:
            return None
        late = any(self.known.means(self.plain[place]) == LATE for place in self._within(found.spans))
        self._take(found.spans, BY_DAYS, *([LATE] if late else []))
        return found.value

    def times(self) -> tuple[Found[date | int] | None, Found[Period] | None]:
        """A new day that is asked for, and a period: the same words may be both, until it is known what is asked."""
        new_date = when.new_date_in(self.rest, self.today)
        period = when.period_in(self.rest, self.today, Direction.NEAREST)
        if new_date:
            said = {self.plain[place] for place in self._within(new_date.spans)}
            more = not isinstance(new_date.value, date) or said & MORE
            self._take(new_date.spans, NEW_DATE, *([UNTIL] if more else []))
        if period:
            self._take(period.spans, PERIOD)
        return new_date, period

    def number(self, *, anywhere: bool) -> tuple[str, int] | None:
        """A number alone that means a case, and which word it is."""
        return bare_number(self.words, self.free, self.known.prefix, self.today.year, anywhere=anywhere)

    def take_number(self) -> str:
        """The case that a number alone means after for, on or about."""
        found = self.number(anywhere=False)
        if found:
            self.free[found[1]] = False
            self.meanings.append(Meaning(CASE, found[1]))
        return found[0] if found else ""

    def kinds(self) -> tuple[frozenset[str], frozenset[int]]:
        """The kinds that are named, and where. Their words are left: many are words of an intent as well."""
        kinds: set[str] = set()
        places: set[int] = set()
        place = 0
        while place < len(self.plain):
            entry = self.known.kinds.at(self.plain, place, self.free)
            length = len(entry.words) if entry else 1
            if entry:
                kinds.add(entry.meaning)
                places.update(range(place, place + length))
            place += length
        return frozenset(kinds), frozenset(places)

    def read(self) -> None:
        """What the words that are left mean, and which of them nobody knows."""
        place = 0
        while place < len(self.plain):
            entry = self.known.lexicon.at(self.plain, place, self.free)
            if entry:
                self.meanings.append(Meaning(entry.meaning, place))
            elif self.free[place]:
                self._read_alone(place)
            place += len(entry.words) if entry else 1

    def _read_alone(self, place: int) -> None:
        word = self.plain[place]
        if self.known.knows(word):
            self.meanings.append(Meaning(word, place))
        elif word != "s":
            self.strange.append(place)

    def person(self) -> str:
        """The name of a person among the words that nobody knows."""
        places = names_in(self.text, self.words, self.free, self.strange, self.known.given)
        for place in places:
            self.free[place] = False
        self.strange = [place for place in self.strange if place not in places]
        if not places:
            return ""
        self.meanings.append(Meaning(PERSON, places[0]))
        return self.text[self.words[places[0]].at : self.words[places[-1]].till].removesuffix("'s")

    def asks(self) -> bool:
        """Whether it begins as a question about what is so does."""
        skipped = {meaning.place for meaning in self.meanings if meaning.name in (GREETING, OPENER, IGNORED)}
        first = next((place for place in range(len(self.plain)) if place not in skipped), None)
        asks = first is not None and self.plain[first] in self.known.asks
        if asks:
            self.meanings.append(Meaning(ASKS, first or 0))
        return asks

    def pronoun(self, *, inside: bool) -> bool:
        """Whether a pronoun speaks of what was asked before, and not of somebody in this text."""
        said = {word for word, free in zip(self.plain, self.free, strict=True) if free}
        if not said & self.known.pronouns:
            return False
        return not (inside or said & self.known.antecedents) or "it" in said
