"""Everything that can be done, in one place: which button, window or request leads to which function."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs import asked, channels, home, people, removal, resuming, waiting
from dialogs.absence import acts as absence
from dialogs.accounts import acts as accounts
from dialogs.acts import About, Act, Intent
from dialogs.answers import acts as answers
from dialogs.answers.offers import ASKED_FOR, meant_by
from dialogs.behaviour import Behaviour
from dialogs.casework import acts as casework
from dialogs.chasing import acts as chasing
from dialogs.decision import acts as decision
from dialogs.delivered import acts as delivered
from dialogs.desk import Desk
from dialogs.digest import acts as digest
from dialogs.filling.actions import ACTIONS as FORM_ACTIONS
from dialogs.filling.windows import open_window, submit_window, window_change, window_later, window_on, window_send
from dialogs.giving import acts as giving
from dialogs.library import acts as library
from dialogs.overdue import acts as overdue
from dialogs.referral import acts as referral
from dialogs.returns import acts as returns
from dialogs.review import acts as review
from dialogs.scoping import acts as scoping
from dialogs.turn import Press

UNLISTED = frozenset({"cancel", "confirm_cancel", "keep"})
"""Moves of a form that can be made with a restricted draft that has no list yet."""
SENDING = ("referral", "decision", "rapid_review", "scoping", "nil_return", "panel_letter", "panel_reply")
"""Forms of the case that sending another one looks at."""


def _form_act(name: str) -> Act:
    do = FORM_ACTIONS[name]
    if name != "submit":
        return Act(do=do, about=About.DRAFT, unlisted=name in UNLISTED)
    return Act(
        do=do, about=About.DRAFT, people=True, counter=True, forms=SENDING, requests=True, organisations=True, matching=True
    )


def _asked_for(desk: Desk, press: Press) -> None:
    """A button that asks for what can be typed: its reads are those of the intent (dialogs/reads.py)."""
    desk.meant = meant_by(press)
    intent = INTENTS.get(desk.meant.intent)
    if intent is None:
        return home.not_understood(desk)
    intent.do(desk)
    return asked.remember(desk)


PRESSES: Mapping[str, Act] = {
    **{name: _form_act(name) for name in FORM_ACTIONS},
    **referral.PRESSES,
    **decision.PRESSES,
    **casework.PRESSES,
    **scoping.PRESSES,
    **returns.PRESSES,
    **review.PRESSES,
    **answers.PRESSES,
    ASKED_FOR: Act(do=_asked_for),
    **overdue.PRESSES,
    **delivered.PRESSES,
    **giving.PRESSES,
    **library.PRESSES,
    **chasing.PRESSES,
    **absence.PRESSES,
    **accounts.PRESSES,
    "add_person": Act(do=people.add_person, people=True, organisations=True),
    "make_code": Act(do=people.make_code, people=True, organisations=True),
    "remove_person": Act(do=removal.remove_person, people=True),
    "do_remove": Act(do=removal.do_remove, people=True),
    "confirm_role": Act(do=people.confirm_role, people=True),
    "refuse_role": Act(do=people.refuse_role, people=True),
    "confirm_channel": Act(do=channels.confirm_channel, people=True, organisations=True),
    "untie_channel": Act(do=channels.untie_channel, people=True),
    "help": Act(do=home.help_),
    "mine": Act(do=waiting.waiting, my_requests=True, open_cases=True, organisations=True, handed=True),
}
"""Buttons. One that is about a draft needs it to be there, open, and this person's to change."""

OPENS: Mapping[str, Act] = {
    "window": Act(do=open_window, about=About.DRAFT),
    **referral.OPENS,
    **decision.OPENS,
    **casework.OPENS,
    **scoping.OPENS,
    **returns.OPENS,
    **review.OPENS,
    **chasing.OPENS,
}
"""Windows that people open. A channel without windows sends the same as a press, where the button says so."""

SUBMITS: Mapping[str, Act] = {
    **referral.SUBMITS,
    **decision.SUBMITS,
    **casework.SUBMITS,
    **scoping.SUBMITS,
    **returns.SUBMITS,
    **review.SUBMITS,
    **chasing.SUBMITS,
    "window_save": Act(do=submit_window, about=About.DRAFT),
    "window_on": Act(do=window_on, about=About.DRAFT),
    "window_go": Act(do=open_window, about=About.DRAFT),
    "window_change": Act(do=window_change, about=About.DRAFT),
    "window_later": Act(do=window_later, about=About.DRAFT),
    "window_send": Act(
        do=window_send,
        about=About.DRAFT,
        people=True,
        counter=True,
        forms=SENDING,
        requests=True,
        organisations=True,
        matching=True,
    ),
}
"""Windows that people send."""

INTENTS: Mapping[str, Intent] = {
    **referral.INTENTS,
    **decision.INTENTS,
    **casework.INTENTS,
    **scoping.INTENTS,
    **returns.INTENTS,
    **review.INTENTS,
    **answers.INTENTS,
    **overdue.INTENTS,
    **delivered.INTENTS,
    **giving.INTENTS,
    **absence.INTENTS,
    **accounts.INTENTS,
    **digest.INTENTS,
    "cancel": Intent(do=home.nothing_open),
    "resume": Intent(do=resuming.carry_on, only_draft=True, my_requests=True),
    "tie_channel": Intent(do=channels.tie_channel, people=True, organisations=True),
    "add_person": Intent(do=people.add_person, people=True, organisations=True),
    "remove_person": Intent(do=removal.remove_person, people=True),
    "help": Intent(do=home.help_),
}
"""What can be asked for in ordinary words."""

BEHAVIOURS: Mapping[str, Behaviour] = {
    "referral": referral.REFERRAL,
    **decision.BEHAVIOURS,
    **scoping.BEHAVIOURS,
    **returns.BEHAVIOURS,
    **review.BEHAVIOURS,
}
"""What each form does of its own."""
