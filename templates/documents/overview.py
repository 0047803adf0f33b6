"""The overview of a rapid review on one page: requests in numbers, key dates, and the two pictures. It names no child."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import zip_longest

import msgspec
from docx.shared import Cm, Pt

from templates.documents.build import Builder, Control, Row
from templates.documents.data import DocumentData
from templates.documents.drawing import DPI, INCH
from templates.documents.fill import fill_in, packed
from templates.documents.picture_data import AgencyColumn, Contact, Point, Span, matrix_alt, timeline_alt
from templates.documents.pictures import HEAD, KEY, matrix_png, timeline_png
from templates.documents.styles import WIDTH
from templates.documents.text import clean
from templates.wording import Words

FORM, VERSION = "overview", 1
COUNTS = ("asked", "returned", "nil", "outstanding", "withdrawn", "not_asked")
ACROSS = 2
"""Dates side by side."""
PAGE, FIXED, LINE = 25.4, 4.4, 0.55
"""In centimetres: the height there is, what title, headings and numbers take, and a line of dates."""
LOWEST, HIGHEST = 0.24, 0.42
"""Of a row of the matrix."""
LEAST = 5.0


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """The requests in numbers. What is outstanding is neither nil nor not asked."""

    asked: int
    returned: int
    nil: int
    outstanding: int
    withdrawn: int = 0
    not_asked: int = 0


class OverviewData(msgspec.Struct, frozen=True, kw_only=True):
    """What the overview shows. `dates` are labels with dates as read; `cells` has a row for each organisation."""

    reference: str
    edition: str
    generated_at: str
    restricted: bool = False
    counts: Counts
    dates: tuple[tuple[str, str], ...] = ()
    points: tuple[Point, ...] = ()
    clocks: tuple[Span, ...] = ()
    organisations: tuple[str, ...] = ()
    agencies: tuple[AgencyColumn, ...] = ()
    cells: tuple[tuple[Contact, ...], ...] = ()


def overview_document(data: OverviewData, words: Words) -> bytes:
    """The page as a .docx file."""
    page = _page(data, words)
    document = page.document
    values = {f"date_{number}": text for number, (_, text) in enumerate(data.dates, 1)}
    marking = words.say("documents.restricted" if data.restricted else "documents.official")
    filling = DocumentData(
        form=FORM,
        number="3",
        reference=data.reference,
        edition=data.edition,
        generated_at=data.generated_at,
        marking=marking,
        values=values,
    )
    fill_in(document, filling, FORM)
    return packed(document)


def _page(data: OverviewData, words: Words) -> Builder:
    page = Builder(FORM, VERSION, words.say("documents_review.overview_title"))
    _close_up(page)
    page.furniture(words)
    page.line(words.say("documents_review.overview_of", reference=data.reference), "Title")
    _counts(page, data.counts, words)
    left = PAGE - FIXED
    if data.dates:
        left -= _dates(page, data.dates, words)
    left -= _timeline(page, data, words, left)
    _matrix(page, data, words, left)
    return page


def _timeline(page: Builder, data: OverviewData, words: Words, most: float) -> float:
    page.heading(words.say("documents_review.overview_timeline"), 1)
    alt = timeline_alt(data.points, data.clocks, words)
    if not data.points and not data.clocks:
        page.line(alt)
        return LINE
    return _picture(page, timeline_png(data.points, data.clocks, words), alt, most)


def _matrix(page: Builder, data: OverviewData, words: Words, most: float) -> None:
    page.heading(words.say("documents_review.overview_matrix"), 1)
    alt = matrix_alt(data.organisations, data.agencies, data.cells, words)
    if not data.organisations:
        page.line(alt)
        return
    row = min(max((most - HEAD - KEY) / len(data.organisations), LOWEST), HIGHEST)
    _picture(page, matrix_png(data.organisations, data.agencies, data.cells, words, row), alt, max(most, LEAST))


def _close_up(page: Builder) -> None:
    """Less room around things than other documents have: this one stays on a page."""
    section = page.document.sections[0]
    section.top_margin = section.bottom_margin = Cm(1.5)
    heading = page.document.styles["Heading 1"]
    heading.font.size, heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(11), Pt(6), Pt(2)
    page.document.styles["Title"].paragraph_format.space_after = Pt(4)
    for name, size in (("Title", 16), ("Table Label", 9), ("Table Answer", 9)):
        page.document.styles[name].font.size = Pt(size)


def _counts(page: Builder, counts: Counts, words: Words) -> None:
    head = [words.say(f"documents_review.count_{name}") for name in COUNTS]
    numbers = [str(getattr(counts, name)) for name in COUNTS]
    page.rows(words.say("documents_review.table_requests"), head, [numbers], (1,) * len(COUNTS))


def _dates(page: Builder, dates: Sequence[tuple[str, str]], words: Words) -> float:
    """The dates as text, and how high they stand."""
    page.heading(words.say("documents_review.overview_dates"), 1)
    cells: list[str | Control] = []
    for number, (label, _) in enumerate(dates, 1):
        cells += [clean(label), page.control(f"date_{number}", f"Date {number}")]
    rows: list[Row] = list(zip_longest(*[iter(cells)] * (2 * ACROSS), fillvalue=""))
    page.answers(words.say("documents_review.table_dates"), rows, (3.7, 4.8) * ACROSS)
    return LINE * len(rows)


def _picture(page: Builder, png: bytes, alt: str, most: float) -> float:
    """A picture as wide as the text, or less where it would be too high; says how high it is."""
    drawn = int.from_bytes(png[20:24], "big") / DPI * INCH
    height = min(drawn, most)
    paragraph = page.document.add_paragraph(style="Normal")
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1
    shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Cm(WIDTH * height / drawn))
    for side in ("distT", "distB", "distL", "distR"):
        # LibreOffice leaves room around a picture that does not say that it wants none.
        shape._inline.set(side, "0")
    properties = shape._inline.docPr
    properties.set("descr", clean(alt))
    properties.set("name", f"Picture {properties.get('id')}")
    return height
