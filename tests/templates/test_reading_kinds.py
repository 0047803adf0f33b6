"""Which form a document is, whose case it belongs to, and what is told of it: changes, comments, text boxes."""

from __future__ import annotations

from copy import deepcopy

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from letter_examples import FACTS
from letter_examples import TEMPLATE as LETTER
from reading_examples import (
    FORMS,
    LAYOUTS,
    answers,
    cell_of,
    differing,
    expected,
    filled,
    opened,
    read,
    row_of,
    saved,
    typed,
    without_tags,
)
from referral_examples import FOLDER, WORDS

from templates.documents import controls
from templates.documents.fill import fill
from templates.documents.request_letter import letter_data

LOST = pytest.mark.parametrize("lost", [False, True], ids=["tags kept", "tags lost"])


def given(document, *, lost: bool = False):
    content = saved(document)
    return read(without_tags(content) if lost else content)


def unnamed(content: bytes):
    """A document that does not say which form it is."""
    document = opened(content)
    document.core_properties.identifier = ""
    return document


@LOST
@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_does_not_say_so_is_known_by_what_is_in_it(lost, form):
    found = given(unnamed(filled(form)), lost=lost)
    assert (found.form, found.version) == (form, 0)
    assert differing(found, expected(form, labelled=lost)) == {}


@pytest.mark.parametrize("path", sorted((FOLDER / "documents").glob("*.docx")), ids=lambda path: path.stem)
def test_every_document_of_ours_is_named(path):
    document = opened(path.read_bytes())
    assert (read(saved(document)).form, read(saved(unnamed(path.read_bytes()))).form) == (path.stem, path.stem)
    assert set(LAYOUTS) >= {path.stem}


def test_a_letter_is_a_letter():
    assert read(fill(LETTER, letter_data(FACTS, WORDS))).form == "scoping_letter"


def test_what_is_none_of_ours_is_none():
    document = opened(filled("scoping"))
    body = document.element.body
    for block in list(body)[:-1]:
        body.remove(block)
    for sdt in [sdt for root in controls.parts_of(document) for sdt in root.iter(controls.SDT)]:
        sdt.getparent().remove(sdt)
    document.core_properties.identifier = "urn:isbn:0"
    document.add_paragraph("Minutes of a meeting")
    document.add_table(2, 2).cell(0, 0).text = "Name"
    found = given(document)
    assert (found.form, found.version, answers(found), found.missing) == ("", 0, {}, ())


@LOST
def test_the_case_the_issue_and_the_organisation_are_read(lost):
    found = given(opened(filled("scoping")), lost=lost)
    for tag in ("document.reference", "document.issue", "scoping.agency"):
        assert found.tags[tag] == expected("scoping")[tag]
    assert found.tags["document.reference"] == "NS-2026-0007"


def change(kind: str, *inner):
    """A tracked change around runs or rows."""
    made = parse_xml(f'<w:{kind} {nsdecls("w")} w:id="9001" w:author="Test Person" w:date="2026-11-20T09:00:00Z"/>')
    made.extend(inner)
    return made


def deleted(text: str):
    run = typed(text)
    run[0].tag = qn("w:delText")
    return change("del", run)


@LOST
def test_tracked_changes_are_read_as_if_they_were_accepted(lost):
    document = opened(filled("scoping"))
    paragraph = cell_of(document, "scoping.reason").find(controls.P)
    paragraph.append(deleted(" taken out"))
    paragraph.append(change("ins", typed(" put in")))
    paragraph.append(change("moveFrom", typed(" moved")))
    cell_of(document, "scoping.worked_well").find(controls.P).append(change("moveTo", typed(" moved")))
    found = given(document, lost=lost)
    before = expected("scoping", labelled=lost)
    assert found.tracked
    assert found.tags["scoping.reason"] == f"{before['scoping.reason']} put in"
    assert found.tags["scoping.worked_well"] == f"{before['scoping.worked_well']} moved"
    assert differing(found, before).keys() == {"scoping.reason", "scoping.worked_well"}


@LOST
@pytest.mark.parametrize(("kind", "there"), [("ins", True), ("del", False)])
def test_rows_that_were_put_in_or_taken_out_with_tracking(lost, kind, there):
    document = opened(filled("scoping"))
    row = row_of(document, "scoping.actions.2.action")
    row.get_or_add_trPr().append(change(kind))
    found = given(document, lost=lost)
    before = expected("scoping")
    second = "scoping.actions.2.lead" if there else "scoping.actions.3.lead"
    assert (found.tracked, found.tags["scoping.actions.2.lead"]) == (True, before[second])
    assert ("scoping.actions.3.lead" in found.tags) == there


@LOST
def test_a_whole_control_that_was_put_in_and_a_paragraph_that_was_joined(lost):
    document = opened(filled("scoping"))
    first = cell_of(document, "scoping.reason").find(controls.P)
    first.get_or_add_pPr().append(parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="1" w:author="T"/></w:rPr>'))
    second = deepcopy(first)
    for child in list(second):
        second.remove(child)
    second.append(change("ins", typed(" joined")))
    first.addnext(second)
    found = given(document, lost=lost)
    assert found.tags["scoping.reason"] == f"{expected('scoping')['scoping.reason']} joined"


def test_a_form_without_changes_says_so():
    found = read(filled("scoping"))
    assert (found.tracked, found.comments, found.boxes) == (False, False, False)


def test_comments_are_told_and_not_read():
    document = opened(filled("scoping"))
    paragraph = document.paragraphs[0]
    document.add_comment(paragraph.runs, text="Is this right?", author="Test Person")
    found = given(document)
    assert found.comments
    assert differing(found, expected("scoping")) == {}


@LOST
def test_text_boxes_are_told_and_not_read(lost):
    document = opened(filled("scoping"))
    box = parse_xml(
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    cell_of(document, "scoping.reason").find(controls.P).append(box)
    found = given(document, lost=lost)
    assert found.boxes
    assert differing(found, expected("scoping", labelled=lost)) == {}


def test_hidden_text_and_codes_of_fields_are_not_read():
    document = opened(filled("scoping"))
    paragraph = cell_of(document, "scoping.reason").find(controls.P)
    hidden = typed("hidden")
    hidden.insert(0, parse_xml(f"<w:rPr {nsdecls('w')}><w:vanish/></w:rPr>"))
    code = typed("")
    code.append(parse_xml(f"<w:instrText {nsdecls('w')}>HYPERLINK http://example.invalid</w:instrText>"))
    paragraph.extend((hidden, code))
    assert differing(given(document), expected("scoping")) == {}


def test_the_controls_of_document_3_are_in_their_lines_alone_and_unbound():
    document = opened((FOLDER / "documents" / "rapid_review.docx").read_bytes())
    sdts = [sdt for root in controls.parts_of(document) for sdt in root.iter(controls.SDT)]
    assert len(sdts) > 60
    for sdt in sdts:
        assert controls.tag_of(sdt)
        assert controls.alias_of(sdt)
        assert sdt.getparent().tag == controls.P
        assert next(sdt.iterancestors(controls.SDT), None) is None
        assert sdt[0].find(qn("w:dataBinding")) is None
        assert next(sdt.iter(controls.CELL), None) is None


def test_every_answer_of_document_3_is_found_in_its_template():
    found = read((FOLDER / "documents" / "rapid_review.docx").read_bytes())
    assert (found.form, found.missing, found.doubts) == ("rapid_review", (), {})
