"""Who may ask what about cases, requests and organisations, and press on the answers.

The case here has no request, so an organisation has nothing to be told about it: the journeys hold that.
"""

from __future__ import annotations

from may_referral import EVERYBODY, INSIDE

RUNS = {"coordinator", "manager"}
MAY: dict[str, set[str]] = {
    "timeline": RUNS,
    "keep_timeline": {"coordinator"},
    "who_has_seen": {"coordinator", "auditor"},
    "asked_for": EVERYBODY,
}
"""`asked_for` asks for what can be typed, and is answered as that is: with nothing to ask for, by what can be done."""
INTENDED: dict[str, tuple[str, set[str]]] = {
    "status": ("status of NS-2026-0001", RUNS),
    "mine": ("what is waiting for me", INSIDE),
    "timeline": ("show the timeline of NS-2026-0001", RUNS),
    "how_is": ("how is police doing", RUNS),
    "who_has_seen": ("who has seen NS-2026-0001", {"coordinator", "auditor"}),
}
