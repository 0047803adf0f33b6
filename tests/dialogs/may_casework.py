"""Who may press and ask what about a case beside the decision."""

from __future__ import annotations

MAY: dict[str, set[str]] = {}
INTENDED: dict[str, tuple[str, set[str]]] = {}
