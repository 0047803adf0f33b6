"""Who may press and ask what: what an organisation can do about a request."""

from __future__ import annotations

MAY: dict[str, set[str]] = {}
INTENDED: dict[str, tuple[str, set[str]]] = {}
