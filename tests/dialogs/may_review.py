"""Who may press and ask what: what can be done about the rapid review."""

from __future__ import annotations

COORDINATOR = {"coordinator"}
NOBODY: set[str] = set()
"""Only those who stand in a relation to the case or the request: the journeys show them."""
MAY: dict[str, set[str]] = {
    "review": COORDINATOR,
    "meeting": COORDINATOR,
    "set_meeting": COORDINATOR,
    "panel_people": COORDINATOR,
    "name_panel": COORDINATOR,
    "add_participant": COORDINATOR,
    "save_participant": COORDINATOR,
    "attendance": COORDINATOR,
    "keep_attendance": COORDINATOR,
    "attend": NOBODY,
    "cannot_attend": NOBODY,
    "write_review": COORDINATOR,
    "change_signed": COORDINATOR,
    "merge_actions": COORDINATOR,
    "settle_pair": COORDINATOR,
    "sign_off_review": NOBODY,
    "sign_review_now": NOBODY,
    "pack": COORDINATOR,
    "read_pack": COORDINATOR,
    "ask_organisation": COORDINATOR,
    "send_further": COORDINATOR,
    "further_questions": NOBODY,
    "answer_further": NOBODY,
    "without_return": COORDINATOR,
    "go_without": COORDINATOR,
    "letter": COORDINATOR,
    "write_letter": COORDINATOR,
    "mark_sent": COORDINATOR,
    "keep_sent": COORDINATOR,
    "panel_reply": COORDINATOR,
    "supplementary": COORDINATOR,
    "supplement_sent": COORDINATOR,
}
INTENDED: dict[str, tuple[str, set[str]]] = {
    "review": ("rapid review NS-2026-0001", COORDINATOR),
    "meeting": ("set the meeting for NS-2026-0001", COORDINATOR),
    "pack": ("build the pack for NS-2026-0001", COORDINATOR),
    "letter": ("write the panel letter for NS-2026-0001", COORDINATOR),
}
