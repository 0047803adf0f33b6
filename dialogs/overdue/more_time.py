""" "We need until Friday", "give police two more days": the sheet that is there for it, with the new day filled in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from dialogs.asking.meaning import Slots, Understood
from dialogs.desk import Desk
from dialogs.overdue.ask import show
from dialogs.overdue.chase import Then
from dialogs.overdue.question import NOT_REPLIED, Question
from dialogs.returns import asking
from dialogs.scoping import time
from dialogs.scoping.pieces import alone
from dialogs.turn import Press, Turn
from state.access import Access
from state.clocks import add_working_days
from state.looking import Line, Looked
from state.snapshot import Wanted
from state.values import london_day
from templates.days import day_text

MOST_DAYS = 250
"""Working days: a year."""


def of_returns(meant: Understood) -> Understood:
    """The returns that are outstanding, of whoever was named. How long was asked for narrows nothing."""
    slots = replace(meant.slots, days=None, from_="", to="", kind="", new_date="")
    return replace(meant, intent=NOT_REPLIED, slots=slots)


def for_the_only_one(_meant: Understood, turn: Turn) -> Then:
    """Where one return alone was meant, its request is read."""

    def then(looked: Looked) -> Sequence[Wanted]:
        if looked.listed != 1 or not looked.lines:
            return ()
        line = looked.lines[0]
        own = Wanted(turn="", person=turn.who.id, place=turn.place.id, case=line.case, request=line.request)
        return [replace(own, people=True, organisations=True, requests=True, forms=("referral",), today=_today(turn))]

    return then


def _today(turn: Turn) -> str:
    return london_day(turn.at).isoformat()


def asked(desk: Desk) -> None:
    """The sheet for the only return that was meant; else they are shown, to choose one."""
    looked, slots = desk.snapshot.looked, desk.meant.slots
    if looked is not None and looked.lines and desk.snapshot.then and desk.may_see_own():
        own = Desk(desk.turn, desk.snapshot.then[0], desk.kit)
        alone(own, lambda own: sheet(own, _until(desk, looked.lines[0], slots)))
        return desk.take_over(own)
    narrowed = of_returns(desk.meant).slots
    return show(desk, Question(intent=NOT_REPLIED, slots=replace(narrowed, new_date=slots.new_date)))


def _until(desk: Desk, line: Line, slots: Slots) -> str:
    """The day that was said; "two more days" are working days after the date that stands, or after today."""
    if slots.days is not None and not slots.new_date:
        begins = max(line.due, desk.turn.at)
        return day_text(london_day(add_working_days(begins, min(slots.days, MOST_DAYS), desk.kit.profile.clocks)))
    return day_text(date.fromisoformat(slots.new_date)) if slots.new_date else ""


def sheet(desk: Desk, until: str) -> None:
    """Giving time, for those who run the case; asking for it, for an organisation."""
    if desk.may("send_requests", case=desk.snapshot.case) is Access.YES:
        return time.give_time(desk, Press(action="give_time", inputs={"until": until}))
    return asking.more_time(desk, Press(action="more_time", inputs={"new_date": until}))
