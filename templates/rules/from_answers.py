"""From the answers of the referral form to the facts of one subject child. Pure; nothing is asked twice.

What is unanswered or not known is left out, which the decision model reads as not known; it never becomes a no. Shared answers
count for each child. An answer whose question no longer applies sets nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from state.records import AnswerRecord
from state.values import JSON
from templates.answers.ages import age_on
from templates.rules.facts import CHOICES, ENQUIRIES, NOT_KNOWN, OLDEST

OF_THE_CHILD = (
    "normally_resident",
    "looked_after",
    "care_leaver",
    "subject",
    "abuse_or_neglect",
    "neglectful_in_itself",
    "linked_recent_harm",
    "particularly_vulnerable",
    "exploitation",
)
SHARED = {
    "place": "incident_place",
    "abusive_event": "abusive_event",
    "extra_familial": "extra_familial",
    "harm_targeted": "harm_targeted",
    "adult_with_care_or_power": "adult_with_care_or_power",
    "adult_without_care": "adult_without_care",
    "another_child": "another_child",
    "institution": "institution",
}
SAME_ENQUIRY = {"criminal_proceedings": "criminal_investigation"}
MIDDLES = (18, 25)
"""The ages that rules turn on: an inexact age counts where it is on one side of each."""

_ROW = re.compile(r"(processes|safeguarding_concerns)\.(\d+)\.")


def facts_for(answers: Mapping[str, AnswerRecord], child: int) -> dict[str, object]:
    """The facts of the child with that number; a fact that is not known is left out."""
    of_child = _Reader(answers, f"children.{child}.")
    shared = _Reader(answers, "")
    facts = {fact: of_child.choice(fact, fact) for fact in OF_THE_CHILD}
    facts |= {fact: shared.choice(fact, question) for fact, question in SHARED.items()}
    facts["age_at_incident"] = _age(shared, of_child)
    facts["outcome"] = _outcome(of_child)
    facts["contribution"] = _contribution(of_child, facts["abuse_or_neglect"])
    facts["neglect"] = "cumulative" if _built_up(shared) else of_child.choice("neglect", "neglect")
    for fact in ("sudden_infant_death", "suicide"):
        survived = facts["outcome"] in ("serious_harm", "not_serious")
        facts[fact] = "no" if survived else of_child.choice(fact, fact)
    facts["enquiries"] = _enquiries(shared, child)
    facts["safeguarding_concerns"] = _concerns(shared)
    return {fact: value for fact, value in facts.items() if value not in (None, NOT_KNOWN)}


class _Reader:
    """Answers under a prefix."""

    def __init__(self, answers: Mapping[str, AnswerRecord], prefix: str) -> None:
        self.answers, self.prefix = answers, prefix

    def state(self, question: str) -> str:
        """The state of the answer; `skipped` and `offered` are unanswered."""
        answer = self.answers.get(self.prefix + question)
        return answer.state if answer and answer.state in ("given", "not_known", "removed") else ""

    def value(self, question: str) -> JSON:
        """The value given, or None."""
        return self.answers[self.prefix + question].value if self.state(question) == "given" else None

    def choice(self, fact: str, question: str) -> object:
        """The value where it is one of the fact's own; a profile's further options say nothing about it."""
        value = self.value(question)
        return value if isinstance(value, str) and value in CHOICES[fact] else None

    def rows(self, question: str) -> Iterator[int]:
        """The numbers of the rows of that question, without those taken out."""
        numbers = {int(found[2]) for path in self.answers if (found := _ROW.match(path)) and found[1] == question}
        yield from (number for number in sorted(numbers) if self.state(f"{question}.{number}") != "removed")


def _age(shared: _Reader, of_child: _Reader) -> object:
    born = of_child.value("date_of_birth")
    if not isinstance(born, dict):
        years = of_child.value("age")
        return years if type(years) is int and 0 <= years <= OLDEST else None
    if born.get("precision") in ("unborn", "expected"):
        return "unborn"
    youngest, oldest = age_on(born, _event(shared, of_child))
    if youngest is None or oldest is None or oldest > OLDEST:
        return None
    return youngest if all((youngest < middle) == (oldest < middle) for middle in MIDDLES) else None


def _event(shared: _Reader, of_child: _Reader) -> JSON:
    """When it happened: the incident, or the day the built-up harm was recognised, or else the day the child died."""
    if _built_up(shared):
        return shared.value("harm_recognised_date")
    return shared.value("incident_date") or (of_child.value("date_of_death") if of_child.value("deceased") == "yes" else None)


def _built_up(shared: _Reader) -> bool:
    return shared.value("cumulative_harm") == "yes" and shared.value("incident_date") is None


def _outcome(of_child: _Reader) -> str | None:
    died, harmed = of_child.value("deceased"), of_child.value("seriously_harmed")
    if died == "yes":
        return "death"
    if harmed == "yes":
        return "serious_harm"
    return "not_serious" if died == "no" and harmed == "no" else None


def _contribution(of_child: _Reader, abuse: object) -> object:
    """Its answer; unanswered, "some" where abuse or neglect is known or suspected: the form asks whether it was "a cause"."""
    if not of_child.state("contribution") and abuse in ("known", "suspected"):
        return "some"
    return of_child.choice("contribution", "contribution")


def _enquiries(shared: _Reader, child: int) -> object:
    rows = list(shared.rows("processes"))
    if not rows:
        return [] if shared.value("processes") == "none" else None
    counted, doubtful = set(), shared.state("processes") == NOT_KNOWN
    for row in rows:
        kind, known = _enquiry(_Reader(shared.answers, f"processes.{row}."), child)
        if kind and known:
            counted.add(kind)
        doubtful = doubtful or not known
    return sorted(counted, key=ENQUIRIES.index) if counted or not doubtful else None


def _enquiry(row: _Reader, child: int) -> tuple[str, bool]:
    """The kind of enquiry a row adds for that child ("" for nothing), and whether that is certain."""
    given = row.value("type")
    kind = SAME_ENQUIRY.get(str(given), str(given))
    children, about = row.value("children"), row.value("for_abuse_or_neglect")
    other_children = isinstance(children, list) and bool(children) and str(child) not in children
    if about == "no" or other_children or (given is not None and kind not in ENQUIRIES):
        return "", True
    return kind, about == "yes" and given is not None and row.state("children") != NOT_KNOWN


def _concerns(shared: _Reader) -> object:
    rows = list(shared.rows("safeguarding_concerns"))
    said = [shared.value(f"safeguarding_concerns.{row}.concern") for row in rows]
    concerns = [text for text in said if isinstance(text, str) and text]
    return concerns if concerns or shared.value("safeguarding_concerns") == "none" else None
