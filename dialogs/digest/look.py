"""What a digest reads of the dates: bounded looks over the open ones, so that what is closed costs nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from dialogs.asking.meaning import Slots
from dialogs.kit import Kit
from dialogs.overdue.question import DUE, Question, look_for
from state.looking import Look
from state.values import london_day
from state.weekly import week_begins

MOST_FIRST, MOST_LATE, MOST_DUE = 6, 8, 8
"""Lines of each part. How many more there are is said, and a button shows them."""
ROWS = 24
"""What comes first takes the first of these lines: there are enough for the late ones after it."""


def this_week(now: datetime) -> Question:
    """What falls due from today until the end of the week."""
    today = london_day(now)
    sunday = week_begins(today) + timedelta(days=6)
    return Question(intent=DUE, slots=Slots(from_=today.isoformat(), to=sunday.isoformat()))


def look_at(kit: Kit, now: datetime, *, listed: bool) -> Look:
    """What comes first, what is late and what waits; beside it what falls due this week. It is read by one person alone."""
    due = look_for(kit, this_week(now), now, rows=MOST_DUE)
    late = look_for(kit, Question(), now, rows=ROWS)
    return replace(late, listed=listed, waits=True, beside=replace(due, listed=listed))
