"""The states of a case. Scoping runs beside them: agencies can be asked before the decision is recorded."""

from __future__ import annotations

from dialogs.steps import Step, Steps

OPEN = ("referred", "deciding", "more_information")
"""States in which nobody has decided yet."""
RUNNING = ("notified", "reviewing", "decided")
STATES = (
    *OPEN,
    *RUNNING,
    *("not_notified", "withdrawn", "joined", "handed_over", "stood_down"),
    *("commissioned", "underway", "published", "embedding", "closed"),
)

CASE = Steps(
    "case",
    STATES,
    (
        Step("read", ("referred",), "deciding"),
        Step("ask_more", OPEN, "more_information"),
        Step("told_more", ("more_information",), "deciding"),
        Step("notify", (*OPEN, "not_notified"), "notified"),
        Step("do_not_notify", OPEN, "not_notified"),
        Step("review", ("notified",), "reviewing"),
        Step("conclude", ("notified", "reviewing"), "decided"),
        Step("disagree", ("decided",), "reviewing"),
        Step("commission", ("decided",), "commissioned"),
        Step("withdraw", OPEN, "withdrawn"),
        Step("join", (*OPEN, "notified"), "joined"),
        Step("hand_over", (*OPEN, "notified"), "handed_over"),
        Step("stand_down", ("notified", "reviewing"), "stood_down"),
        Step("close", ("not_notified", "decided"), "closed"),
        Step("reopen", ("not_notified", "withdrawn", "stood_down", "handed_over", "closed"), "deciding"),
    ),
)
"""Undoing a join is no step of its own: the referral goes back to the state it had (`CaseRecord.before`)."""
