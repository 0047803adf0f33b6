"""The clocks of a case as bars: from when, until when, and how each stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dialogs.answers.dates import lateness
from dialogs.casework.kinds import kind_text
from dialogs.desk import Desk
from state.records import DeadlineRecord
from state.values import london_day
from templates.days import short_day
from templates.pictures.data import ClockBar

RETURN = "scoping_return"
MOST_BARS = 8
"""On one picture. What is open comes before what is done."""


def bars(desk: Desk, requests: Collection[str] | None = None) -> list[ClockBar]:
    """One a date; returns that fall due on one day together. `requests`: only the dates of these."""
    rows = [one for one in desk.snapshot.deadlines if requests is None or (one.kind == RETURN and _request(one) in requests)]
    several = len({row.child for row in rows if row.child}) > 1
    groups = _grouped(rows)
    chosen = sorted(groups, key=lambda group: (all(one.met for one in group), group[0].due))[:MOST_BARS]
    ordered = sorted(chosen, key=lambda group: (min(one.runs_from for one in group), group[0].due))
    return [_bar(desk, group, several=several) for group in ordered]


def _request(row: DeadlineRecord) -> str:
    return row.id.rpartition(":")[2]


def _grouped(rows: Sequence[DeadlineRecord]) -> list[list[DeadlineRecord]]:
    groups: dict[tuple[str, str], list[DeadlineRecord]] = {}
    for row in rows:
        key = (RETURN, row.due.isoformat()) if row.kind == RETURN else (row.kind, row.id)
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def _bar(desk: Desk, group: Sequence[DeadlineRecord], *, several: bool) -> ClockBar:
    first = group[0]
    left = [one for one in group if one.met is None]
    ended = None if left else max(one.met for one in group if one.met is not None)
    label = kind_text(desk, first.kind, first.child if several else 0)
    if len(group) > 1:
        label = desk.words("answers_asked.bar_returns", come=len(group) - len(left), count=len(group))
    due = short_day(london_day(first.due))
    said = [desk.words("answers_asked.bar_due", day=due)]
    if first.provisional and ended is None:
        said.append(desk.words("answers_asked.bar_provisional"))
    if ended is not None:
        said.append(desk.words("answers_asked.bar_ended", day=short_day(london_day(ended))))
    said += [late] if (late := lateness(desk, first.due, ended)) else []
    return ClockBar(
        label=label,
        said=", ".join(said),
        start=london_day(min(one.runs_from for one in group)),
        due=london_day(first.due),
        ended=london_day(ended) if ended is not None else None,
    )
