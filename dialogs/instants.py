"""Between an answer that names a day, with or without its time, and the instant that clocks count from."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from state.clocks import FIRST_YEAR, LAST_YEAR
from state.values import JSON, LONDON, to_london, utc_text

KNOWN_FROM = datetime(FIRST_YEAR, 1, 2, tzinfo=LONDON)
"""A year typed wrongly is counted from the first year whose working days are known."""


def instant_of(value: JSON) -> datetime | None:
    """The instant that a date, or a date and time, stands for: midnight in England where no time was given."""
    if not isinstance(value, dict):
        return None
    text = value.get("instant") or value.get("date") or value.get("earliest")
    if not text:
        return None
    moment = datetime.fromisoformat(str(text))
    return (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).astimezone(UTC)


def counted_from(instant: datetime, now: datetime) -> datetime:
    """An instant as clocks can count from it: not in the future, nor before working days are known."""
    return max(min(instant, now), KNOWN_FROM)


def day_carried(text: str) -> date:
    """A day as a button carries it. ValueError where it is none, or lies where nothing can be counted."""
    day = date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError("no such day is counted with")
    return day


def moment_value(instant: datetime) -> dict[str, JSON]:
    """A date and time as an answer holds it."""
    local = to_london(instant)
    return {
        "said": local.strftime("%-d %B %Y at %H:%M"),
        "date": local.date().isoformat(),
        "time": local.strftime("%H:%M"),
        "instant": utc_text(instant),
    }


def end_of(day: date) -> datetime:
    """The last minute of a day in England: what was done on it was done by then."""
    return datetime.combine(day, time(23, 59), LONDON).astimezone(UTC)
