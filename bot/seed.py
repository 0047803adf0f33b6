"""Local mode begins with the profile's invented people and organisations, and a channel for each in the console."""

from __future__ import annotations

from msgspec.structs import replace

from bot.console.places import channel, one_to_one
from dialogs.telling import COORDINATORS
from state.changes import Changes, Entry
from state.records import GrantRecord, PersonRecord, PlaceRecord, Record
from state.scoping_records import OrganisationRecord
from state.snapshot import Store, Wanted
from state.values import Clock, Who, derived_id
from templates.organisations import kind_of
from templates.profile import InventedPerson, Profile

SEED = "seed"


async def seed_local(store: Store, profile: Profile, clock: Clock) -> None:
    """Write the invented people once; a database that has people is left alone."""
    first = profile.people[0] if profile.people else None
    if first is None:
        return
    key = Who(first.tenant, first.object).id
    known = await store.read(Wanted(turn="", person=key, place=""))
    if known.person is not None:
        return
    puts: list[Record] = []
    for person in profile.people:
        puts += _person(person, clock)
    puts += organisations(profile)
    puts += [_tied(name) for name in (COORDINATORS, *sorted({p.organisation for p in profile.people if p.organisation}))]
    entry = Entry(chain="partnership", kind="seeded", who=SEED)
    turn = f"{SEED}:{clock.now().isoformat()}"
    await store.commit(turn, turn, clock.now(), Changes(puts=tuple(puts), history=(entry,)))


def organisations(profile: Profile) -> list[Record]:
    """The profile's invented organisations, and one for each other that an invented person belongs to."""
    file = profile.organisations
    known = {one.id: OrganisationRecord(**one.model_dump()) for one in file.organisations}
    kinds = [option.id for option in profile.lists["agencies"]]
    for person in profile.people:
        if person.organisation and person.organisation not in known:
            kind = kind_of(person.organisation, kinds, file.words)
            name = person.agency or person.organisation
            known[person.organisation] = OrganisationRecord(id=person.organisation, name=name, kind=kind)
    return list(known.values())


def _tied(name: str) -> PlaceRecord:
    return replace(PlaceRecord.of(channel(name)), tied_to=name, tied_by=SEED, confirmed_by=SEED)


def _person(person: InventedPerson, clock: Clock) -> list[Record]:
    key = Who(person.tenant, person.object).id
    made: list[Record] = [
        PersonRecord(
            id=key,
            name=person.name,
            email=person.email,
            telephone=person.telephone,
            job=person.job,
            agency=person.agency,
            organisation=person.organisation,
        ),
        PlaceRecord.of(one_to_one(person), person=key),
    ]
    if person.role:
        made.append(_grant(person, key, clock))
    return made


def _grant(person: InventedPerson, key: str, clock: Clock) -> GrantRecord:
    return GrantRecord(
        id=derived_id(SEED, person.id),
        person=key,
        role=person.role,
        organisation=person.organisation,
        granted_by=SEED,
        granted_at=clock.now(),
        confirmed_by=SEED,
    )
