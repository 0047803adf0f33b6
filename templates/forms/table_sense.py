"""Mistakes that only a table can have: rows that stand twice, columns nobody could fill in, facts without words."""

from __future__ import annotations

from collections.abc import Iterator

from templates.answers import Kind
from templates.forms.cells import FACT, Lists, fact_options, fact_values, is_ticked, rows_of
from templates.forms.model import Form, Question
from templates.forms.shape import NEVER_ASKED
from templates.rules.facts import CHOICES

Place = tuple[int | str, ...]
WITHOUT_WORDS = ("age_at_incident",)
"""Facts whose values are no options of a list."""


def unusable(form: Form, lists: Lists) -> Iterator[tuple[Place, str]]:
    """Each such mistake of a form: where, and what to do."""
    for number, section in enumerate(form.sections):
        for index, question in enumerate(section.questions):
            place: Place = ("sections", number, "questions", index)
            if question.kind is Kind.TABLE:
                yield from _table(place, question, lists)
            elif question.hide_own or not question.bulk:
                yield place, f"{question.id} is no table. Take `hide_own` and `bulk` out."
            if question.kind is not Kind.TABLE:
                yield from _limited((*place, "columns"), question)


def _limited(place: Place, question: Question) -> Iterator[tuple[Place, str]]:
    for number, column in enumerate(question.columns):
        if column.only_rows:
            yield (*place, number, "only_rows"), f"{question.id} is no table. Take `only_rows` out."


def _table(place: Place, table: Question, lists: Lists) -> Iterator[tuple[Place, str]]:
    rows = [row.id for row in rows_of(table)]
    for row in sorted({row for row in rows if rows.count(row) > 1}):
        yield (*place, "rows"), f"the row {row} stands twice. Give one another id."
    for number, column in enumerate(table.columns):
        where: Place = (*place, "columns", number)
        for name in column.only_rows:
            if name not in rows:
                yield (*where, "only_rows"), f"{table.id} has no row {name}. Use one of {sorted(rows)}."
        if table.bulk and not _can_stand_on_one_page(table, column):
            yield where, f"{column.id} would be asked for every row at once. Add `only_rows`, or `bulk: false` to the table."
        if column.options == FACT:
            yield from _facts(where, table, rows, lists)


def _can_stand_on_one_page(table: Question, column: Question) -> bool:
    return is_ticked(table, column) or bool(column.only_rows) or column.kind in NEVER_ASKED


def _facts(place: Place, table: Question, rows: list[str], lists: Lists) -> Iterator[tuple[Place, str]]:
    if table.bulk:
        yield (*place, "options"), f"each row of {table.id} has options of its own. Add `bulk: false` to the table."
    for row in rows:
        if row not in CHOICES:
            yield (*place, "options"), f"{row} is no fact of the decision model. Take the row out, or `options: fact`."
        elif row not in WITHOUT_WORDS and (lacking := _without_words(row, lists)):
            yield (*place, "options"), f"there are no words for {lacking} of {row}. Add a list fact_{row} to lists.yaml."


def _without_words(fact: str, lists: Lists) -> str:
    values = fact_values(fact)
    if values == ["yes", "no"]:
        return ""
    known = {option.id for option in fact_options(fact, lists)}
    return ", ".join(value for value in values if value not in known)
