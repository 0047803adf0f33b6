"""Who may press and ask what: what an organisation can do about a request, and what the coordinator does about returns.

The target here is a case, and no request: so nobody may do anything with "the request". Journeys hold the rest.
"""

from __future__ import annotations

from may_referral import INSIDE

OF_A_REQUEST = (
    *("open_request", "not_known_to_us", "begin_nil", "begin_return", "sign_off", "sign_return", "refuse_sign_off"),
    *("correct_return", "still_stands", "more_time", "ask_time", "ask_question", "send_question", "pass_on", "do_pass_on"),
    "declare_involvement",
)
MAY: dict[str, set[str]] = {
    **{action: set() for action in OF_A_REQUEST},
    "correct_case": {"coordinator"},
    "correct_subject": {"coordinator"},
    "save_correction": {"coordinator"},
    "disagreements": {"coordinator"},
}
INTENDED: dict[str, tuple[str, set[str]]] = {
    "open_request": ("open request", INSIDE),
    "nil_return": ("we do not know this child", INSIDE),
    "more_time": ("I need more time", INSIDE),
    "correct_case": ("correct details NS-2026-0001", {"coordinator"}),
    "disagreements": ("disagreements NS-2026-0001", {"coordinator"}),
}
