"""Every document that can be made, by the `form` its outbox row names."""

from __future__ import annotations

from collections.abc import Mapping

from bot.papers.dates import DATES
from bot.papers.decision import DECISION
from bot.papers.panel import PANEL_LETTER, SUPPLEMENTARY
from bot.papers.paper import Paper
from bot.papers.referral import REFERRAL
from bot.papers.review import AGENDA, CALENDAR, OVERVIEW, RAPID_REVIEW
from bot.papers.scoping import NIL_RETURN, SCOPING, SCOPING_LETTER
from bot.papers.timeline import TIMELINE

PAPERS: Mapping[str, Paper] = {
    "referral": REFERRAL,
    "decision": DECISION,
    "scoping_letter": SCOPING_LETTER,
    "scoping": SCOPING,
    "nil_return": NIL_RETURN,
    "rapid_review": RAPID_REVIEW,
    "overview": OVERVIEW,
    "agenda": AGENDA,
    "calendar": CALENDAR,
    "panel_letter": PANEL_LETTER,
    "supplementary": SUPPLEMENTARY,
    "timeline": TIMELINE,
    "dates": DATES,
}
