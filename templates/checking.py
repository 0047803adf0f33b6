"""What is wrong with a profile, beyond what loading it finds: its Word templates beside its forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from templates.answers import Kind
from templates.documents.check import check_template
from templates.documents.first import first_tags, groups_of
from templates.documents.read import read_tags
from templates.documents.shape_1a import Group
from templates.forms.cells import has_row, rows_of
from templates.forms.model import Form, Option, Question, Section
from templates.forms.shape import CHILDREN
from templates.profile import Profile, load_profile
from templates.wording import load_words

NEVER_PRINTED = (Kind.FIXED, Kind.FILE)
"""A fixed text may be the template's own, and a file stands beside the document."""


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
    definition, found = profile.shapes[form].form, frozenset(read_tags(path))
    ours = first_tags(form, load_words(profile.folder / "booklet", profile.folder / "words"), groups(profile), definition)
    missing = (ways[0] for ways in printed_ways(definition) if not any(way & found for way in ways))
    allowed = frozenset(tag for ways in ways_of(definition) for way in ways for tag in way)
    for problem in check_template(path, ours.union(*missing), allowed):
        yield f"{path}: {problem.where}: {problem.what} {problem.do}"


def groups(profile: Profile) -> list[Group]:
    """The groups of the profile's ethnic origins, as the first template of Document 1a has them."""
    return groups_of([(one.id, one.label, one.heading) for one in profile.lists["ethnicity"]])


Ways = list[frozenset[str]]
"""The ways in which an answer may stand in a document, each the tags that it takes; the first is what we would do."""


def ways_of(form: Form) -> Iterator[Ways]:
    """The ways of every question."""
    for section in form.sections:
        for question in section.questions:
            yield _ways(_prefix(form, section), question)


def printed_ways(form: Form) -> Iterator[Ways]:
    """The ways of each question that the document must print."""
    for section in form.sections:
        for question in section.questions:
            if not question.beyond and question.kind not in NEVER_PRINTED:
                yield _ways(_prefix(form, section), question)


def _prefix(form: Form, section: Section) -> str:
    return f"{form.form}.{CHILDREN}.1" if section.repeats else form.form


def _ways(prefix: str, question: Question) -> Ways:
    """Rows grow. A table grows too, or has a row of its own for each thing. A choice is a text, or a box an option."""
    path = f"{prefix}.{question.id}"
    if question.columns:
        columns = question.columns
        growing = frozenset(f"{path}.1.{column.id}" for column in columns)
        fixed = frozenset(f"{path}.{row.id}.{one.id}" for row in rows_of(question) for one in columns if has_row(one, row.id))
        return [growing, fixed] if fixed else [growing]
    boxes = frozenset(f"{path}.{option}" for option in _boxes(question))
    return [frozenset({path}), boxes] if boxes else [frozenset({path})]


def _boxes(question: Question) -> Iterator[str]:
    if question.kind is Kind.YES_NO:
        yield from ("yes", "no")
    yield from (option.id for option in question.options if isinstance(option, Option))
    if question.not_known and question.kind in (Kind.CHOICE, Kind.YES_NO):
        yield "not_known"
