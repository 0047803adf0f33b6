"""Who may press and ask what about delivery."""

from __future__ import annotations

COORDINATOR = {"coordinator"}
RUNS = {"coordinator", "manager"}
MAY: dict[str, set[str]] = {"see_delivery": RUNS, "send_again": RUNS, "use_email": COORDINATOR}
INTENDED: dict[str, tuple[str, set[str]]] = {
    "delivered": ("did it reach everybody on NS-2026-0001", RUNS),
    "sent": ("what have we sent", RUNS),
}
