"""Who stands in for somebody who is away. Pure: the absences and the people are what was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from dialogs.desk import Desk
from state.access import Role, in_force
from state.chasing_records import AbsenceRecord
from state.records import GrantRecord
from state.values import london_day

SAME_ROLE = {
    Role.COORDINATOR.value: (Role.COORDINATOR.value,),
    Role.MANAGER.value: (Role.MANAGER.value,),
    Role.AGENCY_LEAD.value: (Role.DEPUTY.value, Role.AGENCY_LEAD.value),
    Role.DEPUTY.value: (Role.AGENCY_LEAD.value, Role.DEPUTY.value),
}
"""Whose roles let somebody stand in for a role, the likeliest first. For an organisation they count in that one alone."""


def away(absences: Iterable[AbsenceRecord], person: str, day: date) -> AbsenceRecord | None:
    """The absence that somebody has that day, or None."""
    found = (one for one in absences if one.person == person and one.ended_at is None and one.first <= day <= one.last)
    return next(found, None)


def able(grants: Iterable[GrantRecord], person: str) -> list[str]:
    """Everybody else whose role lets them stand in for this person, by what the person does."""
    known = [grant for grant in grants if in_force(grant)]
    found: list[str] = []
    for own in (grant for grant in known if grant.person == person):
        for role in SAME_ROLE.get(own.role, ()):
            found += [g.person for g in known if g.role == role and g.organisation == own.organisation and g.person != person]
    return list(dict.fromkeys(found))


def present(desk: Desk, person: str) -> list[str]:
    """Who is told today what would be told to somebody: they themselves, else who stands in for them, else nobody.

    A deputy who was named comes first, then anybody who has the same part; whoever is away as well is passed over.
    """
    day, absences = london_day(desk.turn.at), desk.snapshot.absences
    gone = away(absences, person, day)
    if gone is None:
        return [person]
    instead = able(desk.snapshot.all_grants, person)
    named = _following(absences, gone, day)
    return [named] if named in instead else [one for one in instead if away(absences, one, day) is None]


def _following(absences: Sequence[AbsenceRecord], gone: AbsenceRecord, day: date) -> str:
    """The deputy's deputy, and so on, to the first who is there. Two who name each other lead nowhere."""
    seen = {gone.person}
    next_one: AbsenceRecord | None = gone
    while next_one is not None:
        deputy = next_one.deputy
        if not deputy or deputy in seen:
            return ""
        seen.add(deputy)
        next_one = away(absences, deputy, day)
        if next_one is None:
            return deputy
    return ""


def all_present(desk: Desk, people: Iterable[str]) -> list[str]:
    """The same for several, each told once."""
    return list(dict.fromkeys(one for person in people for one in present(desk, person)))
