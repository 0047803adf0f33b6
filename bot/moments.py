"""A move of the clock as people write it in a play or at the console: `+3d`, `+2h`, `+30m`, or a date and time of England."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import msgspec

from state.values import LONDON, to_london

STEP = re.compile(r"^\+(\d{1,4})([dhm])$")


class Moved(msgspec.Struct, frozen=True):
    """A move of the clock: by days as the calendar counts them, by a length of time, or to an instant."""

    days: int = 0
    length: timedelta = timedelta()
    to: datetime | None = None

    @classmethod
    def read(cls, text: str) -> Moved | None:
        """A move as it is written, or None where it is not one."""
        if match := STEP.match(text.strip()):
            number = int(match[1])
            lengths = {"h": timedelta(hours=number), "m": timedelta(minutes=number)}
            return cls(days=number) if match[2] == "d" else cls(length=lengths[match[2]])
        return cls._instant(text.strip())

    @classmethod
    def _instant(cls, text: str) -> Moved | None:
        try:
            read = datetime.fromisoformat(text)
        except ValueError:
            return None
        if len(text) <= len("2026-11-24"):
            return None
        return cls(to=(read if read.tzinfo else read.replace(tzinfo=LONDON)).astimezone(UTC))

    def after(self, now: datetime) -> datetime:
        """Where the clock stands then. Days keep the time of day that people in England read."""
        if self.to is not None:
            return self.to
        if not self.days:
            return now + self.length
        local = to_london(now).replace(tzinfo=None) + timedelta(days=self.days)
        return local.replace(tzinfo=LONDON).astimezone(UTC)
