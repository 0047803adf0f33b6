"""A kit is quick to make again: what is compiled from a profile is kept, and another profile has its own."""

from __future__ import annotations

from msgspec.structs import replace
from story import profile

from dialogs.kit import Kit
from dialogs.making import make_kit
from templates.profile import Profile


def kit_of(one: Profile, tenant: str = "tenant") -> Kit:
    return make_kit(one, lambda purpose, text: f"{purpose} {text}", frozenset({tenant}))


def test_kits_of_one_profile_share_what_is_compiled_and_nothing_else() -> None:
    first, second = kit_of(profile(), "one"), kit_of(profile(), "two")
    assert first.vocabulary is second.vocabulary
    assert first.machines is second.machines
    assert (first.tenants, second.tenants) == (frozenset({"one"}), frozenset({"two"}))


def test_a_profile_that_says_the_same_is_another_one() -> None:
    """People may have changed its folder before it was loaded again."""
    other = replace(profile())
    assert kit_of(other).vocabulary is not kit_of(profile()).vocabulary
    assert kit_of(other).profile is other
