"""The advice: what the rules say about one child's facts, why, and what could change it. It advises; a named person decides."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from state.values import JSON
from templates.rules.changes import Change, Search, duties_of
from templates.rules.conditions import YES, Masks, as_masks
from templates.rules.engine import Outcome, read
from templates.rules.facts import FACTS, Facts, read_facts
from templates.rules.ruleset import Rule, Rules

RAPID_REVIEW = {"must": "yes", "consider": "consider", "no": "no"}


class Reason(msgspec.Struct, frozen=True):
    """Why: the rule's id, its text, and the heading it comes from."""

    rule: str
    text: str
    source: str


class WouldChange(msgspec.Struct, frozen=True):
    """A fact that is not known and could change the advice, and how."""

    fact: str
    why: str


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """What is advised for one child. `guidance` is the edition it was assessed under."""

    notify: str
    rapid_review: str
    route: str
    duties: tuple[str, ...]
    rules: tuple[str, ...]
    reasons: tuple[Reason, ...]
    considerations: tuple[str, ...]
    would_change: tuple[WouldChange, ...]
    guidance: str


def assess(facts: Mapping[str, object], rules: Rules) -> Advice:
    """The advice on one child's facts; a fact that is not given is not known. Raises FactsRefused."""
    return assess_facts(read_facts(facts), rules)


@lru_cache(maxsize=8192)
def assess_facts(facts: Facts, rules: Rules) -> Advice:
    """The advice on facts that were read before."""
    masks = as_masks(facts)
    search = Search(masks, rules, with_duties=False)
    now, met = search.now, _met(masks, search.now, rules)
    return Advice(
        notify=now.notify,
        rapid_review=RAPID_REVIEW[now.notify],
        route=now.route,
        duties=duties_of(masks, now, rules),
        rules=tuple(dict.fromkeys([rule.row.id for rule in met] + _caution_id(now, rules))),
        reasons=_reasons(masks, now, met, rules),
        considerations=_considerations(now, met, rules),
        would_change=tuple(_would_change(change, now, rules) for change in search.changes()),
        guidance=rules.edition,
    )


def as_json(advice: Advice) -> JSON:
    """Advice as it is printed and kept."""
    kept: JSON = msgspec.to_builtins(advice)
    return kept


def facts_to_check(facts: Mapping[str, object], rules: Rules) -> tuple[str, ...]:
    """The facts whose answers disagree (Read first), so that the conversation asks which is right; empty where none do."""
    masks = as_masks(read_facts(facts))
    first = rules.read_first
    if read(masks, rules) is masks or FACTS[first.fact] not in facts or facts[FACTS[first.fact]] == "not_known":
        return ()
    holding = (clash.when.reads for clash in first.clashes if clash.when.holds(masks) == YES)
    return tuple(FACTS[at] for at in sorted({first.fact}.union(*holding)))


def _met(masks: Masks, now: Outcome, rules: Rules) -> list[Rule]:
    """Every rule that is met. What is left over once all else failed counts only where it decides."""
    seen = read(masks, rules)
    return [
        rule
        for at, rule in enumerate(rules.rules)
        if at == now.rule or (not rule.row.only_when_reached and rule.when.holds(seen) == YES)
    ]


def _caution_id(now: Outcome, rules: Rules) -> list[str]:
    return [rules.file.caution.id] if now.missing else []


def _reasons(masks: Masks, now: Outcome, met: list[Rule], rules: Rules) -> tuple[Reason, ...]:
    decides = rules.rules[now.rule]
    caution = _caution_reason(now, rules)
    first = _also(decides, rules.words.overruled) if caution else _reason(decides)
    others = [_also(rule, rules.words.also_met) for rule in met if rule is not decides]
    return (*caution, first, *_read_first(masks, decides, rules), *others)


def _reason(rule: Rule) -> Reason:
    return Reason(rule.row.id, rule.row.text, rule.row.source)


def _also(rule: Rule, words: str) -> Reason:
    return Reason(rule.row.id, f"{words} {rule.row.text}", rule.row.source)


def _caution_reason(now: Outcome, rules: Rules) -> list[Reason]:
    if not now.missing:
        return []
    caution = rules.file.caution
    facts = "; ".join(_label(fact, rules) for fact, _ in now.missing)
    return [Reason(caution.id, caution.text.format(facts=facts), caution.source)]


def _read_first(masks: Masks, decides: Rule, rules: Rules) -> list[Reason]:
    """Says that an answer was read differently, beside the rule that decides."""
    if read(masks, rules) is masks:
        return []
    holding = [clash.row for clash in rules.read_first.clashes if clash.when.holds(masks) == YES]
    return [Reason(decides.row.id, row.text, row.source) for row in holding]


def _considerations(now: Outcome, met: list[Rule], rules: Rules) -> tuple[str, ...]:
    shown = list(rules.file.considerations.always)
    for rule in met:
        shown += rule.row.considerations
    if now.missing:
        shown += rules.file.caution.considerations
    if now.notify == "no":
        shown += rules.file.considerations.no
    return tuple(dict.fromkeys(shown))


def _would_change(change: Change, now: Outcome, rules: Rules) -> WouldChange:
    words, fact = rules.words, _label(change.fact, rules)
    advice = _advice_words(change, now, rules)
    if not change.others:
        return WouldChange(FACTS[change.fact], words.alone.format(fact=fact, advice=advice))
    others = ", ".join(_label(other, rules) for other in change.others)
    return WouldChange(FACTS[change.fact], words.together.format(fact=fact, others=others, advice=advice))


def _advice_words(change: Change, now: Outcome, rules: Rules) -> str:
    words = {"must": rules.words.must, "consider": rules.words.consider, "no": rules.words.no}
    others = {notify for notify, _ in change.leads_to} - {now.notify}
    said = [words[notify] for notify in words if notify in others]
    return ", or ".join(said) or rules.words.next_step


def _label(fact: int, rules: Rules) -> str:
    return rules.file.facts[FACTS[fact]]
