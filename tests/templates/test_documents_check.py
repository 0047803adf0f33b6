"""The checker finds what it should, and our own documents pass it."""

import docx
import pytest
from docx.oxml.ns import qn
from referral_examples import CHILD, TEMPLATE, answers, data_of

from templates.documents import contrast, controls
from templates.documents.check import check_document, check_template
from templates.documents.fill import fill
from templates.documents.read import read_tags

WANTED = frozenset(tag for tag in read_tags(TEMPLATE) if not tag.startswith("document.") and "heading" not in tag)


def test_the_template_has_no_problem():
    assert check_template(TEMPLATE, WANTED) == []


@pytest.mark.parametrize("children", [(CHILD,), (CHILD, CHILD)])
def test_a_filled_document_has_no_problem(children):
    said = answers(*children, family=12, summary="Typed   with spaces\t\tand tabs\n\n\n   in it")
    assert check_document(fill(TEMPLATE, data_of(said))) == []


def _changed(tmp_path, change):
    document = docx.Document(str(TEMPLATE))
    change(document)
    document.save(str(tmp_path / "changed.docx"))
    return tmp_path / "changed.docx"


def _first(document, name):
    return next(document.element.body.iter(qn(name)))


def _another_language(document):
    next(document.styles.element.iter(qn("w:lang"))).set(qn("w:val"), "en-US")


def _no_title(document):
    document.core_properties.title = ""


def _jump(document):
    document.add_paragraph("Deep", style=document.styles.add_style("Heading 4", 1))


def _no_header_row(document):
    for mark in list(document.element.body.iter(qn("w:tblHeader"))):
        mark.getparent().remove(mark)


def _no_description(document):
    found = _first(document, "w:tblDescription")
    found.getparent().remove(found)


def _pale(document):
    run = document.add_paragraph().add_run("pale")
    run.font.color.rgb = docx.shared.RGBColor(0xAA, 0xAA, 0xAA)


def _empty_paragraph(document):
    document.add_paragraph("")


def _spaces(document):
    document.add_paragraph("Name:      Role:")


def _around_a_paragraph(document):
    sdt = next(controls.find(document.element.body))
    paragraph = sdt.getparent()
    paragraph.getparent().replace(paragraph, sdt)
    sdt[1].append(paragraph)


CHANGES = {
    _another_language: "its language is en-US",
    _no_title: "it has no title",
    _jump: "it jumps from level 2 to level 4",
    _no_header_row: "neither a header row nor a header column is marked",
    _no_description: "it has no alternative text",
    _pale: "text in AAAAAA on FFFFFF has a contrast of 2.3",
    _empty_paragraph: "it is empty",
    _spaces: "spaces or tabs move the text",
    _around_a_paragraph: "it goes around a whole paragraph or cell",
}


@pytest.mark.parametrize(("change", "what"), CHANGES.items(), ids=lambda given: getattr(given, "__name__", None))
def test_each_fault_is_found_and_says_what_to_do(tmp_path, change, what):
    problems = check_document(_changed(tmp_path, change))
    assert what in [problem.what for problem in problems]
    assert all(problem.do for problem in problems)


def test_missing_unknown_doubled_and_untagged_controls_are_named(tmp_path):
    def change(document):
        sdts = {controls.tag_of(sdt): sdt for sdt in controls.find(document.element.body)}
        controls.retag(sdts["referral.summary"], "referral.sumary", "Summary")
        controls.retag(sdts["referral.referrer_role"], "referral.referrer_name", "Role")
        controls.retag(sdts["referral.send_to"], "", "Where")

    problems = check_template(_changed(tmp_path, change), WANTED)
    assert {(problem.where, problem.what) for problem in problems} == {
        ("control referral.summary", "it is missing"),
        ("control referral.referrer_role", "it is missing"),
        ("control referral.send_to", "it is missing"),
        ("control referral.sumary", "no question has this tag"),
        ("control referral.referrer_name", "its tag is there 2 times"),
        ("controls", "1 have no tag"),
    }


def test_contrast_is_measured_as_wcag_does():
    assert contrast.ratio("000000", "FFFFFF") == pytest.approx(21)
    assert contrast.ratio("767676", "FFFFFF") == pytest.approx(4.54, abs=0.01)
