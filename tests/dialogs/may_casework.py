"""Who may press and ask what about a case beside the decision."""

from __future__ import annotations

RUNS_IT = {"coordinator"}
NOBODY: set[str] = set()
"""Only the referrer, whoever that is: here it is none of these roles."""
MAY: dict[str, set[str]] = {
    "show_case": {"coordinator", "manager"},
    "more_case": RUNS_IT,
    "duties": RUNS_IT,
    "do_duty": RUNS_IT,
    "see_match": RUNS_IT,
    "not_same": RUNS_IT,
    "join": RUNS_IT,
    "do_join": RUNS_IT,
    "undo_join": RUNS_IT,
    "close_case": RUNS_IT,
    "do_close": RUNS_IT,
    "ask_withdraw": NOBODY,
    "do_ask_withdraw": NOBODY,
    "keep_referral": NOBODY,
    "see_withdrawal": RUNS_IT,
    "keep_case": RUNS_IT,
    "stand_down": RUNS_IT,
    "do_stand_down": RUNS_IT,
    "hand_over": RUNS_IT,
    "do_hand_over": RUNS_IT,
    "see_hand_over": RUNS_IT,
    "do_receipt": RUNS_IT,
    "take_back_hand_over": RUNS_IT,
    "reopen": RUNS_IT,
    "do_reopen": RUNS_IT,
}
INTENDED: dict[str, tuple[str, set[str]]] = {
    "withdraw": ("withdraw NS-2026-0001", RUNS_IT),
}
