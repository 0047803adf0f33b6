"""The documents of a rapid review as people see them: pages made by LibreOffice say what was said."""

import re
from itertools import pairwise

import msgspec
import pytest
from office import pdf_text, to_pdf
from overview_examples import OVERVIEW
from referral_examples import WORDS
from review_examples import (
    AGENDA,
    DRAFT,
    FINAL,
    LETTER,
    LETTER_FACTS,
    NIL,
    NOT_ASKED,
    OUTSTANDING,
    PACK,
    RETURNED,
    SUPPLEMENTARY,
)
from test_documents_letters import REPLIES
from test_documents_overview import PLAN
from test_documents_pack import texts_of

from templates.documents.agenda import agenda_document
from templates.documents.fill import fill
from templates.documents.overview import overview_document
from templates.documents.pack import pack_document
from templates.documents.pack_data import Attributed
from templates.documents.panel_letter import panel_letter_data
from templates.documents.supplementary import supplementary_letter_data

pytestmark = pytest.mark.needs_office
HARD = msgspec.structs.replace(
    DRAFT,
    summary=(
        Attributed("Police", "today", "A long tale of what happened. " * 2000),
        Attributed("GP", "today", "{MERGEFIELD x} ]]> <b>"),
    ),
    returns=(),
)
CROWDED = msgspec.structs.replace(OVERVIEW, dates=OVERVIEW.dates + OVERVIEW.dates[:6])


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The text of each document's pages, by name; one start of LibreOffice for all."""
    folder = tmp_path_factory.mktemp("pages")
    documents = {
        "draft": pack_document(PACK, DRAFT, WORDS),
        "final": pack_document(PACK, FINAL, WORDS),
        "hard": pack_document(PACK, HARD, WORDS),
        "letter": fill(LETTER, panel_letter_data(LETTER_FACTS, WORDS)),
        "supplementary": fill(SUPPLEMENTARY, supplementary_letter_data(REPLIES, WORDS)),
        "agenda": agenda_document(AGENDA, PLAN, WORDS),
        "overview": overview_document(OVERVIEW, WORDS),
        "crowded": overview_document(CROWDED, WORDS),
    }
    for name, document in documents.items():
        (folder / f"{name}.docx").write_bytes(document)
    pdfs = to_pdf([folder / f"{name}.docx" for name in documents], folder)
    return {name: pdf_text(pdf) for name, pdf in zip(documents, pdfs, strict=True)}


def sheets(text: str) -> list[str]:
    return [sheet for sheet in text.split("\f") if sheet.strip()]


def said(data) -> set[str]:
    return {word for text in texts_of(data) for word in re.findall(r"\S+", text)}


@pytest.mark.parametrize(("name", "data"), [("final", FINAL), ("supplementary", REPLIES), ("agenda", PLAN)])
def test_every_word_that_was_said_is_on_the_pages(pages, name, data):
    printed = pages[name].replace("\n", " ")
    assert [word for word in said(data) if word not in printed] == []


def test_each_page_of_a_draft_says_so_and_no_page_of_a_final_pack_does(pages):
    assert all("DRAFT. OFFICIAL-SENSITIVE" in sheet for sheet in sheets(pages["draft"]))
    assert "DRAFT" not in pages["final"]
    first = sheets(pages["draft"])[0]
    assert [text for text in DRAFT.missing if text not in first] == []


def test_a_long_tale_is_there_to_its_end_with_what_comes_after_it(pages):
    assert pages["hard"].count("tale") == 2000
    assert "GP (return of today): {MERGEFIELD x} ]]> <b>" in pages["hard"]


def test_each_return_begins_on_a_new_page(pages):
    starts = [sheet.strip().split("\n") for sheet in sheets(pages["final"]) if re.search(r"Appendix \d+: ", sheet)]
    heads = [next(line.strip() for line in lines[1:] if line.strip()) for lines in starts]
    assert heads == [f"Appendix {number}: {name}" for number, name in enumerate(RETURNED, 1)]


def test_the_letters_and_the_agenda_fit_a_page(pages):
    assert [len(sheets(pages[name])) for name in ("letter", "supplementary", "agenda")] == [1, 1, 1]


@pytest.mark.parametrize("name", ["overview", "crowded"])
def test_the_overview_is_one_page_with_27_organisations(pages, name):
    assert len(OVERVIEW.organisations) == 27
    assert len(sheets(pages[name])) == 1
    assert "Page 1 of 1" in pages[name]


@pytest.mark.parametrize("name", ["letter", "agenda", "overview"])
def test_no_child_is_named_where_none_may_be(pages, name):
    assert "Test Child" not in pages[name]


def test_nil_outstanding_and_not_asked_are_apart_on_the_pages(pages):
    page = " ".join(pages["draft"].split("Appendix 1: Police")[0].split())
    headings = ("Nil returns", "Returns that are outstanding", "Services that were not asked", "Rapid Review Discussion")
    parts = [page[page.index(one) : page.index(other)] for one, other in pairwise(headings)]
    for part, names in zip(parts, (NIL, OUTSTANDING, NOT_ASKED), strict=True):
        words = {word for name in names for word in name.split()}
        assert [word for word in words if word not in part] == []
