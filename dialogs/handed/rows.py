"""Which row of a document is which row of the form: people sort, take out and add rows in Word and in the conversation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

Row = Mapping[str, str]
Rows = Mapping[int, Row]


def aligned(said: Rows, standing: Rows, before: Mapping[int, int], first_free: int) -> dict[int, int]:
    """The form's row for each row of the document: by what both say, then by where it stood `before`, else a new one."""
    found: dict[int, int] = {}
    for sure in (_same, _stood(before), _alike):
        for number, row in said.items():
            if number in found:
                continue
            free = [one for one in standing if one not in found.values()]
            fitting = [one for one in free if sure(number, row, one, standing[one])]
            if fitting:
                found[number] = max(fitting, key=lambda one: (_agree(row, standing[one]), one == number, -one))
    new = (number for number in said if number not in found)
    return found | {number: first_free + place for place, number in enumerate(new)}


Sure = Callable[[int, Row, int, Row], bool]


def _same(_number: int, row: Row, _one: int, other: Row) -> bool:
    return _agree(row, other) > 0 and _differ(row, other) == 0


def _stood(before: Mapping[int, int]) -> Sure:
    return lambda number, _row, one, _other: before.get(number) == one


def _alike(_number: int, row: Row, _one: int, other: Row) -> bool:
    return 0 < _agree(row, other) >= _differ(row, other)


def _agree(row: Row, other: Row) -> int:
    return sum(folded(row[name]) == folded(other[name]) for name in _both(row, other))


def _differ(row: Row, other: Row) -> int:
    return len(list(_both(row, other))) - _agree(row, other)


def _both(row: Row, other: Row) -> Iterable[str]:
    return [name for name in row if row[name].strip() and other.get(name, "").strip()]


def folded(text: str) -> str:
    """A text to compare: letter case and spaces say nothing."""
    return " ".join(text.casefold().split())
