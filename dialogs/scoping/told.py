"""What one organisation is told of a referral: names, other names and addresses to search under, without what is withheld.

Withheld are paths of the referral: `family.2` takes that whole person out, `children.1.address` one address. Whatever is taken
out here reaches no form, letter or window of that organisation: all of them are made from this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

import msgspec

from dialogs.filling.asking import shown
from dialogs.kit import Kit
from state.values import JSON
from templates.answers import Kind, age_on
from templates.forms.filled import Filled

CHILD_WORDS = ("brother", "sister", "sibling", "son", "daughter", "cousin", "niece", "nephew", "twin", "child", "baby")
ADULT_AGE = 18


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One answer that is passed on: where it stands in the referral, its state and its value."""

    path: str
    state: str
    value: JSON


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """A subject child, or somebody of the family (`family.N`): what is passed on of them, by the id of the question."""

    path: str
    facts: Mapping[str, Fact]
    adult: bool = False

    def text(self, name: str) -> str:
        """A text that was given, or nothing."""
        fact = self.facts.get(name)
        return fact.value if fact is not None and isinstance(fact.value, str) else ""


ALIASES = "aliases"
OF_A_CHILD = ("name", "date_of_birth", "ethnicity", "religion", "disability", "sex", "aliases", "address", "school", "gp")
OF_A_RELATIVE = ("name", "relationship", "date_of_birth", "address", "aliases")


def children(referral: Filled, withheld: Collection[str] = ()) -> Iterator[Subject]:
    """The subject children with what is passed on of each."""
    for number in referral.children():
        path = f"children.{number}"
        yield Subject(path=path, facts=dict(_facts(referral, path, OF_A_CHILD, withheld)))


def relatives(referral: Filled, today: date, withheld: Collection[str] = ()) -> Iterator[Subject]:
    """The family and significant others, without those who are withheld."""
    for row in referral.rows("family"):
        path = f"family.{row}"
        if path not in withheld and referral.printed(f"{path}.name"):
            facts = dict(_facts(referral, path, OF_A_RELATIVE, withheld))
            yield Subject(path=path, facts=facts, adult=_adult(facts, today))


def _facts(referral: Filled, path: str, names: tuple[str, ...], withheld: Collection[str]) -> Iterator[tuple[str, Fact]]:
    for name in names:
        own = f"{path}.{name}"
        answer = referral.answers.get(own)
        if own not in withheld and answer is not None and answer.state in ("given", "not_known") and referral.printed(own):
            yield name, Fact(path=own, state=answer.state, value=answer.value)


def _adult(facts: Mapping[str, Fact], today: date) -> bool:
    """By the birth date where it says, else by the relationship: a mother and a neighbour are adults, a brother is a child."""
    born = facts.get("date_of_birth")
    if born is not None and isinstance(born.value, dict) and born.value.get("earliest"):
        day = today.isoformat()
        youngest, _ = age_on(born.value, {"said": "", "earliest": day, "latest": day, "precision": "day"})
        if youngest is not None:
            return youngest >= ADULT_AGE
    relationship = facts.get("relationship")
    said = str(relationship.value).casefold() if relationship is not None else ""
    return not any(word in said.replace("-", " ").split() for word in CHILD_WORDS)


def private(referral: Filled) -> tuple[str, ...]:
    """What the referral marks as not to be shared: withheld from everybody until the coordinator decides otherwise."""
    found = [f"children.{n}.address" for n in referral.children() if referral.value(f"children.{n}.do_not_share") == "yes"]
    return (*found, *(f"family.{n}" for n in referral.rows("family") if referral.value(f"family.{n}.do_not_share") == "yes"))


def names(referral: Filled, today: date, withheld: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
    """Every name to search under, as (path, name): children, their other names, then the family's."""
    found: list[tuple[str, str]] = []
    for subject in (*children(referral, withheld), *relatives(referral, today, withheld)):
        for part in ("name", ALIASES):
            if text := subject.text(part):
                found.append((f"{subject.path}.{part}", text))
    return tuple(found)


def addresses(referral: Filled, today: date, withheld: Collection[str] = ()) -> tuple[tuple[str, str, str], ...]:
    """Every address to search under once, as (path, address, whose)."""
    found: dict[str, tuple[str, str, str]] = {}
    for subject in (*children(referral, withheld), *relatives(referral, today, withheld)):
        if address := subject.text("address"):
            key = " ".join(address.casefold().split())
            path, kept, whose = found.get(key, (f"{subject.path}.address", address, ""))
            found[key] = (path, kept, ", ".join(filter(None, (whose, subject.text("name")))))
    return tuple(found.values())


Prefilled = dict[str, tuple[str, JSON]]


def prefilled(referral: Filled, today: date, kit: Kit, withheld: Collection[str] = ()) -> Prefilled:
    """Section 1 of Document 2 as it is sent: (state, value) by the path in the form `scoping`."""
    made: Prefilled = {}
    for child in children(referral, withheld):
        for name in ("name", "date_of_birth", "ethnicity", "religion", "disability", "sex"):
            if fact := child.facts.get(name):
                made[f"{child.path}.{name}"] = (fact.state, _worded(referral, fact, name, today, kit))
        if also := child.text(ALIASES):
            made[f"{child.path}.{ALIASES}"] = ("given", also)
    for number, (_, address, who) in enumerate(addresses(referral, today, withheld), 1):
        made[f"addresses.{number}.address"] = ("given", address)
        made[f"addresses.{number}.who"] = ("given", who)
    family = list(relatives(referral, today, withheld))
    _people(made, "related_adults", [one for one in family if one.adult])
    _people(made, "related_children", [one for one in family if not one.adult])
    return made


def _worded(referral: Filled, fact: Fact, name: str, today: date, kit: Kit) -> JSON:
    """What was chosen in the referral stands in words where the return asks for a text."""
    found = referral.shape.find(fact.path)
    asked = kit.profile.shapes["scoping"].by_state[f"children.{name}"].question
    if found is None or found[1].kind is not Kind.CHOICE or asked.kind is Kind.CHOICE or fact.state != "given":
        return fact.value
    return shown(referral.answers[fact.path], found[1], referral, kit, today)


def _people(made: Prefilled, group: str, people: list[Subject]) -> None:
    for number, one in enumerate(people, 1):
        for name in ("name", "relationship", "date_of_birth", "address"):
            if fact := one.facts.get(name):
                made[f"{group}.{number}.{name}"] = (fact.state, fact.value)
        if also := one.text(ALIASES):
            made[f"{group}.{number}.{ALIASES}"] = ("given", also)
    if people:
        made[group] = ("given", "rows")
