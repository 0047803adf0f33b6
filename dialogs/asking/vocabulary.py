"""The words people ask with, compiled once from the profile so that one text costs a few look-ups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from dialogs.asking.courtesy import Courtesy
from dialogs.asking.danger import Alarm
from dialogs.asking.lexicon import Entry, Lexicon
from dialogs.asking.time_words import KNOWN as OF_TIME
from dialogs.asking.time_words import SAME as BETWEEN_DAYS
from dialogs.asking.time_words import words as words_in
from dialogs.asking.tokens import straight
from templates.agencies_file import AgencyNames
from templates.asking import Courtesies, Danger, Phrases
from templates.spelling import Spelling

IGNORED, OPENER, GREETING = "-", "+", "hello"
"""What words stand for that ask for nothing: those that never matter, those that begin a follow-up, those that greet."""
NOT = "not"
PLACEHOLDER = re.compile(r"\{\w+\}")
SMALL_WORDS = words_in(
    """
    about additional after another before between christmas coming during early eight every except extra fifteen first fortnight
    fourteen further later least longer months quarter second seven since third three through today tonight until weekend weeks
    within working years
    """
)
"""Words that say when, by how much and who, and are no day or agency themselves."""
LIGHT, SLOT, OWN = 0.3, 0.6, 0.02
"""How much a light word counts beside 1 for another, how much a slot; and how much an intent of our own gives way."""
LONG_NAME = 8
"""Letters of a typed word with a capital that may be a slip of a small word: "Chhristmas"."""
SHORTEST_SLIP = 4
"""Letters of a typed word that may be a slip: one letter of five can have been left out."""
WORD = re.compile(r"\{\w+\}|[^\W_]+(?:['&][^\W_]+)*")


class Phrase(msgspec.Struct, frozen=True):
    """One way to ask: the meanings that must all be said, and what finding them is worth."""

    intent: str
    needs: frozenset[str]
    worth: float


class Vocabulary:
    """`asking.yaml` and `danger.yaml`, indexed by word."""

    def __init__(self, phrases: Phrases, danger: Danger, agencies: AgencyNames, prefix: str) -> None:
        self.prefix, self.data, self.agencies = prefix, phrases, agencies
        self._short = {key: tuple(value.split()) for key, value in phrases.short_forms.items()}
        self.lexicon = Lexicon(self._entries())
        self._meanings = {entry.words: entry.meaning for entry in self._entries()}
        self._light = frozenset(meaning for word in phrases.light for meaning in self._meant(word))
        self.phrases = tuple(dict.fromkeys(self._phrases()))
        self.by_meaning = _index(self.phrases)
        self.by_rarest = _by_rarest(self.phrases, self.by_meaning)
        self.kinds = Lexicon(self._named(phrases.kinds))
        self.openers, self.pronouns = frozenset(phrases.openers), frozenset(phrases.pronouns)
        self.antecedents, self.asks = frozenset(phrases.antecedents), frozenset(phrases.asks)
        self.given = frozenset(phrases.given_names)
        self.joins, self.own = frozenset(phrases.joins), frozenset(phrases.own)
        self.alarm = Alarm(danger, self._joined)
        self.courtesy = Courtesy(phrases.courtesies, self._joined)
        ours = self._words() | self.kinds.words()
        shortened = {key for key in self._short if key.isalpha()}
        other = SMALL_WORDS | set(agencies.mistyped) | _words_of_danger(danger) | _words_of_courtesy(phrases.courtesies)
        self._known = ours | other | self.pronouns | self.antecedents | self.asks | self.joins | set(phrases.ordinary)
        left_alone = {*phrases.ordinary, *phrases.names, *phrases.given_names}
        self._spelling = Spelling(ours | shortened, left_alone, self._said)
        self._small_words = Spelling(SMALL_WORDS, left_alone | (self._known - SMALL_WORDS))
        self._spelling_of_all = Spelling(ours | shortened | other, left_alone, self._said)

    def spelled(self, typed: str, capital: bool = False) -> tuple[str, ...]:
        """The words one typed word stands for: a short form spelled out, a slip put right, an ending "'s" apart."""
        words = self.unmended(typed, capital)
        first = self._corrected(words[0], capital)
        return (*self._short.get(first, (first,)), *words[1:])

    def unmended(self, typed: str, _capital: bool = False) -> tuple[str, ...]:
        """The same with slips left as they are."""
        if typed in self._short:
            return self._short[typed]
        if typed in self._known:
            return (typed,)
        bare = typed.removesuffix("'s")
        if bare != typed:
            return (*self._short.get(bare, (bare,)), "s")
        bare = typed.replace("'", "")
        return self._short.get(bare, (bare,))

    def _corrected(self, word: str, capital: bool) -> str:
        shortest = SHORTEST_SLIP + 1 if capital else SHORTEST_SLIP
        if word in self._known or word in OF_TIME or word in BETWEEN_DAYS or not word.isalpha():
            return word
        spellings = (self._spelling_of_all, self._spelling)
        return next((meant for one in spellings if (meant := one.meant(word, shortest, anywhere=True))), word)

    def mended(self, text: str) -> str:
        """The text with the small words of time and of agencies put right that those who read them look for as they are."""
        return WORD.sub(self._mended, text)

    def _mended(self, match: re.Match[str]) -> str:
        typed, plain = match[0], match[0].casefold()
        name = typed[0].isupper() and not typed.isupper()
        if (name and len(plain) < LONG_NAME) or len(plain) < SHORTEST_SLIP or plain in self._known or plain in OF_TIME:
            return typed
        meant = self._small_words.meant(plain, SHORTEST_SLIP, anywhere=True)
        better = self._spelling_of_all.meant(plain, SHORTEST_SLIP, anywhere=True)
        return meant if meant and better in ("", meant) else typed

    def knows(self, word: str) -> bool:
        """Whether a word is one of ours, or an ordinary one."""
        return word in self._known

    def _said(self, word: str) -> str:
        """What a word says as far as its spelling goes: itself, where it has no meaning of its own."""
        meant = " ".join(self._short.get(word, (word,)))
        return self.means(meant) or meant

    def means(self, word: str) -> str:
        """What a word means by itself, or nothing."""
        return self._meanings.get((word,), "")

    def weight(self, meaning: str) -> float:
        """What a meaning counts for."""
        if meaning in self.data.weights:
            return self.data.weights[meaning]
        return SLOT if meaning.startswith("{") else LIGHT if meaning in self._light else 1.0

    def plain(self, text: str) -> tuple[str, ...]:
        """The words of a phrase of the profile, spelled as those of a typed text are."""
        found = WORD.findall(straight(text).casefold())
        return tuple(
            plain for word in found for plain in (self._short.get(word) or self._short.get(word.replace("'", ""), (word,)))
        )

    def _joined(self, phrase: str) -> str:
        return " ".join(self.plain(phrase))

    def _entries(self) -> Iterator[Entry]:
        data = self.data
        for group in data.alike:
            yield from (Entry(group[0], self.plain(phrase)) for phrase in group)
        yield from (Entry(NOT, self.plain(word)) for word in data.negations)
        yield from (Entry(GREETING, self.plain(word)) for word in data.greetings)
        yield from (Entry(OPENER, self.plain(word)) for word in data.openers)
        yield from (Entry(IGNORED, self.plain(word)) for word in data.ignore)

    def _meant(self, phrase: str) -> tuple[str, ...]:
        """The meanings of a phrase of the profile. A word in no group stands for itself."""
        words = self.plain(phrase)
        free, place, found = [True] * len(words), 0, []
        while place < len(words):
            entry = self.lexicon.at(words, place, free)
            if entry is None or entry.meaning not in (IGNORED, OPENER):
                found.append(entry.meaning if entry else words[place])
            place += len(entry.words) if entry else 1
        return tuple(found)

    def _phrases(self) -> Iterator[Phrase]:
        for intent, known in self.data.intents.items():
            for phrase in (way for one in known for way in both(one)):
                needs = frozenset(self._meant(phrase))
                if needs:
                    worth = sum(map(self.weight, needs)) - (OWN if intent in self.data.own else 0)
                    yield Phrase(intent, needs, worth)

    def _named(self, groups: Mapping[str, list[str]]) -> list[Entry]:
        return [Entry(name, self.plain(phrase)) for name, phrases in groups.items() for phrase in phrases]

    def _words(self) -> set[str]:
        ways = (way for known in self.data.intents.values() for phrase in known for way in both(phrase))
        in_phrases = {word for way in ways for word in self.plain(way)}
        spelled = {word for words in self._short.values() for word in words}
        return self.lexicon.words() | {word for word in in_phrases if not PLACEHOLDER.fullmatch(word)} | spelled


def both(phrase: str) -> tuple[str, ...]:
    """A phrase with "(s)" in it is two: about one, and about several."""
    return (phrase.replace("(s)", ""), phrase.replace("(s)", "s")) if "(s)" in phrase else (phrase,)


def _index(phrases: Iterable[Phrase]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, phrase in enumerate(phrases):
        for meaning in phrase.needs:
            found.setdefault(meaning, []).append(number)
    return {meaning: tuple(numbers) for meaning, numbers in found.items()}


def _words_of_danger(danger: Danger) -> set[str]:
    return _words_in([*danger.phrases, *danger.recent], danger.groups)


def _words_of_courtesy(data: Courtesies) -> set[str]:
    return _words_in([*data.before, *data.after, *data.anywhere], data.groups)


def _words_in(phrases: Iterable[str], groups: Mapping[str, list[str]]) -> set[str]:
    texts = [*phrases, *(word for words in groups.values() for word in words)]
    return {word for text in texts for word in WORD.findall(text) if not PLACEHOLDER.fullmatch(word)}


def _by_rarest(phrases: Iterable[Phrase], by_meaning: Mapping[str, tuple[int, ...]]) -> dict[str, list[Phrase]]:
    """Each phrase once, by the one of its meanings that is in the fewest phrases: so that few are tried on a text."""
    found: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        rarest = min(sorted(phrase.needs), key=lambda meaning: len(by_meaning[meaning]))
        found.setdefault(rarest, []).append(phrase)
    return found
