"""What waits to be settled over all open cases, as far as one person may see them: kinds and numbers, no content."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict

from state.looking import Waits
from state.sqlite.predicates import OPEN_CASE, OPEN_NOTICE
from state.sqlite.seeing import Seeing

# From the open cases to their notices: what was left unsettled about a case that is closed costs nothing. Grouped here, the
# planner would walk all cases by an index that is in the order of the groups.
_WAITS = f"""SELECT c."reference", c."restricted", n."kind" FROM "cases" AS c CROSS JOIN "notices" AS n
    WHERE c.{OPEN_CASE} AND n."case" = c."id" AND n.{OPEN_NOTICE} AND {{seen}} ORDER BY n."at", n."id" """  # noqa: S608


def waits_of(connection: sqlite3.Connection, seeing: Seeing) -> tuple[Waits, ...]:
    """What is not settled, the case that has waited longest first. For somebody who does not run cases there is nothing."""
    if not seeing.runs:
        return ()
    kinds: defaultdict[tuple[str, bool], Counter[str]] = defaultdict(Counter)
    for reference, restricted, kind in connection.execute(_WAITS.format(seen=seeing.cases()), seeing.params):
        kinds[reference, bool(restricted)][kind] += 1
    return tuple(Waits(reference=one, restricted=restricted, kinds=dict(found)) for (one, restricted), found in kinds.items())
