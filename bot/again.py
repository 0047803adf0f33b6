"""When a send that was refused for now is tried again, whatever channel refused it."""

from __future__ import annotations

from collections.abc import Callable

SHORT, LONG, LONGEST = 2.0, 60.0, 3600.0
"""Seconds to wait where the channel names none: a throttle, a refused credential; and the most it may ask for."""


def asked_for(retry_after: str) -> float:
    """Retry-After in seconds. A date, which neither channel sends, and nonsense count as none."""
    if not (retry_after.isascii() and retry_after.isdigit()):
        return SHORT
    return min(max(float(retry_after), 1.0), LONGEST)


def spread(seconds: float, jitter: Callable[[], float]) -> float:
    """Never sooner than asked, and up to half as long again, so that many sends do not come back at one moment."""
    return seconds * (1 + jitter() / 2)
