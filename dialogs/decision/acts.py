"""What can be done about the decision."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.acts import About, Act, Intent
from dialogs.behaviour import Behaviour
from dialogs.casework.facts import DECISION
from dialogs.decision.begin import decide
from dialogs.decision.notified import notified, save_notified
from dialogs.decision.signs import signs
from dialogs.decision.submit import submit
from dialogs.desk import Desk
from state.access import Access

DATES = ("referral", "decision")
"""Forms of the case that its dates are counted from."""


def _may_change(desk: Desk) -> bool:
    """Those who run the case, one to one or in a window."""
    case = desk.snapshot.case
    return case is not None and desk.unseen and desk.may("record_decision", case=case) is Access.YES


PRESSES: Mapping[str, Act] = {
    "decide": Act(do=decide, about=About.CASE, forms=DATES, people=True),
    "notified": Act(do=notified, about=About.CASE, forms=DATES, people=True),
    "save_notified": Act(do=save_notified, about=About.CASE, forms=DATES, people=True, organisations=True),
}
OPENS: Mapping[str, Act] = {}
SUBMITS: Mapping[str, Act] = {}
INTENTS: Mapping[str, Intent] = {
    "decide": Intent(do=decide, forms=DATES, people=True),
    "notified": Intent(do=notified, forms=DATES, people=True),
}
BEHAVIOURS: Mapping[str, Behaviour] = {
    DECISION: Behaviour(
        may_change=_may_change,
        submit=submit,
        signs=signs,
        refused_key="access.not_this_case",
        sent_key="decision.recorded_already",
        opening="decide",
    ),
}
