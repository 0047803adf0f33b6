"""Every field of Documents 1a and 2 goes through LibreOffice and back, with the tags kept and with the tags lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from office import converted
from reading_examples import (
    CHILDREN,
    FORMS,
    differing,
    expected,
    filled,
    opened,
    questions_of,
    read,
    saved,
    tags_of,
)

from templates.documents import controls
from templates.documents.data import FURNITURE

TURNS = 7
"""So many files that each of 21 boxes is ticked in one of them: every file has three children, each with another box."""
TURNED = {form: range(TURNS if form == "referral" else 1) for form in FORMS}
SHARED = 4
"""Two shared answers stand again under each later child."""
CASES = [(form, turn) for form, turns in TURNED.items() for turn in turns]


@pytest.fixture(scope="module")
def through_office(tmp_path_factory):
    """Each filled form as LibreOffice writes it: from Word to Word, and from Word to its own kind and back."""
    folder = tmp_path_factory.mktemp("office")
    files = [folder / f"{form}-{turn}.docx" for form, turn in CASES]
    for file, (form, turn) in zip(files, CASES, strict=True):
        file.write_bytes(filled(form, turn))
    once, own, back = (folder / name for name in ("once", "own", "back"))
    first = [file for file, (_, turn) in zip(files, CASES, strict=True) if turn == 0]
    converted(files, once, "docx")
    converted(converted(first, own, "odt"), back, "docx")
    return once, back


def test_every_field_has_a_text_or_a_tick_of_its_own():
    for form in FORMS:
        said = [expected(form, turn) for turn in TURNED[form]]
        every = {re.sub(r"children\.\d", "children.1", tag) for one in said for tag in one}
        assert [tag for tag in tags_of(form) if tag not in every] == []
        texts = [text for tag, text in said[0].items() if isinstance(text, str) and tag not in FURNITURE]
        assert len(set(texts)) >= len(texts) - SHARED


@pytest.mark.parametrize("form", FORMS)
def test_the_fields_of_the_booklet_are_among_them(form):
    tags = {re.sub(r"\.1(?=\.)", "", tag) for tag in tags_of(form)}
    named = [name for name in _booklets(form) if not any(f"{tag}.".startswith(f"{form}.{name}.") for tag in tags)]
    assert named == []


def _booklets(form: str):
    """The fields that are the booklet's own, rows with their columns."""
    for line in (Path(__file__).parent / f"fields_{form}.txt").read_text().splitlines():
        ids, *_ = line.split("|")
        if line.startswith(("#", "+")):
            continue
        first, *others = (name.strip() for name in ids.split(","))
        yield from (first, *(_beside(first, other) for other in others))


def _beside(first: str, other: str) -> str:
    return first.rpartition(".")[0] + other if other.startswith(".") else other


@pytest.mark.needs_office
@pytest.mark.parametrize(("form", "turn"), CASES)
def test_a_form_that_lost_its_tags_is_read_by_its_labels(through_office, form, turn):
    found = read((through_office[0] / f"{form}-{turn}.docx").read_bytes())
    assert (found.form, found.version, found.how) == (form, 1, "labels")
    assert differing(found, expected(form, turn, labelled=True)) == {}
    assert (found.doubts, found.missing, found.tracked, found.comments) == ({}, (), False, False)


@pytest.mark.needs_office
@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_went_through_libreoffices_own_kind_of_file_is_read(through_office, form):
    found = read((through_office[1] / f"{form}-0.docx").read_bytes())
    assert found.form == form
    assert differing(found, expected(form, labelled=True)) == {}
    assert (found.doubts, found.missing) == ({}, ())


@pytest.mark.needs_office
@pytest.mark.parametrize(("form", "turn"), CASES)
def test_a_form_that_kept_its_tags_is_read_by_them(through_office, form, turn):
    content = as_newer_offices_leave_it((through_office[0] / f"{form}-{turn}.docx").read_bytes(), form, turn)
    found = read(content)
    assert (found.form, found.version, found.how) == (form, 1, "tags")
    assert differing(found, expected(form, turn)) == {}
    assert (found.doubts, found.missing) == ({}, ())


def as_newer_offices_leave_it(content: bytes, form: str, turn: int) -> bytes:
    """With tag and title in each control, as LibreOffice 25.2 writes them; 7.4 wrote the rest of it."""
    document, before = opened(content), opened(filled(form, turn))
    ours = [sdt for root in controls.parts_of(before) for sdt in controls.find(root)]
    theirs = [sdt for root in controls.parts_of(document) for sdt in root.iter(controls.SDT) if innermost(sdt)]
    for sdt, own in zip(theirs, ours, strict=True):
        for name, value in ((controls.TAG, controls.tag_of(own)), (controls.ALIAS, controls.alias_of(own))):
            if sdt[0].find(name) is None:
                made_of_it = sdt[0].makeelement(name)
                made_of_it.set(controls.VAL, value)
                sdt[0].insert(0, made_of_it)
    return saved(document)


def innermost(sdt) -> bool:
    return not any(True for _ in sdt[1].iter(controls.SDT))


@pytest.mark.parametrize(("form", "turn"), CASES)
def test_a_form_from_word_is_read_by_its_tags(form, turn):
    found = read(filled(form, turn))
    assert (found.form, found.version, found.how) == (form, 1, "tags")
    assert differing(found, expected(form, turn)) == {}
    assert (found.doubts, found.missing, found.boxes) == ({}, (), False)


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_template_says_nothing(form):
    found = read(FORMS[form].read_bytes())
    assert [text for text in found.tags.values() if text] == []
    assert (found.form, found.doubts, found.missing) == (form, {}, ())


def test_there_are_no_more_boxes_than_turns():
    assert max(len(options) for options in questions_of("referral").values()) == TURNS * CHILDREN
