"""What a typed request means. Deterministic and offline: phrases are data of the profile, small mistakes are forgiven.

Never in doubt: where two intents match alike, or the request is negated, the answer is `unknown` with suggestions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

import msgspec

from dialogs.asking import meaning
from templates.asking import Phrases

WORD = re.compile(r"[a-z0-9?'][a-z0-9'-]*")
REFERENCE = re.compile(r"\b([A-Z]{2,6})[\s-]?(\d{4})[\s/-](\d{1,5})\b", re.IGNORECASE)
CODE = re.compile(r"^\W*(?:(?:claim|join|code|my code is|use)\s+)*([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})\W*$", re.IGNORECASE)
"""A code is the whole of a text: "self-harm-plan" in the middle of an account is not one."""
LONGEST_REQUEST = 60
"""Words. A longer text is an account of something, not a request, and its words are not compared with phrases."""

LONGEST_WITH_REFERENCE = 8
"""Words. A sentence that mentions a case in passing does not ask to open it."""


class Understood(msgspec.Struct, frozen=True, omit_defaults=True):
    """An intent, whether it is sure, and up to three suggestions where it is not."""

    intent: str
    sure: bool = True
    emergency: bool = False
    reference: str = ""
    code: str = ""
    suggestions: tuple[str, ...] = ()


def understood_as(meant: Understood) -> meaning.Understood:
    """The same, with its slots."""
    return meaning.Understood(meant.intent, meant.sure, meant.emergency, meaning.Slots(case=meant.reference))


def words_of(text: str, phrases: Phrases) -> list[str]:
    """The words of a text, lower case, apostrophes straightened, short forms spelled out."""
    plain = text.casefold().replace("’", "'")
    found: list[str] = []
    for word in WORD.findall(plain):
        found.extend(phrases.short_forms.get(word, word).split())
    return found


def move(text: str, phrases: Phrases) -> str:
    """The move that a whole text is, or nothing. Only exact phrases count: anything else is an answer."""
    plain = " ".join(text.casefold().replace("’", "'").strip(" .!?").split()) or text.strip()
    return next((name for name, known in phrases.moves.items() if plain in known), "")


def sounds_like_danger(text: str, phrases: Phrases) -> bool:
    """Whether a text sounds like a child in danger now."""
    said = " ".join(words_of(text, phrases))
    return any(re.search(rf"\b{re.escape(phrase)}\b", said) for phrase in phrases.emergency)


def understand(text: str, phrases: Phrases, prefix: str) -> Understood:
    """The intent of a text, with a case's reference or a one-time code where one was typed."""
    said = words_of(text, phrases)
    danger = sounds_like_danger(text, phrases)
    reference, code = reference_in(text, prefix), _code(text)
    if not said:
        return Understood("help", emergency=danger)
    if len(said) > LONGEST_REQUEST:
        return Understood("unknown", False, danger, reference, code)
    if reference and REFERENCE.fullmatch(text.strip(" .!?")):
        return Understood("status", True, danger, reference, code)
    if whole := _whole(said, phrases):
        return Understood(whole, True, danger, reference, code)
    scores = _scores(said, phrases)
    best = _best(scores)
    if reference and len(said) > LONGEST_WITH_REFERENCE:
        best = []
    if set(said) & set(phrases.negations) or len(best) != 1:
        near = tuple(sorted(scores, key=lambda name: -scores[name]))[:3]
        return Understood("unknown", False, danger, reference, code, near)
    return Understood(best[0], True, danger, reference, code)


def _whole(said: list[str], phrases: Phrases) -> str:
    """The intent whose phrase the whole text is, word for word: "never mind" is one, though it has a "never"."""
    text = " ".join(word for word in said if word != "?") or " ".join(said)
    return next((intent for intent, known in phrases.intents.items() if text in known), "")


def reference_in(text: str, prefix: str) -> str:
    """The reference of a case that a text names, as it is written in full; or nothing."""
    match = REFERENCE.search(text)
    return f"{prefix}-{match[2]}-{int(match[3]):04d}" if match and match[1].upper() == prefix else ""


def _code(text: str) -> str:
    match = CODE.match(text) if len(text) < 100 else None
    return match[1].upper() if match else ""


def _scores(said: list[str], phrases: Phrases) -> dict[str, float]:
    kept = [word for word in said if word not in phrases.ignore] or said
    found: dict[str, float] = {}
    for intent, known in phrases.intents.items():
        score = max((_score(kept, phrase, phrases.ignore) for phrase in known), default=0.0)
        if score:
            found[intent] = score
    return found


def _score(said: list[str], phrase: str, ignore: Iterable[str]) -> float:
    """How many words of the phrase were said: all of them, or nothing. Long phrases and exact words are best."""
    wanted = [word for word in phrase.split() if word not in ignore] or phrase.split()
    if not all(any(_alike(word, one) for one in said) for word in wanted):
        return 0.0
    exact = 0.1 * sum(word in said for word in wanted)
    return len(wanted) + exact + (0.5 if len(wanted) == len(said) else 0.0)


def _best(scores: Mapping[str, float]) -> list[str]:
    highest = max(scores.values(), default=0.0)
    return [name for name, score in scores.items() if score == highest]


def _alike(wanted: str, said: str) -> bool:
    """The same word, or one of five letters and more with a letter or two wrong."""
    if wanted == said:
        return True
    if len(wanted) < 5 or abs(len(wanted) - len(said)) > 2:
        return False
    return SequenceMatcher(None, wanted, said).ratio() >= 0.8
