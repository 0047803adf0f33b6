"""What a question was narrowed to: kinds of agency, one organisation, a person, a period."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import msgspec

from dialogs.asking.meaning import Slots
from state.values import LONDON, london_day

SCOPING = "scoping"


class Narrow(msgspec.Struct, frozen=True, kw_only=True):
    """Empty fields narrow nothing. Both days are included."""

    agencies: tuple[str, ...] = ()
    organisation: str = ""
    person: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None

    @classmethod
    def by(cls, slots: Slots) -> Narrow:
        """From the slots of a question."""
        return cls(
            agencies=slots.agency,
            organisation=slots.organisation,
            person=slots.person,
            kind=slots.kind,
            first=date.fromisoformat(slots.from_) if slots.from_ else None,
            last=date.fromisoformat(slots.to) if slots.to else None,
        )

    @property
    def of_organisations(self) -> bool:
        """Whether only requests to organisations were asked about."""
        return bool(self.agencies or self.organisation or self.kind == SCOPING)

    def fits(self, organisation: str, agency: str) -> bool:
        """Whether an organisation of that kind was asked about."""
        if self.organisation:
            return organisation == self.organisation
        return not self.agencies or agency in self.agencies

    def is_for(self, name: str) -> bool:
        """Whether a name is the one that was typed, or a part of it. Every name is, where none was."""
        return set(self.person.casefold().split()) <= set(name.casefold().replace("(", " ").replace(")", " ").split())

    def was_then(self, at: datetime) -> bool:
        """Whether an instant lies in the period."""
        day = london_day(at)
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def instants(self, today: date) -> tuple[datetime, datetime]:
        """The period from its first instant until the first one after it. None was said: this year."""
        last = self.last or (today if self.first else date(today.year, 12, 31))
        first = self.first or date(last.year, 1, 1)
        return _midnight(first), _midnight(last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)
