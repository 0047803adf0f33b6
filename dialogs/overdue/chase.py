"""Chasing from the answer: one date that was chosen, or all that are shown; and "chase them" typed, which asks once before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dialogs.asking.meaning import Slots, Understood
from dialogs.chasing.hand import Chased, chase
from dialogs.chasing.pressing import chase_now
from dialogs.desk import Desk
from dialogs.overdue.ask import show
from dialogs.overdue.doing import ALL
from dialogs.overdue.question import CHASE, Question
from dialogs.scoping.pieces import alone
from dialogs.turn import OpenWindow, Press, SubmitWindow, Turn
from state.access import Access
from state.hours import in_hours, next_in_hours
from state.looking import Line, Looked
from state.snapshot import Snapshot, Wanted
from state.values import london_day
from templates.days import moment_text

CHASE_ALL = "chase_all"
Then = Callable[[Looked], Sequence[Wanted]]


def for_all(said: Press | OpenWindow | SubmitWindow, turn: Turn) -> Then | None:
    """Where all that are shown are chased, each one's case is read."""
    inputs = {} if isinstance(said, OpenWindow) else said.inputs
    return _cases_of(turn) if said.action == CHASE_ALL or inputs.get("date") == ALL else None


def for_the_only_one(_meant: Understood, turn: Turn) -> Then:
    """Where one date alone was meant, its case is read: it is chased at once."""
    cases = _cases_of(turn)
    return lambda looked: cases(looked) if looked.listed == 1 else ()


def _cases_of(turn: Turn) -> Then:
    def then(looked: Looked) -> Sequence[Wanted]:
        return [
            Wanted(
                turn="",
                person=turn.who.id,
                place=turn.place.id,
                case=case,
                people=True,
                organisations=True,
                requests=True,
                chases=True,
                today=london_day(turn.at).isoformat(),
            )
            for case in dict.fromkeys(line.case for line in looked.lines)
        ]

    return then


def chase_dates(desk: Desk, said: Press) -> None:
    """The date that was chosen, or all that are shown."""
    if said.action == CHASE_ALL or said.inputs.get("date") == ALL:
        return _all(desk)
    return alone(desk, lambda desk: chase_now(desk, said))


def asked(desk: Desk) -> None:
    """ "Chase them": what would be chased is shown first, unless one thing alone was named."""
    slots, looked = desk.meant.slots, desk.snapshot.looked
    if _refused(desk):
        return None
    if looked is not None and len(looked.lines) == looked.listed == 1 and _names(slots):
        return _one(desk, looked.lines[0])
    return show(desk, Question(intent=CHASE, slots=slots))


def _one(desk: Desk, line: Line) -> None:
    """The one that was named, as its button would do it."""
    for snapshot in desk.snapshot.then:
        own = Desk(desk.turn, snapshot, desk.kit)
        alone(own, lambda own: chase_now(own, Press(action="chase_now", target=line.id)))
        desk.take_over(own)


def _names(slots: Slots) -> bool:
    return bool(slots.case or slots.agency or slots.organisation or slots.person)


def _refused(desk: Desk) -> bool:
    refused = desk.may("chase") is not Access.YES
    if refused:
        desk.note("partnership", "refused", action="chase")
        desk.tell(desk.words("overdue.chase_refused" if desk.may_see_own() else "access.nothing"))
    return refused


def _all(desk: Desk) -> None:
    """Every date that is shown, case by case; then how many were asked, and which are not for asking."""
    if _refused(desk):
        return None
    found = [_of_case(desk, one) for one in desk.snapshot.then]
    counts = {name: sum(len(getattr(one, name)) for one in found) for name in ("told", "today", "nobody")}
    said = [_told(desk, counts["told"])] if counts["told"] else []
    said += [desk.words(f"overdue.chase_{name}", count=counts[name]) for name in ("today", "nobody") if counts[name]]
    return desk.tell(" ".join(said) or desk.words("overdue.chase_none"))


def _of_case(desk: Desk, snapshot: Snapshot) -> Chased:
    """The dates of one case. Somebody who may not chase in it is not told that it is there: it was not looked up for them."""
    own = Desk(desk.turn, snapshot, desk.kit)
    case, looked = snapshot.case, desk.snapshot.looked
    if case is None or looked is None or own.may("chase", case=case) is not Access.YES:
        return Chased()
    shown = {line.id for line in looked.lines}
    chased = chase(own, [one for one in snapshot.deadlines if one.id in shown])
    desk.take_over(own)
    return chased


def _told(desk: Desk, count: int) -> str:
    profile = desk.kit.profile
    if in_hours(desk.turn.at, profile.chasing.hours, profile.clocks):
        return desk.words("overdue.chase_told", count=count)
    moment = next_in_hours(desk.turn.at, profile.chasing.hours, profile.clocks)
    return desk.words("overdue.chase_later", count=count, moment=moment_text(moment))
