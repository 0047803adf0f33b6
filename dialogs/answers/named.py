"""Which organisations and which case a question names, as it was understood."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.asking.meaning import Slots
from dialogs.desk import Desk
from dialogs.scoping.reach import kinds_label
from state.access import Role, in_force
from state.scoping_records import RequestRecord

ANSWERS = frozenset({Role.AGENCY_LEAD.value, Role.DEPUTY.value})


def names_organisations(slots: Slots) -> bool:
    """Whether an organisation, or a kind of agency, was named."""
    return bool(slots.organisation or slots.agency)


def meant(slots: Slots, requests: Iterable[RequestRecord]) -> list[RequestRecord]:
    """Those of the organisation that was named, or of the kinds. An organisation's own name counts before its kind."""
    if slots.organisation:
        return [one for one in requests if one.organisation == slots.organisation]
    return [one for one in requests if one.agency in slots.agency]


def named_as(desk: Desk, slots: Slots) -> str:
    """What was named, as people call it."""
    if slots.organisation:
        known = desk.organisation(slots.organisation)
        return known.name if known else slots.organisation
    return kinds_label(desk, slots.agency)


def answers_for(desk: Desk) -> frozenset[str]:
    """The organisations that this person leads, or is a deputy of."""
    return frozenset(g.organisation for g in desk.snapshot.grants if in_force(g) and g.role in ANSWERS and g.organisation)
