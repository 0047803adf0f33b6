"""The open dates of a case for those who run it: whose move each is, when somebody was told last, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.casework.common import case_for
from dialogs.chasing.at_hand import CHASE, DATE, short
from dialogs.chasing.things import Thing, of_date
from dialogs.desk import Desk
from dialogs.reply import Facts
from dialogs.scoping.pieces import choice, plain, press, say_card
from dialogs.turn import Press
from state.clocks import is_overdue
from state.values import london_day
from templates.days import day_text, moment_text

MOVES = ("chase_now", "snooze", "leave_to_me", "let_go_on", "hand_on")


def case_dates(desk: Desk, _said: Press) -> None:
    """Every open date, soonest first, and one to choose."""
    case = case_for(desk, CHASE)
    if case is None:
        return None
    rows = sorted((one for one in desk.snapshot.deadlines if one.met is None), key=lambda one: (one.due, one.id))
    found = [of_date(desk, case, one) for one in rows]
    if not found:
        return desk.tell(desk.words("chasing.no_open_dates", reference=case.reference))
    facts = Facts(tuple((short(desk, one), "; ".join(standing_of(desk, one))) for one in found))
    asks = choice(desk, DATE, desk.words("chasing.which_date"), [(one.item.id, short(desk, one)) for one in found])
    buttons = [press(desk, name, primary=n == 0, inputs=True) for n, name in enumerate(MOVES)]
    title = desk.words("chasing.dates_title", reference=case.reference)
    return say_card(desk, (plain(desk.words("chasing.dates_help")), facts), title=title, inputs=(asks,), buttons=buttons)


def standing_of(desk: Desk, thing: Thing) -> Iterator[str]:
    """When it is due, and what people have said about chasing it."""
    late = is_overdue(thing.item.due, desk.turn.at)
    yield desk.words("chasing.was_due_on" if late else "chasing.due_on", due=moment_text(thing.item.due))
    chase = thing.chase
    if chase is None:
        return
    if chase.snoozed_until is not None and chase.snoozed_until > desk.turn.at:
        yield desk.words("chasing.put_off_until", day=day_text(london_day(chase.snoozed_until)))
    if chase.left_to:
        yield desk.words("chasing.left_to", name=desk.name_of(chase.left_to))
    if chase.handed_to:
        yield desk.words("chasing.handed_to", name=desk.name_of(chase.handed_to))
    if chase.told_at is not None:
        yield desk.words("chasing.told_last", day=day_text(london_day(chase.told_at)))
