"""Every button and every intent, walked for every role: what is refused is refused in words and in the history."""

from __future__ import annotations

import may_absence
import may_accounts
import may_answers
import may_casework
import may_chasing
import may_decision
import may_delivered
import may_digest
import may_giving
import may_library
import may_overdue
import may_referral
import may_returns
import may_review
import may_scoping
import pytest
from memory_house import TENANT, MemoryHouse

from dialogs.acts import About
from dialogs.reply import Reply
from dialogs.table import INTENTS, PRESSES
from dialogs.turn import Press, Text
from state.values import Channel, Place, PlaceKind, Who

OWNER = Who(TENANT, "owner", "Test Owner")
TABLES = (
    may_referral,
    may_decision,
    may_casework,
    may_scoping,
    may_returns,
    may_review,
    may_absence,
    may_accounts,
    may_answers,
    may_delivered,
    may_digest,
    may_giving,
    may_library,
    may_chasing,
    may_overdue,
)
MAY = {name: who for table in TABLES for name, who in table.MAY.items()}
INTENDED = {name: how for table in TABLES for name, how in table.INTENDED.items()}
ROLES = may_referral.ROLES
ANYWHERE = {name for name, act in PRESSES.items() if act.about is not About.DRAFT}
ON_A_DRAFT = {name for name, act in PRESSES.items() if act.about is About.DRAFT}


def person(role: str) -> Who:
    return Who("another-tenant" if role == "stranger" else TENANT, role, f"Test {role}")


def house_with_a_case() -> MemoryHouse:
    """Somebody's open draft, and somebody's case."""
    house = MemoryHouse()
    for role in ("coordinator", "manager", "agency_lead", "deputy", "auditor"):
        house.grant(person(role), role)
    house.take(Press(action="start_referral"), who=OWNER)
    draft = next(iter(house.rows["drafts"].values()))
    from state.records import CaseRecord

    house.add(
        CaseRecord(id="case", reference="NS-2026-0001", draft=draft.id, referrer=OWNER.id, received_at=house.now, edition="")
    )
    return house


def refused(house: MemoryHouse, role: str, replies: list[Reply]) -> bool:
    """Whether it was refused; then it was said and noted, and nothing but who they are was written."""
    noted = [entry for entry in house.history if entry.kind == "refused" and entry.who == person(role).id]
    assert replies
    assert all(reply.text or reply.card for reply in replies)
    return bool(noted)


def test_the_lists_here_are_whole() -> None:
    assert set(MAY) == ANYWHERE
    assert set(INTENDED) == set(INTENTS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", sorted(MAY))
def test_every_button_that_stands_anywhere(action: str, role: str) -> None:
    house = house_with_a_case()
    replies = house.take(Press(action=action, target="case"), who=person(role))
    assert refused(house, role, replies) is (role not in MAY[action]), [reply.text for reply in replies]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("intent", sorted(INTENDED))
def test_every_request_in_words(intent: str, role: str) -> None:
    house = house_with_a_case()
    typed, may = INTENDED[intent]
    replies = house.take(Text(typed), who=person(role))
    assert refused(house, role, replies) is (role not in may), [reply.text for reply in replies]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", sorted(ON_A_DRAFT))
def test_no_button_touches_somebody_elses_draft(action: str, role: str) -> None:
    house = house_with_a_case()
    draft = next(iter(house.rows["drafts"].values()))
    versions = {key: list(kept) for key, kept in house.versions.items()}
    replies = house.take(Press(action=action, target=draft.id, inputs={"named": OWNER.id}), who=person(role))
    assert refused(house, role, replies)
    assert house.rows["drafts"][(draft.id,)] == draft
    assert house.versions == versions


@pytest.mark.parametrize("action", sorted(ON_A_DRAFT))
def test_no_button_works_on_ones_own_draft_in_a_channel(action: str) -> None:
    house = house_with_a_case()
    draft = next(iter(house.rows["drafts"].values()))
    channel = Place(Channel.TEAMS, "a-channel", PlaceKind.CHANNEL)
    replies = house.take(Press(action=action, target=draft.id), who=OWNER, place=channel)
    assert [reply.text for reply in replies] == [
        'That referral is not here, or it is not yours. Type "my referrals" to see yours.'
    ]
    assert house.rows["drafts"][(draft.id,)] == draft


@pytest.mark.parametrize("action", sorted(ANYWHERE | {"nothing", ""}))
def test_every_button_pressed_in_a_channel_is_answered_without_a_word_about_a_child(action: str) -> None:
    house = house_with_a_case()
    channel = Place(Channel.TEAMS, "a-channel", PlaceKind.CHANNEL)
    coordinator = person("coordinator")
    replies = house.take(Press(action=action, target="case", inputs={"role": "manager"}), who=coordinator, place=channel)
    assert replies
    assert not any(reply.card and reply.card.inputs for reply in replies)
    assert "The code is" not in "".join(reply.text for reply in replies)
