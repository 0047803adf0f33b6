"""What can be done about a date by hand. Each is a button, a window that is opened and one that is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from dialogs.acts import About, Act
from dialogs.chasing import dates, handing, pressing, snooze
from dialogs.desk import Desk
from dialogs.scoping.pieces import pressed
from dialogs.turn import Press

Do = Callable[[Desk, Press], None]


def _date(do: Do, about: About = About.DATE) -> Act:
    return Act(do=pressed(do), about=about, people=True, organisations=True, requests=True, chases=True)


def _done(do: Do) -> Act:
    """Something is done about the date: an answer about dates that stands there shows it."""
    return replace(_date(do), again=True)


MOVES: Mapping[str, Act] = {
    "case_dates": _date(dates.case_dates, About.CASE),
    "chase_now": _done(pressing.chase_now),
    "chase_again": _done(pressing.chase_now),
    "snooze": _date(snooze.snooze),
    "keep_snooze": _done(snooze.keep_snooze),
    "leave_to_me": _done(pressing.leave_to_me),
    "let_go_on": _done(pressing.let_go_on),
    "hand_on": _date(handing.hand_on),
    "keep_hand_on": _done(handing.keep_hand_on),
}

PRESSES: Mapping[str, Act] = MOVES
OPENS: Mapping[str, Act] = MOVES
SUBMITS: Mapping[str, Act] = MOVES
