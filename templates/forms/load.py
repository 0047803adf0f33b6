"""Loading and checking form definitions. Every mistake is reported with file, line and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from templates.answers import Kind
from templates.forms.cells import FACT
from templates.forms.conditions import NAMED
from templates.forms.model import Form, Lists, Option, Question, Section
from templates.forms.sense import nonsense
from templates.forms.shape import CHILDREN, NAMES, NEVER_ASKED, Shape
from templates.forms.table_sense import unusable
from templates.forms.yaml_lines import Mistake, Source

ELSEWHERE = frozenset({"sign-in", "directory", "profile", "clock", "delivery"})
Place = tuple[int | str, ...]


def load_lists(path: Path) -> Mapping[str, list[Option]]:
    """The shared options of a profile, by name."""
    return Source(path).load(Lists).lists


def load_form(path: Path, lists: Mapping[str, list[Option]]) -> Shape:
    """One form, checked. Raises Mistake."""
    source = Source(path)
    form = source.load(Form)
    mistakes = [source.mistake(place, what) for place, what in _mistakes(form, lists)]
    if mistakes:
        raise Mistake(mistakes)
    whole = _with_options(form, lists)
    mistakes = [source.mistake(place, what) for place, what in (*nonsense(whole), *unusable(whole, lists))]
    if mistakes:
        raise Mistake(mistakes)
    return Shape(whole, lists)


def _mistakes(form: Form, lists: Mapping[str, list[Option]]) -> Iterator[tuple[Place, str]]:
    if not form.sections:
        yield (), "a form needs at least one section. Add one."
    yield from _twice(form)
    states = {question.id for section in form.sections for question in section.questions}
    for number, section in enumerate(form.sections):
        place: Place = ("sections", number)
        if not section.questions:
            yield place, f"section {section.id} has no questions. Add one or remove the section."
        yield from _conditions(place, "only_if", section.only_if, states)
        yield from _groups(place, section)
        for index, question in enumerate(section.questions):
            yield from _question((*place, "questions", index), question, states, lists)
    yield from _circles(form)


def _groups(place: Place, section: Section) -> Iterator[tuple[Place, str]]:
    used = {question.group for question in section.questions if question.group}
    for name in sorted(used - set(section.groups)):
        yield place, f"the group {name} has no sentence. Add it under `groups` of section {section.id}."
    for name in sorted(set(section.groups) - used):
        yield (*place, "groups", name), f"no question has the group {name}. Remove it."


def _twice(form: Form) -> Iterator[tuple[Place, str]]:
    seen: set[str] = set()
    for number, section in enumerate(form.sections):
        for index, question in enumerate(section.questions):
            name = f"{CHILDREN}.{question.id}" if section.repeats else question.id
            if name in seen:
                yield ("sections", number, "questions", index), f"{question.id} stands twice. Give one another id."
            seen.add(name)


def _question(
    place: Place, question: Question, states: set[str], lists: Mapping[str, list[Option]]
) -> Iterator[tuple[Place, str]]:
    yield from _conditions(place, "only_if", question.only_if, states)
    yield from _conditions(place, "not_needed_if", question.not_needed_if, states)
    yield from _options(place, question, lists)
    if question.advice and not question.fact:
        yield place, f"{question.id} has `advice` but no `fact`. Name the fact it sets."
    if not question.ask and not question.shows and question.kind not in NEVER_ASKED:
        yield place, f"{question.id} has no `ask`. Write the question in plain words."
    for number, name in enumerate(question.known_from):
        if name not in ELSEWHERE and "." not in name:
            yield (*place, "known_from", number), f"{name} is not a known source. Use form.id or one of {sorted(ELSEWHERE)}."
    if isinstance(question.rows, str) and question.rows not in lists:
        yield (*place, "rows"), f"there is no list {question.rows}. Add it to lists.yaml."
    columns = {column.id for column in question.columns}
    for index, column in enumerate(question.columns):
        yield from _conditions((*place, "columns", index), "only_if", column.only_if, columns)
        yield from _options((*place, "columns", index), column, lists, of_facts=question.kind is Kind.TABLE)


def _options(
    place: Place, question: Question, lists: Mapping[str, list[Option]], *, of_facts: bool = False
) -> Iterator[tuple[Place, str]]:
    if of_facts and question.options == FACT:
        return
    chosen = question.kind in (Kind.CHOICE, Kind.CHOICES)
    if isinstance(question.options, str) and question.options not in (*lists, CHILDREN, NAMES):
        yield (*place, "options"), f"there is no list {question.options}. Add it to lists.yaml."
    if chosen and not question.options:
        yield place, f"{question.id} is a choice without options. Add `options`."
    if not chosen and question.options:
        yield (*place, "options"), f"{question.id} is not a choice. Remove its options."


def _conditions(place: Place, key: str, conditions: Mapping[str, object], known: set[str]) -> Iterator[tuple[Place, str]]:
    for name in conditions:
        if name not in known and name not in NAMED:
            yield (
                (*place, key, name),
                f"{key} names {name}, which is neither a question here nor a condition. Use one of {sorted(NAMED)} or an id.",
            )


def _circles(form: Form) -> Iterator[tuple[Place, str]]:
    needs = {q.id: set(q.only_if) | set(section.only_if) for section in form.sections for q in section.questions}
    for number, section in enumerate(form.sections):
        for index, question in enumerate(section.questions):
            if _reaches(question.id, question.id, needs, set()):
                yield (
                    ("sections", number, "questions", index, "only_if"),
                    f"{question.id} depends on itself through only_if. Take one of the conditions out.",
                )


def _reaches(start: str, goal: str, needs: Mapping[str, set[str]], seen: set[str]) -> bool:
    for name in needs.get(start, ()):
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            if _reaches(name, goal, needs, seen):
                return True
    return False


def _with_options(form: Form, lists: Mapping[str, list[Option]]) -> Form:
    return form.model_copy(update={"sections": [_filled_section(section, lists) for section in form.sections]})


def _filled_section(section: Section, lists: Mapping[str, list[Option]]) -> Section:
    return section.model_copy(update={"questions": [_filled(question, lists) for question in section.questions]})


def _filled(question: Question, lists: Mapping[str, list[Option]]) -> Question:
    options = question.options
    if isinstance(options, str) and options not in (CHILDREN, NAMES, FACT):
        options = lists[options]
    rows = lists[question.rows] if isinstance(question.rows, str) else question.rows
    columns = [_filled(column, lists) for column in question.columns]
    return question.model_copy(update={"options": options, "rows": rows, "columns": columns})
