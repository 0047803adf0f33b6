"""The facts of one subject child, their allowed values, and the refusal of anything else. No I/O.

Every fact has a finite list of values (its domain), so that a rule can be tried against "anything it could still be".
The values are those of the decision model of Document 1: Deciding Whether to Notify.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from functools import cache

NOT_KNOWN = "not_known"
ENQUIRIES = ("strategy_discussion", "section_47", "care_proceedings", "criminal_investigation")
OLDEST = 120

Value = str | int | frozenset[str]
Facts = tuple[Value, ...]
"""One value a fact, in the order of FACTS. Free text is reduced to whether there is any, so nothing personal is kept."""

_YES_NO = ("yes", "no", NOT_KNOWN)
_AREAS = ("in_area", "elsewhere_in_england", "outside_england", NOT_KNOWN)

CHOICES: Mapping[str, tuple[str, ...]] = {
    "age_at_incident": ("unborn", NOT_KNOWN),
    "outcome": ("death", "serious_harm", "not_serious", NOT_KNOWN),
    "place": _AREAS,
    "normally_resident": _YES_NO,
    "subject": ("harmed_child", "child_who_harmed"),
    "abuse_or_neglect": ("known", "suspected", "none", NOT_KNOWN),
    "contribution": ("direct", "some", "none", NOT_KNOWN),
    "abusive_event": _YES_NO,
    "enquiries": (*ENQUIRIES, NOT_KNOWN),
    "looked_after": ("no", "this_authority", "other_authority", NOT_KNOWN),
    "linked_recent_harm": _YES_NO,
    "care_leaver": _YES_NO,
    "sudden_infant_death": _YES_NO,
    "suicide": _YES_NO,
    "neglect": ("none", "pattern", "single_incident", "cumulative", NOT_KNOWN),
    "neglectful_in_itself": _YES_NO,
    "extra_familial": _YES_NO,
    "adult_with_care_or_power": _YES_NO,
    "exploitation": ("sexual", "criminal", "both", "none", NOT_KNOWN),
    "adult_without_care": _YES_NO,
    "another_child": _YES_NO,
    "institution": ("no", "specific_acts", "quality_of_care", NOT_KNOWN),
    "harm_targeted": _YES_NO,
    "particularly_vulnerable": _YES_NO,
    "safeguarding_concerns": ("some", "none", NOT_KNOWN),
}
"""The named values of every fact, in the order in which facts are told. Age also takes whole years."""

FACTS = tuple(CHOICES)
INDEX = {name: at for at, name in enumerate(FACTS)}
DEFAULTS: Mapping[str, str] = {"subject": "harmed_child"}


class FactsRefused(Exception):
    """Facts that cannot be read. `fact` is the name and the message ends with the allowed values."""

    def __init__(self, fact: str, message: str) -> None:
        super().__init__(message)
        self.fact = fact


@cache
def domain(fact: str) -> tuple[Value, ...]:
    """Every value the fact can have, `not_known` included where it is allowed."""
    if fact == "age_at_incident":
        return (*range(OLDEST + 1), *CHOICES[fact])
    if fact == "enquiries":
        sets = (itertools.combinations(ENQUIRIES, size) for size in range(len(ENQUIRIES) + 1))
        return (*(frozenset(chosen) for group in sets for chosen in group), NOT_KNOWN)
    return CHOICES[fact]


def allowed(fact: str) -> str:
    """The allowed values in words, for a refusal."""
    if fact == "age_at_incident":
        return f"a whole number from 0 to {OLDEST}, unborn, not_known"
    if fact == "enquiries":
        return f"a list of {', '.join(ENQUIRIES)}; an empty list; or not_known"
    if fact == "safeguarding_concerns":
        return "a list of texts; an empty list; or not_known"
    return ", ".join(CHOICES[fact])


def read_facts(given: Mapping[str, object]) -> Facts:
    """Facts as a value that can be compared and cached. Raises FactsRefused for an unknown fact, value or type."""
    for name in given:
        if name not in INDEX:
            raise FactsRefused(str(name), f"{name!s}: there is no such fact. The facts are: {', '.join(FACTS)}.")
    return tuple(_read(name, given[name]) if name in given else DEFAULTS.get(name, NOT_KNOWN) for name in FACTS)


def _read(fact: str, value: object) -> Value:
    if fact == "enquiries" and isinstance(value, list | tuple | frozenset):
        return frozenset(_one_enquiry(item) for item in value)
    if fact == "safeguarding_concerns":
        return _concerns(value)
    if fact == "age_at_incident" and isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= OLDEST:
        return value
    if not isinstance(value, str):
        raise _refused(fact, _shown(value))
    if value not in CHOICES[fact] or (fact == "enquiries" and value != NOT_KNOWN):
        raise _refused(fact, _shown(value))
    return value


def _one_enquiry(item: object) -> str:
    if not isinstance(item, str) or item not in ENQUIRIES:
        raise _refused("enquiries", _shown(item))
    return item


def _concerns(value: object) -> Value:
    if value == NOT_KNOWN and isinstance(value, str):
        return NOT_KNOWN
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise _refused("safeguarding_concerns", "this value")
    return "some" if value else "none"


def _refused(fact: str, shown: str) -> FactsRefused:
    return FactsRefused(fact, f"{fact}: {shown} is not an allowed value. Allowed: {allowed(fact)}.")


def _shown(value: object) -> str:
    """A wrong value as it may be shown: short ids and numbers; anything longer could be somebody's words."""
    if isinstance(value, str) and len(value) <= 30 and value.replace("_", "").isalnum():
        return f'"{value}"'
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int) and abs(value) < 10**6:
        return str(value)
    return f"a {type(value).__name__}" if not isinstance(value, str) else "this text"
