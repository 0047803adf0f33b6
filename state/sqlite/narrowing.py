"""What a look is narrowed to, as conditions over `d`, the dates. Names and kinds are turned into ids first, by small tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from state.looking import Look
from state.sqlite.predicates import LINKED
from state.sqlite.rows import instant_text
from state.sqlite.seeing import REQUEST_KEY, RETURN

NOT_THERE = "-"
"""The id of nothing: what is narrowed to something that is not there finds nothing."""
_EVERYBODY = f'SELECT "id", "name" FROM "people" WHERE "id" NOT IN (SELECT "id" FROM "accounts" WHERE {LINKED})'  # noqa: S608
_CASE = 'SELECT "id" FROM "cases" WHERE "reference" = ?'
_MOVES = f"""(d."id" IN (SELECT "id" FROM "chases" WHERE "handed_to" IN ({{ids}})) OR d."owner" IN ({{names}})
    OR (d."kind" = '{RETURN}' AND (d."owner" IN (SELECT "organisation" FROM "grants" WHERE "person" IN ({{ids}})
    AND "ended_at" IS NULL AND "role" IN ('agency_lead', 'deputy')) OR EXISTS (SELECT 1 FROM "requests" AS q
    WHERE q."id" = {REQUEST_KEY} AND (q."senior" IN ({{ids}}) OR q."delegate" IN ({{ids}}))))))"""  # noqa: S608 - our own names


class Narrowing:
    """The conditions of one look. `tied` is the organisation whose channel it is asked in."""

    def __init__(self, connection: sqlite3.Connection, look: Look, tied: str) -> None:
        self._connection, self._look = connection, look
        self.params: dict[str, Any] = {}
        self.case = self._case()
        self.organisations = self._organisations(tied)
        self._people = self._known() if look.person else []
        self.nobody = bool(look.person) and not self._people
        self.person = self._people[0][0] if len(self._people) == 1 else ""
        self._where = " AND ".join(("1 = 1", *self._conditions()))

    def dates(self) -> str:
        """The condition that a date of `d` is among what was asked for, beside its bounds in time."""
        return self._where

    def _case(self) -> str:
        if not self._look.reference:
            return ""
        found = self._connection.execute(_CASE, (self._look.reference,)).fetchone()
        return found[0] if found else NOT_THERE

    def _organisations(self, tied: str) -> list[str] | None:
        """Those it is narrowed to; None where it is not narrowed to any."""
        look = self._look
        if not (look.agencies or look.organisation or tied):
            return None
        kinds = ", ".join("?" * len(look.agencies))
        rows = self._connection.execute(f'SELECT "id" FROM "organisations" WHERE "kind" IN ({kinds})', look.agencies)  # noqa: S608
        sets = [{one for (one,) in rows}] if look.agencies else []
        sets += [{one} for one in (look.organisation, tied) if one]
        return sorted(set.intersection(*sets)) or [NOT_THERE]

    def _known(self) -> list[tuple[str, str]]:
        """People of that name, or the one of that id. What another account of somebody is called is nobody's name."""
        said = self._look.person.casefold().split()
        everybody = self._connection.execute(_EVERYBODY).fetchall()
        return [(one, name) for one, name in everybody if one == self._look.person or set(said) <= set(name.casefold().split())]

    def _named(self, prefix: str, values: Sequence[str]) -> str:
        """Placeholders for these values, which become parameters."""
        self.params |= {f"{prefix}{n}": value for n, value in enumerate(values)}
        return ", ".join(f":{prefix}{n}" for n in range(len(values)))

    def _conditions(self) -> Iterator[str]:
        look = self._look
        if look.since is not None:
            self.params["since"] = instant_text(look.since)
        if look.before is not None:
            self.params["before"] = instant_text(look.before)
        if look.kinds:
            yield f'd."kind" IN ({self._named("kind", look.kinds)})'
        if self.case:
            self.params["case"] = self.case
            yield 'd."case" = :case'
        if self.organisations is not None:
            yield f"""d."kind" = '{RETURN}' AND d."owner" IN ({self._named("org", self.organisations)})"""
        if look.person:
            yield self._moves()

    def _moves(self) -> str:
        ids = self._named("person", [one for one, _ in self._people] or [NOT_THERE])
        called = self._named("called", [name for _, name in self._people] or [NOT_THERE])
        return _MOVES.format(ids=ids, names=called)
