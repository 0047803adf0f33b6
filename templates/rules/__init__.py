"""The decision model of Document 1: facts, rules as data, and the advice they give. No I/O but `load_rules`."""

from templates.rules.advice import Advice, Reason, WouldChange, as_json, assess, assess_facts, facts_to_check
from templates.rules.changes import facts_worth_asking, worth_asking
from templates.rules.facts import FACTS, Facts, FactsRefused, allowed, read_facts
from templates.rules.ruleset import Rules, load_rules

__all__ = [
    "FACTS",
    "Advice",
    "Facts",
    "FactsRefused",
    "Reason",
    "Rules",
    "WouldChange",
    "allowed",
    "as_json",
    "assess",
    "assess_facts",
    "facts_to_check",
    "facts_worth_asking",
    "load_rules",
    "read_facts",
    "worth_asking",
]
