"""Where a reminder goes: an organisation's thread, somebody senior there, those who run the case, the managers.

Whoever is involved in a case, was removed, or is not on the list of a restricted one is told nothing of it. What would come
to somebody who is away goes to whoever stands in and may be told; where nobody may, it comes to them all the same.
"""

from __future__ import annotations

from collections.abc import Collection

from dialogs.absence.standing_in import present
from dialogs.casework.common import RUNS, coordinator_places
from dialogs.desk import Desk
from dialogs.returns.common import closed, colleagues, fit
from dialogs.scoping.common import card_places
from dialogs.telling import one_to_one
from state.access import Role, in_force
from state.chasing_records import ChaseRecord
from state.records import CaseRecord, DeadlineRecord, PlaceRecord
from state.scoping_records import RequestRecord

SENIOR_LEAD = "senior_agency_lead"


def holders(desk: Desk, *roles: str) -> set[str]:
    """Who has one of these roles and may have to do with the case."""
    found = {grant.person for grant in desk.snapshot.all_grants if in_force(grant) and grant.role in roles}
    return {person for person in found if fit(desk, person)}


def who_runs(desk: Desk) -> set[str]:
    """Everybody who may run the case: coordinators and managers, of a restricted one those on its list."""
    return holders(desk, *RUNS)


def coordinators_of(desk: Desk, case: CaseRecord, chase: ChaseRecord | None, owner: str = "") -> list[PlaceRecord]:
    """The coordinators; or whoever this was handed to, or is named to do it, while they may run the case."""
    own = _own(desk, (chase.handed_to if chase else "") or owner)
    return own or _places_present(desk, coordinator_places(desk, case))


def _places_present(desk: Desk, places: list[PlaceRecord]) -> list[PlaceRecord]:
    """A channel stays; people who are told one to one may be away."""
    if not all(place.person for place in places):
        return places
    return one_to_one(desk, _there(desk, {place.person for place in places}, who_runs(desk)))


def _there(desk: Desk, people: Collection[str], may: Collection[str] | None = None) -> set[str]:
    """Who is told today instead of these people: of those who may have to do with the case."""
    found: set[str] = set()
    for person in people:
        instead = {one for one in present(desk, person) if fit(desk, one) and (may is None or one in may)}
        found |= instead or {person}
    return found


def owner_of(desk: Desk, date: DeadlineRecord) -> str:
    """Who is named to keep a date, where that is one of those who run the case and nobody else is called the same."""
    runs = who_runs(desk)
    named = [one.id for one in desk.snapshot.all_people if one.id in runs and one.name.casefold() == date.owner.casefold()]
    return named[0] if len(named) == 1 else ""


def managers_of(desk: Desk) -> list[PlaceRecord]:
    """The managers, one to one."""
    return one_to_one(desk, _there(desk, holders(desk, Role.MANAGER.value), who_runs(desk)))


def deputies_of(desk: Desk) -> list[PlaceRecord]:
    """Who stands in for the coordinators that are away today, else every coordinator one to one."""
    coordinators = holders(desk, Role.COORDINATOR.value)
    away = {person for person in coordinators if present(desk, person) != [person]}
    return one_to_one(desk, _there(desk, away or coordinators, who_runs(desk)))


def organisation_of(desk: Desk, request: RequestRecord) -> list[PlaceRecord]:
    """Where the card of a request stands; nowhere for one by secure email, or where the channel was let go."""
    return [place for place in card_places(desk, request) if not place.person or fit(desk, place.person)]


def seniors_of(desk: Desk, request: RequestRecord) -> list[PlaceRecord]:
    """Somebody senior there: the one who was asked, the case's senior lead of that organisation, or its leads.

    A request that was put to somebody independent is told to nobody else.
    """
    if closed(request):
        return one_to_one(desk, {request.senior} if fit(desk, request.senior) else ())
    there = {one.id for one in desk.snapshot.all_people if one.organisation == request.organisation}
    named = {one.person for one in desk.snapshot.case_people if one.relation == SENIOR_LEAD and one.person in there}
    chosen = {person for person in named | {request.senior} if person and fit(desk, person)}
    return one_to_one(desk, _there(desk, chosen or set(colleagues(desk, request, (Role.AGENCY_LEAD.value,)))))


def left_to(desk: Desk, chase: ChaseRecord | None) -> list[PlaceRecord]:
    """Whoever said that they would chase it themselves, while they may run the case."""
    return _own(desk, chase.left_to if chase else "")


def _own(desk: Desk, person: str) -> list[PlaceRecord]:
    runs = who_runs(desk)
    return one_to_one(desk, _there(desk, {person}, runs)) if person and person in runs else []
