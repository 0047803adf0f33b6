"""Mistakes that a definition can have though every word in it is known: ids that clash, conditions that can never hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from templates.answers import Kind
from templates.forms.conditions import NAMED
from templates.forms.model import Expected, Form, Option, Question, Section
from templates.forms.shape import CHILDREN, NEVER_ASKED

Place = tuple[int | str, ...]
RESERVED = frozenset({"start", "check_answers", "submitted", "confirm_cancel", "cancelled", CHILDREN})
"""Names of the states that every form has, and of the children."""
STATES = frozenset({"answered", "unanswered", "not_known"})


def nonsense(form: Form) -> Iterator[tuple[Place, str]]:
    """Each such mistake of a form: where, and what to do."""
    yield from _doubles((("sections", n), section.id) for n, section in enumerate(form.sections))
    if sum(section.adds for section in form.sections) > 1:
        yield ("sections",), "only one section can have `adds`. Take the others out."
    shared = {q.id: q for section in form.sections if not section.repeats for q in section.questions}
    of_child = {q.id: q for section in form.sections if section.repeats for q in section.questions}
    for number, section in enumerate(form.sections):
        known = shared | of_child if section.repeats else shared
        yield from _section(("sections", number), section, known, of_child)


def _doubles(named: Iterable[tuple[Place, str]]) -> Iterator[tuple[Place, str]]:
    seen: set[str] = set()
    for place, name in named:
        if name in seen:
            yield place, f"{name} stands twice. Give one another id."
        seen.add(name)


def _section(
    place: Place, section: Section, known: Mapping[str, Question], of_child: Mapping[str, Question]
) -> Iterator[tuple[Place, str]]:
    if section.adds and not section.repeats:
        yield (*place, "adds"), f"section {section.id} has `adds` and does not repeat. Add `repeats: true`."
    yield from _holds((*place, "only_if"), section.only_if, known, of_child)
    for index, question in enumerate(section.questions):
        where: Place = (*place, "questions", index)
        if question.id in RESERVED and not section.repeats:
            yield where, f"{question.id} is a name of ours. Give the question another id."
        if section.repeats and question.kind is Kind.ROWS:
            yield where, f"{question.id} has rows in a section that repeats. Move it to a section that does not."
        yield from _holds((*where, "only_if"), question.only_if, known, of_child)
        yield from _holds((*where, "not_needed_if"), question.not_needed_if, known, of_child)
        yield from _parts(where, question)


def _parts(where: Place, question: Question) -> Iterator[tuple[Place, str]]:
    if not isinstance(question.options, str):
        yield from _doubles(((*where, "options", n), option.id) for n, option in enumerate(question.options))
    yield from _doubles(((*where, "columns", n), column.id) for n, column in enumerate(question.columns))
    columns = {column.id: column for column in question.columns}
    for number, column in enumerate(question.columns):
        place: Place = (*where, "columns", number)
        if column.columns:
            yield place, f"{column.id} has columns inside a row. Make it a question of its own."
        yield from _holds((*place, "only_if"), column.only_if, columns, {})


def _holds(
    place: Place, conditions: Mapping[str, Expected], known: Mapping[str, Question], of_child: Mapping[str, Question]
) -> Iterator[tuple[Place, str]]:
    for name, expected in conditions.items():
        question = known.get(name)
        if name in NAMED:
            continue
        if question is None and name in of_child:
            yield (*place, name), f"{name} is asked for each child, and this is asked once. Name a question that is asked once."
        elif question is not None and question.kind in NEVER_ASKED:
            yield (*place, name), f"{name} is never asked. Name a question that has an answer."
        elif question is not None:
            yield from _possible((*place, name), question, expected)


def _possible(place: Place, question: Question, expected: Expected) -> Iterator[tuple[Place, str]]:
    """Whether the question can have that answer at all."""
    if question.kind is Kind.YES_NO:
        options = {"yes", "no"}
    elif question.kind is Kind.CHOICE and not isinstance(question.options, str):
        options = {option.id for option in question.options if isinstance(option, Option)}
    else:
        return
    for one in expected if isinstance(expected, list) else [expected]:
        if one not in options | STATES:
            yield place, f"{question.id} is never {one}. Use one of {sorted(options | STATES)}."
