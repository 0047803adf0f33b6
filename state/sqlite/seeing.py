"""Who may see which open dates, as conditions of a query: what may not be seen is not read or counted (docs/access.md).

Each condition is over `d`, the dates. The index over the open ones has every column that is compared, so that leaving something
out costs no look at the row. A part of the condition that is about nothing for this person is left out of the query.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from state.access import Role, in_force
from state.records import GrantRecord
from state.sqlite.rows import instant_text

RETURN = "scoping_return"
REQUEST_KEY = f'substr(d."id", length(d."case") + {len(RETURN) + 3})'
"""The request that a return's date is of: the end of its id. It is looked up by it, never compared with."""
RUNS = frozenset({Role.COORDINATOR.value, Role.MANAGER.value})
ANSWERS = frozenset({Role.AGENCY_LEAD.value, Role.DEPUTY.value})
NOTHING = "0 = 1"

_RELATED = """SELECT "case" FROM "case_people" WHERE "person" = :me AND "relation" = '{relation}'
    AND ("until" IS NULL OR "until" > :now)"""
_NAMED, _EXCLUDED = _RELATED.format(relation="named"), _RELATED.format(relation="excluded")
_REFERRED = 'SELECT "id" FROM "cases" WHERE "referrer" = :me'
_REVIEWED = """SELECT p."case" FROM "case_people" AS p JOIN "cases" AS c ON c."id" = p."case" WHERE p."person" = :me
    AND p."relation" IN ('partner', 'panel_member', 'lead_reviewer', 'scrutineer')
    AND (p."until" IS NULL OR p."until" > :now) AND c."status" IN ('notified', 'reviewing')"""
_SENT = """r."state" NOT IN ('to_send', 'withdrawn')"""
_TO_ALL = 'NOT r."quiet" AND r."delivery" <> \'private\''
_PUT_TO = f"""SELECT r."case" || ':{RETURN}:' || r."id" FROM "requests" AS r
    WHERE r."{{role}}" = :me AND r."{{role}}" <> '' AND {_SENT}"""  # noqa: S608 - our own names, here and below

_OF_ALL = f"""(d."kind" <> '{RETURN}' OR EXISTS (SELECT 1 FROM "requests" AS r WHERE r."id" = {REQUEST_KEY} AND {_TO_ALL}))"""  # noqa: S608


class Seeing:
    """What one person may see. `grants` are their own, ended ones too.

    `along`: people of an organisation may read along, so that nothing is told that was put to one person of theirs alone.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        me: str,
        grants: Sequence[GrantRecord],
        now: datetime,
        *,
        listed: bool,
        public: bool,
        along: bool = False,
    ) -> None:
        held = [grant for grant in grants if in_force(grant)]
        roles = {grant.role for grant in held}
        self._connection, self._public, self._listed, self._along = connection, public, listed, along
        self._anybody = listed or bool(held)
        self.runs = bool(roles & RUNS)
        self.leads = sorted({grant.organisation for grant in held if grant.role in ANSWERS and grant.organisation})
        self._holds = sorted({grant.organisation for grant in held})
        self.params: dict[str, Any] = {"me": me, "now": instant_text(now)}
        self.params |= {f"lead{n}": one for n, one in enumerate(self.leads)}
        self.params |= {f"held{n}": one for n, one in enumerate(self._holds)}
        self._excluded, self._named, self._referred = (self._any(one) for one in (_EXCLUDED, _NAMED, _REFERRED))

    def dates(self) -> str:
        """The condition that a date of `d` may be seen."""
        parts = " OR ".join(f"({part})" for part in self._parts()) or NOTHING
        return f"({parts}){self._kept_out('d', 'case')}"

    def cases(self) -> str:
        """The condition that a case of `c` may be seen by somebody who runs cases."""
        return self._open("c", "id", referred=True) + self._kept_out("c", "id") if self.runs else NOTHING

    def requests(self) -> str:
        """The condition, beside its case's, that a request may be named."""
        return 'AND NOT "quiet" AND "delivery" <> \'private\'' if self._along else ""

    def _any(self, query: str) -> str:
        """The query, or nothing where it finds nothing."""
        return query if self._connection.execute(f"{query} LIMIT 1", self.params).fetchone() else ""

    def _kept_out(self, alias: str, column: str) -> str:
        """An excluded person has nothing of a case, whatever else they are to it."""
        return f' AND {alias}."{column}" NOT IN ({self._excluded})' if self._excluded else ""

    def _open(self, alias: str, column: str, *, referred: bool) -> str:
        """Not restricted, or on the list of the case. Whoever referred a case is on its list."""
        lists = [] if self._public else [self._named, self._referred if referred else ""]
        seen = [f'NOT {alias}."restricted"', *(f'{alias}."{column}" IN ({one})' for one in lists if one)]
        return f"({' OR '.join(seen)})"

    def _parts(self) -> Iterator[str]:
        """Who runs cases sees every date of them; what else they are to a case adds nothing to that."""
        if self.runs:
            yield self._open("d", "case", referred=True) + (f" AND {_OF_ALL}" if self._along else "")
            return
        if self.leads:
            yield self._led()
        if not self._anybody:
            return
        if put_to := self._put_to():
            yield f'd."id" IN ({put_to}) AND {self._open("d", "case", referred=False)}'
        for kind, of_case in (("read_referral", self._referred), ("rapid_review", self._any(_REVIEWED))):
            if of_case:
                yield f"""d."kind" = '{kind}' AND d."case" IN ({of_case}) AND {self._open("d", "case", referred=True)}"""

    def _led(self) -> str:
        """Returns of organisations that they answer for; not one that was put to somebody else there."""
        own = ", ".join(f":lead{n}" for n in range(len(self.leads)))
        asked = f"""EXISTS (SELECT 1 FROM "requests" AS r WHERE r."id" = {REQUEST_KEY} AND {_TO_ALL} AND {_SENT})"""  # noqa: S608
        return f"""d."kind" = '{RETURN}' AND d."owner" IN ({own}) AND {self._open("d", "case", referred=False)} AND {asked}"""

    def _put_to(self) -> str:
        """Returns that were put to them by name: as the senior who is asked, or as the colleague who writes it."""
        held = ", ".join(f":held{n}" for n in range(len(self._holds)))
        where = "" if self._listed else f""" AND (r."organisation" IN ({held}) OR '' IN ({held}))"""
        where += f" AND {_TO_ALL}" if self._public else ""
        each = [one for role in ("senior", "delegate") if (one := self._any(_PUT_TO.format(role=role) + where))]
        return " UNION ".join(each)


def names(connection: sqlite3.Connection, organisations: Sequence[str]) -> tuple[str, ...]:
    """What organisations are called, by their ids."""
    marks = ", ".join("?" * len(organisations))
    found = connection.execute(f'SELECT "name" FROM "organisations" WHERE "id" IN ({marks}) ORDER BY "name"', organisations)  # noqa: S608
    return tuple(name for (name,) in found)
