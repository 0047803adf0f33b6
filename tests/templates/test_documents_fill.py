"""Filling the template of Document 1a: what goes in comes out again, and nothing typed is interpreted."""

import io
import time
import zipfile
from pathlib import Path

import docx
import msgspec
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from referral_examples import CHILD, TEMPLATE, answers, data_of

from templates.documents import controls
from templates.documents.data import tagged
from templates.documents.fill import TemplateError, fill
from templates.documents.read import read_tags, text_of
from templates.documents.text import clean

TWIN = CHILD | {"name": "Test Child Two", "deceased": "yes", "date_of_death": "18 November 2026", "ethnicity": "black_african"}
HOSTILE = (
    "{MERGEFIELD Name}",
    "{ INCLUDETEXT http://example.invalid }",
    "]]> <w:p/> &amp; <!-- -->",
    "{{ 7 * 7 }} {% for x in y %} ${x} %s {0}",
    "=1+1",
    "  spaces  kept  ",
    "a\tb\n\nc",
    "שלום עולם",
    "مرحبا بالعالم 2026",
    "English, then العربية, then English.",
    "👩\u200d👧 and ☹️",
    "漢字 and Ελληνικά",
)


def xml_of(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.endswith(".xml")}


def body_of(document: bytes) -> etree._Element:
    return docx.Document(io.BytesIO(document)).element.body


def test_every_field_comes_back_as_it_was_given():
    data = data_of(answers(CHILD, TWIN, family=3))
    found = read_tags(fill(TEMPLATE, data))
    for tag, value in tagged(data).items():
        if value:
            assert found[tag] == value
    ticked = {tag for tag, value in found.items() if value is True}
    assert ticked == {tag for tag, value in tagged(data).items() if value is True} | {
        "referral.children.2.agencies_concern.yes"
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text):
    found = read_tags(fill(TEMPLATE, data_of(answers(CHILD | {"name": text}, summary=text))))
    assert found["referral.summary"] == text
    assert found["referral.children.1.name"] == text


def test_no_field_code_or_relation_comes_from_what_was_typed():
    plain = fill(TEMPLATE, data_of(answers(summary="Plain")))
    hostile = fill(TEMPLATE, data_of(answers(summary=" ".join(HOSTILE))))
    codes = [qn("w:fldSimple"), qn("w:instrText"), qn("w:hyperlink"), qn("w:fldChar")]
    assert [e.tag for e in body_of(hostile).iter(*codes)] == []
    assert set(xml_of(plain)) == set(xml_of(hostile))


@settings(max_examples=25, derandomize=True, deadline=None)
@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_survives_cleaned(text):
    found = read_tags(fill(TEMPLATE, data_of(answers(summary=f"x{text}y"))))
    assert found["referral.summary"] == clean(f"x{text}y")


def test_control_characters_and_half_letters_are_taken_out_and_line_ends_are_one_kind():
    assert clean("a\x00b\x07c\x9f\ud800d\ufffee") == "abcde"
    assert clean("a\r\nb\rc\u2028d\x0be\tf") == "a\nb\nc\nd\ne\tf"


def test_two_hundred_thousand_characters_stay_whole():
    text = "Was geschah, straße 漢. " * 8700
    assert len(text) > 200_000
    assert read_tags(fill(TEMPLATE, data_of(answers(summary=text))))["referral.summary"] == text


def test_right_to_left_text_is_marked_and_each_direction_has_its_own_paragraph():
    text = "مرحبا بالعالم.\nEnglish line one.\nline two\nשלום"
    document = fill(TEMPLATE, data_of(answers(summary=text)))
    assert read_tags(document)["referral.summary"] == text
    cell = next(s for s in controls.find(body_of(document)) if controls.tag_of(s) == "referral.summary").getparent().getparent()
    paragraphs = cell.findall(controls.P)
    assert [p.find(f"{controls.P_PR}/{qn('w:bidi')}") is not None for p in paragraphs] == [True, False, True]
    marked = [run for run in cell.iter(controls.R) if run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None]
    assert [text_of(run) for run in marked] == ["مرحبا بالعالم.", "שלום"]


def test_emoji_get_a_font_that_has_them():
    document = fill(TEMPLATE, data_of(answers(summary="So 😀 far")))
    runs = [r for r in body_of(document).iter(controls.R) if "😀" in text_of(r)]
    assert [r.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:ascii")) for r in runs] == ["Segoe UI Emoji"]


def test_two_fills_are_equal_to_the_byte_whenever_they_are_made():
    data = data_of(answers(CHILD, TWIN, family=5))
    document = fill(TEMPLATE, data)
    assert xml_of(document) == xml_of(fill(TEMPLATE, data))
    assert document == fill(TEMPLATE, data)
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_each_tag_and_each_id_stands_once_and_no_paragraph_id_twice():
    body = body_of(fill(TEMPLATE, data_of(answers(CHILD, TWIN, CHILD, family=12))))
    sdts = list(controls.find(body))
    tags = [controls.tag_of(sdt) for sdt in sdts]
    ids = [sdt[0].find(controls.ID).get(controls.VAL) for sdt in sdts]
    aliases = [controls.alias_of(sdt) for sdt in sdts]
    assert len(set(tags)) == len(tags)
    assert len(set(ids)) == len(ids)
    assert len(set(aliases)) == len(aliases)
    para_ids = [p.get(controls.PARA_IDS[0]) for p in body.iter(controls.P) if p.get(controls.PARA_IDS[0])]
    assert len(set(para_ids)) == len(para_ids)


def test_what_word_gives_an_id_is_not_cloned_with_it(tmp_path):
    template = docx.Document(str(TEMPLATE))
    row = next(
        r for r in template.element.body.iter(qn("w:tr")) if "referral.family.1.name" in etree.tostring(r, encoding="unicode")
    )
    row.set(controls.PARA_IDS[0], "0000000A")
    next(row.iter(controls.P)).set(controls.PARA_IDS[0], "0000000B")
    next(row.iter(controls.P)).append(etree.Element(qn("w:bookmarkStart"), {qn("w:id"): "7", qn("w:name"): "here"}))
    template.save(str(tmp_path / "edited.docx"))
    body = body_of(fill(tmp_path / "edited.docx", data_of(answers(family=4))))
    assert [e.get(controls.PARA_IDS[0]) for e in body.iter() if e.get(controls.PARA_IDS[0])] == ["0000000A", "0000000B"]
    assert len(list(body.iter(qn("w:bookmarkStart")))) == 1


def test_no_placeholder_is_left_and_a_missing_answer_is_empty():
    said = {path: answer for path, answer in answers().items() if path != "children.1.carer"}
    document = fill(TEMPLATE, data_of(said))
    assert list(body_of(document).iter(controls.PLACEHOLDER_FLAG)) == []
    assert read_tags(document)["referral.children.1.carer"] == ""


def test_a_tick_has_its_flag_and_its_glyph():
    body = body_of(fill(TEMPLATE, data_of(answers())))
    boxes = {controls.tag_of(s): s for s in controls.find(body) if controls.is_tick(s)}
    assert text_of(boxes["referral.children.1.deceased.no"][1]) == controls.TICKED
    assert text_of(boxes["referral.children.1.deceased.yes"][1]) == controls.UNTICKED
    assert controls.is_ticked(boxes["referral.children.1.deceased.no"])
    assert not controls.is_ticked(boxes["referral.children.1.deceased.yes"])


def test_an_answer_without_a_control_is_refused_by_tag_and_never_by_content():
    data = data_of(answers())
    data = msgspec.structs.replace(data, values={**data.values, "unheard_of": "Test Secret"})
    with pytest.raises(TemplateError, match=r"referral\.unheard_of") as raised:
        fill(TEMPLATE, data)
    assert "Secret" not in str(raised.value)


def test_another_forms_template_is_refused():
    with pytest.raises(TemplateError, match="not of 'scoping'"):
        fill(TEMPLATE, msgspec.structs.replace(data_of(answers()), form="scoping"))


def test_a_control_that_word_put_around_a_whole_cell_is_still_filled(tmp_path):
    template = docx.Document(str(TEMPLATE))
    sdt = next(s for s in controls.find(template.element.body) if controls.tag_of(s) == "referral.referrer_name")
    paragraph = sdt.getparent()
    cell = paragraph.getparent()
    content = sdt[1]
    for run in list(content):
        paragraph.append(run)
    cell.getparent().replace(cell, sdt)
    content.append(cell)
    template.save(str(tmp_path / "edited.docx"))
    assert read_tags(fill(tmp_path / "edited.docx", data_of(answers())))["referral.referrer_name"] == "Test Referrer"


def test_the_style_of_a_control_is_kept(tmp_path):
    template = docx.Document(str(TEMPLATE))
    sdt = next(s for s in controls.find(template.element.body) if controls.tag_of(s) == "referral.children.1.name")
    style = etree.fromstring(f'<w:rPr xmlns:w="{qn("w:p")[1:-2]}"><w:b/></w:rPr>')
    sdt[0].insert(0, style)
    template.save(str(tmp_path / "edited.docx"))
    body = body_of(fill(tmp_path / "edited.docx", data_of(answers())))
    run = next(r for r in body.iter(controls.R) if text_of(r) == "Test Child One")
    assert run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None


def _seconds(rows: int) -> float:
    data = data_of(answers(family=rows))
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        fill(TEMPLATE, data)
        took.append(time.perf_counter() - begun)
    return min(took)


def test_rows_cost_the_same_each():
    small, large = _seconds(400), _seconds(1600)
    assert large < 8 * small


def test_no_file_of_the_document_names_anybody():
    names = list(xml_of(fill(TEMPLATE, data_of(answers()))))
    properties = xml_of(fill(TEMPLATE, data_of(answers())))["docProps/core.xml"].decode()
    assert "Test" not in properties
    assert "NS-2026-0007" in properties
    assert all(Path(name).suffix == ".xml" for name in names)
