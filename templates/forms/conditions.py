"""The named conditions that a form may use beside its own questions. Looked up here and nowhere else; nothing is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from templates.forms.model import Expected


class Scope(msgspec.Struct, frozen=True):
    """What a named condition looks at: a flag of the draft of its own name, and the child's age (None: not known)."""

    flag: bool
    age: int | None


def _flag(scope: Scope, expected: Expected) -> bool:
    return scope.flag is expected


def _age_at_least(scope: Scope, expected: Expected) -> bool:
    return scope.age is None or (isinstance(expected, int) and scope.age >= expected)


NAMED: Mapping[str, Callable[[Scope, Expected], bool]] = {
    "on_behalf": _flag,
    "restricted": _flag,
    "age_at_least": _age_at_least,
}
