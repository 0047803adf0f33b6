"""Which kind of agency an organisation is that nobody has described: by the words of its id."""

from __future__ import annotations

import pytest

from templates.organisations import kind_of
from templates.profile import load_profile, profile_folder

PROFILE = load_profile(profile_folder("north-somerset"))
KINDS = [option.id for option in PROFILE.lists["agencies"] if not isinstance(option, str)]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("police", "police"),
        ("test-hospital-trust", "hospital_trust"),
        ("school-nursing-team", "school_nursing"),
        ("hill-school", "education"),
        ("adult-mental-health", "adult_mental_health"),
        ("health_visiting", "health_visiting"),
        ("test-practice", "gp"),
        ("nobody-knows", "other"),
    ],
)
def test_the_kind_of_an_unknown_organisation(name: str, kind: str) -> None:
    assert kind_of(name, KINDS, PROFILE.organisations.words) == kind


def test_every_kind_of_document_2_has_an_invented_organisation_and_one_has_two() -> None:
    kinds = [one.kind for one in PROFILE.organisations.organisations]
    assert set(kinds) == set(KINDS)
    assert kinds.count("hospital_trust") == 2
    assert all(one.name.startswith("Test ") for one in PROFILE.organisations.organisations)
