"""The nil return and the record of the decision, laid out from their forms."""

import msgspec
import pytest
from document_reading import HOSTILE, everything_in, fields_in, text_in, twice_in
from hypothesis import given, settings
from hypothesis import strategies as st
from record_examples import (
    DECISION,
    DECISION_SAID,
    DECISION_TEMPLATE,
    FACTS,
    NIL_IMPRINT,
    NIL_RETURN,
    NIL_SAID,
    NIL_TEMPLATE,
    as_said,
    decision_data,
    facts,
    nil_data,
)
from referral_examples import WORDS

from templates.answers import Kind
from templates.documents import controls, shape_form
from templates.documents.check import check_document
from templates.documents.data import tagged
from templates.documents.fill import fill
from templates.documents.read import read_tags
from templates.documents.records import Record, record_data
from templates.documents.text import clean
from templates.forms.cells import has_row, rows_of
from templates.forms.model import Form, Question, Section

STAMP = {"reference": "NS-2026-0007", "edition": "Working Together 2018", "generated_at": "20 November 2026"}


def paths_of(form):
    """Every path of a form's answers: of the first child, of two rows, of each row of a table."""
    for section in form.sections:
        prefix = "children.1." if section.repeats else ""
        for question in section.questions:
            path = f"{prefix}{question.id}"
            rows = [row.id for row in rows_of(question)] or (["1", "2"] if question.columns else [])
            for row in rows:
                yield from (f"{path}.{row}.{column.id}" for column in question.columns if has_row(column, row))
            if not rows:
                yield path


PATHS = tuple(paths_of(DECISION))
MARKED = {path: f"said{number:03d}end" for number, path in enumerate(PATHS)}


def marked(printed=lambda path: True):
    return decision_data("Test Child One", said=MARKED, printed=printed)


def test_everything_of_a_decision_is_there_exactly_once():
    text = text_in(fill(DECISION_TEMPLATE, msgspec.structs.replace(marked(), answered_only=False)))
    hidden = {f"children.1.facts.{fact}.source" for fact in FACTS} | {"children.1.advice"}
    hidden |= {"duties.inform_home_authority.applies"}
    assert len(PATHS) > 120
    counted = {path: text.count(said) for path, said in MARKED.items() if path not in hidden}
    assert counted == dict.fromkeys(counted, 1)
    assert text.count("Source: Document 1: What constitutes abuse and neglect?") == 1
    assert text.count("Yes, it applies") == 1


@settings(max_examples=10, derandomize=True, deadline=None)
@given(st.sets(st.sampled_from(PATHS)))
def test_what_is_withheld_is_nowhere_in_the_record(withheld):
    file = everything_in(fill(DECISION_TEMPLATE, marked(printed=lambda path: path not in withheld)))
    assert [path for path in withheld if MARKED[path] in file] == []


def test_every_field_of_a_decision_comes_back_as_it_was_given():
    data = decision_data("Test Child One", "Test Child Two")
    found = read_tags(fill(DECISION_TEMPLATE, data))
    said = {tag: value for tag, value in tagged(data).items() if value}
    assert {tag: found[tag] for tag in said} == said
    assert found["decision.children.2.facts.4.answer"] == "Yes, directly"
    assert found["decision.children.2.facts.4.row"] == "Abuse or neglect contributed"


def test_facts_stand_under_their_child_in_the_order_of_the_form():
    text = text_in(fill(DECISION_TEMPLATE, decision_data("Test Child One", "Test Child Two")))
    order = ["Child 1 of 2: Test Child One", "Age at the time", "Child 2 of 2: Test Child Two", "When the time limits began"]
    assert [text.index(one) for one in order] == sorted(text.index(one) for one in order)
    assert text.count("Age at the time") == 2


def test_one_child_is_named_too():
    assert read_tags(fill(DECISION_TEMPLATE, decision_data()))["decision.children.1.facts_heading"] == "Test Child One"


def test_what_was_not_answered_leaves_no_label_behind():
    said = {"reasons": "None of it is serious.", "decision": "Do not notify"}
    text = text_in(fill(DECISION_TEMPLATE, decision_data(said=said)))
    for gone in ("Why it was late", "Why not as advised", "The notification", "When the time limits began"):
        assert gone not in text
    assert "Reasons" in text


def test_nobody_asked_is_said_and_not_left_out():
    found = read_tags(fill(DECISION_TEMPLATE, decision_data(said={"decision": "Do not notify"})))
    assert found["decision.consulted.1.partner"] == "None recorded"


def test_everything_of_a_nil_return_is_there_exactly_once():
    said = {path: f"said {path} end" for path in paths_of(NIL_RETURN)}
    text = text_in(fill(NIL_TEMPLATE, nil_data(said)))
    asked = set(NIL_SAID)
    assert {path: text.count(one) for path, one in said.items()} == {path: int(path in asked) for path in said}
    for once in ("Test Practice", "NS-2026-0007, request 12", "Friday 27 November 2026 at 15:10"):
        assert text.count(once) == 1


def test_a_nil_return_says_which_issue_was_searched_and_which_version_it_is():
    found = read_tags(fill(NIL_TEMPLATE, nil_data()))
    assert (found["document.issue"], found["document.version"]) == ("2", "3")
    assert found["nil_return.confirmed_at"] == NIL_IMPRINT.confirmed_at
    assert found["nil_return.records_searched"] == NIL_SAID["records_searched"]


def test_a_nil_return_never_tells_what_another_organisation_returned():
    document = fill(NIL_TEMPLATE, nil_data(NIL_SAID | {"contradicted_by": "Test Hospital"}))
    assert "Test Hospital" not in everything_in(document)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text):
    path = "children.1.facts.outcome.answer"
    decision = fill(DECISION_TEMPLATE, decision_data(said=DECISION_SAID | facts(1) | {path: text, "reasons": text}))
    nil_return = fill(NIL_TEMPLATE, nil_data(NIL_SAID | {"records_searched": text}))
    found = {**read_tags(decision), **read_tags(nil_return)}
    tags = ("decision.reasons", "decision.children.1.facts.2.answer", "nil_return.records_searched")
    assert {found[tag] for tag in tags} == {clean(text)}
    assert fields_in(decision) == fields_in(nil_return) == []


def test_two_hundred_thousand_characters_stay_whole():
    text = "Was geschah, straße 漢. " * 8700
    assert read_tags(fill(DECISION_TEMPLATE, decision_data(said={"reasons": text})))["decision.reasons"] == text


@pytest.mark.parametrize(
    ("template", "data"),
    [
        (NIL_TEMPLATE, nil_data()),
        (DECISION_TEMPLATE, decision_data()),
        (DECISION_TEMPLATE, decision_data("Test Child One", "Test Child Two", "Test Child Three")),
        (DECISION_TEMPLATE, decision_data(said={"reasons": "Short."})),
    ],
)
def test_a_document_has_no_problem_and_nothing_stands_twice(template, data):
    document = fill(template, data)
    assert check_document(document) == []
    assert twice_in(document) == []


def test_every_tag_fits_word():
    for template in (NIL_TEMPLATE, DECISION_TEMPLATE):
        assert max(map(len, read_tags(template))) <= controls.LONGEST_TAG


def question(name, **more):
    return Question(id=name, label=name.capitalize(), **more)


FORM = Form(
    form="tried",
    document="0",
    title="Tried",
    sections=[
        Section(id="one", title="One", repeats=True, questions=[question("name"), question("story", kind=Kind.LONG_TEXT)]),
        Section(id="two", title="Two", repeats=True, questions=[question("hope")]),
        Section(
            id="three",
            title="Three",
            questions=[question("visits", kind=Kind.ROWS, columns=[question("day"), question("note")]), question("end")],
        ),
    ],
)


def test_neighbouring_sections_of_each_child_keep_their_own_headings(tmp_path):
    target = tmp_path / "tried.docx"
    shape_form.write(FORM, WORDS, shape_form.Look(title="Tried")).document.save(str(target))
    said = {f"children.{child}.{name}": f"{name} {child}" for child in (1, 2, 3) for name in ("name", "story", "hope")}
    answers, shown = as_said(said | {"visits.1.day": "Monday", "visits.2.note": "Nobody in", "end": "The end"})
    document = fill(target, record_data(FORM, answers, shown, Record(**STAMP), WORDS))
    text = text_in(document)
    order = [
        "One",
        "story 1",
        "story 2",
        "story 3",
        "Two",
        "hope 1",
        "hope 2",
        "hope 3",
        "Three",
        "The end",
        "Monday",
        "Nobody in",
    ]
    places = [text.index(f"\n{one}") for one in order]
    assert places == sorted(places)
    assert text.count("\nTwo\n") == 1
    assert check_document(document) == []
