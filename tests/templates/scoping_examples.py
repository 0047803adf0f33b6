"""An invented scoping return, as answers and as they are shown. Test data: no real person or place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from referral_examples import FOLDER, WORDS, record

from state.records import AnswerRecord
from templates.documents.data import DocumentData
from templates.documents.scoping import ScopingImprint, scoping_data

TEMPLATE = FOLDER / "documents" / "scoping.docx"
SENT = ScopingImprint(
    reference="NS-2026-0007",
    edition="Working Together 2018",
    generated_at="Monday 23 November 2026 at 09:00",
    organisation="Test Community Health Trust",
    agency="health_visiting",
    return_by="Monday 30 November 2026 at 17:00",
    return_to="by secure email to referrals@partnership.example",
)
RETURNED = ScopingImprint(
    reference="NS-2026-0007",
    edition="Working Together 2018",
    generated_at="Friday 27 November 2026 at 15:12",
    organisation="Test Community Health Trust",
    agency="health_visiting",
    return_by="Monday 30 November 2026 at 17:00",
    return_to="by secure email to referrals@partnership.example",
    issue=2,
    version=1,
    returned_at="Friday 27 November 2026 at 15:10",
)
LABELS = {"yes": "Yes", "no": "No", "not_known": "Not known", "known": "Yes, we know the child or family"}
CHILD = {
    "name": "Test Child One",
    "date_of_birth": "Wednesday 3 April 2019 (aged 7)",
    "ethnicity": "Black Caribbean and White",
    "religion": "No religion",
    "sex": "Female",
    "disability": "A learning disability",
}
TWIN = CHILD | {"name": "Test Child Two", "sex": "Male", "disability": "None that we know of"}
SECTION_1 = {
    "addresses.1.address": "1 Test Street, Testtown, TE1 1ST",
    "addresses.1.who": "The child with her mother, since 2021",
    "addresses.2.address": "22 Test Road, Testtown, TE1 2ST",
    "addresses.2.who": "Test Father",
    "related_adults.1.name": "Test Mother",
    "related_adults.1.relationship": "Mother",
    "related_adults.1.date_of_birth": "Sunday 1 July 1990",
    "related_adults.1.address": "Same address as the child",
    "related_adults.2.name": "Test Father",
    "related_adults.2.relationship": "Father",
    "related_adults.2.date_of_birth": "1988",
    "related_adults.2.address": "At his own address",
    "related_children.1.name": "Test Sibling",
    "related_children.1.relationship": "Brother",
    "related_children.1.date_of_birth": "May 2014",
    "related_children.1.address": "With his grandmother",
}
SAID = {
    "involvement": "known",
    "prepared_by_name": "Test Author",
    "prepared_by_role": "Named nurse for safeguarding children",
    "professionals.1.role": "Health visitor",
    "professionals.1.name": "Test Visitor",
    "professionals.1.started": "May 2019",
    "professionals.1.ended": "June 2021",
    "professionals.1.email": "test.visitor@example.org",
    "professionals.2.role": "Community nurse",
    "professionals.2.name": "Test Nurse",
    "professionals.2.started": "Monday 3 February 2025",
    "professionals.2.ended": "not_known",
    "professionals.2.email": "test.nurse@example.org",
    "reason": "Universal health visiting, then the community nursing plan for epilepsy.",
    "summary": "We saw the family 14 times between 2019 and 2021.\n\nVisits stopped when the family moved. "
    "The new team wrote twice and had no answer.\nThe case was closed in June 2021.",
    "key_events.1.date": "12 March 2021",
    "key_events.1.event": "Two appointments were missed within a month.",
    "key_events.1.impact": "Her growth was not measured for half a year.",
    "key_events.1.children": "Test Child One",
    "key_events.2.date": "June 2021",
    "key_events.2.event": "The file was closed without a handover to the school nurse.",
    "key_events.2.impact": "Nobody in health knew the children after that.",
    "key_events.2.children": "Both of them",
    "contacts.gp.contact": "yes",
    "contacts.gp.missing": "yes",
    "contacts.midwifery.contact": "no",
    "contacts.police.contact": "not_known",
    "contacts.hospital_trust.contact": "yes",
    "contacts.hospital_trust.name": "Test Royal Infirmary",
    "contacts.hospital_trust.missing": "yes",
    "contacts.other.name": "Test Toddler Group",
    "missing_information": "We do not hold the records of the team in the former area.",
    "worked_well": "The same visitor came for two years, and the mother trusted her.",
    "learning_within": "A move is a risk. We had no step for handing over.",
    "learning_across": "Housing knew of the move before health did.",
    "actions.1.action": "Hand over every open file in a joint meeting when a family moves.",
    "actions.1.lead": "Test Head of Service",
    "actions.1.deadline": "31 March 2027",
    "actions.1.progress": "Drafted",
    "actions.1.scope": "Within one agency",
    "actions.2.action": "Housing tells health about planned moves of families with a plan.",
    "actions.2.lead": "Test Housing Lead",
    "actions.2.deadline": "30 June 2027",
    "actions.2.progress": "Not begun",
    "actions.2.scope": "Across agencies",
    "records_secured": "yes",
    "kept_separate": "yes",
    "conflict_of_interest": "no",
    "author_independent": "yes",
    "signed_off_by": "Test Director, Director of Nursing, 01632 960044",
}


def answers(*children: Mapping[str, str], whole: bool = True, **shared: str) -> dict[str, AnswerRecord]:
    """Answers by path: section 1 alone, or the whole return. A double underscore in a keyword is a dot of its path."""
    said = {**SECTION_1, **(SAID if whole else {}), **{path.replace("__", "."): text for path, text in shared.items()}}
    for number, child in enumerate(children or (CHILD,), 1):
        said |= {f"children.{number}.{name}": value for name, value in child.items()}
        if whole:
            said[f"children.{number}.voice"] = f"Child {number} told the nurse that home was loud. She drew her cat."
    return {path: record(path, value) for path, value in said.items()}


def shown_of(said: Mapping[str, AnswerRecord]) -> Callable[[str], str]:
    """How the answers of these examples are read."""
    return lambda path: LABELS.get(str(said[path].value), str(said[path].value))


def data_of(
    said: Mapping[str, AnswerRecord],
    imprint: ScopingImprint = RETURNED,
    printed: Callable[[str], bool] = lambda path: True,
) -> DocumentData:
    """The data of the document."""
    return scoping_data(said, shown_of(said), imprint, WORDS, printed)
