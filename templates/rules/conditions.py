"""Conditions as data. Nothing is evaluated and no name is imported: facts and values are looked up in our own table.

A condition is a mapping: `fact: value` or `fact: [values]` (any of them), all of which must hold. Beside facts it may hold
`all: [...]`, `any: [...]`, `not: {...}` and `is: name` (a condition named in the same file). Age also takes
`{at_least: 18, under: 25}`. It answers NO, MAYBE or YES about facts that may be several values at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from templates.rules.facts import ENQUIRIES, FACTS, INDEX, Facts, Value, domain

NO, MAYBE, YES = 0, 1, 2
Masks = Sequence[int]
"""A bit for each value a fact may have, a fact each in the order of FACTS."""
Holds = Callable[[Masks], int]
Place = tuple[int | str, ...]

_BIT = {fact: {value: 1 << at for at, value in enumerate(domain(fact))} for fact in FACTS}
FULL = tuple((1 << len(domain(fact))) - 1 for fact in FACTS)


class Wrong(Exception):
    """A condition that cannot be read: where in the file, and what to do."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.place = place


class Condition:
    """A condition that was read. `holds` answers it; `tests` are the facts it reads with the values it looks for."""

    def __init__(self, holds: Holds, tests: frozenset[tuple[int, int]]) -> None:
        self.holds = holds
        self.tests = tests
        self.reads = frozenset(fact for fact, _ in tests)


ALWAYS = Condition(lambda _: YES, frozenset())


def bit(fact: str, value: Value) -> int:
    """The bit of one value of a fact."""
    return _BIT[fact][value]


def as_masks(facts: Facts) -> tuple[int, ...]:
    """Facts as masks with one bit each."""
    return tuple(_BIT[name][value] for name, value in zip(FACTS, facts, strict=True))


class Reader:
    """Reads conditions of one file, with the conditions named so far."""

    def __init__(self) -> None:
        self.named: dict[str, Condition] = {}

    def read(self, data: Any, place: Place) -> Condition:
        """A condition from data. Raises Wrong."""
        if not isinstance(data, Mapping):
            raise Wrong(place, "A condition is a list of `fact: value`. Write it so.")
        return _all([self._part(str(key), value, (*place, str(key))) for key, value in data.items()])

    def _part(self, key: str, value: Any, place: Place) -> Condition:
        if key in ("all", "any"):
            parts = [self.read(item, (*place, at)) for at, item in enumerate(_several(value, place))]
            return _all(parts) if key == "all" else any_of(parts)
        if key == "not":
            return _not(self.read(value, place))
        if key == "is":
            return self._known(value, place)
        if key not in INDEX:
            raise Wrong(place, f"{key} is not a fact. The facts are: {', '.join(FACTS)}.")
        return _test(INDEX[key], _mask(key, value, place))

    def _known(self, name: Any, place: Place) -> Condition:
        if name not in self.named:
            raise Wrong(place, f"{name} is not a condition named above in this file. Name it under `conditions`.")
        return self.named[name]


def _several(value: Any, place: Place) -> Sequence[Any]:
    if not isinstance(value, list) or not value:
        raise Wrong(place, "Here a list of conditions is needed. Write one a line, each with a dash.")
    return value


def _mask(fact: str, value: Any, place: Place) -> int:
    if isinstance(value, Mapping):
        return _age_mask(fact, value, place)
    mask = 0
    for at, one in enumerate(value if isinstance(value, list) else [value]):
        mask |= _value_mask(fact, one, (*place, at) if isinstance(value, list) else place)
    if not mask:
        raise Wrong(place, f"{fact} has no value to look for. Name at least one.")
    return mask


def _value_mask(fact: str, value: Any, place: Place) -> int:
    value = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value  # YAML reads a bare yes or no so
    if fact == "enquiries" and value in ENQUIRIES:
        return sum(bits for known, bits in _BIT[fact].items() if isinstance(known, frozenset) and value in known)
    if fact == "enquiries" and value == "none":
        return bit(fact, frozenset())
    if not isinstance(value, str | int) or value not in _BIT[fact]:
        raise Wrong(place, f"{value} is not a value of {fact}. Use one of its allowed values.")
    return bit(fact, value)


def _age_mask(fact: str, bounds: Mapping[Any, Any], place: Place) -> int:
    numbers = all(type(number) is int for number in bounds.values())
    if fact != "age_at_incident" or not bounds or not numbers or not set(bounds) <= {"at_least", "under"}:
        raise Wrong(place, "Only age_at_incident takes bounds, such as {at_least: 18, under: 25}. Mend it.")
    low, high = bounds.get("at_least", 0), bounds.get("under", 1000)
    mask = sum(bits for age, bits in _BIT[fact].items() if isinstance(age, int) and low <= age < high)
    if not mask:
        raise Wrong(place, "No age lies between these bounds. Mend them.")
    return mask


def _test(fact: int, looked_for: int) -> Condition:
    def holds(masks: Masks) -> int:
        mask = masks[fact]
        hit = mask & looked_for
        return NO if not hit else YES if hit == mask else MAYBE

    return Condition(holds, frozenset({(fact, looked_for)}))


def _all(parts: Sequence[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else _joined(parts, settles=NO, otherwise=YES)


def any_of(parts: Sequence[Condition]) -> Condition:
    """A condition that holds where any of the parts does."""
    return _joined(parts, settles=YES, otherwise=NO)


def _joined(parts: Sequence[Condition], *, settles: int, otherwise: int) -> Condition:
    """Several conditions as one: the first part that settles it does; else one that may hold leaves it open."""
    each = tuple(part.holds for part in parts)

    def holds(masks: Masks) -> int:
        found = otherwise
        for part in each:
            answer = part(masks)
            if answer == settles:
                return settles
            if answer == MAYBE:
                found = MAYBE
        return found

    return Condition(holds, frozenset().union(*(part.tests for part in parts)))


def _not(part: Condition) -> Condition:
    inner = part.holds
    return Condition(lambda masks: YES - inner(masks), part.tests)
