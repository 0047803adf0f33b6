"""Which intent one text has by itself, and how sure that is. In doubt it is none: nothing is done on a doubtful reading."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from dialogs.asking.finder import ASKS, EVERYONE, Meaning
from dialogs.asking.gist import Gist
from dialogs.asking.scoring import MOST_SUGGESTED, Fit, account, alike, fits, nearest
from dialogs.asking.vocabulary import GREETING, LIGHT, NOT, OPENER, Vocabulary

HELP, STATUS, MORE_TIME, UNKNOWN = "help", "status", "more_time", "unknown"


QUESTIONS = frozenset(
    {
        "overdue",
        "due",
        "not_replied",
        "status",
        "timeline",
        "how_is",
        "sent",
        "delivered",
        "mine",
        "my_referrals",
        "who_has_seen",
        "documents",
    }
)
"""What only asks: with a "not" in it, another of these may be meant. A command that is denied is never made into another."""
BLANK = frozenset("?.… \t\r\n\u00a0")
"""A text of nothing else asks what can be done here."""


class Heard(msgspec.Struct, frozen=True):
    """An intent, whether it is sure, what else it could be, and the words that said so."""

    intent: str
    sure: bool = True
    suggestions: tuple[str, ...] = ()
    command: str = ""
    """The command that the words are of, where they only ask about it."""
    worth: float = 0.0
    long: bool = False
    """It says much beside any request: perhaps one of its clauses is one."""


def heard(gist: Gist, known: Vocabulary) -> Heard:
    """The intent of a text."""
    meanings = [meaning for meaning in gist.meanings if meaning.name != OPENER]
    names = {meaning.name for meaning in meanings} - {ASKS}
    if not gist.words:
        return Heard(HELP) if set(gist.text) <= BLANK else _unknown((), known)
    if GREETING in names and names <= {GREETING, EVERYONE} and not gist.strange:
        return Heard(HELP)
    found = fits(meanings, known)
    if not found:
        return _without_phrase(gist, meanings, names, known)
    if account(gist, found[0], known):
        return msgspec.structs.replace(_unknown((fit.intent for fit in found), known), long=True)
    while found and found[0].intent in QUESTIONS and _negated(gist, found[0], known):
        found = found[1:]
    if not found or any(_negated(gist, fit, known) for fit in alike(found, known)):
        return _unknown([*(fit.intent for fit in found), *nearest(meanings, known)], known)
    return _best(gist, found, known)


def _without_phrase(gist: Gist, meanings: list[Meaning], names: set[str], known: Vocabulary) -> Heard:
    """A case alone asks how it stands, a number of days more alone for more time."""
    if (
        gist.new_date
        and not isinstance(gist.new_date.value, date)
        and not gist.strange
        and all(name[0] in "{h" for name in names)
    ):
        return Heard(MORE_TIME)
    if gist.case and not gist.strange and names <= {"{case}", GREETING}:
        return Heard(STATUS)
    return _unknown(nearest(meanings, known), known)


def _best(gist: Gist, found: list[Fit], known: Vocabulary) -> Heard:
    best = alike(found, known)
    questions = {known.data.asked_instead.get(fit.intent, fit.intent) for fit in best} if gist.asks else set()
    if len(best) > 1 and len(questions) == 1:
        return Heard(questions.pop(), command=best[0].intent, worth=best[0].worth)
    if len(best) > 1:
        names = _suggested((fit.intent for fit in best), known)
        return Heard(best[0].intent, False, names, worth=best[0].worth)
    instead = known.data.asked_instead.get(best[0].intent, "") if gist.asks else ""
    return Heard(instead or best[0].intent, command=best[0].intent if instead else "", worth=best[0].worth)


def _negated(gist: Gist, fit: Fit, known: Vocabulary) -> bool:
    """Whether a "not" is left over in the clauses that speak of the request: then the request is turned round.

    One at the very end of a question only finishes it: "what should be in and isn't".
    """
    telling = {name for name in fit.needs if known.weight(name) > LIGHT} or fit.needs
    clauses = {gist.words[meaning.place].clause for meaning in gist.meanings if meaning.name in telling}
    nots = [meaning.place for meaning in gist.meanings if meaning.name == NOT and gist.words[meaning.place].clause in clauses]
    trails = fit.intent in QUESTIONS and bool(nots) and max(nots) == len(gist.words) - 1
    said = len(nots) - trails
    return said > (NOT in fit.needs)


def _unknown(near: Iterable[str], known: Vocabulary) -> Heard:
    return Heard(UNKNOWN, False, _suggested(near, known))


def _suggested(near: Iterable[str], known: Vocabulary) -> tuple[str, ...]:
    return tuple(intent for intent in dict.fromkeys(near) if intent not in known.own)[:MOST_SUGGESTED] or (HELP,)
