"""The documents of scoping and of the decision as people see them: pages made by LibreOffice say what was said."""

import re

import letter_examples
import msgspec
import pytest
import record_examples
import scoping_examples
from office import pdf_text, to_pdf
from referral_examples import WORDS

from templates.documents.data import tagged
from templates.documents.fill import fill
from templates.documents.request_letter import letter_data
from templates.documents.scoping import AGENCIES

pytestmark = pytest.mark.needs_office
LONG = {"summary": "A long tale of what we did. " * 600, "actions__1__action": "A plan of many steps. " * 400}
HARD = scoping_examples.CHILD | {"name": "{MERGEFIELD Name} ]]> <b>", "religion": "O'Test & Sons"}


def documents():
    """Every example: the template and the data."""
    scoping = scoping_examples
    two, some = scoping.answers(scoping.CHILD, scoping.TWIN), scoping.answers(whole=False)
    letter = letter_data(msgspec.structs.replace(letter_examples.FACTS, issue=2), WORDS)
    return {
        "sent": (scoping.TEMPLATE, scoping.data_of(some, scoping.SENT)),
        "returned": (scoping.TEMPLATE, scoping.data_of(two)),
        "hard": (scoping.TEMPLATE, scoping.data_of(scoping.answers(HARD, **LONG))),
        "letter": (letter_examples.TEMPLATE, letter),
        "nil": (record_examples.NIL_TEMPLATE, record_examples.nil_data()),
        "decision": (record_examples.DECISION_TEMPLATE, record_examples.decision_data("Test Child One", "Test Child Two")),
    }


NAMES = tuple(documents())


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The text of each example's pages, by name; one start of LibreOffice for all."""
    folder = tmp_path_factory.mktemp("pages")
    made = documents()
    for name, (template, data) in made.items():
        (folder / f"{name}.docx").write_bytes(fill(template, data))
    pdfs = to_pdf([folder / f"{name}.docx" for name in made], folder)
    return {name: (made[name][1], pdf_text(pdf)) for name, pdf in zip(made, pdfs, strict=True)}


def squeezed(text):
    """Without spaces: a long address is broken where the cell ends."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", NAMES)
def test_every_word_that_was_said_is_on_the_pages(pages, name):
    data, text = pages[name]
    said = {word for value in tagged(data).values() if isinstance(value, str) for word in re.findall(r"\S+", value)}
    printed = text.replace("\n", " ")
    assert [word for word in said if word not in printed and "@" not in word] == []
    assert len(said) > 30


def test_email_addresses_are_whole(pages):
    assert "test.visitor@example.org" in squeezed(pages["returned"][1])
    assert "referrals@partnership.example" in squeezed(pages["letter"][1])


def test_the_long_texts_are_there_to_their_ends(pages):
    _, text = pages["hard"]
    assert (text.count("tale"), text.count("steps")) == (600, 400)


@pytest.mark.parametrize("name", NAMES)
def test_each_page_has_the_marking_the_reference_and_its_number(pages, name):
    _, text = pages[name]
    sheets = [sheet for sheet in text.split("\f") if sheet.strip()]
    for number, sheet in enumerate(sheets, 1):
        assert "OFFICIAL-SENSITIVE" in sheet
        assert "NS-2026-0007" in sheet
        assert "Working Together 2018" in sheet
        assert f"Page {number} of {len(sheets)}" in sheet


def test_the_letter_fits_on_one_page(pages):
    assert "Page 1 of 1" in pages["letter"][1]


def test_the_form_that_is_sent_names_all_agencies_and_fits_on_four_pages(pages):
    _, text = pages["sent"]
    assert "Page 1 of 4" in text
    table = text[text.index("3. INTERAGENCY WORKING") : text.index("4. ANALYSIS")]
    names = {word for agency in AGENCIES for word in WORDS.say(f"document_2.{agency}").split()}
    assert [name for name in names if name not in table] == []


def test_several_children_have_headings_on_the_page(pages):
    assert pages["returned"][1].count("Child 2 of 2: Test Child Two") == 2
    assert pages["decision"][1].count("Child 2 of 2: Test Child Two") == 1
    assert "Child 1 of" not in pages["sent"][1]


def test_header_rows_come_again_on_the_next_page(pages):
    assert pages["hard"][1].count("Deadline") > 1
