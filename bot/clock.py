"""The two clocks: the machine's, and one that tests and the console can move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's clock. The only place that reads it."""

    def now(self) -> datetime:
        """This instant, in UTC."""
        return datetime.now(UTC)


class MovableClock:
    """A clock ahead of the machine's by as much as it was moved: the console's `/clock`, and every test's."""

    def __init__(self, start: datetime | None = None) -> None:
        self._start = start
        self._ahead = timedelta()

    def now(self) -> datetime:
        """This instant as far as the assistant knows, in UTC."""
        return (self._start or SystemClock().now()) + self._ahead

    def move(self, by: timedelta) -> None:
        """Go on by that much."""
        self._ahead += by

    def set(self, moment: datetime) -> None:
        """Go to a moment."""
        self._ahead += moment.astimezone(UTC) - self.now()
