"""Boxes of a form: ticked by flag and glyph, by a typed mark, twice, or in doubt; dropdowns, dates, prompts."""

from __future__ import annotations

import pytest
from reading_examples import (
    FORMS,
    cell_of,
    control_of,
    data_of,
    differing,
    empty_form,
    expected,
    filled,
    opened,
    read,
    saved,
    typed,
    without_tags,
)

from templates.documents import controls
from templates.documents.fill import fill

QUESTION = "referral.children.1.deceased"
SUSPECTED = "referral.children.1.abuse_or_neglect"
ORIGIN = "referral.children.1.ethnicity"
LOST = pytest.mark.parametrize("lost", [False, True], ids=["tags kept", "tags lost"])


def given(document, *, lost: bool = False):
    content = saved(document)
    return read(without_tags(content) if lost else content)


def ticks(found, question):
    """The options of a question that are ticked."""
    return [tag.rpartition(".")[2] for tag, said in found.tags.items() if tag.startswith(f"{question}.") and said is True]


def glyph(document, tag, text):
    """Another glyph in a box, its flag left alone."""
    next(control_of(document, tag).iter(controls.TEXT)).text = text


def flag(document, tag, on):
    """Another flag of a box, its glyph left alone."""
    control_of(document, tag)[0].find(f"{controls.CHECKBOX}/{controls.CHECKED}").set(controls.VAL14, on)


@LOST
@pytest.mark.parametrize(
    ("question", "option", "mark"),
    [
        *((QUESTION, "yes", mark) for mark in (" x", "X", "☒", "☑", "✓", "✔", "[x]")),
        (SUSPECTED, "suspected", " x"),
        (ORIGIN, "mixed_white_asian", " ☒ "),
        (ORIGIN, "not_known", "✓"),
    ],
)
def test_a_mark_typed_beside_a_box_ticks_it(lost, question, option, mark):
    document = opened(empty_form("referral"))
    cell_of(document, f"{question}.{option}").find(controls.P).append(typed(mark))
    found = given(document, lost=lost)
    assert (ticks(found, question), found.doubts, found.missing) == ([option], {}, ())


def test_a_mark_typed_right_behind_the_label_ticks_the_box():
    document = opened(empty_form("referral"))
    cell_of(document, f"{SUSPECTED}.known").find(controls.P).append(typed("x"))
    assert ticks(given(document), SUSPECTED) == ["known"]


@LOST
@pytest.mark.parametrize("mark", ["x", "☒", "✔"])
def test_a_mark_typed_in_place_of_a_box_ticks_it(lost, mark):
    document = opened(empty_form("referral"))
    for tag in (f"{QUESTION}.no", f"{ORIGIN}.asian_chinese"):
        paragraph = cell_of(document, tag).find(controls.P)
        paragraph.replace(control_of(document, tag), typed(mark))
    found = given(document, lost=lost)
    assert (ticks(found, QUESTION), ticks(found, ORIGIN)) == (["no"], ["asian_chinese"])
    assert (found.doubts, found.missing) == ({}, ())


@LOST
def test_the_word_of_the_column_written_in_it_ticks_the_box(lost):
    document = opened(empty_form("referral"))
    cell_of(document, f"{QUESTION}.yes").find(controls.P).append(typed("Yes"))
    assert ticks(given(document, lost=lost), QUESTION) == ["yes"]


@LOST
def test_what_is_no_mark_beside_a_box_is_a_doubt(lost):
    document = opened(empty_form("referral"))
    cell_of(document, f"{QUESTION}.yes").find(controls.P).append(typed("see below"))
    found = given(document, lost=lost)
    assert (ticks(found, QUESTION), found.doubts) == ([], {QUESTION: ("yes", "")})


@LOST
def test_two_boxes_of_one_question_are_a_doubt_and_neither_counts(lost):
    document = opened(empty_form("referral"))
    for option in ("yes", "no"):
        controls.fill_tick(control_of(document, f"{QUESTION}.{option}"), on=True)
    found = given(document, lost=lost)
    assert (ticks(found, QUESTION), found.doubts) == ([], {QUESTION: ("yes", "no")})


@LOST
def test_no_box_is_no_answer(lost):
    found = given(opened(empty_form("referral")), lost=lost)
    assert (ticks(found, QUESTION), found.doubts) == ([], {})


@LOST
@pytest.mark.parametrize(("on", "shows"), [("1", "☐"), ("0", "☒"), ("1", "")])
def test_a_flag_and_a_glyph_that_do_not_agree_are_a_doubt(lost, on, shows):
    document = opened(empty_form("referral"))
    flag(document, f"{QUESTION}.yes", on)
    glyph(document, f"{QUESTION}.yes", shows)
    found = given(document, lost=lost)
    assert (ticks(found, QUESTION), found.doubts) == ([], {QUESTION: ("yes", "")})


@LOST
@pytest.mark.parametrize("shows", ["x", "☐x", "✔"])
def test_a_mark_typed_inside_a_box_ticks_it(lost, shows):
    document = opened(empty_form("referral"))
    glyph(document, f"{QUESTION}.yes", shows)
    found = given(document, lost=lost)
    assert (ticks(found, QUESTION), found.doubts) == (["yes"], {})


@LOST
def test_a_box_of_the_font_wingdings_counts(lost):
    document = opened(empty_form("referral"))
    run = typed("")
    symbol = run.makeelement(controls.TEXT.replace("}t", "}sym"))
    symbol.set(controls.VAL.replace("}val", "}char"), "F0FE")
    run.append(symbol)
    paragraph = cell_of(document, f"{QUESTION}.no").find(controls.P)
    paragraph.replace(control_of(document, f"{QUESTION}.no"), run)
    assert ticks(given(document, lost=lost), QUESTION) == ["no"]


@LOST
def test_a_choice_with_something_beside_it_is_a_doubt(lost):
    document = opened(filled("scoping"))
    controls.fill_text(control_of(document, "scoping.contacts.gp.contact"), "Yes")
    cell_of(document, "scoping.contacts.gp.contact").find(controls.P).append(typed(" but only once"))
    found = given(document, lost=lost)
    assert found.tags["scoping.contacts.gp.contact"] == "Yes"
    assert found.doubts == {"scoping.contacts.gp.contact": ("Yes", "Yes but only once")}


@LOST
def test_a_choice_typed_beside_its_prompt_is_the_answer(lost):
    document = opened(empty_form("scoping"))
    cell_of(document, "scoping.records_secured").find(controls.P).append(typed("No"))
    found = given(document, lost=lost)
    assert (found.tags["scoping.records_secured"], found.doubts) == ("No", {})


@LOST
def test_what_still_counts_as_a_prompt_but_says_something_else_is_a_doubt(lost):
    document = opened(empty_form("scoping"))
    next(control_of(document, "scoping.reason").iter(controls.TEXT)).text = "Typed over the prompt"
    found = given(document, lost=lost)
    assert found.doubts == {"scoping.reason": ("Typed over the prompt", "")}
    assert found.tags["scoping.reason"] == "Typed over the prompt"


@LOST
def test_a_prompt_is_empty_also_where_nothing_says_that_it_is_one(lost):
    document = opened(empty_form("scoping"))
    for sdt in document.element.body.iter(controls.SDT):
        for mark in sdt[0].findall(controls.PLACEHOLDER_FLAG):
            sdt[0].remove(mark)
    assert [said for said in given(document, lost=lost).tags.values() if said] == []


@LOST
@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("3 May 2026", ()),
        ("03/05/2026, about noon", ()),
        ("4 May 2026", ("4 May 2026", "3 May 2026")),
        ("", ("", "3 May 2026")),
    ],
)
def test_the_text_of_a_date_wins_over_the_date_behind_it(lost, text, doubt):
    document = opened(filled("scoping"))
    sdt = control_of(document, "scoping.professionals.1.started")
    controls.fill_text(sdt, text)
    made = sdt[0].makeelement(controls.TAG.replace("}tag", "}date"))
    made.set(controls.VAL.replace("}val", "}fullDate"), "2026-05-03T00:00:00Z")
    sdt[0].append(made)
    found = given(document, lost=lost)
    assert found.tags["scoping.professionals.1.started"] == text
    assert found.doubts == ({"scoping.professionals.1.started": doubt} if doubt else {})


@LOST
def test_a_name_behind_its_label_is_read_without_the_label(lost):
    document = opened(empty_form("scoping"))
    cell = cell_of(document, "scoping.contacts.other.name")
    cell.find(controls.P).append(typed("Test Toddler Group"))
    found = given(document, lost=lost)
    assert found.tags["scoping.contacts.other.name"] == "Test Toddler Group"
    assert found.doubts == {}


@LOST
def test_what_cannot_be_seen_is_left_out(lost):
    unseen = "soft\u00adhyphen, no\u00a0break, \u202eturned\u202c, bell\u0007, \u200bnothing, 👩\u200d👧 “so” O’Test"
    document = opened(fill_with("scoping", unseen))
    found = given(document, lost=lost)
    assert found.tags["scoping.reason"] == "softhyphen, no break, turned, bell, nothing, 👩\u200d👧 “so” O’Test"


def fill_with(form, text):
    return fill(FORMS[form], data_of(form, 0, lambda _: text, children=1))


def test_the_first_boxes_are_those_that_were_ticked():
    assert differing(read(filled("referral")), expected("referral")) == {}
