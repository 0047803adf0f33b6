"""A return in full, for the appendix of the pack: what its organisation wrote, section by section, and further questions."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.review.further import further_questions
from dialogs.review.sources import Return, Sources, plain_day
from state.scoping_records import FurtherRecord
from templates.answers import Kind
from templates.documents.pack_data import Answer, Appendix, Grid, Section
from templates.forms.filled import Filled
from templates.forms.shape import Placed, Spot


def appendix(sources: Sources, one: Return) -> Appendix:
    """One return."""
    sections = [*_sections(sources, one.filled), *_further(sources, one)]
    return Appendix(
        organisation=one.organisation,
        returned_on=one.returned_on,
        version=str(max(one.request.returns, 1)),
        by=sources.text(one.filled, "prepared_by_name") or sources.person(one.request.author),
        signed_off_by=signed_off_by(sources, one),
        sections=tuple(section for section in sections if section.answers or section.tables),
    )


def signed_off_by(sources: Sources, one: Return) -> str:
    """Who signed it off: the one whose press it was, else who is named in it."""
    return sources.person(one.request.signed_by) or sources.who(one.filled, "signed_off_by")


def _sections(sources: Sources, form: Filled) -> Iterator[Section]:
    for section in form.shape.form.sections:
        placed = form.shape.inside(section)
        for child in form.children() if section.repeats else [0]:
            heading = section.title
            if child and len(form.children()) > 1:
                heading = f"{section.title}: {sources.text(form, f'children.{child}.name') or child}"
            answers = tuple(_answers(sources, form, placed, child))
            yield Section(heading, answers, tuple(_tables(sources, form, placed)))


def _answers(sources: Sources, form: Filled, placed: list[Placed], child: int) -> Iterator[Answer]:
    for one in placed:
        path = form.shape.path(Spot(one.state, child))
        if one.question.columns and form.value(path) == "none":
            yield Answer(one.question.label, sources.say("filling.none"))
        elif not one.question.columns and (text := sources.text(form, path)):
            yield Answer(one.question.label, text)


def _tables(sources: Sources, form: Filled, placed: list[Placed]) -> Iterator[Grid]:
    for one in placed:
        if one.is_rows and form.rows(one.state):
            yield _rows(sources, form, one)
        elif one.is_table:
            yield from _table(sources, form, one)


def _rows(sources: Sources, form: Filled, placed: Placed) -> Grid:
    columns = [column for column in placed.question.columns if column.kind is not Kind.AUTO]
    rows = tuple(
        tuple(sources.text(form, f"{placed.state}.{row}.{column.id}") for column in columns) for row in form.rows(placed.state)
    )
    return Grid(placed.question.label, tuple(column.label for column in columns), rows)


def _table(sources: Sources, form: Filled, placed: Placed) -> Iterator[Grid]:
    """A table with a row for each agency that something is said of."""
    columns = placed.question.columns
    rows = []
    for spot in form.table_rows(Spot(placed.state)):
        row = form.shape.by_state[spot.state]
        cells = tuple(sources.text(form, form.shape.path(spot, column.id)) for column in columns)
        if any(cells):
            rows.append((row.question.label, *cells))
    if rows:
        heads = (sources.say("review.agency"), *(column.label for column in columns))
        yield Grid(placed.question.label, heads, tuple(rows))


def _further(sources: Sources, one: Return) -> Iterator[Section]:
    asked = further_questions(sources.snapshot, one.request.id)
    if asked:
        yield Section(sources.say("review.further_heading"), tuple(_asked(sources, question) for question in asked))


def _asked(sources: Sources, one: FurtherRecord) -> Answer:
    if not one.answer:
        return Answer(one.question, sources.say("review.further_unanswered"))
    name = sources.person(one.answered_by)
    said = sources.say("review.further_answered", name=name, date=plain_day(one.answered_at))
    return Answer(one.question, f"{one.answer}\n{said}")
