"""Putting the reminders of a date off until a day; past the rapid review only after a warning."""

from __future__ import annotations

from datetime import date

from dialogs.casework.common import chain, deadline
from dialogs.chasing.at_hand import called, date_at_hand
from dialogs.chasing.things import Thing, keep
from dialogs.desk import Desk
from dialogs.scoping.pieces import done, field, heading, press, say_card
from dialogs.scoping.time import read_day
from dialogs.turn import Press
from state.hours import begins
from state.records import CaseRecord
from state.values import london_day
from templates.days import day_text, moment_text

UNTIL = "until"


def snooze(desk: Desk, said: Press) -> None:
    """Ask until when."""
    found = date_at_hand(desk, said)
    if found is not None:
        _ask(desk, *found, said)


def _ask(desk: Desk, case: CaseRecord, thing: Thing, said: Press, *, error: str = "", agreed: str = "") -> None:
    """`agreed` is a day that was warned about: sent once more, it is taken."""
    until = field(
        desk,
        UNTIL,
        desk.words("chasing.snooze_until"),
        value=said.inputs.get(UNTIL, ""),
        hint=desk.words("chasing.snooze_help"),
    )
    buttons = (press(desk, "keep_snooze", thing.item.id, at=agreed, primary=True, inputs=True),)
    above = heading(desk.words("chasing.snooze_heading", what=called(desk, case, thing)))
    say_card(desk, (above,), inputs=(until,), buttons=buttons, error=error)


def keep_snooze(desk: Desk, said: Press) -> None:
    """Put it off. What is always said on its day, such as a date that has passed, is said all the same."""
    found = date_at_hand(desk, said)
    if found is None:
        return None
    case, thing = found
    day = read_day(desk, said.inputs.get(UNTIL, ""))
    if isinstance(day, str):
        return _ask(desk, case, thing, said, error=day)
    warning = _warning(desk, case, day)
    if warning and said.at != day.isoformat():
        return _ask(desk, case, thing, said, error=warning, agreed=day.isoformat())
    keep(desk, thing, snoozed_until=begins(day, desk.kit.profile.chasing.hours))
    desk.note(chain(case), "reminders_put_off", date=thing.item.id, until=day.isoformat())
    done(desk)
    return desk.tell(desk.words("chasing.snoozed", what=called(desk, case, thing), day=day_text(day)))


def _warning(desk: Desk, case: CaseRecord, day: date) -> str:
    review = deadline(desk, case, "rapid_review")
    if review is None or day <= london_day(review.due):
        return ""
    return desk.words("chasing.snooze_past_review", day=day_text(day), review=moment_text(review.due))
