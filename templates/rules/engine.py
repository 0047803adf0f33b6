"""Which rule decides, about facts that may still be several values at once. Pure; nothing here knows a rule by name."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from templates.rules.conditions import FULL, MAYBE, NO, YES, Masks, bit
from templates.rules.facts import CHOICES, FACTS, NOT_KNOWN, Value, domain
from templates.rules.ruleset import Rule, Rules

MOST_TOGETHER = 3
"""The most answers that are tried together. With the booklet's rules no case needs more; the tests hold that."""

UNKNOWN = tuple(bit(fact, NOT_KNOWN) if NOT_KNOWN in CHOICES[fact] else 0 for fact in FACTS)
Answer = tuple[int, int]
"""A fact and the bit of a value it could have."""


class Outcome(NamedTuple):
    """What is advised, in short. `rule` is the place of the rule that decides; `missing` answers that together undo a `no`."""

    notify: str
    route: str
    rule: int
    missing: tuple[Answer, ...] = ()


def unanswered(masks: Masks) -> tuple[int, ...]:
    """The facts that are not known."""
    return tuple(at for at, mask in enumerate(masks) if mask == UNKNOWN[at])


def read(masks: Masks, rules: Rules) -> Masks:
    """Facts as the rules read them: Read first applied."""
    first = rules.read_first
    mask = masks[first.fact]
    if not mask & first.instead_of:
        return masks
    answer = first.holds(masks)
    if answer == NO:
        return masks
    kept = mask if answer == MAYBE else mask & ~first.instead_of
    changed = list(masks)
    changed[first.fact] = kept | first.read_as
    return changed


def decide(masks: Masks, rules: Rules, live: tuple[int, ...] = ()) -> Outcome:
    """What the rules say about facts with one value each, without the caution. `live` are the rules worth trying (all)."""
    seen = read(masks, rules)
    for at in live or range(len(rules.rules)):
        rule = rules.rules[at]
        if rule.when.holds(seen) == YES:
            return Outcome(rule.notify, _route(rule, seen), at)
    raise AssertionError("the last rule is always met")


def _route(rule: Rule, seen: Masks) -> str:
    if len(rule.routes) == 1:
        return rule.routes[0][1]
    return next(route for condition, route in rule.routes if condition.holds(seen) == YES)


class Reach(NamedTuple):
    """What the rules could still say, at most; the rules that could still be met; and the facts that each hangs on."""

    outcomes: frozenset[tuple[str, str]]
    live: tuple[int, ...]
    groups: tuple[frozenset[int], ...]

    @property
    def facts(self) -> frozenset[int]:
        """All facts that any of those rules hangs on."""
        return frozenset().union(*self.groups)


def reach(masks: Masks, rules: Rules, open_facts: tuple[int, ...]) -> Reach:
    """What could be said if the open facts could be anything. It never leaves out what is possible."""
    wide = list(masks)
    for fact in open_facts:
        wide[fact] = FULL[fact]
    seen = read(wide, rules)
    first = rules.read_first
    doubtful = bool(wide[first.fact] & first.instead_of)
    outcomes: set[tuple[str, str]] = set()
    live: list[int] = []
    for at, rule in enumerate(rules.rules):
        answer = rule.when.holds(seen)
        if answer != NO:
            live.append(at)
            outcomes.update((rule.notify, route) for condition, route in rule.routes if condition.holds(seen) != NO)
        if answer == YES:
            break
    groups = (rules.rules[at].reads for at in live)
    hangs_on = (facts | first.reads if doubtful and first.fact in facts else facts for facts in groups)
    return Reach(frozenset(outcomes), tuple(live), tuple(hangs_on))


def doubtful(masks: Masks, rules: Rules, open_facts: tuple[int, ...], live: tuple[int, ...]) -> bool:
    """Whether anything but `no` is still within reach: as `reach`, ending at the first sign of it."""
    wide = list(masks)
    for fact in open_facts:
        wide[fact] = FULL[fact]
    seen = read(wide, rules)
    for at in live:
        rule = rules.rules[at]
        answer = rule.when.holds(seen)
        if answer != NO and rule.notify != "no":
            return True
        if answer == YES:
            return False
    return False


@lru_cache(maxsize=8)
def answers(rules: Rules, with_duties: bool) -> tuple[tuple[int, ...], ...]:
    """For each fact, one value of each kind that rules tell apart; values that are read just as `not_known` is left out."""
    tests = rules.duty_tests if with_duties else rules.advice_tests
    return tuple(_kinds(fact, tests[at]) for at, fact in enumerate(FACTS))


def _kinds(fact: str, tests: frozenset[int]) -> tuple[int, ...]:
    def kind(value: Value) -> tuple[bool, ...]:
        return tuple(bool(bit(fact, value) & looked_for) for looked_for in tests)

    seen = {kind(NOT_KNOWN)} if NOT_KNOWN in CHOICES[fact] else set()
    found = []
    for value in domain(fact):
        if kind(value) not in seen:
            seen.add(kind(value))
            found.append(bit(fact, value))
    return tuple(found)


@lru_cache(maxsize=8)
def inert_answers(rules: Rules) -> tuple[int, ...]:
    """For each fact, a value that rules read just as they read `not_known`, or 0: it only takes away a doubt."""
    return tuple(_inert(fact, rules.advice_tests[at]) for at, fact in enumerate(FACTS))


def _inert(fact: str, tests: frozenset[int]) -> int:
    if NOT_KNOWN not in CHOICES[fact]:
        return 0
    same = [
        bit(fact, value)
        for value in domain(fact)
        if value != NOT_KNOWN
        and all(bool(bit(fact, value) & looked_for) == bool(bit(fact, NOT_KNOWN) & looked_for) for looked_for in tests)
    ]
    return same[0] if same else 0


def given(masks: Masks, chosen: tuple[Answer, ...]) -> Masks:
    """The facts with these answers put in."""
    changed = list(masks)
    for fact, value in chosen:
        changed[fact] = value
    return changed


def sets_of_answers(facts: list[int], size: int, kinds: tuple[tuple[int, ...], ...]) -> Iterator[tuple[Answer, ...]]:
    """Every way to answer that many of the facts at once."""
    for chosen in itertools.combinations(facts, size):
        for values in itertools.product(*(kinds[fact] for fact in chosen)):
            yield tuple(zip(chosen, values, strict=True))


def way_out(masks: Masks, rules: Rules, open_facts: tuple[int, ...]) -> tuple[Answer, ...]:
    """A smallest set of answers that turns a `no` into anything else; empty where there is none."""
    if not doubtful(masks, rules, open_facts, tuple(range(len(rules.rules)))):
        return ()
    possible = reach(masks, rules, open_facts)
    kinds = answers(rules, False)
    tried = [fact for fact in open_facts if fact in possible.facts and kinds[fact]]
    for size in range(1, MOST_TOGETHER + 1):
        for chosen in sets_of_answers(tried, size, kinds):
            if decide(given(masks, chosen), rules, possible.live).notify != "no":
                return chosen
    return ()


def settle(masks: Masks, rules: Rules, hint: tuple[Answer, ...] = ()) -> Outcome:
    """What is advised, the caution included. `hint` is a way out that is tried before searching for a smallest one."""
    outcome = decide(masks, rules)
    if outcome.notify != "no":
        return outcome
    open_facts = unanswered(masks)
    usable = hint and all(fact in open_facts for fact, _ in hint) and decide(given(masks, hint), rules).notify != "no"
    found = hint if usable else way_out(masks, rules, open_facts)
    if not found:
        return outcome
    caution = rules.file.caution
    return Outcome(caution.notify, caution.route, outcome.rule, found)
