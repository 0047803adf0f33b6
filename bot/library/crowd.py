"""Many files at once that are no forms: somebody moved an archive into a library, and is not answered for each file of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from bot.library.finding import Found
from bot.library.sighted import reference_of
from dialogs.turn import Change

MOST = 5
"""Files of one organisation that are no forms and are answered one by one, each time a library is looked at."""


def not_one_by_one(found: Iterable[Found]) -> list[Found]:
    """The first of them as they are; the others are told to the coordinator together, as files that were put there."""
    counted, made = Counter[str](), list[Found]()
    for one in found:
        handed = one.handed
        if handed is None or handed.file.form:
            made.append(one)
            continue
        counted[handed.organisation] += 1
        made.append(one if counted[handed.organisation] <= MOST else _put_there(one))
    return made


def _put_there(one: Found) -> Found:
    handed = one.handed
    if handed is None:
        return one
    change = "changed" if any(row.known for row in one.rows) else "added"
    told = Change(change=change, shelf=handed.organisation, by=handed.by)
    return replace(one, reference=reference_of(handed.path), change=told, handed=None)
