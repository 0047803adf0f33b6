"""Days and moments as people read them: "Tuesday 1 December 2026", "Tuesday 1 December 2026 at 17:00"."""

from __future__ import annotations

from datetime import date, datetime

from state.values import to_london


def day_text(day: date) -> str:
    """A day with its weekday, in full."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def short_day(day: date) -> str:
    """ "7 December 2026": for lists, pictures and fields, where the weekday is too much."""
    return f"{day.day} {day:%B %Y}"


def moment_text(instant: datetime) -> str:
    """An instant as it is read in England."""
    local = to_london(instant)
    return f"{day_text(local.date())} at {local:%H:%M}"
