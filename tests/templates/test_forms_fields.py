"""Every field of Documents 1 to 4 is in its form: kind, need, who writes it, where it is known from, whether it identifies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from templates.answers import Kind
from templates.forms.model import Option, Question, Section
from templates.forms.shape import CHILDREN
from templates.profile import load_profile, profile_folder
from templates.rules.facts import FACTS

HERE = Path(__file__).parent
FORMS = ("decision", "scoping", "nil_return", "rapid_review", "panel_letter")
FREE_TEXT = {Kind.TEXT, Kind.LONG_TEXT, Kind.ORGANISATION}
"""Kinds that hold free text: a field that the table calls text may be asked for as any of them."""
OTHERWISE = {
    "decision.notified_at": "recommended",
    "decision.notification_reference": "recommended",
    "panel_letter.sent_at": "optional",
}
"""What happens after its form is sent cannot be required to send it."""
OUR_OWN = {
    "scoping.children.voice_missing_reason",
    "rapid_review.voice_of_parents_missing_reason",
    "scoping.children.aliases",
    "scoping.related_adults.aliases",
    "scoping.related_children.aliases",
}
"""Where the table says "recommended, or a reason": the reason. And other names: an organisation searches under them too."""
TICKED = {"scoping.contacts.missing"}
"""The table calls it a text. Twenty-five texts are no page, so it is ticked; `missing_information` holds the words."""
NOT_A_SOURCE = {"the `fact:` answers"}


class Field(NamedTuple):
    """One field as the table has it. `path` begins with the form."""

    path: str
    label: str
    kind: str
    by: str
    known: str
    need: str
    beyond: bool

    @property
    def id(self) -> str:
        return self.path.rsplit(".", 1)[-1]


class Column(NamedTuple):
    """One column of rows or of a table."""

    path: str
    kind: str
    long: bool
    beyond: bool


def rows_of_the_table(form: str) -> Iterator[Field]:
    for line in (HERE / f"fields_{form}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            cells = [*line.split("|"), "", "", "", "", ""]
            for name in cells[0].removeprefix("+").split(", "):
                path = f"{form}.{CHILDREN}{name}" if name.startswith(".") else f"{form}.{name}"
                yield Field(path, *cells[1:6], cells[0].startswith("+"))


def writer_of(form: str) -> str:
    head = (HERE / f"fields_{form}.txt").read_text(encoding="utf-8").split("\n", 1)[0]
    return re.findall(r"by (\w+):", head)[0]


def columns_of(field: Field) -> Iterator[Column]:
    if field.kind not in ("rows", "table"):
        return
    for one in re.sub(r'"[^"]*"', "", field.label.rsplit("·", 1)[1]).split(","):
        name, _, kind = one.strip().partition(" ")
        yield Column(f"{field.path}.{name.strip('+*')}", kind.strip(), "*" in name, name.startswith("+"))


def questions() -> dict[str, tuple[Section, Question]]:
    """Every question and column of the forms, by the path of the table."""
    found: dict[str, tuple[Section, Question]] = {}
    shapes = load_profile(profile_folder("north-somerset")).shapes
    for form in FORMS:
        for section in shapes[form].form.sections:
            for question in section.questions:
                path = f"{form}.{CHILDREN}.{question.id}" if section.repeats else f"{form}.{question.id}"
                found[path] = (section, question)
                found |= {f"{path}.{column.id}": (section, column) for column in question.columns}
    return found


ASKED = questions()
FIELDS = [field for form in FORMS for field in rows_of_the_table(form)]
COLUMNS = [column for field in FIELDS for column in columns_of(field)]


def fits(question: Question, kind: str, *, long: bool = False) -> bool:
    if kind in ("", "text", "organisation"):
        return question.kind in (FREE_TEXT - {Kind.TEXT} if long else FREE_TEXT)
    return question.kind.value == kind


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.path)
def test_each_field_is_there_with_its_kind(field: Field) -> None:
    _, question = ASKED[field.path]
    assert fits(question, field.kind)
    assert question.beyond is field.beyond


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.path)
def test_each_field_is_needed_as_the_table_says(field: Field) -> None:
    section, question = ASKED[field.path]
    if question.kind in (Kind.AUTO, Kind.FIXED):
        return
    first = field.need.split(";")[0]
    expected = "recommended" if first.startswith("rec") else "optional" if first.startswith("opt") else "required"
    assert question.need == OTHERWISE.get(field.path, expected)
    if first.startswith(("if ", "unless ")):
        assert question.only_if or section.only_if


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.path)
def test_what_identifies_is_marked_and_inexact_dates_are_taken(field: Field) -> None:
    _, question = ASKED[field.path]
    parts = [question, *question.columns]
    if "identifies" in field.need:
        assert any(part.identifies for part in parts)
    if "inexact" in field.need:
        dates = [part for part in parts if part.kind is Kind.DATE]
        assert dates
        assert all(part.inexact for part in dates)
        assert "/unborn" not in field.need or all(part.unborn for part in dates)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.path)
def test_who_writes_it_is_the_section_s(field: Field) -> None:
    section, question = ASKED[field.path]
    if question.kind in (Kind.AUTO, Kind.FIXED):
        return
    usual = writer_of(field.path.split(".")[0])
    assert (section.by or usual) == (field.by or usual)


@pytest.mark.parametrize("field", [field for field in FIELDS if field.known not in ("", *NOT_A_SOURCE)], ids=lambda f: f.path)
def test_what_is_known_says_from_where(field: Field) -> None:
    _, question = ASKED[field.path]
    below = field.path.split(".", 1)[1]
    assert question.known_from == [one.strip().replace(".=", f".{below}") for one in field.known.split(",")]


@pytest.mark.parametrize("field", [f for f in FIELDS if f.kind == "choice" and "·" in f.label], ids=lambda field: field.path)
def test_the_options_are_those_of_the_table(field: Field) -> None:
    _, question = ASKED[field.path]
    options = [option.id for option in question.options if isinstance(option, Option)]
    assert options == [one.strip() for one in field.label.rsplit("·", 1)[1].split(",")]


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.path)
def test_each_column_is_there(column: Column) -> None:
    _, question = ASKED[column.path]
    if column.path in TICKED:
        assert question.kind is Kind.YES_NO
    elif column.path.endswith(".facts.answer"):
        assert question.kind is Kind.CHOICE, "its values are those of the row's fact"
    else:
        assert fits(question, column.kind, long=column.long)
    assert question.beyond is column.beyond


def test_the_forms_ask_for_nothing_that_the_table_does_not_have() -> None:
    named = {field.path for field in FIELDS} | {column.path for column in COLUMNS}
    assert set(ASKED) - named == OUR_OWN


def test_every_option_of_a_list_of_the_table_is_there() -> None:
    lists = load_profile(profile_folder("north-somerset")).lists
    assert [option.id for option in lists["partner"]] == ["local_authority", "icb", "police"]
    assert [option.id for option in lists["action_scope"]] == ["single", "multi"]


def test_the_facts_and_duties_are_those_of_the_decision_model() -> None:
    profile = load_profile(profile_folder("north-somerset"))
    shape = profile.shapes["decision"]
    assert {placed.row for placed in shape.table_rows("children.facts")} == set(FACTS)
    assert [placed.row for placed in shape.table_rows("duties")] == [duty.id for duty in profile.rules.file.duties]
