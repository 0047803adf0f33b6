"""An invented referral, as answers and as they are shown. Test data: no real person or place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from state.records import AnswerRecord
from templates.documents.data import DocumentData
from templates.documents.referral import Imprint, referral_data
from templates.wording import load_words

FOLDER = Path(__file__).parents[2] / "templates" / "north-somerset"
TEMPLATE = FOLDER / "documents" / "referral.docx"
WORDS = load_words(FOLDER / "booklet", FOLDER / "words")
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
IMPRINT = Imprint(
    date_submitted="Monday 23 November 2026",
    reference="NS-2026-0007",
    edition="Working Together 2018",
    generated_at="20 November 2026, 09:00",
    send_to="referrals@partnership.example",
)
LABELS = {"yes": "Yes", "no": "No", "not_known": "Not known"}

SHARED = {
    "referrer_name": "Test Referrer",
    "referrer_email": "test.referrer@agency.example",
    "referrer_role": "Health visitor",
    "referrer_telephone": "01632 960030",
    "referrer_agency": "Test Community Health Trust",
    "date_submitted": "Friday 20 November 2026",
    "incident_date": "Tuesday 17 November 2026",
    "incident_location": "Test Park, Testtown",
    "agencies_concern": "yes",
    "summary": "On 17 November the child was found at home.\n\nAn ambulance came at 09:20.\tThe police came at 09:40.",
    "agencies.1.name": "Test Teacher",
    "agencies.1.agency": "Education/Childcare provider",
    "agencies.1.contact_details": "office@school.example",
    "agencies.1.still_involved": "yes",
    "agencies.2.name": "Test Nurse",
    "agencies.2.agency": "School Nursing Service",
    "agencies.2.contact_details": "01632 960031",
    "agencies.2.still_involved": "no",
    "processes.1.process": "Coroner's inquest",
    "processes.1.current_status": "Opened and adjourned",
}
CHILD = {
    "name": "Test Child One",
    "date_of_birth": "3 April 2019 (aged 7)",
    "address": "1 Test Street\nTesttown\nTE1 1ST",
    "carer": "Test Mother",
    "ethnicity": "mixed_white_black_caribbean",
    "religion": "None",
    "disability": "A learning disability",
    "deceased": "no",
    "seriously_harmed": "yes",
    "harm_description": "A fractured arm, and bruises of several ages.",
    "abuse_or_neglect": "suspected",
}


def answers(*children: Mapping[str, str], family: int = 2, **shared: str) -> dict[str, AnswerRecord]:
    """Answers by path. A value of "not_known" is the answer not known."""
    said: dict[str, str] = {**SHARED, **shared}
    for number, child in enumerate(children or (CHILD,), 1):
        said |= {f"children.{number}.{name}": value for name, value in child.items()}
    for number in range(1, family + 1):
        said |= {f"family.{number}.{name}": value for name, value in relative(number).items()}
    return {path: record(path, value) for path, value in said.items()}


def relative(number: int) -> dict[str, str]:
    """An invented member of the family."""
    return {
        "name": f"Test Relative {number}",
        "relationship": "Aunt",
        "date_of_birth": f"{number} May 1990",
        "address": f"{number} Test Road, Testtown",
        "ethnicity": "Any other White background",
    }


def record(path: str, value: str, state: str = "") -> AnswerRecord:
    """One answer."""
    state = state or ("not_known" if value == "not_known" else "given")
    return AnswerRecord(draft="d", path=path, state=state, value=value, by="t/o", at=AT)


def shown_of(said: Mapping[str, AnswerRecord]) -> Callable[[str], str]:
    """How the answers of these examples are read."""
    return lambda path: LABELS.get(str(said[path].value), str(said[path].value))


def data_of(said: Mapping[str, AnswerRecord], imprint: Imprint = IMPRINT) -> DocumentData:
    """The data of the document."""
    return referral_data(said, shown_of(said), imprint, WORDS)
