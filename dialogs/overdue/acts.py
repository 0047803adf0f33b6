"""What can be asked about the dates, and what can be done from the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.acts import About, Act, Intent
from dialogs.desk import Desk
from dialogs.overdue import ask, chase, date_at_hand, export, more_time
from dialogs.overdue.reading import of_page, of_text
from dialogs.review.acts import FORMS
from dialogs.turn import Press


def _of_the_answer(do: Callable[[Desk, Press], None]) -> Act:
    return Act(do=do, organisations=True, look=of_page)


def _chase() -> Act:
    return Act(
        do=chase.chase_dates,
        about=About.DATE,
        people=True,
        organisations=True,
        requests=True,
        chases=True,
        look=of_page,
        then=chase.for_all,
        again=True,
    )


PRESSES: Mapping[str, Act] = {
    "more_dates": _of_the_answer(ask.turned),
    "group_dates": _of_the_answer(ask.turned),
    "overdue": _of_the_answer(ask.turned),
    "open_date": Act(
        do=date_at_hand.open_date, about=About.DATE, forms=FORMS, requests=True, organisations=True, people=True, matching=True
    ),
    "date_time": Act(
        do=date_at_hand.date_time, about=About.DATE, forms=("referral",), requests=True, organisations=True, people=True
    ),
    "chase_dates": _chase(),
    "chase_all": _chase(),
    "export": Act(do=export.pressed, organisations=True),
}
OPENS: Mapping[str, Act] = {}
SUBMITS: Mapping[str, Act] = {}


def _asked() -> Intent:
    return Intent(do=ask.asked, organisations=True, look=of_text)


INTENTS: Mapping[str, Intent] = {
    "overdue": _asked(),
    "due": _asked(),
    "not_replied": _asked(),
    "chase": Intent(do=chase.asked, organisations=True, look=of_text, then=chase.for_the_only_one),
    "more_time": Intent(
        do=more_time.asked,
        organisations=True,
        look=lambda meaning, turn, kit: of_text(lambda names: more_time.of_returns(meaning(names)), turn, kit),
        then=more_time.for_the_only_one,
    ),
    "export": Intent(do=export.typed, organisations=True),
}
