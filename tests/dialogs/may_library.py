"""Who may press what: documents that are made again. Here none is named, so there is nothing to make for whoever may."""

from __future__ import annotations

MAY: dict[str, set[str]] = {"make_again": {"coordinator"}}
INTENDED: dict[str, tuple[str, set[str]]] = {}
