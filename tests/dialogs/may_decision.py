"""Who may press and ask what: what can be done about the decision."""

from __future__ import annotations

RUNS_IT = {"coordinator"}
MAY: dict[str, set[str]] = {"decide": RUNS_IT, "notified": RUNS_IT, "save_notified": RUNS_IT}
INTENDED: dict[str, tuple[str, set[str]]] = {
    "decide": ("record the decision for NS-2026-0001", RUNS_IT),
    "notified": ("the notification was sent for NS-2026-0001", RUNS_IT),
}
