"""The cells of a table: each is a question of its own, made from its column and its row when the form is loaded."""

from __future__ import annotations

from collections.abc import Mapping

from templates.answers import Kind
from templates.forms.model import Option, Question
from templates.rules.facts import CHOICES, ENQUIRIES, NOT_KNOWN, OLDEST

FACT = "fact"
"""`options: fact` of a column: the values of the fact that the row is named after."""
EVERY_ROW = "*"
"""Stands in a path for every row of a table: the one input that ticks a column, `contacts.*.contact`."""
Lists = Mapping[str, list[Option]]


def rows_of(table: Question) -> list[Option]:
    """The rows of a table, in order."""
    return table.rows if isinstance(table.rows, list) else []


def has_row(column: Question, row: str) -> bool:
    """Whether a column has a cell in that row."""
    return not column.only_rows or row in column.only_rows


def is_ticked(table: Question, column: Question) -> bool:
    """Whether all cells of a column are ticked in one input."""
    return table.bulk and column.kind is Kind.YES_NO


def row_question(table: Question, row: Option) -> Question:
    """A row as a question: what "change contacts.police" opens."""
    return table.model_copy(update={"id": row.id, "label": row.label, "rows": [row]})


def cells_of(table: Question, row: Option, lists: Lists) -> dict[str, Question]:
    """The questions of a row by column."""
    return {column.id: _cell(row, column, lists) for column in table.columns if has_row(column, row.id)}


def ticks_of(table: Question) -> dict[str, Question]:
    """The inputs that answer a whole column of a table, by column: none for any other question."""
    return {column.id: _ticks(table, column) for column in table.columns if is_ticked(table, column)}


def _ticks(table: Question, column: Question) -> Question:
    options = [row for row in rows_of(table) if has_row(column, row.id)]
    more = {"kind": Kind.CHOICES, "options": options, "need": table.need, "hide_own": table.hide_own}
    return column.model_copy(update={**more, "ask": column.ask or column.label, "only_if": {}})


def _cell(row: Option, column: Question, lists: Lists) -> Question:
    label = f"{row.label}: {column.label}"
    named = column.model_copy(update={"label": label, "ask": column.ask or label})
    return _of_fact(row.id, named, lists) if column.options == FACT else named


def _of_fact(fact: str, column: Question, lists: Lists) -> Question:
    """A column that takes the values of a fact: the kind of question that fits them."""
    values = fact_values(fact)
    more: dict[str, object] = {"options": [], "not_known": NOT_KNOWN in CHOICES[fact]}
    if fact == "age_at_incident":
        more |= {"kind": Kind.NUMBER, "unborn": True, "minimum": 0, "maximum": OLDEST}
    elif values == ["yes", "no"]:
        more |= {"kind": Kind.YES_NO}
    else:
        kind = Kind.CHOICES if tuple(values) == ENQUIRIES else Kind.CHOICE
        more |= {"kind": kind, "options": [option for option in fact_options(fact, lists) if option.id in values]}
    return column.model_copy(update=more)


def fact_values(fact: str) -> list[str]:
    """The named values of a fact, less not known, which is an answer to everything."""
    return [value for value in CHOICES[fact] if value != NOT_KNOWN]


def fact_options(fact: str, lists: Lists) -> list[Option]:
    """The words for a fact's values: the list `fact_…`, else the list of the fact's own name."""
    return lists.get(f"fact_{fact}") or lists.get(fact) or []
