"""Documents as people see them: pages made by LibreOffice say what was said."""

import re

import pytest
from office import pdf_text, to_pdf
from referral_examples import CHILD, TEMPLATE, answers, data_of

from templates.documents.data import tagged
from templates.documents.fill import fill

pytestmark = pytest.mark.needs_office
SECOND = CHILD | {"name": "Test Child Two", "ethnicity": "white_roma", "do_not_share": "yes"}
HARD = CHILD | {"name": "{MERGEFIELD Name} ]]> <b>", "carer": "O'Test & Sons"}


def words_of(text: str) -> list[str]:
    return re.findall(r"\S+", text)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The text of each example's pages, by name; one start of LibreOffice for all."""
    folder = tmp_path_factory.mktemp("pages")
    data = {
        "one": data_of(answers()),
        "two": data_of(answers(CHILD, SECOND, family=12)),
        "hard": data_of(answers(HARD, summary="A long tale of what happened. " * 600)),
    }
    for name, one in data.items():
        (folder / f"{name}.docx").write_bytes(fill(TEMPLATE, one))
    pdfs = to_pdf([folder / f"{name}.docx" for name in data], folder)
    return {name: (one, pdf_text(pdf)) for (name, one), pdf in zip(data.items(), pdfs, strict=True)}


@pytest.mark.parametrize("name", ["one", "two", "hard"])
def test_every_word_that_was_said_is_on_the_pages(pages, name):
    data, text = pages[name]
    said = [word for value in tagged(data).values() if isinstance(value, str) for word in words_of(value)]
    printed = text.replace("\n", " ")
    assert [word for word in set(said) if word not in printed] == []


def test_the_long_tale_is_there_to_its_end(pages):
    _, text = pages["hard"]
    assert text.count("tale") == 600


def test_boxes_are_ticked_on_the_page(pages):
    _, text = pages["one"]
    assert re.search(r"☒ Black Caribbean and White", text)
    assert re.search(r"Is the child deceased\?\s+☐\s+☒\s+☐", text)
    assert re.search(r"☒ Suspected", text)


def test_each_page_has_the_marking_the_reference_and_its_number(pages):
    _, text = pages["two"]
    sheets = [sheet for sheet in text.split("\f") if sheet.strip()]
    for number, sheet in enumerate(sheets, 1):
        assert "OFFICIAL-SENSITIVE" in sheet
        assert "NS-2026-0007" in sheet
        assert f"Page {number} of {len(sheets)}" in sheet


def test_one_child_has_no_child_heading_and_two_have(pages):
    assert "Child 1 of" not in pages["one"][1]
    assert pages["two"][1].count("Child 2 of 2: Test Child Two") == 2


def test_header_rows_come_again_on_the_next_page(pages):
    assert pages["two"][1].count("DoB") == 2
