"""The slots of a text, once its intent is known: in which direction a day is looked for, and which words are no filter."""

from __future__ import annotations

from datetime import date

from dialogs.asking import when
from dialogs.asking.found import Direction, Period
from dialogs.asking.gist import Gist
from dialogs.asking.meaning import Slots
from dialogs.asking.vocabulary import Vocabulary

AHEAD = frozenset({"due", "more_time", "mine"})
BEHIND = frozenset({"sent", "delivered", "how_is"})
MORE_TIME = "more_time"
COUNTED = frozenset({"overdue", "chase", "not_replied", "how_is", "status"})
"""Intents that can be about what is late by so many days."""


def slots_of(gist: Gist, intent: str, known: Vocabulary, today: date) -> Slots:
    """What the text names, as that intent takes it."""
    longer = gist.new_date.value if gist.new_date and intent == MORE_TIME else None
    period = _period(gist, intent, today)
    return Slots(
        case=gist.case,
        agency=gist.agency,
        organisation=gist.organisation,
        person=gist.person,
        kind=_kind(gist, intent, known),
        from_=period.from_.isoformat() if period.from_ else "",
        to=period.to.isoformat() if period.to else "",
        days=longer if isinstance(longer, int) else gist.days if intent in COUNTED else None,
        new_date=longer.isoformat() if isinstance(longer, date) else "",
    )


def _period(gist: Gist, intent: str, today: date) -> Period:
    if gist.period is None:
        return Period(None, None)
    text = gist.time_text
    if intent == MORE_TIME and gist.new_date:
        for at, till in gist.new_date.spans:
            text = text[:at] + " " * (till - at) + text[till:]
    direction = Direction.FORWARD if intent in AHEAD else Direction.BACK if intent in BEHIND else Direction.NEAREST
    found = when.period_in(text, today, direction)
    return found.value if found else Period(None, None)


def _kind(gist: Gist, intent: str, known: Vocabulary) -> str:
    """The one kind that the text narrows to, if it does and the word is not part of the intent."""
    within = known.data.kinds_within.get(intent, ())
    kinds = {kind for kind in gist.kinds if kind not in within}
    return next(iter(kinds)) if len(kinds) == 1 else ""
