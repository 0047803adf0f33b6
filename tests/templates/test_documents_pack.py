"""The pack of a rapid review: everything given is in it, each once; nil, outstanding and not asked are never mixed."""

import io
import time
import zipfile

import docx
import msgspec
import pytest
from docx.oxml.ns import qn
from referral_examples import WORDS
from review_examples import (
    AGENDA,
    CHILDREN,
    DRAFT,
    FINAL,
    LETTER,
    NIL,
    NOT_ASKED,
    OUTSTANDING,
    PACK,
    RETURNED,
    SUPPLEMENTARY,
    appendix,
)

from templates.documents import controls
from templates.documents.check import check_document, check_template
from templates.documents.fill import TemplateError
from templates.documents.first import SHAPES, write_first
from templates.documents.pack import pack_document
from templates.documents.pack_data import Answer, Appendix, Attributed, Grid, PackData, Section
from templates.documents.read import read_tags, text_of

HOSTILE = (
    "{MERGEFIELD Name}",
    "{ INCLUDETEXT http://example.invalid }",
    "]]> <w:p/> &amp; <!-- -->",
    "{{ 7 * 7 }} {% for x in y %} ${x} %s {0}",
    "=1+1",
    "a\tb\n\nc",
    "שלום עולם\nEnglish\nمرحبا",
    "👩\u200d👧 and 漢字",
)
EMPTY = PackData(reference="NS-2026-0001", edition="E", generated_at="now")


def made(data=DRAFT) -> bytes:
    return pack_document(PACK, data, WORDS)


def body_of(document: bytes):
    return docx.Document(io.BytesIO(document)).element.body


def whole_text(document: bytes) -> str:
    return text_of(body_of(document))


def table_under(document: bytes, heading: str) -> str:
    """The text of the first table after a heading."""
    elements = iter(body_of(document))
    next(one for one in elements if one.tag == controls.P and text_of(one) == heading)
    return text_of(next(one for one in elements if one.tag == qn("w:tbl")))


def texts_of(value) -> list[str]:
    """Every text in the data, as deep as it lies, without the marks of choices."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, tuple):
        return [text for one in value for text in texts_of(one)]
    if isinstance(value, msgspec.Struct):
        skipped = ("opinion", "review_kind", "partner", "agreed")
        return [text for name in value.__struct_fields__ if name not in skipped for text in texts_of(getattr(value, name))]
    return []


def test_every_text_that_was_given_is_in_the_pack():
    text = whole_text(made(FINAL)) + str(read_tags(made(FINAL)))
    assert [one for one in texts_of(FINAL) if one not in text] == []


def test_each_paragraph_stands_once_with_whose_it_is():
    text = whole_text(made())
    for paragraph in (*DRAFT.summary, *DRAFT.good_practice, *DRAFT.learning, *CHILDREN[0].voice, *CHILDREN[1].voice):
        assert text.count(f"{paragraph.organisation} (return of {paragraph.returned_on}): {paragraph.text}") == 1


def test_the_panels_own_words_have_nobody_before_them():
    assert read_tags(made())["rapid_review.voice_of_parents"] == DRAFT.voice_of_parents[0].text


def test_whose_words_they_are_is_bold_and_the_words_are_not():
    cell = next(s for s in controls.find(body_of(made())) if controls.tag_of(s) == "rapid_review.summary").getparent()
    runs = [(text_of(run), run.find(f"{controls.R_PR}/{qn('w:b')}") is not None) for run in cell.iter(controls.R)]
    assert runs[0] == ("Police (return of Monday 30 November 2026): ", True)
    assert runs[1][0].startswith("Summary. We first knew")
    assert runs[1][1] is False


def test_a_paragraph_of_unknown_date_says_only_whose_it_is():
    data = msgspec.structs.replace(DRAFT, summary=(Attributed("Police", "", "Seen once."),))
    assert read_tags(made(data))["rapid_review.summary"] == "Police: Seen once."


def test_each_child_has_a_voice_of_its_own():
    found = read_tags(made())
    assert "Of the older child" in found["rapid_review.children.1.voice"]
    assert "Of the younger child" not in found["rapid_review.children.1.voice"]
    assert found["rapid_review.children.2.voice"].count("Of the younger child") == 2
    assert found["rapid_review.children.2.voice_heading"] == "Child 2 of 2: Test Child Two"


def test_one_child_has_no_child_heading():
    text = whole_text(made(msgspec.structs.replace(DRAFT, children=CHILDREN[:1])))
    assert "Child 1 of" not in text


def test_where_returns_differ_each_is_named_and_none_is_chosen():
    found = read_tags(made())
    said = "The returns differ. Police say White British; Test Medical Practice say Black Caribbean and White."
    assert found["rapid_review.children.1.ethnicity"] == said
    assert found["rapid_review.children.2.ethnicity"] == "Black Caribbean and White"


@pytest.mark.parametrize(
    "group", [(), ("nil_returns",), ("outstanding",), ("not_asked",), ("nil_returns", "outstanding", "not_asked")]
)
def test_nil_outstanding_and_not_asked_stand_apart(group):
    data = msgspec.structs.replace(DRAFT, **dict.fromkeys(group, ()))
    document = made(data)
    tables = {
        "nil_returns": (NIL, table_under(document, "Nil returns")),
        "outstanding": (OUTSTANDING, table_under(document, "Returns that are outstanding")),
        "not_asked": (NOT_ASKED, table_under(document, "Services that were not asked")),
        "summaries_from": (RETURNED, table_under(document, "Case Summary received from:")),
    }
    for name, (_, table) in tables.items():
        here = {one for names, _ in tables.values() for one in names if f"\n{one}\n" in table}
        assert here == (set() if name in group else set(tables[name][0]))
        assert ("None." in table) == (name in group)


def test_each_summary_names_its_appendix():
    table = table_under(made(), "Case Summary received from:").split("\n")
    assert table[table.index("Early Help") :][:4] == ["Early Help", "Monday 30 November 2026", "Test Lead 10", "Appendix 11"]


def test_two_returns_of_one_organisation_on_one_day_name_the_first():
    data = msgspec.structs.replace(DRAFT, returns=(appendix("Police", 0), appendix("Police", 0)))
    assert "Appendix 1" in table_under(made(data), "Case Summary received from:")


def test_a_draft_says_so_on_every_page_and_lists_what_is_missing_first():
    document = made()
    found = read_tags(document)
    assert found["document.marking"] == "DRAFT. OFFICIAL-SENSITIVE"
    assert found["rapid_review.draft"] == "DRAFT: 3 things before this can be sent"
    assert found["rapid_review.state"] == "Draft. Do not send it to the National Panel."
    lines = [text_of(one) for one in body_of(document).iterchildren(controls.P)]
    assert lines[2:6] == ["DRAFT: 3 things before this can be sent", *DRAFT.missing]


def test_a_final_pack_does_not_speak_of_a_draft():
    document = made(FINAL)
    assert "DRAFT" not in whole_text(document) + str(read_tags(document))
    assert read_tags(document)["rapid_review.state"] == "Final, as agreed by the safeguarding partners."


@pytest.mark.parametrize(
    ("missing", "heading"),
    [((), "DRAFT: not to be sent yet"), (("Rationale is empty.",), "DRAFT: one thing before this can be sent")],
)
def test_what_is_not_said_to_be_final_is_a_draft(missing, heading):
    found = read_tags(made(msgspec.structs.replace(FINAL, final=False, missing=missing)))
    assert found["rapid_review.draft"] == heading


def test_nothing_is_final_while_something_is_missing():
    assert read_tags(made(msgspec.structs.replace(FINAL, missing=("x",))))["document.marking"].startswith("DRAFT")


def test_only_the_chosen_opinion_is_in_it():
    found = read_tags(made(FINAL))
    assert found["rapid_review.opinion"] == "The opinion of the review is that this case does meet the criteria for CSPR"
    assert found["rapid_review.review_kind"] == "A local Child Safeguarding Practice Review"
    against = msgspec.structs.replace(
        FINAL, opinion="does_not_meet", review_kind="none", why_no_review="The learning is known."
    )
    text = whole_text(made(against))
    assert "does not meet the criteria for CSPR" in text
    assert "does meet" not in text
    assert read_tags(made(against))["rapid_review.why_no_review"] == "The learning is known."


def test_what_does_not_apply_is_told_from_what_is_not_recorded():
    assert read_tags(made(FINAL))["rapid_review.why_no_review"] == "This does not apply, because a review is recommended."
    assert read_tags(made())["rapid_review.why_no_review"] == "Nothing is recorded."


def test_all_three_partners_are_in_the_sign_off_whoever_has_signed():
    police = msgspec.structs.replace(FINAL, sign_off=FINAL.sign_off[2:])
    found = read_tags(made(police))
    assert [found[f"rapid_review.sign_off.{n}.partner"] for n in (1, 2, 3)] == [
        "Local authority",
        "Integrated care board",
        "Police",
    ]
    assert [found[f"rapid_review.sign_off.{n}.agreed"] for n in (1, 2, 3)] == ["Not signed off yet", "Not signed off yet", "No"]
    assert found["rapid_review.sign_off.3.dissent"] == "A national review would reach further."


def test_there_is_one_action_plan_and_each_row_says_who_suggested_it():
    table = table_under(made(), "One action plan")
    assert [table.count(one.action) for one in DRAFT.actions] == [1] * 7
    assert table.count("Police; Test Primary School") == 7


def test_each_return_is_an_appendix_on_its_own_page_with_every_row():
    document = made()
    starts = [
        p
        for p in body_of(document).iterchildren(controls.P)
        if p.find(f"{controls.P_PR}/{qn('w:pageBreakBefore')}") is not None
    ]
    assert [text_of(p) for p in starts] == [f"Appendix {n}: {name}" for n, name in enumerate(RETURNED, 1)]
    text = whole_text(document)
    assert [text.count(f"Event {number}-{day}:") for number in range(12) for day in range(1, 11)] == [1] * 120


def test_a_table_of_a_return_without_rows_says_so():
    one = Appendix(
        organisation="Police",
        returned_on="",
        version="",
        by="",
        signed_off_by="",
        sections=(Section("", (Answer("a", "b"),), (Grid("", ("A", "B"), ()),)),),
    )
    document = made(msgspec.structs.replace(DRAFT, returns=(one,)))
    assert "None." in whole_text(document).split("Appendix 1: Police")[-1]
    assert check_document(document) == []


@pytest.mark.parametrize(
    "data",
    [EMPTY, DRAFT, FINAL, msgspec.structs.replace(FINAL, children=CHILDREN * 3)],
    ids=["empty", "draft", "final", "six children"],
)
def test_every_pack_can_be_read_by_everybody(data):
    assert check_document(made(data)) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text):
    one = Appendix(
        organisation=text,
        returned_on="x",
        version="1",
        by="x",
        signed_off_by="x",
        sections=(Section("S", (Answer("L", text),), (Grid("G", ("A",), ((text,),)),)),),
    )
    data = msgspec.structs.replace(
        DRAFT, summary=(Attributed("Police", "today", text),), rationale=text, returns=(one,), missing=(text,)
    )
    document = made(data)
    found = read_tags(document)
    assert found["rapid_review.summary"] == f"Police (return of today): {text}"
    assert found["rapid_review.rationale"] == text
    assert whole_text(document).count(text) >= 4
    codes = [qn("w:fldSimple"), qn("w:instrText"), qn("w:hyperlink"), qn("w:fldChar")]
    assert list(body_of(document).iter(*codes)) == []
    assert check_document(document) == []


def test_control_characters_are_cleaned_wherever_they_stand():
    bad = "a\x00b\x07\ud800c"
    one = Appendix(
        organisation=bad,
        returned_on=bad,
        version=bad,
        by=bad,
        signed_off_by=bad,
        sections=(Section(bad, (Answer(bad, bad),), (Grid(bad, (bad,), ((bad,),)),)),),
    )
    data = msgspec.structs.replace(
        DRAFT, summary=(Attributed(bad, bad, bad),), missing=(bad,), documentation=(bad,), returns=(one,)
    )
    assert "abc" in whole_text(made(data))


def test_two_hundred_thousand_characters_stay_whole():
    text = "Was geschah, straße 漢. " * 8700
    one = Appendix(
        organisation="Police",
        returned_on="x",
        version="1",
        by="x",
        signed_off_by="x",
        sections=(Section("S", (Answer("L", text),)),),
    )
    document = made(msgspec.structs.replace(DRAFT, summary=(Attributed("Police", "today", text),), returns=(one,)))
    assert read_tags(document)["rapid_review.summary"] == f"Police (return of today): {text}"
    assert whole_text(document).count("Was geschah") == 2 * 8700


def test_each_direction_has_its_own_paragraph():
    document = made(msgspec.structs.replace(DRAFT, summary=(Attributed("Police", "today", "First.\nשלום\nLast."),)))
    anchor = next(s for s in controls.find(body_of(document)) if controls.tag_of(s) == "rapid_review.summary")
    cell = anchor.getparent().getparent()
    marks = [p.find(f"{controls.P_PR}/{qn('w:bidi')}") is not None for p in cell.findall(controls.P)]
    assert marks == [False, True, False]


def test_two_packs_of_one_case_are_equal_to_the_byte():
    assert made() == made()


def test_no_part_of_the_file_names_anybody_outside_the_pages():
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        assert "Test" not in archive.read("docProps/core.xml").decode()


def test_a_place_that_a_coordinator_took_out_is_named(tmp_path):
    template = docx.Document(str(PACK))
    sdt = next(s for s in controls.find(template.element.body) if controls.tag_of(s) == "rapid_review.good_practice")
    sdt.getparent().remove(sdt)
    template.save(str(tmp_path / "rapid_review.docx"))
    with pytest.raises(TemplateError, match=r"rapid_review\.good_practice"):
        pack_document(tmp_path / "rapid_review.docx", DRAFT, WORDS)


@pytest.mark.parametrize("template", [PACK, LETTER, AGENDA, SUPPLEMENTARY], ids=lambda path: path.stem)
def test_a_template_has_no_problem_and_a_new_one_has_the_same_places(template, tmp_path):
    wanted = [tag for tag in read_tags(template) if not tag.startswith("document.")]
    assert check_template(template, wanted) == []
    assert template.stem in SHAPES
    write_first(template.stem, tmp_path / "new.docx", WORDS, ())
    assert set(read_tags(tmp_path / "new.docx")) == set(read_tags(template))
    assert max(map(len, wanted)) <= controls.LONGEST_TAG


def _seconds(rows: int) -> float:
    data = msgspec.structs.replace(DRAFT, returns=(appendix("Police", 1, rows),))
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        made(data)
        took.append(time.perf_counter() - begun)
    return min(took)


def test_rows_of_a_return_cost_the_same_each():
    assert _seconds(4000) < 8 * _seconds(1000)
