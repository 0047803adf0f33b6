"""The next steps of a case as buttons: at most six on a card, each only where it leads somewhere and its state allows it."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.casework.common import case_button, case_for
from dialogs.casework.machine import CASE, OPEN, RUNNING
from dialogs.desk import Desk
from dialogs.reply import Button, Card, Paragraph, Reply
from dialogs.turn import Press
from state.access import Access
from state.records import CaseRecord

MOST = 6
MEETS = ("notified", "reviewing")
IN_A_WINDOW = frozenset({"open_case"})


def next_steps(desk: Desk, case: CaseRecord) -> tuple[Button, ...]:
    """What this person can do next."""
    if desk.may("record_decision", case=case) is not Access.YES:
        return ()
    sent = any(request.state != "to_send" for request in desk.snapshot.requests)
    return buttons(desk, case, _steps(case, "requests" if sent else "send_requests"))


def _steps(case: CaseRecord, asking: str) -> list[str]:
    """Agencies are asked first; afterwards their requests are looked after, from where more can be asked."""
    if case.status in OPEN:
        return ["decide", "open_case", asking, "documents", "more_case"]
    if case.status == "notified":
        first = ["notified"] if case.notified_at is None else []
        return [*first, asking, "meeting", "review", "open_case", "documents", "more_case"]
    if case.status in RUNNING and case.sent_at is not None:
        return ["review", "panel_reply", asking, "open_case", "documents", "more_case"]
    if case.status in RUNNING:
        return ["review", asking, "pack", "open_case", "documents", "more_case"]
    if case.status == "not_notified":
        return ["close_case", "open_case", asking, "documents", "more_case"]
    if case.status == "joined":
        return ["undo_join", "open_case"]
    return ["open_case", "reopen", "pack", "letter", "documents"]


def buttons(desk: Desk, case: CaseRecord, names: Iterable[str]) -> tuple[Button, ...]:
    """Buttons for those of the steps that lead somewhere; the last of them stays where there would be too many."""
    kept = [name for name in names if name in desk.kit.actions]
    if len(kept) > MOST:
        kept = [*kept[: MOST - 1], kept[-1]]
    return tuple(case_button(desk, name, case, window=name in IN_A_WINDOW, primary=n == 0) for n, name in enumerate(kept))


def more_case(desk: Desk, _press: Press) -> None:
    """Everything else that can be done with a case."""
    case = case_for(desk, "record_decision")
    if case is None:
        return
    text = desk.words("casework.more", reference=case.reference)
    names = [name for name in _more(case) if name in desk.kit.actions]
    for start in range(0, len(names), MOST):
        card = Card(blocks=(Paragraph(text),), buttons=buttons(desk, case, names[start : start + MOST]))
        desk.say(Reply(card=card, preview=desk.words("filling.preview")))


def _more(case: CaseRecord) -> list[str]:
    steps = {
        "decide": case.status in (*OPEN, *RUNNING, "not_notified"),
        "documents": True,
        "send_requests": case.status in (*OPEN, *RUNNING),
        "meeting": case.status in MEETS,
        "letter": case.status in RUNNING,
        "duties": True,
        "correct_case": case.status in (*OPEN, *RUNNING, "not_notified"),
        "notified": case.status in RUNNING,
        "join": CASE.may(case.status, "join"),
        "hand_over": CASE.may(case.status, "hand_over"),
        "stand_down": CASE.may(case.status, "stand_down"),
        "close_case": CASE.may(case.status, "close") or CASE.may(case.status, "withdraw"),
        "reopen": CASE.may(case.status, "reopen"),
    }
    return [name for name, possible in steps.items() if possible]
