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
        Step("take_back", ("notified", "not_notified"), "deciding"),
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
DECIDING = ("read", "told_more", "take_back", "notify", "do_not_notify", "ask_more")
"""Steps that recording a decision may take."""


def way(status: str, target: str) -> bool:
    """Whether recording a decision can lead from one state to the other, by the steps of the table alone."""
    seen, reached = {status}, [status]
    while reached:
        state = reached.pop()
        if state == target:
            return True
        following = {after for trigger in DECIDING if (after := CASE.after(state, trigger))}
        reached += following - seen
        seen |= following
    return False


"""Undoing a join is no step of its own: the referral goes back to the state it had (`CaseRecord.before`)."""
