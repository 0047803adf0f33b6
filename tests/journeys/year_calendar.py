"""Working days and hours, counted here from GOV.UK's own list and not with our code: what the year is judged by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from govuk_bank_holidays.bank_holidays import BankHolidays

from state.values import LONDON

_GOV = BankHolidays(use_cached_holidays=True)
OFF = {one["date"] for one in _GOV.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)}
FIRST, LAST = time(9), time(17)
_DAY = timedelta(days=1)


class Calendar:
    """The days off as they are known at a moment, and when the assistant was away."""

    def __init__(self, proclaimed: Sequence[tuple[datetime, date]], downs: Sequence[tuple[datetime, datetime]]) -> None:
        self._proclaimed, self._downs = proclaimed, downs

    def works(self, day: date, known_at: datetime) -> bool:
        """Whether people work that day, as far as anybody knows then."""
        more = {off for at, off in self._proclaimed if at <= known_at}
        return day.weekday() < 5 and day not in OFF and day not in more

    def in_hours(self, at: datetime) -> bool:
        """Whether people may be written to."""
        local = at.astimezone(LONDON)
        return self.works(local.date(), at) and FIRST <= local.time() < LAST

    def on(self, day: date, number: int, known_at: datetime) -> date:
        """So many working days on, or back; 0 is that day or the last working day before it."""
        step = _DAY if number > 0 else -_DAY
        left = abs(number)
        while left or not self.works(day, known_at):
            day += step
            left -= bool(left) and self.works(day, known_at)
        return day

    def morning(self, day: date) -> datetime:
        return datetime.combine(day, FIRST, LONDON)

    def hours_on(self, start: datetime, hours: int) -> datetime:
        """When so many working hours have gone by."""
        at, left = self._next(start, start), timedelta(hours=hours)
        while True:
            rest = datetime.combine(at.astimezone(LONDON).date(), LAST, LONDON) - at
            if left < rest:
                return at + left
            left -= rest
            at = self._next(at + rest, start)

    def _next(self, at: datetime, known_at: datetime) -> datetime:
        local = at.astimezone(LONDON)
        if self.works(local.date(), known_at) and FIRST <= local.time() < LAST:
            return at
        day = local.date() if local.time() < FIRST else local.date() + _DAY
        while not self.works(day, known_at):
            day += _DAY
        return self.morning(day)

    def next_chance(self, at: datetime) -> datetime:
        """The first moment from then on at which the assistant is there and people may be written to."""
        while True:
            found = self._next(at, at)
            back = next((until for begun, until in self._downs if begun <= found < until), None)
            if back is None and self.in_hours(found):
                return found
            at = back or found + timedelta(minutes=1)
