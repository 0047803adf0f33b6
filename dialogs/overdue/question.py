"""What was asked about the dates, as data: kept with the person's talk, carried by buttons, and turned into a look at them.

A button carries it in a short text, because a card may stand for weeks and be pressed by somebody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec

from dialogs.asking.meaning import Slots, from_json
from dialogs.kit import Kit
from dialogs.numbers import small
from state.clocks import is_working_day
from state.looking import BY_AGENCY, BY_CASE, Look
from state.policy import ClockPolicy
from state.values import LONDON, london_day

OVERDUE, DUE, NOT_REPLIED, CHASE = "overdue", "due", "not_replied", "chase"
INTENTS = (OVERDUE, DUE, NOT_REPLIED, CHASE)
KINDS: Mapping[str, tuple[str, ...]] = {
    "notification": ("notification",),
    "scoping": ("scoping_return",),
    "rapid_review": ("rapid_review",),
    "panel_letter": ("rapid_review", "panel_reply"),
    "referral": ("read_referral",),
}
"""The kinds of dates, by what people call them."""
NO_DATES_YET = ("chronology", "learning", "action")
"""What people ask about that has no dates here yet."""
FIRST: Mapping[str, tuple[str, ...]] = {
    "": ("unread", "unaware", "undecided", "unowned", "unmailed"),
    "notification": ("unaware", "undecided"),
    "scoping": ("unmailed",),
    "referral": ("unread",),
}
"""What comes first, by the kind that was asked about."""
WITHOUT_A_PERIOD = timedelta(days=7)
"""How far "what falls due" looks where no time was said."""
MOST_DAYS = 2_000
"""Working days: nobody asks for what is later than that."""
SEVERAL = "*"
"""Stands for a name that several people have, or nobody: it is not kept, and nothing goes on from it."""
MARK = "q:"
_LETTERS = {OVERDUE: "o", DUE: "d", NOT_REPLIED: "n", CHASE: "c"}
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked, and which part of the answer is shown."""

    intent: str = OVERDUE
    slots: Slots = Slots()
    by: str = BY_CASE
    skip: int = 0


def question_kept(asked: Mapping[str, Any], slots: Slots) -> Question | None:
    """The question that was asked before, with what it is narrowed to now; None where it was not one about dates."""
    meant = from_json(asked)
    return Question(intent=meant.intent, slots=slots) if meant is not None and meant.intent in INTENTS else None


def carried(kit: Kit, question: Question) -> str:
    """A question as a button carries it. Kinds of agency go by their place in the profile's list."""
    slots, places = question.slots, [option.id for option in kit.profile.lists["agencies"]]
    parts = {
        "c": slots.case,
        "a": "".join(_DIGITS[places.index(one)] for one in slots.agency if one in places),
        "g": slots.organisation,
        "k": slots.kind,
        "f": slots.from_.replace("-", ""),
        "t": slots.to.replace("-", ""),
        "d": "" if slots.days is None else str(slots.days),
        "b": "a" if question.by == BY_AGENCY else "",
        "s": str(question.skip) if question.skip else "",
        "n": slots.new_date.replace("-", ""),
        "p": slots.person,
    }
    return f"{MARK}{_LETTERS[question.intent]}" + "".join(f";{name}={value}" for name, value in parts.items() if value)


def question_carried(kit: Kit, at: str) -> Question | None:
    """The question of a button, or None where it carries something else."""
    if not at.startswith(MARK):
        return None
    letter, *rest = at.removeprefix(MARK).split(";")
    parts = dict(one.split("=", 1) for one in rest if "=" in one)
    places = [option.id for option in kit.profile.lists["agencies"]]
    kinds = [_DIGITS.find(one) for one in parts.get("a", "")]
    slots = Slots(
        case=parts.get("c", ""),
        agency=tuple(places[one] for one in kinds if 0 <= one < len(places)),
        organisation=parts.get("g", ""),
        person=parts.get("p", ""),
        kind=parts.get("k", ""),
        from_=_day(parts.get("f", "")),
        to=_day(parts.get("t", "")),
        days=small(parts["d"]) if "d" in parts else None,
        new_date=_day(parts.get("n", "")),
    )
    intent = next((name for name, known in _LETTERS.items() if known == letter), OVERDUE)
    by = BY_AGENCY if parts.get("b") == "a" else BY_CASE
    return Question(intent=intent, slots=slots, by=by, skip=small(parts.get("s", "")))


def _day(text: str) -> str:
    """An ISO day, where the eight figures are one."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def look_for(kit: Kit, question: Question, now: datetime, *, rows: int) -> Look:
    """The look at the dates that answers a question."""
    slots = question.slots
    since, before = bounds(question, now, kit.profile.clocks)
    narrowed = bool(slots.person or slots.days is not None or slots.from_ or slots.to)
    returns = question.intent == NOT_REPLIED or (question.intent == CHASE and not slots.kind)
    kinds = ("scoping_return",) if returns else KINDS.get(slots.kind, ())
    return Look(
        now=now,
        since=since,
        before=before,
        reference=slots.case,
        kinds=kinds or ((slots.kind,) if slots.kind else ()),
        agencies=slots.agency,
        organisation=slots.organisation,
        person=slots.person,
        first=FIRST.get(slots.kind, ()) if question.intent == OVERDUE and not narrowed else (),
        by=question.by,
        skip=question.skip,
        rows=rows,
    )


def bounds(question: Question, now: datetime, policy: ClockPolicy) -> tuple[datetime | None, datetime | None]:
    """From when, and until before when, a date must be due."""
    slots, today = question.slots, london_day(now)
    since = _midnight(date.fromisoformat(slots.from_)) if slots.from_ else None
    until = _midnight(date.fromisoformat(slots.to) + timedelta(days=1)) if slots.to else None
    if question.intent in (OVERDUE, CHASE):
        late = _midnight(_late_before(today, slots.days, policy))
        return since, min(until, late) if until else late
    if question.intent == DUE and since is None and until is None:
        return _midnight(today), _midnight(today + WITHOUT_A_PERIOD + timedelta(days=1))
    return since, until


def _late_before(today: date, days: int | None, policy: ClockPolicy) -> date:
    """The day before which a date was due that is late by more than so many working days; today where it is late at all."""
    if days is None:
        return today
    day, left = today, min(days, MOST_DAYS) + 1 - is_working_day(today, policy)
    while left:
        day -= timedelta(days=1)
        left -= is_working_day(day, policy)
    return day


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
