"""Which questions are worth asking: the facts whose answer, alone or with one or two others, could change what is said."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from templates.rules.conditions import YES, Masks, as_masks
from templates.rules.engine import (
    UNKNOWN,
    Answer,
    Outcome,
    answers,
    decide,
    doubtful,
    given,
    inert_answers,
    reach,
    read,
    sets_of_answers,
    settle,
    unanswered,
)
from templates.rules.facts import FACTS, INDEX, Facts, read_facts
from templates.rules.ruleset import Rules

Said = tuple[str, str, tuple[str, ...]]
"""What is compared: notify, route and, where they are asked about, the duties."""


class Change(NamedTuple):
    """A fact that matters, the others it needs (none where it matters alone), and the advice it could lead to."""

    fact: int
    others: tuple[int, ...]
    leads_to: frozenset[tuple[str, str]]


def duties_of(masks: Masks, outcome: Outcome, rules: Rules) -> tuple[str, ...]:
    """The duties beside an outcome, in the order of the file."""
    seen = read(masks, rules)
    return tuple(
        duty.row.id
        for duty in rules.duties
        if duty.when.holds(seen) == YES
        and (not duty.notify or outcome.notify in duty.notify)
        and (not duty.route or outcome.route in duty.route)
    )


class Search:
    """Looks for changes around one set of facts."""

    def __init__(self, masks: Masks, rules: Rules, *, with_duties: bool) -> None:
        self.masks, self.rules, self.with_duties = masks, rules, with_duties
        self.now = settle(masks, rules)
        self.said = self._said(masks, self.now)
        self.kinds = answers(rules, with_duties)
        self.open_facts = unanswered(masks)
        self.possible = reach(masks, rules, self.open_facts)
        self.decider = self.possible.groups[self.possible.live.index(self.now.rule)]
        self.groups = [*self.possible.groups, *(duty.when.reads for duty in rules.duties if with_duties)]
        self.changing: set[Answer] = set()
        self.found: dict[int, tuple[tuple[int, ...], set[tuple[str, str]]]] = {}

    def changes(self) -> tuple[Change, ...]:
        """The facts that matter alone or in twos; in threes only where nothing smaller does; and what the caution names."""
        tried = self._tried()
        self._alone(tried)
        for one, other in itertools.combinations(tried, 2):
            if self._can_meet(one, other):
                self._together([one, other])
        if not self.found:
            for three in itertools.combinations(tried, 3):
                self._together(list(three))
        self._caution()
        return tuple(Change(fact, others, frozenset(leads)) for fact, (others, leads) in sorted(self.found.items()))

    def _tried(self) -> list[int]:
        facts = self.possible.facts if {self.said[:2]} != self.possible.outcomes else frozenset()
        if self.with_duties:
            facts = facts.union(*(duty.when.reads for duty in self.rules.duties))
        return [fact for fact in self.open_facts if fact in facts]

    def _can_meet(self, one: int, other: int) -> bool:
        """Two answers that change nothing alone can do so together only where a rule or a duty hangs on both of them, or
        the rule that decides now hangs on one of them."""
        if one in self.decider or other in self.decider:
            return True
        return any(one in group and other in group for group in self.groups)

    def _said(self, masks: Masks, outcome: Outcome) -> Said:
        duties = duties_of(masks, outcome, self.rules) if self.with_duties else ()
        return outcome.notify, outcome.route, duties

    def differs(self, masks: Masks) -> bool:
        """Whether other facts would lead to something else being said."""
        return self._said(masks, settle(masks, self.rules)) != self.said

    def _alone(self, tried: list[int]) -> None:
        inert = inert_answers(self.rules)
        for fact in tried:
            values = (*self.kinds[fact], inert[fact]) if self.now.missing and inert[fact] else self.kinds[fact]
            for value in values:
                masks = given(self.masks, ((fact, value),))
                self._note(((fact, value),), masks, settle(masks, self.rules, self.now.missing))

    def _together(self, facts: list[int]) -> None:
        for chosen in sets_of_answers(facts, len(facts), self.kinds):
            if self.changing.isdisjoint(chosen):
                masks = given(self.masks, chosen)
                self._note(chosen, masks, self._nearly_settled(masks))

    def _nearly_settled(self, masks: Masks) -> Outcome:
        """As `settle`, without the long search: a `no` counts as doubtful where anything else is still within reach."""
        outcome = decide(masks, self.rules, self.possible.live)
        if outcome.notify != "no":
            return outcome
        if not doubtful(masks, self.rules, unanswered(masks), self.possible.live):
            return outcome
        return Outcome(self.rules.file.caution.notify, self.rules.file.caution.route, outcome.rule)

    def _note(self, chosen: tuple[Answer, ...], masks: Masks, outcome: Outcome) -> None:
        if self._said(masks, outcome) == self.said:
            return
        if len(chosen) == 1:
            self.changing.update(chosen)
        facts = tuple(fact for fact, _ in chosen)
        for fact in facts:
            others, leads = self.found.setdefault(fact, (tuple(one for one in facts if one != fact), set()))
            if not others and len(chosen) > 1:
                continue
            leads.add((outcome.notify, outcome.route))

    def _caution(self) -> None:
        facts = tuple(fact for fact, _ in self.now.missing)
        for fact in facts:
            others = tuple(one for one in facts if one != fact)
            self.found.setdefault(fact, (others, {("no", "")}))


def worth_asking(facts: Mapping[str, object], fact: str, rules: Rules) -> bool:
    """Whether the fact is worth asking for, whatever it is answered now: could its answer change the advice or a duty?

    Raises FactsRefused.
    """
    if not UNKNOWN[INDEX[fact]]:
        return _matters(read_facts(facts), INDEX[fact], rules)
    return fact in facts_worth_asking({name: value for name, value in facts.items() if name != fact}, rules)


def facts_worth_asking(facts: Mapping[str, object], rules: Rules) -> tuple[str, ...]:
    """The unanswered facts whose answer could change the advice or a duty. Raises FactsRefused."""
    return _worth_asking(read_facts(facts), rules)


@lru_cache(maxsize=8192)
def _worth_asking(facts: Facts, rules: Rules) -> tuple[str, ...]:
    found = Search(as_masks(facts), rules, with_duties=True).changes()
    return tuple(FACTS[change.fact] for change in found)


def _matters(facts: Facts, fact: int, rules: Rules) -> bool:
    """For a fact that always has a value: whether another one would change anything."""
    search = Search(as_masks(facts), rules, with_duties=True)
    return any(search.differs(given(search.masks, ((fact, value),))) for value in search.kinds[fact])
