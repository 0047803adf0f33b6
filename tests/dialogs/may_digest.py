"""Who may ask for the digest: everybody who may ask what is overdue. What each is shown, the journeys hold."""

from __future__ import annotations

from may_overdue import EVERYBODY

MAY: dict[str, set[str]] = {}
INTENDED: dict[str, tuple[str, set[str]]] = {"digest": ("weekly digest", EVERYBODY)}
