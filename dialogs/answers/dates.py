"""How late something is, as answers say it."""

from __future__ import annotations

from datetime import datetime

from dialogs.desk import Desk
from state.clocks import days_late, is_overdue


def lateness(desk: Desk, due: datetime, at: datetime | None = None) -> str:
    """How late something is, or was at an instant, in working days; nothing while it is not late."""
    until = at or desk.turn.at
    if not is_overdue(due, until):
        return ""
    late = days_late(due, until, desk.kit.profile.clocks)
    return desk.words("answers_asked.days_late" if late != 1 else "answers_asked.day_late", count=late)
