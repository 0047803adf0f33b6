"""Every cell of who may do what, written here a second time and walked: action, role, relation, restricted, excluded."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from state.access import TABLE, Access, Asker, Role, allowed, asker, relations
from state.records import CasePersonRecord, GrantRecord

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ROLES = ("coordinator", "manager", "agency_lead", "deputy", "auditor", "practitioner")
RELATIONS = (
    "own",
    "named",
    "organisation",
    "partner",
    "panel_member",
    "agency_author",
    "senior_agency_lead",
    "lead_reviewer",
    "scrutineer",
    "action_owner",
)
ANY_ROLE = ROLES

Cells = dict[str, set[tuple[str, str]]]
"""For each action the pairs (role, relation) that are enough; an empty relation is the role by itself."""


def by_role(*roles: str) -> set[tuple[str, str]]:
    return {(role, "") for role in roles}


def by_relation(*names: str) -> set[tuple[str, str]]:
    return {(role, name) for role in ANY_ROLE for name in names}


OF_ORGANISATION = {("agency_lead", "organisation"), ("deputy", "organisation")} | by_relation("agency_author")
EXPECTED: Cells = {
    "raise_referral": by_role("practitioner"),
    "change_referral": {("practitioner", "own")},
    "withdraw_referral": {("practitioner", "own")},
    "see_own_referral": {("practitioner", "own")},
    "enter_on_behalf": by_role("coordinator"),
    "read_case": by_role("coordinator") | by_relation("partner", "panel_member", "lead_reviewer", "scrutineer"),
    "see_reference": by_role("coordinator", "manager"),
    "record_decision": by_role("coordinator"),
    "restrict_case": {("coordinator", "named"), ("manager", "named")},
    "send_requests": by_role("coordinator"),
    "open_request": OF_ORGANISATION,
    "answer_nil_return": OF_ORGANISATION,
    "sign_off_return": {("agency_lead", "organisation")} | by_relation("senior_agency_lead"),
    "read_return": OF_ORGANISATION | by_role("coordinator") | by_relation("panel_member"),
    "run_meeting": by_role("coordinator"),
    "write_panel_sections": by_role("coordinator") | by_relation("panel_member", "partner"),
    "sign_off_review": by_relation("partner"),
    "chase": by_role("coordinator", "manager"),
    "commission_review": by_role("coordinator") | by_relation("lead_reviewer"),
    "update_action": by_role("coordinator") | by_relation("action_owner"),
    "tie_channel": by_role("coordinator"),
    "link_accounts": by_role("practitioner"),
    "grant_role": by_role("coordinator"),
    "confirm_role": by_role("coordinator", "manager"),
    "who_has_seen": by_role("coordinator", "auditor"),
    "read_history": by_role("auditor", "coordinator"),
    "dispose": by_role("coordinator", "manager"),
}


def enough(action: str, role: str, related: frozenset[str]) -> bool:
    return any((role, relation) in EXPECTED[action] for relation in ("", *related))


def test_every_action_of_the_table_is_walked_here() -> None:
    assert set(EXPECTED) == set(TABLE)
    assert {role.value for role in Role} == set(ROLES)


@pytest.mark.parametrize("action", sorted(EXPECTED))
def test_each_role_in_each_relation(action: str) -> None:
    for role, relation in itertools.product(ROLES, ("", *RELATIONS)):
        related = frozenset({relation} - {""})
        wanted = Access.YES if enough(action, role, related) else Access.NO
        assert allowed(action, Asker("p", frozenset({role})), related) is wanted, (role, relation)


@pytest.mark.parametrize("action", sorted(EXPECTED))
def test_nobody_without_a_role_may_do_anything(action: str) -> None:
    for relation in ("", *RELATIONS):
        assert allowed(action, Asker("p"), frozenset({relation} - {""})) is Access.NO, relation


@pytest.mark.parametrize("action", sorted(EXPECTED))
def test_a_restricted_case_is_absent_but_for_those_on_its_list(action: str) -> None:
    for role, relation in itertools.product(ROLES, ("", *RELATIONS)):
        related = frozenset({relation} - {""})
        found = allowed(action, Asker("p", frozenset({role})), related, restricted=True)
        if relation != "named":
            assert found is Access.ABSENT, (role, relation)
        else:
            assert found is (Access.YES if enough(action, role, related) else Access.NO), (role, relation)


@pytest.mark.parametrize("action", sorted(EXPECTED))
def test_an_excluded_person_finds_nothing_whatever_their_role_and_relation(action: str) -> None:
    for role, relation, restricted in itertools.product(ROLES, RELATIONS, (False, True)):
        related = frozenset({relation, "excluded"})
        assert allowed(action, Asker("p", frozenset({role})), related, restricted=restricted) is Access.ABSENT


@pytest.mark.parametrize("action", sorted(EXPECTED))
def test_all_roles_together_may_what_one_of_them_may_and_no_more(action: str) -> None:
    for relation in ("", *RELATIONS):
        related = frozenset({relation} - {""})
        wanted = any(enough(action, role, related) for role in ROLES)
        assert (allowed(action, Asker("p", frozenset(ROLES)), related) is Access.YES) is wanted


def test_an_action_that_is_not_in_the_table_is_a_mistake_in_the_code() -> None:
    with pytest.raises(KeyError):
        allowed("do_anything", Asker("p", frozenset(ROLES)))


def grant(role: str, *, confirmed: bool = True, ended: bool = False) -> GrantRecord:
    return GrantRecord(
        id=role,
        person="p",
        role=role,
        granted_by="other",
        granted_at=NOW,
        confirmed_by="second" if confirmed else "",
        ended_at=NOW if ended else None,
    )


@pytest.mark.parametrize(
    ("grants", "listed", "removed", "roles"),
    [
        ([], False, False, set()),
        ([], True, False, {"practitioner"}),
        ([grant("coordinator")], False, False, {"coordinator", "practitioner"}),
        ([grant("coordinator")], True, True, set()),
        ([grant("coordinator", confirmed=False)], True, False, {"practitioner"}),
        ([grant("manager", confirmed=False)], False, False, set()),
        ([grant("auditor", confirmed=False)], False, False, {"auditor", "practitioner"}),
        ([grant("agency_lead", ended=True)], True, False, {"practitioner"}),
        ([grant("agency_lead"), grant("manager", ended=True)], True, False, {"agency_lead", "practitioner"}),
    ],
)
def test_the_roles_in_force(grants: list[GrantRecord], listed: bool, removed: bool, roles: set[str]) -> None:
    assert asker("p", grants, listed=listed, removed=removed).roles == roles


def relation(name: str, person: str = "p", until: datetime | None = None) -> CasePersonRecord:
    return CasePersonRecord(case="c", person=person, relation=name, until=until)


def test_relations_are_of_this_person_now_and_the_owner_is_on_their_own_list() -> None:
    people = [
        relation("partner"),
        relation("panel_member", until=NOW),
        relation("scrutineer", until=NOW + timedelta(days=1)),
        relation("excluded", person="q"),
    ]
    assert relations("p", people, owner="o", now=NOW) == {"partner", "scrutineer"}
    assert relations("o", people, owner="o", now=NOW) == {"own", "named"}
