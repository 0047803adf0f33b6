"""Follow-ups: a text that leans on what was asked before keeps its intent, its slots or both, and replaces what it names."""

from __future__ import annotations

from datetime import date

import msgspec

from dialogs.asking.filling import slots_of
from dialogs.asking.finder import EVERYONE, LATE
from dialogs.asking.gist import Gist
from dialogs.asking.intents import HELP, UNKNOWN, Heard
from dialogs.asking.meaning import Slots, Understood
from dialogs.asking.vocabulary import GREETING, OPENER, Vocabulary

EXPORT = "export"
OF_ONE_CASE = frozenset({"timeline", "status", "who_has_seen", "delivered", "documents"})
"""Intents that say nothing without a case or an agency: without either they are about what was asked before."""
ME = "me"
MINE = "mine"


def elliptical(gist: Gist, said: Heard, known: Vocabulary) -> bool:
    """Whether a text only names something, and asks for nothing of its own: "and for health?", "next week".

    "Rapid review NS 7" names a kind, but asks for it as well; "and rapid reviews?" does not.
    """
    if gist.kind_places and said.sure and said.worth and not gist.opened:
        return False
    left = [one for one in gist.meanings if one.place not in gist.kind_places and one.name[0] != "{"]
    named = ({EVERYONE} if gist.everyone else set()) | ({LATE} if gist.opened and gist.days is not None else set())
    asked = {one.name for one in left} - {OPENER, GREETING} - known.pronouns - named
    return not asked and not gist.strange and gist.names


def about_me(gist: Gist, known: Vocabulary) -> bool:
    """ "And for me?": what was asked, for the one who asks."""
    asked = {one.name for one in gist.meanings if one.name[0] != "{"} - {OPENER, GREETING} - known.pronouns
    return asked == {ME} and gist.opened and not gist.strange


def leans(gist: Gist, said: Heard, known: Vocabulary) -> bool:
    """Whether what was asked before matters to this text at all."""
    if gist.account:
        return False
    return elliptical(gist, said, known) or about_me(gist, known) or said.intent == EXPORT or _keeps(gist, said)


def _keeps(gist: Gist, said: Heard) -> bool:
    if said.intent in (UNKNOWN, HELP):
        return False
    named = gist.case or gist.agency or gist.organisation
    return gist.pronoun or (said.intent in OF_ONE_CASE and not named)


def followed(gist: Gist, said: Heard, earlier: Understood, known: Vocabulary, today: date) -> tuple[Heard, Slots]:
    """The intent and the slots of a text after an earlier one."""
    if elliptical(gist, said, known):
        said = Heard(earlier.intent)
    elif about_me(gist, known):
        said = Heard(MINE)
    elif said.intent != EXPORT and not _keeps(gist, said):
        return said, slots_of(gist, said.intent, known, today)
    if gist.follow_case:
        gist = msgspec.structs.replace(gist, case=gist.follow_case)
    return said, merged(earlier.slots, slots_of(gist, said.intent, known, today), everyone=gist.everyone)


def merged(before: Slots, now: Slots, *, everyone: bool) -> Slots:
    """The earlier slots with what is named now in its place: a period as a whole, who is asked as a whole."""
    kept = msgspec.structs.asdict(before)
    named = {name: value for name, value in msgspec.structs.asdict(now).items() if value not in ("", (), None)}
    for names in (("from_", "to"), ("agency", "organisation"), ("days", "new_date")):
        if any(name in named for name in names) or (everyone and "agency" in names):
            kept |= (
                dict.fromkeys(names, "")
                | ({"agency": ()} if "agency" in names else {})
                | ({"days": None} if "days" in names else {})
            )
    return Slots(**(kept | named))
