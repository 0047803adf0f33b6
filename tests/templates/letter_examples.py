"""An invented request for initial information. Test data: no real person or place."""

from __future__ import annotations

from referral_examples import FOLDER, WORDS

from templates.documents.request_letter import LetterFacts
from templates.documents.scoping import return_route

TEMPLATE = FOLDER / "documents" / "scoping_letter.docx"
FACTS = LetterFacts(
    reference="NS-2026-0007",
    edition="Working Together 2018",
    generated_at="Monday 23 November 2026 at 09:00",
    partnership="North Somerset Safeguarding Children Partnership",
    organisation="Test Community Health Trust",
    date="Monday 23 November 2026",
    return_by="Monday 30 November 2026 at 17:00",
    return_to=return_route(WORDS, "referrals@partnership.example", "channel"),
    contact="Test Coordinator on 01632 960010",
    signature="Test Coordinator\nCoordinator\nNorth Somerset Safeguarding Children Partnership",
    references=("NS-2026-0007", "request 12"),
)
