"""Who may press and ask what: what can be done about the rapid review."""

from __future__ import annotations

MAY: dict[str, set[str]] = {}
INTENDED: dict[str, tuple[str, set[str]]] = {}
