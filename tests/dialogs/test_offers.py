"""A button that asks for what can be typed: for everybody, whatever it carries, it is answered and nothing breaks."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from may_referral import ROLES
from memory_house import TENANT, MemoryHouse, kit

from dialogs.answers.offers import ASKED_FOR, LONGEST, meant_by
from dialogs.asking.meaning import Slots, Understood
from dialogs.table import INTENTS
from dialogs.turn import Press
from state.values import Channel, Place, PlaceKind, Who

AT = '{"case":"NS-2026-0001","agency":["police"],"person":"Test Nurse","from":"2026-01-01","to":"2026-12-31"}'


@pytest.mark.parametrize("role", ROLES)
def test_every_intent_is_answered_for_everybody(role: str) -> None:
    who = Who("another-tenant" if role == "stranger" else TENANT, role, f"Test {role}")
    for place in (None, Place(Channel.TEAMS, "a-channel", PlaceKind.CHANNEL)):
        for intent in sorted(INTENTS):
            house = MemoryHouse()
            if role in ("coordinator", "manager", "agency_lead", "deputy", "auditor"):
                house.grant(who, role)
            house.take(Press(action=ASKED_FOR, target=intent, at=AT), who=who, place=place)
            assert house.sends, (intent, place)


def test_every_intent_has_words_for_its_button() -> None:
    words = kit().words
    without = {"help", "cancel", "claim"}
    named = {one for one in INTENTS if words.has(f"buttons.asked_{one}") or words.has(f"buttons.{one}")}
    assert set(INTENTS) - named - without == {"refer", "away"}


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.text(max_size=LONGEST))
def test_whatever_it_carries_is_read_as_nothing_worse_than_nothing(at: str) -> None:
    assert isinstance(meant_by(Press(action=ASKED_FOR, target="status", at=at)), Understood)


def test_what_it_carries_is_what_was_named() -> None:
    kept = Slots(case="NS-2026-0007", agency=("police", "fire"), from_="2026-01-01", days=3)
    assert meant_by(Press(action=ASKED_FOR, target="overdue", at=msgspec.json.encode(kept).decode())) == Understood(
        "overdue", slots=kept
    )
