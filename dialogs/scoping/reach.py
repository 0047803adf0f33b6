"""How organisations are reached and who leads there, as far as it was read: needs `people` and `organisations`."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.desk import Desk
from dialogs.kit import Kit
from state.access import Role, in_force
from state.records import GrantRecord, PersonRecord
from state.scoping_records import OrganisationRecord, RequestRecord

LEADS = (Role.AGENCY_LEAD, Role.DEPUTY)


def in_order(desk: Desk) -> list[OrganisationRecord]:
    """Every organisation in the order of Document 2, and by name where there are several of one kind."""
    kinds = [option.id for option in desk.kit.profile.lists["agencies"]]
    return sorted(desk.snapshot.organisations, key=lambda one: (kinds.index(one.kind) if one.kind in kinds else 99, one.name))


MOST_NAMED = 3
"""Kinds of agency that are named one by one: "health" is ten of them."""


def kind_label(desk: Desk, kind: str) -> str:
    """What a kind of agency is called in Document 2."""
    return next((option.label for option in desk.kit.profile.lists["agencies"] if option.id == kind), kind)


def kinds_label(desk: Desk, kinds: Sequence[str]) -> str:
    """Kinds of agency as people call them: one by one while they are few, else together, else counted."""
    if len(kinds) <= MOST_NAMED:
        return ", ".join(kind_label(desk, kind) for kind in kinds)
    return group_label(desk, kinds) or desk.words("scoping.many_kinds", count=len(kinds))


def group_label(desk: Desk, kinds: Sequence[str]) -> str:
    """What people call these kinds of agency together, such as health; an empty text where they have no such name."""
    names = desk.kit.profile.agencies.meaning.items()
    found = next((name for name, those in names if len(those) > 1 and set(those) == set(kinds)), "")
    return found[:1].upper() + found[1:]


def leads_of(desk: Desk, organisation: str) -> list[GrantRecord]:
    """The leads and deputies of an organisation, leads first. Needs `people` read."""
    found = [g for g in desk.snapshot.all_grants if g.organisation == organisation and g.role in LEADS and in_force(g)]
    return sorted(found, key=lambda grant: grant.role)


def usual_delivery(desk: Desk, organisation: str) -> str:
    """How an organisation is asked where nobody there is involved: in its channel, else by secure email."""
    return "channel" if desk.tied(organisation) else "email"


def people_of(desk: Desk, organisation: str) -> list[PersonRecord]:
    """Everybody known here who belongs to an organisation, by what is known of them or by a role there."""
    roles = {grant.person for grant in desk.snapshot.all_grants if grant.organisation == organisation}
    found = [one for one in desk.snapshot.all_people if one.organisation == organisation or one.id in roles]
    return [one for one in found if one.removed_at is None]


def folder_of(kit: Kit, request: RequestRecord) -> str:
    """An organisation's own folder in the library: the row of its agency in Document 2, and its id."""
    kinds = [option.id for option in kit.profile.lists["agencies"]]
    place = kinds.index(request.agency) + 1 if request.agency in kinds else len(kinds)
    return f"{place:02d} {request.organisation}"
