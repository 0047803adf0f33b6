"""Who may press and ask what about scoping, on the coordinator's side."""

from __future__ import annotations

MAY: dict[str, set[str]] = {}
INTENDED: dict[str, tuple[str, set[str]]] = {}
