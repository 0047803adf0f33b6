"""What is wrong with a profile, beyond what loading it finds: its Word templates beside its forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from templates.answers import Kind
from templates.documents.check import check_template
from templates.forms.cells import has_row, rows_of
from templates.forms.model import Form, Option, Question
from templates.forms.shape import CHILDREN
from templates.profile import Profile, load_profile


def problems(folder: Path) -> Iterator[str]:
    """Every problem of a profile as a sentence that says what to do. Raises Mistake for what cannot be loaded at all."""
    profile = load_profile(folder)
    for name, shape in profile.shapes.items():
        if shape.form.word:
            yield from _document(profile, name)


def _document(profile: Profile, form: str) -> Iterator[str]:
    path = profile.folder / "documents" / f"{form}.docx"
    if not path.exists():
        yield f"{path}: there is no Word template for {form}. Make one with: cspr template new {form}"
        return
    for problem in check_template(path, frozenset(tags_of(profile.shapes[form].form))):
        yield f"{path}: {problem.where}: {problem.what} {problem.do}"


def tags_of(form: Form) -> Iterator[str]:
    """The tags that a form's Word template needs: one a printed answer or cell, one a tick box of a printed choice."""
    for section in form.sections:
        prefix = f"{form.form}.{CHILDREN}.1" if section.repeats else form.form
        for question in section.questions:
            if form.ours or not question.beyond:
                yield from _tags(prefix, question)


def _tags(prefix: str, question: Question) -> Iterator[str]:
    path = f"{prefix}.{question.id}"
    if question.kind is Kind.TABLE:
        yield from (f"{path}.{row.id}.{column.id}" for row in rows_of(question) for column in _printed(question, row.id))
    elif question.columns:
        yield from (f"{path}.1.{column.id}" for column in question.columns if not column.beyond)
    elif question.kind in (Kind.CHOICE, Kind.YES_NO):
        yield from (f"{path}.{option}" for option in _boxes(question))
    else:
        yield path


def _printed(table: Question, row: str) -> list[Question]:
    """The columns that a row of a table has: each cell is one text, whatever its kind."""
    return [column for column in table.columns if not column.beyond and has_row(column, row)]


def _boxes(question: Question) -> Iterator[str]:
    if question.kind is Kind.YES_NO:
        yield from ("yes", "no")
    yield from (option.id for option in question.options if isinstance(option, Option))
    if question.not_known:
        yield "not_known"
