"""The engine against a second, plain reading of the decision model, written as branches, and against trying every answer."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from templates.rules import FACTS, as_json, assess, facts_worth_asking, load_rules, read_facts, worth_asking
from templates.rules.facts import CHOICES, ENQUIRIES

RULES = load_rules(Path(__file__).parents[2] / "templates" / "north-somerset" / "rules")
CALM = settings(derandomize=True, max_examples=250, deadline=None)
Facts = dict[str, Any]

VALUES: dict[str, list[Any]] = {name: [value for value in CHOICES[name] if value != "not_known"] for name in FACTS}
VALUES["age_at_incident"] = [0, 17, 18, 24, 25, "unborn"]
VALUES["enquiries"] = [[], *([one] for one in ENQUIRIES), list(ENQUIRIES)]
VALUES["safeguarding_concerns"] = [[], ["Something was said"]]
IRRELEVANT = ("adult_without_care", "another_child", "harm_targeted", "particularly_vulnerable", "safeguarding_concerns")

any_facts = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from([*values, *values[:1]]) for name, values in VALUES.items()}
)


def reference(given_facts: Facts) -> tuple[str, str]:  # the model's table, top to bottom
    f = {name: given_facts.get(name, "not_known") for name in FACTS}
    age, died = f["age_at_incident"], f["outcome"] == "death"
    abuse, how = f["abuse_or_neglect"], f["contribution"]
    exploited = f["exploitation"] in ("sexual", "criminal", "both")
    single = f["neglect"] == "single_incident"
    if abuse in ("none", "not_known"):
        in_itself = single and f["neglectful_in_itself"] == "yes"
        if f["neglect"] in ("pattern", "cumulative") or in_itself or exploited:
            abuse = "suspected"
    suspected = abuse in ("known", "suspected")
    direct = suspected and how == "direct"
    looked_after = f["looked_after"] in ("this_authority", "other_authority")
    must, consider = ("must", "notify_then_rapid_review"), ("consider", "partners_decide")
    no = ("no", "outside_criteria" if not died else "looked_after_notice_only" if looked_after else "child_death_review")
    if isinstance(age, int) and age >= 18:
        return "no", "care_leaver_notice_only" if age <= 24 and f["care_leaver"] == "yes" and died else "outside_criteria"
    if f["outcome"] == "not_serious":
        return "no", "outside_criteria"
    if f["place"] == "elsewhere_in_england":
        return "no", "other_authority"
    if f["place"] == "outside_england" and f["normally_resident"] == "no":
        return "no", "outside_criteria"
    if f["outcome"] == "not_known" or age == "unborn":
        return consider
    if f["abusive_event"] == "yes" or (f["enquiries"] != "not_known" and f["enquiries"]):
        return must
    if looked_after and f["linked_recent_harm"] == "yes":
        return must
    if looked_after and died and abuse == "none":
        return no
    if looked_after and died and suspected and how == "some":
        return consider
    if "yes" in (f["sudden_infant_death"], f["suicide"]):
        return must if direct else no if abuse == "none" else consider
    if f["extra_familial"] == "yes":
        if exploited or (f["adult_with_care_or_power"] == "yes" and suspected):
            return must
        if not direct:
            return consider
    if f["institution"] in ("specific_acts", "quality_of_care") and not direct:
        return consider
    if single and f["neglectful_in_itself"] == "yes":
        return must
    if single and f["neglectful_in_itself"] == "not_known" and not direct:
        return consider
    if f["neglect"] == "cumulative" or (suspected and how in ("direct", "some")):
        return must
    return consider if abuse == "not_known" or (suspected and how == "not_known") else no


def missing_facts(facts: Facts) -> list[str]:
    return [name for name in FACTS if facts.get(name, "not_known") == "not_known" and name not in (*IRRELEVANT, "subject")]


def ways_to_answer(facts: Facts, size: int) -> Iterator[Facts]:
    for names in itertools.combinations(missing_facts(facts), size):
        for values in itertools.product(*(VALUES[name] for name in names)):
            yield facts | dict(zip(names, values, strict=True))


def smallest_way_out(facts: Facts, most: int) -> int:
    """How many answers it takes to turn a `no` into anything else; 0 where that many do not."""
    return next((size for size in range(1, most + 1) if any(reference(f)[0] != "no" for f in ways_to_answer(facts, size))), 0)


@CALM
@given(any_facts)
def test_any_set_of_facts_gets_advice_that_holds_together(facts: Facts) -> None:
    advice = assess(facts, RULES)
    assert advice.rapid_review == {"must": "yes", "consider": "consider", "no": "no"}[advice.notify]
    assert (advice.route == "notify_then_rapid_review") == (advice.notify == "must")
    assert (advice.route == "partners_decide") == (advice.notify == "consider")
    assert advice.considerations[0] == RULES.file.considerations.always[0]
    assert {reason.rule for reason in advice.reasons} == set(advice.rules)
    assert all(change.fact in missing_facts(facts) for change in advice.would_change)


@CALM
@given(any_facts)
def test_the_rules_say_what_the_model_says(facts: Facts) -> None:
    advice = assess(facts, RULES)
    if "R17" in advice.rules:
        assert reference(facts)[0] == "no"
        assert (advice.notify, advice.route) == ("consider", "partners_decide")
    else:
        assert (advice.notify, advice.route) == reference(facts)


mostly_known = st.tuples(
    st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()}),
    st.sets(st.sampled_from([name for name in FACTS if name != "subject"]), max_size=5),
    st.fixed_dictionaries(
        {}, optional={"age_at_incident": st.just(9), "outcome": st.just("serious_harm"), "place": st.just("in_area")}
    ),
    st.booleans(),
)


def _with_gaps(drawn: tuple[Facts, set[str], Facts, bool]) -> Facts:
    facts, gaps, through_the_gates, quiet = drawn
    calm = {"abusive_event": "no", "enquiries": [], "extra_familial": "no", "institution": "no", "abuse_or_neglect": "none"}
    merged = facts | through_the_gates | (calm if quiet else {})
    return {name: value for name, value in merged.items() if name not in gaps}


@settings(CALM, max_examples=400)
@given(mostly_known)
def test_not_known_never_leads_to_no_where_answers_could_lead_elsewhere(drawn: tuple[Facts, set[str], Facts, bool]) -> None:
    facts = _with_gaps(drawn)
    advice, needed = assess(facts, RULES), 0
    if reference(facts)[0] == "no":
        needed = smallest_way_out(facts, most=5)
        assert needed <= 3
    assert ("R17" in advice.rules) == bool(needed)
    if needed:
        named = {change.fact for change in advice.would_change}
        some_set = itertools.combinations(sorted(named), needed)
        tried = ({**facts, **dict(zip(names, values, strict=True))} for names in some_set for values in answers_to(names))
        assert any(reference(one)[0] != "no" for one in tried)


def answers_to(names: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    return itertools.product(*(VALUES[name] for name in names))


@settings(CALM, max_examples=120)
@given(mostly_known)
def test_would_change_names_every_fact_that_alone_changes_the_advice(drawn: tuple[Facts, set[str], Facts, bool]) -> None:
    facts = _with_gaps(drawn)
    advice = assess(facts, RULES)
    named = {change.fact for change in advice.would_change}
    for name in missing_facts(facts):
        others = (assess({**facts, name: value}, RULES) for value in VALUES[name])
        if any((other.notify, other.route) != (advice.notify, advice.route) for other in others):
            assert name in named


@settings(CALM, max_examples=100)
@given(mostly_known)
def test_nothing_is_named_where_no_answers_change_anything(drawn: tuple[Facts, set[str], Facts, bool]) -> None:
    facts = _with_gaps(drawn)
    advice = assess(facts, RULES)
    gaps = missing_facts(facts)
    every = itertools.product(*(["not_known", *VALUES[name][:6]] for name in gaps[:3]))
    if len(gaps) > 3 or any(_said(facts | dict(zip(gaps, one, strict=True))) != _said(facts) for one in every):
        return
    assert not advice.would_change


def _said(facts: Facts) -> tuple[str, str]:
    advice = assess(facts, RULES)
    return advice.notify, advice.route


@CALM
@given(any_facts, st.sampled_from(IRRELEVANT), st.data())
def test_a_fact_that_no_rule_reads_changes_nothing(facts: Facts, name: str, data: st.DataObject) -> None:
    facts.pop(name, None)
    with_it = facts | {name: data.draw(st.sampled_from(VALUES[name]))}
    assert as_json(assess(facts, RULES)) == as_json(assess(with_it, RULES))
    assert name not in facts_worth_asking(facts, RULES)


@settings(CALM, max_examples=60)
@given(any_facts)
def test_a_question_is_worth_asking_whatever_it_is_answered_now(facts: Facts) -> None:
    for name in ("contribution", "abusive_event", "institution", "sudden_infant_death", "neglect", "age_at_incident"):
        rest = {other: value for other, value in facts.items() if other != name}
        listed = name in facts_worth_asking(rest, RULES)
        alone = (assess(rest | {name: value}, RULES) for value in VALUES[name])
        now = assess(rest, RULES)
        if any((one.notify, one.route, one.duties) != (now.notify, now.route, now.duties) for one in alone):
            assert listed
        assert worth_asking(facts, name, RULES) == listed


def test_who_the_subject_is_always_matters_to_a_duty() -> None:
    assert worth_asking({}, "subject", RULES)
    assert not worth_asking({"age_at_incident": 30, "outcome": "death", "care_leaver": "no"}, "suicide", RULES)


@CALM
@given(any_facts)
def test_not_given_is_the_same_as_not_known(facts: Facts) -> None:
    spelled_out = {name: "not_known" for name in FACTS if name != "subject"} | facts
    assert read_facts(spelled_out) == read_facts(facts)
