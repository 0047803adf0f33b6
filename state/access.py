"""Who may do what: one table, deny by default, asked by every door and every dialog (docs/access.md).

A grant is a role (`coordinator`), or a role or anybody in a relation to the case, request or action (`practitioner:own`,
`anyone:partner`). On a restricted case a role counts only for those on its list; an excluded person has nothing at all.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from state.records import CasePersonRecord, GrantRecord


class Role(enum.StrEnum):
    """Standing roles. A practitioner is anybody from a tenant that the settings list."""

    COORDINATOR = "coordinator"
    MANAGER = "manager"
    AGENCY_LEAD = "agency_lead"
    DEPUTY = "deputy"
    AUDITOR = "auditor"
    PRACTITIONER = "practitioner"


NEEDS_SECOND_PERSON = frozenset({Role.COORDINATOR, Role.MANAGER})
"""Roles that somebody else must confirm before they count."""


class Asker(msgspec.Struct, frozen=True):
    """Who asks: the person's id and the roles in force at this moment."""

    person: str
    roles: frozenset[str] = frozenset()


class Access(enum.StrEnum):
    """The answer. ABSENT: to this person the case does not exist, so nothing may even say that it is refused."""

    YES = "yes"
    NO = "no"
    ABSENT = "absent"


_CASE_READERS = frozenset({"coordinator", "anyone:partner", "anyone:panel_member", "anyone:lead_reviewer", "anyone:scrutineer"})
_ORGANISATION = frozenset({"agency_lead:organisation", "deputy:organisation", "anyone:agency_author"})
_REVIEWERS = frozenset({"coordinator", "anyone:lead_reviewer"})

TABLE: Mapping[str, frozenset[str]] = {
    "raise_referral": frozenset({"practitioner"}),
    "change_referral": frozenset({"practitioner:own"}),
    "withdraw_referral": frozenset({"practitioner:own"}),
    "see_own_referral": frozenset({"practitioner:own"}),
    "enter_on_behalf": frozenset({"coordinator"}),
    "read_case": _CASE_READERS,
    "see_reference": frozenset({"coordinator", "manager"}),
    "record_decision": frozenset({"coordinator"}),
    "restrict_case": frozenset({"coordinator:named", "manager:named"}),
    "send_requests": frozenset({"coordinator"}),
    "open_request": _ORGANISATION,
    "answer_nil_return": _ORGANISATION,
    "sign_off_return": frozenset({"agency_lead:organisation", "anyone:senior_agency_lead"}),
    "read_return": _ORGANISATION | {"coordinator", "anyone:panel_member"},
    "run_meeting": frozenset({"coordinator"}),
    "write_panel_sections": frozenset({"coordinator", "anyone:panel_member", "anyone:partner"}),
    "sign_off_review": frozenset({"anyone:partner"}),
    "chase": frozenset({"coordinator", "manager"}),
    "commission_review": _REVIEWERS,
    "update_action": frozenset({"coordinator", "anyone:action_owner"}),
    "tie_channel": frozenset({"coordinator"}),
    "link_accounts": frozenset({"practitioner"}),
    "grant_role": frozenset({"coordinator"}),
    "confirm_role": frozenset({"coordinator", "manager"}),
    "who_has_seen": frozenset({"coordinator", "auditor"}),
    "read_history": frozenset({"coordinator", "auditor"}),
    "dispose": frozenset({"coordinator", "manager"}),
}


def asker(person: str, grants: Iterable[GrantRecord], *, listed: bool, removed: bool) -> Asker:
    """The roles in force now. Someone removed, or from no listed tenant and without a grant, has none."""
    if removed:
        return Asker(person)
    roles = {grant.role for grant in grants if in_force(grant)}
    return Asker(person, frozenset(roles | ({Role.PRACTITIONER.value} if listed or roles else set())))


def in_force(grant: GrantRecord) -> bool:
    """Whether a grant counts: not ended, and confirmed by a second person where that is needed."""
    return grant.ended_at is None and (grant.role not in NEEDS_SECOND_PERSON or bool(grant.confirmed_by))


def relations(person: str, people: Iterable[CasePersonRecord], *, owner: str, now: datetime) -> frozenset[str]:
    """A person's relations to one case or draft, with those whose time has passed left out."""
    found = {p.relation for p in people if p.person == person and (p.until is None or p.until > now)}
    return frozenset(found | ({"own", "named"} if owner == person else set()))


def allowed(action: str, who: Asker, related: frozenset[str] = frozenset(), *, restricted: bool = False) -> Access:
    """Whether somebody may do something. KeyError for an action that is not in the table: a mistake in the code."""
    grants = TABLE[action]
    if "excluded" in related:
        return Access.ABSENT
    if restricted and "named" not in related:
        return Access.ABSENT
    return Access.YES if any(_holds(grant, who, related) for grant in grants) else Access.NO


def _holds(grant: str, who: Asker, related: frozenset[str]) -> bool:
    role, _, relation = grant.partition(":")
    has_role = role == "anyone" or role in who.roles
    return has_role and bool(who.roles) and (not relation or relation in related)
