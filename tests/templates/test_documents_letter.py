"""Document 2a: the booklet's wording, whole, with the blanks filled in and without a child's name."""

import io
import re

import docx
import msgspec
import pytest
import yaml
from document_reading import HOSTILE, fields_in, text_in, twice_in
from docx.oxml.ns import qn
from letter_examples import FACTS, TEMPLATE
from referral_examples import FOLDER, WORDS

from templates.documents.check import check_document, check_template
from templates.documents.fill import fill
from templates.documents.read import read_tags
from templates.documents.request_letter import letter_data
from templates.documents.text import clean

BOOKLET = yaml.safe_load((FOLDER / "booklet" / "document_2a.yaml").read_text(encoding="utf-8"))
PRINTED = {"agency", "date", "addressee", "return_by", "contact", "signature", "enclosure"}


def text_of_letter(**changes):
    return " ".join(text_in(fill(TEMPLATE, letter_data(msgspec.structs.replace(FACTS, **changes), WORDS))).split())


def test_every_sentence_of_the_booklet_is_there_once():
    text = text_of_letter(addressee="Test Lead")
    wanted = {name: words for name, words in BOOKLET.items() if name not in ("title", "addressee", "enclosure_form")}
    missing = {name for name, words in wanted.items() if words not in text}
    assert missing == set()
    long = [words for words in wanted.values() if len(words) > 60]
    assert len(long) == 8
    assert [words for words in long if text.count(words) != 1] == []


def test_sentences_that_were_cut_for_their_emphasis_are_whole_again():
    text = text_of_letter()
    assert "If the child or family is not known to your organisation, please confirm this in writing." in text
    assert "Complete the attached Initial Scoping and Information Sharing form if you have had any involvement" in text
    assert "within 5 working days. In this case this will be Monday 30 November 2026 at 17:00." in text


def test_it_says_where_to_return_the_form_instead_of_an_address_that_is_not_there():
    text = text_of_letter()
    assert "returned to us by the buttons on the request in your channel, or by secure email to referrals@" in text
    assert "address included on the form" not in text


def test_without_an_addressee_or_enclosures_it_says_what_the_booklet_says():
    text = text_of_letter()
    assert "Dear Safeguarding Leads, " in text
    assert text.endswith("Enc: Initial Scoping and Information Sharing Form")


def test_no_blank_is_left():
    assert re.findall(r"\[[^\]]*\]|[Ii]nsert |Add appropriate", text_of_letter()) == []


def test_every_fact_is_there_once():
    facts = msgspec.structs.replace(
        FACTS,
        **{name: f"said {name} end" for name in ("partnership", "organisation", "date", "return_by", "return_to", "contact")},
        signature="said signature end",
        addressee="said addressee end",
        enclosures=("said enclosure end",),
        references=("said reference end", "said request end"),
    )
    text = text_in(fill(TEMPLATE, letter_data(facts, WORDS)))
    said = re.findall(r"said \w+ end", text)
    assert sorted(said) == sorted(set(said))
    assert len(said) == 11


def test_a_first_letter_replaces_nothing_and_a_later_one_says_so():
    assert "replaces" not in text_of_letter()
    later = text_of_letter(issue=3)
    assert "This letter replaces our earlier request." in later
    assert "(issue 3)" in later


def test_nothing_of_a_child_can_be_put_into_it():
    tags = {tag for tag in read_tags(TEMPLATE) if not tag.startswith("document.")}
    assert tags == {f"scoping_letter.{name}" for name in PRINTED}
    assert not any("child" in name or "name" in name for name in FACTS.__struct_fields__)


def test_the_four_requests_are_a_list_that_word_knows_as_one():
    document = docx.Document(io.BytesIO(fill(TEMPLATE, letter_data(FACTS, WORDS))))
    listed = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "List Number"]
    assert [paragraph.text.split()[0] for paragraph in listed] == ["Clarify", "Complete", "Secure", "Keep"]
    assert document.styles["List Number"].element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None


def test_a_signature_keeps_its_lines():
    found = read_tags(fill(TEMPLATE, letter_data(FACTS, WORDS)))
    assert found["scoping_letter.signature"] == FACTS.signature


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text):
    document = fill(TEMPLATE, letter_data(msgspec.structs.replace(FACTS, organisation=text, contact=text), WORDS))
    found = read_tags(document)
    assert (found["scoping_letter.agency"], found["scoping_letter.contact"]) == (clean(text), clean(text))
    assert fields_in(document) == []


@pytest.mark.parametrize("issue", [1, 2])
def test_a_letter_has_no_problem(issue):
    document = fill(TEMPLATE, letter_data(msgspec.structs.replace(FACTS, issue=issue), WORDS))
    assert check_document(document) == []
    assert twice_in(document) == []


def test_the_template_has_no_problem():
    assert check_template(TEMPLATE, {f"scoping_letter.{name}" for name in PRINTED}) == []
