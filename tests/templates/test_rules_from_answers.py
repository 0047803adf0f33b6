"""From the answers of the referral to facts: nothing is asked twice, and not known never becomes a no."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from state.records import AnswerRecord
from templates.rules import assess, load_rules
from templates.rules.from_answers import facts_for

RULES = load_rules(Path(__file__).parents[2] / "templates" / "north-somerset" / "rules")
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
NOT_KNOWN, SKIPPED, REMOVED, OFFERED = (("state", name) for name in ("not_known", "skipped", "removed", "offered"))


def day(first: str, last: str = "", precision: str = "") -> dict[str, str]:
    return {"said": first, "earliest": first, "latest": last or first, "precision": precision or ("about" if last else "day")}


def answers(given: dict[str, Any]) -> dict[str, AnswerRecord]:
    def record(path: str, value: Any) -> AnswerRecord:
        state, kept = (value[1], None) if isinstance(value, tuple) else ("given", value)
        return AnswerRecord(draft="d", path=path, state=state, value=kept, by="p", at=AT)

    return {path: record(path, value) for path, value in given.items()}


def facts(child: int = 1, **given: Any) -> dict[str, object]:
    return facts_for(answers({path.replace("__", "."): value for path, value in given.items()}), child)


BORN = "children__1__date_of_birth"


@pytest.mark.parametrize(
    ("given", "age"),
    [
        ({BORN: day("2019-11-21"), "incident_date": day("2026-11-20")}, 6),
        ({BORN: day("2019-11-20"), "incident_date": day("2026-11-20")}, 7),
        ({BORN: day("2008-02-29"), "incident_date": day("2026-02-28")}, 17),
        ({BORN: day("2008-02-29"), "incident_date": day("2026-03-01")}, 18),
        ({BORN: day("2019-06-01", "2019-06-30"), "incident_date": day("2026-06-10")}, 6),
        ({BORN: day("2008-01-01", "2008-12-31"), "incident_date": day("2026-06-10")}, None),
        ({BORN: day("2001-01-01", "2001-12-31"), "incident_date": day("2026-06-10")}, None),
        ({BORN: day("2003-01-01", "2003-12-31"), "incident_date": day("2026-06-10")}, 22),
        ({BORN: day("2026-01-01", "2026-12-31"), "incident_date": day("2026-06-10")}, 0),
        ({BORN: day("2026-11-22"), "incident_date": day("2026-11-20")}, None),
        ({BORN: {"said": "unborn", "earliest": None, "latest": None, "precision": "unborn"}}, "unborn"),
        ({BORN: day("2019-11-21")}, None),
        ({BORN: NOT_KNOWN, "children__1__age": 12, "incident_date": day("2026-11-20")}, 12),
        ({BORN: NOT_KNOWN, "children__1__age": 300}, None),
        ({BORN: NOT_KNOWN}, None),
        ({BORN: day("2010-01-01"), "cumulative_harm": "yes", "harm_recognised_date": day("2026-02-01")}, 16),
        ({BORN: day("2010-01-01"), "children__1__deceased": "yes", "children__1__date_of_death": day("2025-12-31")}, 15),
        (
            {
                BORN: day("2010-01-01"),
                "incident_date": day("2025-12-31"),
                "cumulative_harm": "yes",
                "harm_recognised_date": day("2026-02-01"),
            },
            15,
        ),
    ],
)
def test_age_at_the_incident(given: dict[str, Any], age: int | str | None) -> None:
    assert facts(**given).get("age_at_incident") == age


@pytest.mark.parametrize(
    ("died", "harmed", "outcome"),
    [
        ("yes", None, "death"),
        ("yes", "no", "death"),
        ("no", "yes", "serious_harm"),
        (NOT_KNOWN, "yes", "serious_harm"),
        ("no", "no", "not_serious"),
        ("no", NOT_KNOWN, None),
        (NOT_KNOWN, "no", None),
        (None, "no", None),
    ],
)
def test_outcome(died: Any, harmed: Any, outcome: str | None) -> None:
    given = {"children__1__deceased": died, "children__1__seriously_harmed": harmed}
    assert facts(**{path: value for path, value in given.items() if value is not None}).get("outcome") == outcome


@pytest.mark.parametrize(
    ("given", "contribution"),
    [
        ({"abuse_or_neglect": "suspected"}, "some"),
        ({"abuse_or_neglect": "known", "contribution": SKIPPED}, "some"),
        ({"abuse_or_neglect": "known", "contribution": NOT_KNOWN}, None),
        ({"abuse_or_neglect": "known", "contribution": "direct"}, "direct"),
        ({"abuse_or_neglect": "none"}, None),
        ({}, None),
    ],
)
def test_contribution_follows_from_the_forms_own_question(given: dict[str, Any], contribution: str | None) -> None:
    assert facts(**{f"children__1__{name}": value for name, value in given.items()}).get("contribution") == contribution


def test_harm_that_built_up_is_cumulative_neglect() -> None:
    assert facts(cumulative_harm="yes", children__1__neglect="none")["neglect"] == "cumulative"
    assert facts(cumulative_harm="no", children__1__neglect="pattern")["neglect"] == "pattern"
    assert "neglect" not in facts(cumulative_harm="yes", incident_date=day("2026-11-20"))


def test_a_child_who_lives_did_not_die_suddenly_or_by_suicide() -> None:
    alive = facts(children__1__deceased="no", children__1__seriously_harmed="yes")
    assert (alive["sudden_infant_death"], alive["suicide"]) == ("no", "no")
    assert "suicide" not in facts(children__1__deceased="yes")
    assert facts(children__1__deceased="yes", children__1__suicide="yes")["suicide"] == "yes"


def process(number: int, kind: Any, about: Any, children: Any = None) -> dict[str, Any]:
    row = {"type": kind, "for_abuse_or_neglect": about, "children": children}
    return {f"processes.{number}.{name}": value for name, value in row.items() if value is not None}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, None),
        ({"processes": "none"}, []),
        ({"processes": NOT_KNOWN}, None),
        ({"processes": SKIPPED}, None),
        (process(1, "section_47", "yes"), ["section_47"]),
        (process(1, "criminal_proceedings", "yes"), ["criminal_investigation"]),
        (process(1, "section_47", "yes", ["1", "2"]), ["section_47"]),
        (process(1, "section_47", "yes", ["2"]), []),
        (process(1, "section_47", "yes", NOT_KNOWN), None),
        (process(1, "section_47", "no"), []),
        (process(1, "section_47", NOT_KNOWN), None),
        (process(1, "section_47", SKIPPED), None),
        (process(1, SKIPPED, "yes"), None),
        (process(1, "inquest", "yes"), []),
        (process(1, "inquest", NOT_KNOWN), []),
        (process(1, "inquest", "yes") | process(2, "strategy_discussion", "yes"), ["strategy_discussion"]),
        (process(1, "section_47", NOT_KNOWN) | process(3, "care_proceedings", "yes"), ["care_proceedings"]),
        (process(1, "section_47", "yes") | {"processes.1": REMOVED, "processes": "none"}, []),
        (process(1, "section_47", "yes") | {"processes.1": REMOVED}, None),
    ],
)
def test_enquiries(given: dict[str, Any], expected: list[str] | None) -> None:
    assert facts_for(answers(given), 1).get("enquiries") == expected


def test_shared_answers_count_for_each_child_and_a_childs_own_for_that_child() -> None:
    given = {"incident_place": "in_area", "children__1__looked_after": "no", "children__2__looked_after": "this_authority"}
    assert facts(1, **given) == {"place": "in_area", "looked_after": "no"}
    assert facts(2, **given) == {"place": "in_area", "looked_after": "this_authority"}


def test_safeguarding_concerns() -> None:
    assert "safeguarding_concerns" not in facts()
    assert facts(safeguarding_concerns="none")["safeguarding_concerns"] == []
    assert facts(safeguarding_concerns__2__concern="Alone at night")["safeguarding_concerns"] == ["Alone at night"]


def test_what_is_only_offered_or_no_value_of_the_fact_sets_nothing() -> None:
    assert facts(children__1__looked_after=OFFERED, children__1__care_leaver=NOT_KNOWN, incident_place="on_the_moon") == {}


def test_the_facts_of_any_answers_can_be_assessed() -> None:
    given = process(1, "section_47", "yes") | {"children.1.deceased": "yes", "agencies_concern": "yes"}
    assert assess(facts_for(answers(given), 1), RULES).rules == ("R5",)
