"""What an organisation is told of a referral: everything that helps it search, once, and nothing that is withheld."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from memory_house import kit

from dialogs.scoping import told
from state.records import AnswerRecord
from templates.forms.filled import Filled

TODAY = date(2026, 11, 25)


def day(text: str) -> dict[str, str]:
    return {"said": text, "earliest": text, "latest": text, "precision": "day"}


SAID: dict[str, Any] = {
    "children.1.name": "Test Child One",
    "children.1.date_of_birth": day("2019-04-03"),
    "children.1.address": "1 Test Street",
    "children.1.aliases": "Test Nickname",
    "children.2.name": "Test Child Two",
    "children.2.address": "1  test STREET",
    "family.1.name": "Test Mother",
    "family.1.relationship": "Mother",
    "family.1.address": "1 Test Street",
    "family.1.aliases": "Test Maiden Name",
    "family.2.name": "Test Brother",
    "family.2.relationship": "Half-brother",
    "family.3.name": "Test Aunt",
    "family.3.relationship": "Aunt",
    "family.3.address": "9 Secret Road",
    "family.3.do_not_share": "yes",
    "family.4.name": "Test Cousin",
    "family.4.relationship": "Cousin",
    "family.4.date_of_birth": day("1990-01-01"),
}


def referral(**more: Any) -> Filled:
    said = SAID | {name.replace("__", "."): value for name, value in more.items()}
    at = datetime(2026, 11, 23, tzinfo=UTC)
    answers = {p: AnswerRecord(draft="d", path=p, state="given", value=v, by="t/p", at=at, version=1) for p, v in said.items()}
    return Filled(kit().profile.shapes["referral"], answers)


def test_names_are_those_to_search_under_other_names_too() -> None:
    assert [name for _, name in told.names(referral(), TODAY)] == [
        *("Test Child One", "Test Nickname", "Test Child Two", "Test Mother", "Test Maiden Name"),
        *("Test Brother", "Test Aunt", "Test Cousin"),
    ]


def test_an_address_stands_once_with_everybody_who_lives_there() -> None:
    assert [(a, who) for _, a, who in told.addresses(referral(), TODAY)] == [
        ("1 Test Street", "Test Child One, Test Child Two, Test Mother"),
        ("9 Secret Road", "Test Aunt"),
    ]


def test_what_is_marked_private_is_withheld_to_begin_with() -> None:
    assert told.private(referral(children__1__do_not_share="yes")) == ("children.1.address", "family.3")


def test_who_is_withheld_is_nowhere() -> None:
    withheld = ("family.3", "children.1.address", "children.2.address", "family.1.address")
    made = told.prefilled(referral(), TODAY, kit(), withheld)
    said = [*map(str, made.values()), *map(str, told.names(referral(), TODAY, withheld))]
    assert not any(word in text for text in said for word in ("Test Aunt", "Secret", "Street"))
    assert told.addresses(referral(), TODAY, withheld) == ()


def test_adults_and_children_are_told_apart_by_age_then_by_relationship() -> None:
    made = told.prefilled(referral(), TODAY, kit())
    adults = [value for path, (_, value) in made.items() if path.startswith("related_adults.") and path.endswith(".name")]
    children = [value for path, (_, value) in made.items() if path.startswith("related_children.") and path.endswith(".name")]
    assert adults == ["Test Mother", "Test Aunt", "Test Cousin"]
    assert children == ["Test Brother"]


def test_what_was_taken_out_of_the_referral_is_not_told() -> None:
    shape = referral()
    gone = AnswerRecord(draft="d", path="family.1", state="removed", by="t/p", at=datetime(2026, 11, 23, tzinfo=UTC))
    without = Filled(shape.shape, {**shape.answers, "family.1": gone})
    assert "Test Mother" not in str(told.names(without, TODAY)) + str(told.prefilled(without, TODAY, kit()))


def test_what_was_chosen_is_told_in_words_where_the_return_asks_for_a_text() -> None:
    made = told.prefilled(referral(children__1__sex="male", children__1__ethnicity="white_british"), TODAY, kit())
    assert made["children.1.sex"] == ("given", "Male")
    assert made["children.1.ethnicity"] == ("given", "white_british")


def test_other_names_are_told_beside_the_name_and_not_where_they_are_withheld() -> None:
    made = told.prefilled(referral(), TODAY, kit())
    assert made["children.1.aliases"] == ("given", "Test Nickname")
    assert made["related_adults.1.aliases"] == ("given", "Test Maiden Name")
    withheld = ("children.1.aliases", "family.1.aliases")
    assert not [path for path in told.prefilled(referral(), TODAY, kit(), withheld) if path.endswith("aliases")]
