"""Who may press what: copies of documents. Here none is named, so it is asked who may read a case at all."""

from __future__ import annotations

COORDINATOR = {"coordinator"}
MAY: dict[str, set[str]] = {"get_file": COORDINATOR, "send_file": COORDINATOR, "no_file": COORDINATOR}
INTENDED: dict[str, tuple[str, set[str]]] = {}
