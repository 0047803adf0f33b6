"""Every rule and every duty of the decision model with at least one case, and the edges between them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from templates.rules import Advice, assess, load_rules

RULES = load_rules(Path(__file__).parents[2] / "templates" / "north-somerset" / "rules")

NOTHING_ELSE: dict[str, Any] = {
    "age_at_incident": 5,
    "outcome": "serious_harm",
    "place": "in_area",
    "normally_resident": "yes",
    "abuse_or_neglect": "none",
    "contribution": "none",
    "abusive_event": "no",
    "enquiries": [],
    "looked_after": "no",
    "linked_recent_harm": "no",
    "care_leaver": "no",
    "sudden_infant_death": "no",
    "suicide": "no",
    "neglect": "none",
    "neglectful_in_itself": "no",
    "extra_familial": "no",
    "adult_with_care_or_power": "no",
    "exploitation": "none",
    "institution": "no",
}
"""Everything is known and nothing speaks for a notification."""

DIED = {"outcome": "death"}
LOOKED_AFTER_DIED = {"outcome": "death", "looked_after": "this_authority"}
ABUSE = {"abuse_or_neglect": "suspected"}
DIRECT = {"abuse_or_neglect": "known", "contribution": "direct"}
UNKNOWN_ABUSE = {"abuse_or_neglect": "not_known", "contribution": "not_known"}


def known(**facts: Any) -> Advice:
    """Advice where all else is known and speaks against."""
    return assess(NOTHING_ELSE | facts, RULES)


@pytest.mark.parametrize(
    ("rule", "facts", "notify", "route"),
    [
        ("R0", {"age_at_incident": 18}, "no", "outside_criteria"),
        ("R0", {"age_at_incident": 18, "abusive_event": "yes"}, "no", "outside_criteria"),
        ("R0", {"age_at_incident": 18, "care_leaver": "yes", **DIED}, "no", "care_leaver_notice_only"),
        ("R0", {"age_at_incident": 24, "care_leaver": "yes", **DIED}, "no", "care_leaver_notice_only"),
        ("R0", {"age_at_incident": 25, "care_leaver": "yes", **DIED}, "no", "outside_criteria"),
        ("R0", {"age_at_incident": 20, "care_leaver": "yes"}, "no", "outside_criteria"),
        ("R1", {"outcome": "not_serious", "abusive_event": "yes"}, "no", "outside_criteria"),
        ("R1", {"outcome": "not_serious", "place": "elsewhere_in_england"}, "no", "outside_criteria"),
        ("R2", {"place": "elsewhere_in_england", "abusive_event": "yes"}, "no", "other_authority"),
        ("R2", {"place": "elsewhere_in_england", "outcome": "not_known"}, "no", "other_authority"),
        ("R2", {"place": "elsewhere_in_england", "age_at_incident": "unborn"}, "no", "other_authority"),
        ("R2", {"place": "outside_england", "normally_resident": "no"}, "no", "outside_criteria"),
        ("R4", {"place": "outside_england", "normally_resident": "yes", "abusive_event": "yes"}, "must", None),
        ("R4", {"place": "outside_england", "normally_resident": "not_known", "abusive_event": "yes"}, "must", None),
        ("R4", {"place": "not_known", "abusive_event": "yes"}, "must", None),
        ("R1", {"outcome": "not_known", "abusive_event": "yes"}, "consider", None),
        ("R1", {"age_at_incident": "unborn", "abusive_event": "yes"}, "consider", None),
        ("R4", {"abusive_event": "yes"}, "must", None),
        ("R4", {"age_at_incident": 17, "abusive_event": "yes"}, "must", None),
        ("R4", {"age_at_incident": "not_known", "abusive_event": "yes"}, "must", None),
        ("R5", {"enquiries": ["strategy_discussion"]}, "must", None),
        ("R5", {"enquiries": ["section_47"]}, "must", None),
        ("R5", {"enquiries": ["care_proceedings"]}, "must", None),
        ("R5", {"enquiries": ["criminal_investigation", "section_47"]}, "must", None),
        ("R6", {"looked_after": "this_authority", "linked_recent_harm": "yes"}, "must", None),
        ("R6", {"looked_after": "other_authority", "linked_recent_harm": "yes"}, "must", None),
        ("R15", {"looked_after": "no", "linked_recent_harm": "yes"}, "no", "outside_criteria"),
        ("R7", LOOKED_AFTER_DIED, "no", "looked_after_notice_only"),
        ("R7", LOOKED_AFTER_DIED | {"extra_familial": "yes"}, "no", "looked_after_notice_only"),
        ("R7b", LOOKED_AFTER_DIED | ABUSE | {"contribution": "some"}, "consider", None),
        ("R15", LOOKED_AFTER_DIED | DIRECT, "must", None),
        ("R15", LOOKED_AFTER_DIED | ABUSE | {"contribution": "none"}, "no", "looked_after_notice_only"),
        ("R15", LOOKED_AFTER_DIED | UNKNOWN_ABUSE, "consider", None),
        ("R8", DIED | DIRECT | {"sudden_infant_death": "yes"}, "must", None),
        ("R8", DIED | {"sudden_infant_death": "yes"}, "no", "child_death_review"),
        ("R8", DIED | ABUSE | {"sudden_infant_death": "yes", "contribution": "some"}, "consider", None),
        ("R8", DIED | ABUSE | {"sudden_infant_death": "yes", "contribution": "none"}, "consider", None),
        ("R8", DIED | UNKNOWN_ABUSE | {"sudden_infant_death": "yes"}, "consider", None),
        ("R9", DIED | DIRECT | {"suicide": "yes"}, "must", None),
        ("R9", DIED | {"suicide": "yes"}, "no", "child_death_review"),
        ("R9", DIED | ABUSE | {"suicide": "yes", "contribution": "some"}, "consider", None),
        ("R9", DIED | ABUSE | {"suicide": "yes", "contribution": "not_known"}, "consider", None),
        ("R10", {"extra_familial": "yes", "exploitation": "sexual"}, "must", None),
        ("R10", {"extra_familial": "yes", "exploitation": "criminal"}, "must", None),
        ("R10", {"extra_familial": "yes", "exploitation": "both"}, "must", None),
        ("R10", {"extra_familial": "yes", "adult_with_care_or_power": "yes", **ABUSE}, "must", None),
        ("R11", {"extra_familial": "yes", "adult_with_care_or_power": "yes"}, "consider", None),
        ("R11", {"extra_familial": "yes", **ABUSE, "contribution": "some"}, "consider", None),
        ("R15", {"extra_familial": "yes", **DIRECT}, "must", None),
        ("R12", {"institution": "specific_acts"}, "consider", None),
        ("R12", {"institution": "quality_of_care", **ABUSE, "contribution": "some"}, "consider", None),
        ("R15", {"institution": "quality_of_care", **DIRECT}, "must", None),
        ("R13", {"neglect": "single_incident", "neglectful_in_itself": "yes"}, "must", None),
        ("R13", {"neglect": "single_incident", "neglectful_in_itself": "not_known"}, "consider", None),
        ("R15", {"neglect": "single_incident", "neglectful_in_itself": "not_known", **DIRECT}, "must", None),
        ("R15", {"neglect": "single_incident", "neglectful_in_itself": "no"}, "no", "outside_criteria"),
        ("R14", {"neglect": "cumulative"}, "must", None),
        ("R15", DIRECT, "must", None),
        ("R15", ABUSE | {"contribution": "some"}, "must", None),
        ("R15", ABUSE | {"contribution": "not_known"}, "consider", None),
        ("R15", ABUSE, "no", "outside_criteria"),
        ("R15", UNKNOWN_ABUSE, "consider", None),
        ("R15", {"abuse_or_neglect": "not_known"}, "consider", None),
        ("R15", {"neglect": "pattern"}, "no", "outside_criteria"),
        ("R15", {"neglect": "pattern", "contribution": "some"}, "must", None),
        ("R15", DIED, "no", "child_death_review"),
        ("R17", {"abusive_event": "not_known"}, "consider", None),
        ("R17", {"enquiries": "not_known"}, "consider", None),
        ("R17", {"age_at_incident": "not_known"}, "consider", None),
        ("R17", {"looked_after": "not_known", "linked_recent_harm": "not_known"}, "consider", None),
        ("R15", {"linked_recent_harm": "not_known"}, "no", "outside_criteria"),
        ("R15", {"adult_without_care": "not_known", "another_child": "not_known"}, "no", "outside_criteria"),
        ("R15", {"place": "not_known", "normally_resident": "not_known"}, "no", "outside_criteria"),
    ],
)
def test_the_first_rule_that_is_met_decides(rule: str, facts: dict[str, Any], notify: str, route: str | None) -> None:
    advice = known(**facts)
    usual = {"must": "notify_then_rapid_review", "consider": "partners_decide"}
    assert (advice.notify, advice.route) == (notify, route or usual[notify])
    assert advice.reasons[0].rule == rule
    assert rule in advice.rules


@pytest.mark.parametrize(
    ("duty", "holds", "fails"),
    [
        ("child_death_review", DIED, {}),
        ("child_death_review", DIED | {"age_at_incident": "unborn"}, {"age_at_incident": "unborn"}),
        ("child_death_review", DIED | {"age_at_incident": "not_known"}, DIED | {"age_at_incident": 18}),
        ("looked_after_death_notice", LOOKED_AFTER_DIED, {"looked_after": "this_authority"}),
        ("looked_after_death_notice", LOOKED_AFTER_DIED | {"age_at_incident": 17}, LOOKED_AFTER_DIED | {"age_at_incident": 18}),
        ("looked_after_death_notice_by_placing_authority", DIED | {"looked_after": "other_authority"}, LOOKED_AFTER_DIED),
        ("care_leaver_death_notice", DIED | {"care_leaver": "yes", "age_at_incident": 24}, DIED | {"care_leaver": "yes"}),
        (
            "care_leaver_death_notice",
            DIED | {"care_leaver": "yes", "age_at_incident": 18},
            DIED | {"care_leaver": "yes", "age_at_incident": "not_known"},
        ),
        ("consider_adult_review", {"age_at_incident": 18}, {"age_at_incident": "not_known"}),
        ("separate_case_for_harmed_child", {"subject": "child_who_harmed"}, {"subject": "harmed_child"}),
        ("consider_institutional_abuse", {"institution": "quality_of_care"}, {}),
        (
            "consider_institutional_abuse",
            {"institution": "specific_acts"},
            {"institution": "specific_acts", "age_at_incident": 18},
        ),
        ("consider_it_was_hard_to_escape", {"exploitation": "criminal"}, {"exploitation": "sexual"}),
        ("consider_it_was_hard_to_escape", {"exploitation": "both"}, {"exploitation": "both", "age_at_incident": 40}),
        (
            "consider_it_was_hard_to_escape",
            {"extra_familial": "yes", "exploitation": "not_known"},
            {"extra_familial": "yes"},
        ),
        (
            "hand_to_authority_where_it_happened",
            {"place": "elsewhere_in_england"},
            {"place": "elsewhere_in_england", "outcome": "not_serious"},
        ),
        ("inform_home_authority", {"normally_resident": "no"}, {"normally_resident": "no", "outcome": "not_serious"}),
        ("inform_home_authority", {"normally_resident": "no", "outcome": "not_known"}, {"normally_resident": "not_known"}),
        ("inform_home_authority", {"normally_resident": "no"}, {"normally_resident": "no", "age_at_incident": 18}),
        ("inform_home_authority", {"normally_resident": "no"}, {"normally_resident": "no", "place": "outside_england"}),
        (
            "consider_out_of_routine",
            DIED | DIRECT | {"sudden_infant_death": "yes"},
            DIED | {"sudden_infant_death": "yes"},
        ),
        (
            "consider_out_of_routine",
            DIED | {"sudden_infant_death": "yes", "abusive_event": "yes"},
            DIED | {"sudden_infant_death": "yes", "age_at_incident": 18},
        ),
    ],
)
def test_a_duty_stands_beside_whatever_decides(duty: str, holds: dict[str, Any], fails: dict[str, Any]) -> None:
    assert duty in known(**holds).duties
    assert duty not in known(**fails).duties
    assert RULES.duty_text(duty)
    assert RULES.duty_source(duty)


def test_every_rule_that_is_met_is_listed_and_says_that_an_earlier_one_decides() -> None:
    advice = known(abusive_event="yes", enquiries=["section_47"], **DIRECT)
    assert advice.rules == ("R4", "R5", "R15")
    assert advice.reasons[1].text.startswith(RULES.words.also_met)


def test_what_is_left_over_is_listed_only_where_it_decides() -> None:
    assert assess({"age_at_incident": 5, "outcome": "death", "abusive_event": "yes"}, RULES).rules == ("R4",)
    assert assess({"age_at_incident": 18}, RULES).rules == ("R0",)


@pytest.mark.parametrize(
    "facts",
    [
        {"neglect": "pattern"},
        {"neglect": "cumulative"},
        {"neglect": "single_incident", "neglectful_in_itself": "yes"},
        {"exploitation": "sexual"},
        {"exploitation": "criminal"},
    ],
)
@pytest.mark.parametrize("said", ["none", "not_known"])
def test_read_first_reads_abuse_as_suspected_and_says_so(facts: dict[str, Any], said: str) -> None:
    advice = known(abuse_or_neglect=said, contribution="direct", **facts)
    assert advice.notify == "must"
    assert any("read abuse or neglect as suspected" in reason.text for reason in advice.reasons)
    assert {reason.rule for reason in advice.reasons} == set(advice.rules)


def test_read_first_leaves_an_answer_alone_that_needs_no_reading() -> None:
    advice = known(neglect="pattern", **DIRECT)
    assert not any("as suspected" in reason.text for reason in advice.reasons)


def test_read_first_keeps_a_looked_after_childs_death_from_being_waved_through() -> None:
    assert known(**LOOKED_AFTER_DIED, neglect="pattern", contribution="some").rules[0] == "R7b"


def test_the_words_that_the_model_asks_for_are_there() -> None:
    both = known(**LOOKED_AFTER_DIED, **ABUSE | {"contribution": "some"}).reasons[0].text
    assert "contributed directly to the death" in both
    assert "at least in some way" in both
    assert "our reading" in known(extra_familial="yes", exploitation="sexual").reasons[0].text
    assert "wider than the Panel's reading" in known().considerations[-1]
    assert len(known(extra_familial="yes").considerations) == 6
    assert len(known(institution="specific_acts").considerations) == 4
    assert known(neglect="single_incident", neglectful_in_itself="not_known").considerations[1:]
    assert known(outcome="not_known").considerations[1:]


def test_an_edition_is_stamped_on_every_advice() -> None:
    folder = Path(__file__).parents[2] / "templates" / "north-somerset" / "rules"
    assert known().guidance == "Working Together 2018"
    assert assess({}, load_rules(folder, "Working Together 2023")).guidance == "Working Together 2023"
