"""Which row of a document is which row of the form: people sort, take out and add rows in Word and in the conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Row = Mapping[str, str]
Rows = Mapping[int, Row]
Fits = Callable[[int, int], bool]
"""Whether rows are the same one, by how many cells agree and how many do not."""


def aligned(said: Rows, standing: Rows, before: Mapping[int, int], first_free: int) -> dict[int, int]:
    """The form's row for each row of the document: by what both say, then by where it stood `before`, else a new one."""
    rows, free = _folded(said), _folded(standing)
    found = _fitting(rows, free, lambda agree, differ: agree > 0 and not differ)
    for number, one in before.items():
        if number in rows and number not in found and one in free:
            found[number] = one
            del free[one]
    left = {number: row for number, row in rows.items() if number not in found}
    found |= _fitting(left, free, lambda agree, differ: 0 < agree >= differ)
    new = (number for number in said if number not in found)
    return found | {number: first_free + place for place, number in enumerate(new)}


def _fitting(rows: Rows, free: dict[int, Row], fits: Fits) -> dict[int, int]:
    """The row that fits each best, its own number before others. What is taken is not free any more."""
    found: dict[int, int] = {}
    for number, row in rows.items():
        counted = ((*_counted(row, other), one) for one, other in free.items())
        fitting = [(agree, one == number, -one) for agree, differ, one in counted if fits(agree, differ)]
        if fitting:
            found[number] = -max(fitting)[-1]
            del free[found[number]]
    return found


def _counted(row: Row, other: Row) -> tuple[int, int]:
    """How many cells that both have agree, and how many do not."""
    both = [text == other[name] for name, text in row.items() if name in other]
    return sum(both), len(both) - sum(both)


def _folded(rows: Rows) -> dict[int, Row]:
    return {number: {name: folded(text) for name, text in row.items() if text.strip()} for number, row in rows.items()}


def folded(text: str) -> str:
    """A text to compare: letter case and spaces say nothing."""
    return " ".join(text.casefold().split())
