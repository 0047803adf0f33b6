"""The outline of a document: any program may save it again, one changed answer is one part, and no name is a child's."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from templates.documents.controls import P, R, find, tag_of
from templates.documents.data import Block, DocumentData
from templates.documents.fill import fill
from templates.documents.outline import ADDED, ORDER, WHOLE, changed_parts, outline_of, part_text, same
from templates.documents.pack import pack_document
from templates.documents.pack_data import Answer, Appendix, Grid, PackData, Section
from templates.wording import load_words

PROFILE = Path(__file__).parents[2] / "templates" / "north-somerset"
TEMPLATE, PACK = PROFILE / "documents" / "referral.docx", PROFILE / "documents" / "rapid_review.docx"
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t"), max_size=40)


def filled(summary: str = "What was seen.", relative: str = "Test Mother", children: int = 1, ticked: bool = True) -> bytes:
    data = DocumentData(
        form="referral",
        number="1a",
        reference="NS-2026-0001",
        edition="E",
        marking="M",
        generated_at="now",
        values={"summary": summary},
        rows={"family": ({"name": relative}, {"name": "Test Father"})},
        children=tuple(
            Block(
                values={"name": f"Test Child {n}", "heading": f"Child {n} of {children}: Test Child {n}"},
                ticks={"deceased.yes": ticked},
            )
            for n in range(1, children + 1)
        ),
    )
    return fill(TEMPLATE, data)


def saved_again(content: bytes, change: Callable[[Document], object] = lambda document: None) -> bytes:
    document = docx.Document(io.BytesIO(content))
    change(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def as_programs_do(document: Document) -> None:
    """Runs are cut, ids are drawn, properties are written, text is made bold, and spelling is marked."""
    document.core_properties.title = "Another title"
    document.core_properties.last_modified_by = "Test Person"
    for number, paragraph in enumerate(document.element.body.iter(P)):
        paragraph.set(qn("w:rsidR"), f"{number:08X}")
        paragraph.append(etree.Element(qn("w:proofErr")))
        for run in list(paragraph.iter(R)):
            _cut(run)


def _cut(run: etree._Element) -> None:
    text = run.find(qn("w:t"))
    if text is None or not text.text or len(run) > 2 or len(run.findall(qn("w:rPr"))) != len(run) - 1:
        return
    for piece in (text.text[1:], text.text[:1]):
        made = etree.Element(qn("w:r"))
        etree.SubElement(etree.SubElement(made, qn("w:rPr")), qn("w:b"))
        etree.SubElement(made, qn("w:t")).text = piece
        run.addnext(made)
    run.getparent().remove(run)  # type: ignore[union-attr]


@settings(max_examples=20)
@given(summary=TEXTS, relative=TEXTS, children=st.integers(1, 3), ticked=st.booleans())
def test_whatever_is_filled_in_is_the_same_when_it_is_saved_again(
    summary: str, relative: str, children: int, ticked: bool
) -> None:
    content = filled(summary, relative, children, ticked)
    outline = outline_of(content)
    again = saved_again(content, as_programs_do)
    assert again != content
    assert same(outline, outline_of(again))
    assert changed_parts(outline, outline_of(again)) == ()


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"summary": "Something else."}, "5. Summary of events"),
        ({"relative": "Test Aunt"}, "3. Composition of family and significant others"),
        ({"ticked": False}, "4. Rapid Review criteria"),
    ],
)
def test_one_changed_answer_is_exactly_its_part(change: dict[str, str], part: str) -> None:
    assert changed_parts(outline_of(filled()), outline_of(filled(**change))) == (part,)  # type: ignore[arg-type]


def test_a_child_s_part_is_called_by_its_number() -> None:
    ours = outline_of(filled(children=2))
    assert not any("Test" in name for name in ours)
    words = load_words()

    def harmed(document: Document) -> None:
        sdt = next(one for one in find(document.element.body) if tag_of(one) == "referral.children.2.name")
        next(sdt.iter(qn("w:t"))).text = "Test Other"

    parts = changed_parts(ours, outline_of(saved_again(filled(children=2), harmed)))
    assert [part_text(part, words) for part in parts] == ["Child 2"]


def without_controls(document: Document) -> None:
    """As LibreOffice 7.4 saves it: every control is gone, and what stood in it stays."""
    for sdt in list(document.element.body.iter(qn("w:sdt"))):
        for one in list(sdt[1]):
            sdt.addprevious(one)
        sdt.getparent().remove(sdt)  # type: ignore[union-attr]


def test_what_is_saved_without_its_controls_still_says_the_same() -> None:
    content = filled(children=2)
    assert same(outline_of(content), outline_of(saved_again(content, without_controls)))


def test_what_a_person_put_in_is_never_called_by_its_heading() -> None:
    def added(document: Document) -> None:
        document.add_heading("About Test Child One and his mother", 1)
        document.add_paragraph("Words.")

    ours, theirs = outline_of(filled()), outline_of(saved_again(filled(), added))
    assert changed_parts(ours, theirs) == (ADDED,)
    assert changed_parts(theirs, ours, by_us=True) != ()


@pytest.mark.parametrize("word", ["strike", "dstrike", "highlight", "comment", "deleted", "cell"])
def test_what_is_struck_out_pointed_at_commented_or_deleted_is_a_change(word: str) -> None:
    def changed(document: Document) -> None:
        paragraph = next(one for one in document.paragraphs if one.runs and one.text.strip())
        run = paragraph.runs[0]
        if word == "comment":
            document.add_comment(run, "Is this so?", "Test Person", "TP")
        elif word == "deleted":
            gone = etree.Element(qn("w:del"))
            run._r.addprevious(gone)
            gone.append(run._r)
        elif word == "cell":
            row = document.tables[0].rows[0]
            row.cells[1].text, row.cells[0].text = row.cells[0].text, ""
        else:
            etree.SubElement(run._r.get_or_add_rPr(), qn(f"w:{word}")).set(qn("w:val"), "yellow")

    ours = outline_of(filled())
    theirs = outline_of(saved_again(filled(), changed))
    assert changed_parts(ours, theirs) != ()
    assert set(changed_parts(ours, theirs)) <= {*ours, "@comments", ADDED}


def test_parts_in_another_order_are_a_change() -> None:
    one = {"A": "1:1", "B": "2:2"}
    assert changed_parts(one, {"B": "2:2", "A": "1:1"}) == (ORDER,)


@pytest.mark.parametrize("cut", [0, 1, 10, 30, 500, 5000])
def test_what_is_not_whole_has_one_part(cut: int) -> None:
    content = filled()[:-cut] if cut else b"no file of Word"
    assert list(outline_of(content)) == [WHOLE]
    assert not same(outline_of(content), outline_of(content + b" "))


def rewritten(content: bytes, parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in before.namelist():
            archive.writestr(name, parts.get(name) or before.read(name))
        for name in parts.keys() - set(before.namelist()):
            archive.writestr(name, parts[name])
    return made.getvalue()


@pytest.mark.parametrize(
    "xml",
    [
        b"<not xml",
        b"<!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><x>&b;</x>",
        b"<?xml version='1.0' encoding='no-such'?><x/>",
        b"\xff\xfe\x00",
        b"<x>" * 100_000,
    ],
)
def test_hostile_parts_are_never_raised(xml: bytes) -> None:
    for part in ("word/document.xml", "word/styles.xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        assert outline_of(rewritten(filled(), {part: xml}))


def test_a_file_that_unpacks_to_far_too_much_is_not_unpacked() -> None:
    begun = time.perf_counter()
    assert list(outline_of(rewritten(filled(), {"word/document.xml": b" " * (65 * 2**20)}))) == [WHOLE]
    assert time.perf_counter() - begun < 5


def test_a_workbook_in_which_a_library_kept_its_columns_is_the_same() -> None:
    sheet = {"xl/workbook.xml": b"<book/>", "docProps/custom.xml": b"<none/>"}
    ours, theirs, changed = (
        rewritten(_empty("xl/workbook.xml"), sheet | more)
        for more in ({}, {"docProps/custom.xml": b"<columns/>"}, {"xl/workbook.xml": b"<other/>"})
    )
    assert same(outline_of(ours), outline_of(theirs))
    assert not same(outline_of(ours), outline_of(changed))


def _empty(main: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        relation = f'<Relationship Id="r" Type="x/officeDocument" Target="{main}"/>'
        archive.writestr(
            "_rels/.rels", f'<R xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</R>'
        )
        archive.writestr(main, "<book/>")
    return made.getvalue()


def pack(returns: int) -> bytes:
    grid = Grid("Key events", ("Date", "What"), (("1 October 2026", "A visit."),) * 10)
    sections = tuple(
        Section(f"2. Your agency involvement: Test Child {n}", (Answer("Summary:", "Seen. " * 20),), (grid,)) for n in (1, 2)
    )
    made = tuple(
        Appendix(organisation=f"Test {n}", returned_on="today", version="1", by="Test", signed_off_by="Test", sections=sections)
        for n in range(returns)
    )
    data = PackData(reference="NS-2026-0001", edition="E", generated_at="now", returns=made)
    return pack_document(PACK, data, load_words(PROFILE / "booklet", PROFILE / "words"))


def test_a_pack_with_many_returns_is_quick_and_no_part_of_it_is_called_by_a_child() -> None:
    content = pack(24)
    took = min(_timed(content) for _ in range(3))
    assert took < 0.15
    names = list(outline_of(content))
    assert "Appendix 24: 2. Your agency involvement (2)" in names
    assert not any("Test" in name for name in names)


def _timed(content: bytes) -> float:
    begun = time.process_time()
    outline_of(content)
    return time.process_time() - begun
