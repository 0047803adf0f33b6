"""An invented nil return and an invented decision, as answers and as they are shown. Test data: no real person or place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from referral_examples import FOLDER, WORDS, record

from state.records import AnswerRecord
from templates.documents.data import DocumentData
from templates.documents.nil_return import NilImprint, nil_return_data
from templates.documents.records import Record, record_data
from templates.forms.load import load_form, load_lists

LISTS = load_lists(FOLDER / "lists.yaml")
NIL_RETURN = load_form(FOLDER / "forms" / "nil_return.yaml", LISTS).form
DECISION = load_form(FOLDER / "forms" / "decision.yaml", LISTS).form
NIL_TEMPLATE = FOLDER / "documents" / "nil_return.docx"
DECISION_TEMPLATE = FOLDER / "documents" / "decision.docx"
NIL_IMPRINT = NilImprint(
    reference="NS-2026-0007",
    edition="Working Together 2018",
    generated_at="Friday 27 November 2026 at 15:12",
    organisation="Test Practice",
    issue=2,
    version=3,
    confirmed_at="Friday 27 November 2026 at 15:10",
    references=("NS-2026-0007", "request 12"),
)
NIL_SAID = {
    "not_known": "Yes",
    "names_checked": "Test Child One, Test Alias and Test Mother",
    "records_searched": "The patient records, the archive of paper files\nand the out of hours log.",
    "confirmed_by": "Test Lead, Practice manager, Test Practice",
}
ADVICE = "A notification must be made.\nSource: Document 1: What constitutes abuse and neglect?"
FACTS = {
    "age_at_incident": "7",
    "outcome": "The child was seriously harmed",
    "abuse_or_neglect": "Suspected",
    "contribution": "Yes, directly",
}
DECISION_SAID = {
    "la_aware_at": "Tuesday 17 November 2026 at 11:30",
    "consulted.1.partner": "Integrated care board",
    "consulted.1.person": "Test Nurse Director",
    "consulted.1.at": "Wednesday 18 November 2026 at 10:00",
    "consulted.1.view": "Agrees that the criteria are met.",
    "consulted.2.partner": "Police",
    "consulted.2.person": "Test Inspector",
    "consulted.2.at": "Wednesday 18 November 2026 at 10:30",
    "consulted.2.view": "Thinks that more should be known first.",
    "decision": "Notify the National Panel",
    "children_covered": "The child named above",
    "reasons": "The injuries are of several ages.\n\nThree agencies had seen bruises since June.",
    "departs_reason": "The guidance left it open.",
    "decided_by": "Test Director",
    "decided_at": "Wednesday 18 November 2026 at 16:00",
    "notified_at": "Thursday 19 November 2026 at 09:05",
    "notification_reference": "CSI-12345",
    "duties.inform_home_authority.owner": "Test Coordinator",
    "duties.inform_home_authority.done_on": "Friday 20 November 2026",
    "duties.inform_home_authority.note": "By telephone, then in writing.",
    "referrer_told_at": "Friday 20 November 2026 at 12:00",
}


def as_said(said: Mapping[str, str]) -> tuple[dict[str, AnswerRecord], Callable[[str], str]]:
    """Texts by path as answers, and how they are read."""
    answers = {path: record(path, text, "given") for path, text in said.items()}
    return answers, lambda path: str(answers[path].value)


def nil_data(said: Mapping[str, str] = NIL_SAID, printed: Callable[[str], bool] = lambda path: True) -> DocumentData:
    """The data of the nil return."""
    answers, shown = as_said(said)
    return nil_return_data(NIL_RETURN, answers, shown, NIL_IMPRINT, WORDS, printed)


def facts(child: int) -> dict[str, str]:
    """What is true of one child."""
    return {f"children.{child}.facts.{fact}.answer": answer for fact, answer in FACTS.items()}


def filled(*children: str) -> dict[str, str]:
    """What the assistant fills in."""
    found = {"duties.inform_home_authority.applies": "Yes, it applies"}
    for number, name in enumerate(children, 1):
        found |= {f"children.{number}.name": name, f"children.{number}.advice": ADVICE}
        found |= {f"children.{number}.facts.{fact}.source": f"Referral, {fact}" for fact in FACTS}
    return found


def decision_data(
    *children: str, said: Mapping[str, str] | None = None, printed: Callable[[str], bool] = lambda path: True
) -> DocumentData:
    """The data of the record of the decision."""
    names = children or ("Test Child One",)
    of_children = {path: text for number in range(1, len(names) + 1) for path, text in facts(number).items()}
    answers, shown = as_said({**DECISION_SAID, **of_children} if said is None else said)
    stamp = {"reference": "NS-2026-0007", "edition": "Working Together 2018", "generated_at": "20 November 2026"}
    return record_data(DECISION, answers, shown, Record(**stamp, filled=filled(*names)), WORDS, printed)
