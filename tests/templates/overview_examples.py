"""An invented overview: 27 organisations asked, 25 services of Document 2. Test data."""

from __future__ import annotations

from datetime import date

from referral_examples import FOLDER
from review_examples import EDITION, MADE, NIL, OUTSTANDING, REFERENCE, RETURNED

from templates.days import day_text
from templates.documents.overview import Counts, OverviewData
from templates.documents.picture_data import AgencyColumn, Contact, Point, Span
from templates.forms.load import load_lists

POINTS = (
    Point("Critical incident", date(2026, 11, 17)),
    Point("Local authority aware", date(2026, 11, 18)),
    Point("Referral", date(2026, 11, 20)),
    Point("National Panel notified", date(2026, 11, 23)),
    Point("Requests sent", date(2026, 11, 25)),
    Point("Returns due", date(2026, 12, 1)),
    Point("Rapid review meeting", date(2026, 12, 9), False),
    Point("Rapid review due", date(2026, 12, 14), False),
    Point("Letter to the Panel due", date(2026, 12, 14), False),
    Point("Reply of the Panel due", date(2026, 12, 29), False),
)
CLOCKS = (
    Span("Notification, 5 working days", date(2026, 11, 18), date(2026, 11, 25)),
    Span("Rapid review, 15 working days", date(2026, 11, 23), date(2026, 12, 14)),
)
AGENCIES = tuple(
    AgencyColumn(option.label, option.id not in ("camhs", "other_local_authority"))
    for option in load_lists(FOLDER / "lists.yaml")["agencies"]
)
ORGANISATIONS = (*RETURNED, *NIL, *OUTSTANDING, "Second GP practice of Testtown", "Third organisation")
STATES: tuple[Contact, ...] = ("yes", "no", "no", "missing", "not_known", "no", "own")
CELLS = tuple(
    tuple(STATES[(row * 5 + column * 3) % 7] if row < 12 else "no" if row < 20 else "" for column in range(25))
    for row in range(27)
)
OVERVIEW = OverviewData(
    reference=REFERENCE,
    edition=EDITION,
    generated_at=MADE,
    counts=Counts(asked=27, returned=12, nil=8, outstanding=7, withdrawn=1, not_asked=2),
    dates=tuple((point.label, day_text(point.day)) for point in POINTS),
    points=POINTS,
    clocks=CLOCKS,
    organisations=ORGANISATIONS,
    agencies=AGENCIES,
    cells=CELLS,
)
