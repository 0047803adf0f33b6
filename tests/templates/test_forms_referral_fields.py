"""Every field of Document 1a is in the form, with its kind, its need, where it is known from, and whether it identifies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from templates.answers import Kind
from templates.forms.model import Question
from templates.forms.shape import CHILDREN
from templates.profile import load_profile, profile_folder

TABLE = Path(__file__).parent / "fields_referral.txt"
PRINTED_AS_TEXT = {Kind.TEXT, Kind.LONG_TEXT, Kind.ORGANISATION}
"""Kinds that hold free text: a field that the table calls text may be asked for as any of them."""


class Field(NamedTuple):
    """One field as the table has it."""

    path: str
    kind: str
    need: str
    known: str
    beyond: bool


def fields() -> Iterator[Field]:
    """Each id of the table on its own."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from _row(line)


def _row(line: str) -> Iterator[Field]:
    cells = [*line.split("|"), "", "", "", "", ""]
    beyond = cells[0].startswith("+")
    for name in cells[0].removeprefix("+").split(", "):
        path = f"{CHILDREN}{name}" if name.startswith(".") else name
        yield Field(path, cells[2], cells[5], cells[4], beyond)


def columns() -> Iterator[tuple[str, str, bool, bool]]:
    """Each column of a rows field: path, kind, beyond, long text."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        cells = [*line.split("|"), "", "", ""]
        if cells[2] == "rows" and "·" in cells[1]:
            for one in re.sub(r'"[^"]*"', "", cells[1].split("·", 1)[1]).split(","):
                name, _, kind = one.strip().partition(" ")
                yield f"{cells[0].removeprefix('+')}.{name.strip('+*')}", kind.strip(), name.startswith("+"), "*" in name


def questions() -> dict[str, Question]:
    """The questions of the form by the path of the table."""
    shape = load_profile(profile_folder("north-somerset")).shapes["referral"]
    found: dict[str, Question] = {}
    for section in shape.form.sections:
        for question in section.questions:
            prefix = f"{CHILDREN}." if section.repeats else ""
            found[prefix + question.id] = question
            found |= {f"{question.id}.{column.id}": column for column in question.columns}
    return found


FORM = questions()
ALL = [field for field in fields() if field.path != CHILDREN]


@pytest.mark.parametrize("field", ALL, ids=lambda field: field.path)
def test_each_field_is_there_with_its_kind(field: Field) -> None:
    question = FORM[field.path]
    if field.kind in ("", "text"):
        assert question.kind in PRINTED_AS_TEXT
    elif field.kind == "long_text":
        assert question.kind is Kind.LONG_TEXT
    else:
        assert question.kind.value == field.kind
    assert question.beyond is field.beyond


@pytest.mark.parametrize("field", ALL, ids=lambda field: field.path)
def test_each_field_is_needed_as_the_table_says(field: Field) -> None:
    question, need = FORM[field.path], field.need
    if question.kind in (Kind.AUTO, Kind.FIXED):
        return
    if "rec" in need.split(";")[0] or "advice" in need:
        assert question.need == "recommended"
        assert question.advice is ("advice" in need)
    elif need.startswith(("opt", "if after")) or field.path.endswith("date_of_death"):
        assert question.need == "optional"
    else:
        assert question.need == "required"


@pytest.mark.parametrize("field", [field for field in ALL if "identifies" in field.need], ids=lambda field: field.path)
def test_what_identifies_is_marked(field: Field) -> None:
    question = FORM[field.path]
    assert question.identifies or any(column.identifies for column in question.columns)


@pytest.mark.parametrize("field", [field for field in ALL if "inexact" in field.need], ids=lambda field: field.path)
def test_inexact_dates_are_taken(field: Field) -> None:
    question = FORM[field.path]
    dates = [question, *question.columns] if question.columns else [question]
    dates = [one for one in dates if one.kind is Kind.DATE]
    assert dates
    assert all(one.inexact for one in dates)
    if "/unborn" in field.need:
        assert all(one.unborn for one in dates)


CONDITIONAL = [
    field for field in ALL if re.match(r"(if|unless|less) |.*; (if|less) ", field.need) or field.need.startswith("if")
]


@pytest.mark.parametrize("field", CONDITIONAL, ids=lambda field: field.path)
def test_what_is_asked_only_sometimes_has_its_condition(field: Field) -> None:
    question = FORM[field.path]
    assert question.only_if or question.not_needed_if


@pytest.mark.parametrize("field", [f for f in ALL if f.known in ("sign-in", "directory")], ids=lambda field: field.path)
def test_what_is_known_says_from_where(field: Field) -> None:
    assert FORM[field.path].known_from == [field.known]


@pytest.mark.parametrize(
    "field", [f for f in ALL if f.known.startswith("fact:") and f.path != "processes"], ids=lambda f: f.path
)
def test_what_sets_a_fact_names_it(field: Field) -> None:
    fact = field.known.removeprefix("fact:")
    assert FORM[field.path].fact == (field.path.split(".")[-1] if fact == "=" else fact)


@pytest.mark.parametrize("column", list(columns()), ids=lambda column: column[0])
def test_each_column_of_rows_is_there(column: tuple[str, str, bool, bool]) -> None:
    path, kind, beyond, long = column
    question = FORM[path]
    if kind in ("organisation", ""):
        assert question.kind in PRINTED_AS_TEXT | {Kind.CHOICE}
    else:
        assert question.kind.value == kind
    assert not long or question.kind is Kind.LONG_TEXT
    whole = FORM[path.split(".", maxsplit=1)[0]]
    assert question.beyond is (beyond or (whole.beyond and question.beyond))


def test_the_form_asks_for_nothing_the_table_does_not_have() -> None:
    named = {field.path for field in ALL} | {path for path, *_ in columns()}
    extra = set(FORM) - named
    assert extra <= {"receipt_source", "received_at", "advice", "family.aliases"}
