"""Who may ask about dates, and press what on the answer. What each is shown, the tests of the store and the journeys hold."""

from __future__ import annotations

from may_referral import ROLES

EVERYBODY = set(ROLES) - {"stranger"}
RUNS = {"coordinator", "manager"}
MAY: dict[str, set[str]] = {
    "overdue": EVERYBODY,
    "more_dates": EVERYBODY,
    "group_dates": EVERYBODY,
    "export": EVERYBODY,
    "chase_dates": RUNS,
    "chase_all": RUNS,
    "open_date": RUNS,
    "date_time": {"coordinator"},
}
INTENDED: dict[str, tuple[str, set[str]]] = {
    "overdue": ("what is overdue", EVERYBODY),
    "due": ("what is due", EVERYBODY),
    "not_replied": ("who has not replied", EVERYBODY),
    "chase": ("chase them", RUNS),
    "more_time": ("give more time", EVERYBODY),
    "export": ("export", EVERYBODY),
}
