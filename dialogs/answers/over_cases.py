"""What the organisations that were named have still to answer, over all open cases."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.answers.how_is import seen_requests
from dialogs.answers.listing import answer_text, listed
from dialogs.answers.named import answers_for, named_as
from dialogs.answers.request_rows import standing
from dialogs.answers.scope import answer, refuse
from dialogs.desk import Desk
from dialogs.scoping.common import organisation_name
from dialogs.scoping.machine import WAITS
from state.access import Access
from state.scoping_records import OrganisationRecord, RequestRecord


def over_cases(desk: Desk) -> None:
    """What the organisations that were named have still to answer, over all open cases: their own for those who answer."""
    runs = desk.may("see_reference") is Access.YES
    own = answers_for(desk)
    found = [one for one in seen_requests(desk) if one.state in WAITS]
    if not runs and not own:
        return refuse(desk, "see_reference", desk.words("access.nothing"))
    name = named_as(desk, desk.meant.slots)
    if not runs and not {one.id for one in _named_organisations(desk)} & own:
        return refuse(desk, "see_reference", desk.words("answers_asked.own_only"))
    if not found:
        return answer_text(desk, None, desk.words("answers_asked.nothing_waits", name=name))
    lines = [(f"{one.reference}, {organisation_name(desk, one)}", standing(desk, one)) for one in _worst_first(found)]
    title = desk.words("answers_asked.waits_of", name=name, count=len(found))
    return answer(desk, listed(desk, title, lines), None, {one.organisation for one in found})


def _named_organisations(desk: Desk) -> list[OrganisationRecord]:
    slots = desk.meant.slots
    return [one for one in desk.snapshot.organisations if one.id == slots.organisation or one.kind in slots.agency]


def _worst_first(found: Sequence[RequestRecord]) -> list[RequestRecord]:
    return sorted(found, key=lambda one: (one.due is None, one.due, one.reference))
