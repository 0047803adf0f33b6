"""Several rows, each by its key, in one statement.

A statement gives the interpreter up to the other threads and waits for it again: that costs more than finding a row.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from state.records import Record
from state.sqlite.opener import Opener
from state.sqlite.rows import table


class SideBySide:
    """One row of each of several tables, or none, looked up by its key. The parts of the keys are named parameters."""

    def __init__(self, *wanted: tuple[type[Record], tuple[str, ...]], first: tuple[str, ...]) -> None:
        """`first`: a table, the condition that finds one row of it, and columns that come as they are."""
        beside, found_by, *columns = first
        joins = [f'LEFT JOIN {beside} AS "first" ON "first".{found_by}']
        selected = [f'"first".{column}' for column in columns]
        self._first = len(columns)
        self._tables = [table(record) for record, _ in wanted]
        for number, (rows, (_, params)) in enumerate(zip(self._tables, wanted, strict=True)):
            keys = (f'"t{number}"."{key}" = :{param}' for key, param in zip(rows.key, params, strict=True))
            joins.append(f'LEFT JOIN "{rows.name}" AS "t{number}" ON {" AND ".join(keys)}')
            selected += [f'"t{number}"."{column.name}"' for column in rows.columns]
        self._statement = f'SELECT {", ".join(selected)} FROM (SELECT 1) AS "one" {" ".join(joins)}'  # noqa: S608 - our own names

    def read(self, connection: sqlite3.Connection, opener: Opener, params: dict[str, str]) -> tuple[Any, ...]:
        """The first table's columns, without its own first one, or None; then a record or None of each other table.

        Raises CannotOpen.
        """
        row = connection.execute(self._statement, params).fetchone()
        found: list[Any] = [row[1 : self._first] if row[0] is not None else None]
        start = self._first
        for rows in self._tables:
            part = row[start : start + len(rows.columns)]
            start += len(rows.columns)
            # `version` comes first in every table and is never null.
            found.append(None if part[0] is None else opener.read_all(rows, (part,))[0])
        return tuple(found)
