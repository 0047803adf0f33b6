"""What can be asked about cases, requests and organisations, and the buttons of those answers."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.acts import About, Act, Intent
from dialogs.answers import how_is, request_status, seen, timeline, waiting_for

FORMS = ("referral", "scoping")
"""What showing the names of a request, and where a case stands, look at."""

PRESSES: Mapping[str, Act] = {
    "timeline": Act(do=timeline.timeline, about=About.CASE, people=True, requests=True, organisations=True, history=True),
    "keep_timeline": Act(
        do=timeline.keep_timeline, about=About.CASE, people=True, requests=True, organisations=True, history=True
    ),
    "who_has_seen": Act(do=seen.who_has_seen, about=About.CASE, people=True, requests=True, organisations=True, history=True),
}
INTENTS: Mapping[str, Intent] = {
    "status": Intent(
        do=request_status.status,
        people=True,
        requests=True,
        organisations=True,
        matching=True,
        my_requests=True,
        chases=True,
        ledger=True,
        forms=FORMS,
        requests_of=how_is.still_asked,
    ),
    "mine": Intent(
        do=waiting_for.mine,
        my_requests=True,
        open_cases=True,
        organisations=True,
        people=True,
        handed=True,
        requests_of=waiting_for.wanted,
    ),
    "timeline": Intent(do=timeline.timeline, people=True, requests=True, organisations=True, history=True),
    "how_is": Intent(do=how_is.how_is, organisations=True, requests_of=how_is.wanted),
    "who_has_seen": Intent(do=seen.who_has_seen, people=True, requests=True, organisations=True, history=True),
}
