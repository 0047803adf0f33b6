"""The named conditions that a form may use beside its own questions. Looked up here and nowhere else; nothing is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from templates.forms.model import Expected


class Scope(msgspec.Struct, frozen=True):
    """What a named condition looks at: a flag of the draft of its own name, and the child's age (None: not known)."""

    flag: bool
    age: Callable[[], int | None]


def _flag(scope: Scope, expected: Expected) -> bool:
    return scope.flag is expected


def _age_at_least(scope: Scope, expected: Expected) -> bool:
    age = scope.age()
    return age is None or (isinstance(expected, int) and age >= expected)


NAMED: Mapping[str, Callable[[Scope, Expected], bool]] = {
    "on_behalf": _flag,
    "restricted": _flag,
    "departs": _flag,
    "late": _flag,
    "cumulative": _flag,
    "age_at_least": _age_at_least,
}
