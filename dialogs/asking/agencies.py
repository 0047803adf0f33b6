"""Agencies in a typed text: by id, name or group word, several at once, all of them, all but some.

The longest name counts. "Everyone but police" is the others; after a named group, "except" takes out of it. A text that
names all agencies and none in particular gives `ALL`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from dialogs.asking.found import Found
from dialogs.asking.time_tokens import same_length
from templates.agencies_file import AgencyNames
from templates.spelling import Spelling

ALL = ("*",)
"""All agencies: in a follow-up it clears the agency that was named before."""

_WORD = re.compile(r"[a-z]{4,}")
_SHORTEST_SLIP = 4
"""Letters of a typed word that may be a slip: one letter of five can have been left out."""
_GAP = re.compile(r"[\s,&/+]*(?:(?:and|or|nor|the|any|all|of|for|from|to|with|both|either|our)\b[\s,&/+]*)*")
_ALONE_AFTER = re.compile(
    r"\s*(?:$|[.,?!;:)]|(?:and|or|but|is|are|was|has|had|have|been|doing|do|does|did|late|overdue|repl\w+|return\w*|answer\w*"
    r"|yet|please|pls|by|in|on|this|next|last|since|about|for|late\w*|agency|still|so|now|today|tomorrow)\b)"
)
_ALONE_BEFORE = re.compile(
    r"\b(?:each|any|the|every|no|some|one|an|all|many|which|what|or|most|few|two|its|my|our|with|mr|dr)\s+$"
)


class _Mention(NamedTuple):
    """A place that says something of agencies: `agency`, `everyone`, `except`, or `but` (an exception only after those two)."""

    kind: str
    agencies: tuple[str, ...]
    start: int
    end: int


def agencies_in(text: str, names: AgencyNames) -> Found[tuple[str, ...]] | None:
    """The agencies that a text names, in Document 2's order without repeats, or `ALL`."""
    finder = _finder(_Key(names))
    plain = same_length(text)
    mentions = finder.mentions(plain)
    if not mentions:
        return None
    for place, mention in enumerate(mentions):
        if mention.kind in ("except", "but") and (left := _left_out(mentions, place, plain, names)):
            return left
    named = [mention for mention in mentions if mention.kind == "agency"]
    if named:
        return Found(_in_order(named, names), tuple((one.start, one.end) for one in named))
    everyone = [mention for mention in mentions if mention.kind == "everyone"]
    return Found(ALL, tuple((one.start, one.end) for one in everyone)) if everyone else None


def _in_order(mentions: list[_Mention], names: AgencyNames) -> tuple[str, ...]:
    said = {agency for mention in mentions for agency in mention.agencies}
    return tuple(agency for agency in names.order if agency in said)


def _left_out(mentions: list[_Mention], place: int, text: str, names: AgencyNames) -> Found[tuple[str, ...]] | None:
    """All but the agencies that follow; or a named group without them."""
    out = _run(mentions, place + 1, text)
    before = mentions[:place]
    if not out or (mentions[place].kind == "but" and not (before and _near(before[-1].end, mentions[place].start, text))):
        return None
    without = set(_in_order(out, names))
    group = set(_in_order([mention for mention in before if mention.kind == "agency"], names))
    if group and not without <= group and before[-1].kind == "agency":
        return Found(_in_order(before, names), tuple((one.start, one.end) for one in before if one.agencies))
    base = group if without < group else set(names.order)
    used = [one for one in before if one.agencies or one.kind == "everyone"]
    spans = (*((one.start, one.end) for one in used), (mentions[place].start, out[-1].end))
    return Found(tuple(agency for agency in names.order if agency in base - without), spans)


def _run(mentions: list[_Mention], place: int, text: str) -> list[_Mention]:
    """The agencies named one after another from a place on."""
    run: list[_Mention] = []
    end = mentions[place - 1].end
    for mention in mentions[place:]:
        if mention.kind != "agency" or not _near(end, mention.start, text):
            break
        run.append(mention)
        end = mention.end
    return run


def _near(end: int, start: int, text: str) -> bool:
    return _GAP.fullmatch(text, end, start) is not None


class _Finder:
    """The names of one profile, compiled once."""

    def __init__(self, names: AgencyNames) -> None:
        kinds = {
            "everyone": names.everyone,
            "except": names.except_words,
            "but": names.except_after_everyone,
            "never": names.never,
        }
        self._agencies = {_plain(name): agencies for name, agencies in names.meaning.items()}
        self._kinds = {_plain(name): kind for kind, listed in kinds.items() for name in listed}
        self._alone = frozenset(map(_plain, names.alone))
        every = {*self._agencies, *self._kinds}
        looked_for = _alternatives([*names.meaning, *(name for listed in kinds.values() for name in listed)])
        self._pattern = re.compile(rf"(?<![\w&'-])({looked_for})(?:'s|s'|s|')?(?![\w&]|-\w)")
        self._known = {word for name in every for word in _WORD.findall(name)}
        self._spelling = Spelling(map(_plain, names.mistyped), names.ordinary)

    def mentions(self, text: str) -> list[_Mention]:
        """Everything in the text that names agencies, all, or an exception, in its order."""
        plain, shifts = self._mended(text)
        found = (self._mention(plain, match, shifts) for match in self._pattern.finditer(plain))
        return [mention for mention in found if mention]

    def _mention(self, text: str, match: re.Match[str], shifts: list[tuple[int, int]]) -> _Mention | None:
        name = _plain(match[1])
        kind = self._kinds.get(name, "agency")
        if kind == "never" or (name in self._alone and not _stands_alone(text, match)):
            return None
        start, end = (place + sum(by for at, by in shifts if at < place) for place in match.span())
        return _Mention(kind, self._agencies[name] if kind == "agency" else (), start, end)

    def _mended(self, text: str) -> tuple[str, list[tuple[int, int]]]:
        """The text with mistyped names put right, and by how much each shifts the places after it."""
        shifts: list[tuple[int, int]] = []
        moved = 0

        def mend(match: re.Match[str]) -> str:
            nonlocal moved
            typed = match[0]
            meant = typed if typed in self._known else self._meant(typed)
            if len(meant) != len(typed):
                shifts.append((match.start() - moved, len(typed) - len(meant)))
                moved += len(typed) - len(meant)
            return meant

        return _WORD.sub(mend, text), shifts

    def _meant(self, typed: str) -> str:
        return self._spelling.meant(typed, _SHORTEST_SLIP, anywhere=len(typed) > _SHORTEST_SLIP) or typed


class _Key:
    """Names as a key: a profile's are one object for as long as it is loaded, and are compared as that."""

    def __init__(self, names: AgencyNames) -> None:
        self.names = names

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.names is self.names

    def __hash__(self) -> int:
        return id(self.names)


@lru_cache(maxsize=8)
def _finder(key: _Key) -> _Finder:
    return _Finder(key.names)


def _plain(name: str) -> str:
    """A name without apostrophes, one space between its words."""
    return re.sub(r"[\s_-]+", " ", name.replace("'", ""))


def _alternatives(names: list[str]) -> str:
    """The names longest first, by first letter, so that a word is compared with few of them."""
    by_letter: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        by_letter.setdefault(name[0], []).append(_spelled(name[1:]))
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())


def _spelled(name: str) -> str:
    """With any space, underscore or hyphen between its words, and with or without apostrophes."""
    return r"'?[\s_-]+".join(re.escape(word).replace("'", "'?") for word in re.split(r"[\s_-]", name))


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    return bool(_ALONE_AFTER.match(text, match.end())) and not _ALONE_BEFORE.search(
        text, max(match.start() - 12, 0), match.start()
    )
