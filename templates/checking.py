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
from templates.forms.model import Form, Option, Question
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
    definition, found = profile.shapes[form].form, read_tags(path)
    ours = first_tags(form, load_words(profile.folder / "booklet", profile.folder / "words"), groups(profile), definition)
    missing = (tags for place, tags in _printed(definition) if not any(f"{tag}.".startswith(f"{place}.") for tag in found))
    for problem in check_template(path, ours.union(*missing), frozenset(_every_way(definition))):
        yield f"{path}: {problem.where}: {problem.what} {problem.do}"


def groups(profile: Profile) -> list[Group]:
    """The groups of the profile's ethnic origins, as the first template of Document 1a has them."""
    return groups_of([(one.id, one.label, one.heading) for one in profile.lists["ethnicity"]])


def _printed(form: Form) -> Iterator[tuple[str, frozenset[str]]]:
    """Each question that the document must print: where it stands, and the tags that we would give it."""
    for place, question in _placed(form):
        if not question.beyond and question.kind not in NEVER_PRINTED:
            yield place, _ways(place, question)[0]


def _every_way(form: Form) -> Iterator[str]:
    """All tags in which an answer of the form may stand."""
    for place, question in _placed(form):
        for way in _ways(place, question):
            yield from way


def _placed(form: Form) -> Iterator[tuple[str, Question]]:
    for section in form.sections:
        prefix = f"{form.form}.{CHILDREN}.1" if section.repeats else form.form
        yield from ((f"{prefix}.{question.id}", question) for question in section.questions)


def _ways(place: str, question: Question) -> list[frozenset[str]]:
    """Rows grow. A table grows too, or has a row of its own for each thing. A choice is a text, or a box an option."""
    if question.columns:
        columns = question.columns
        growing = frozenset(f"{place}.1.{column.id}" for column in columns)
        fixed = frozenset(f"{place}.{row.id}.{one.id}" for row in rows_of(question) for one in columns if has_row(one, row.id))
        return [growing, fixed]
    return [frozenset({place}), frozenset(f"{place}.{option}" for option in _boxes(question))]


def _boxes(question: Question) -> Iterator[str]:
    if question.kind is Kind.YES_NO:
        yield from ("yes", "no")
    yield from (option.id for option in question.options if isinstance(option, Option))
    if question.not_known and question.kind in (Kind.CHOICE, Kind.YES_NO):
        yield "not_known"
