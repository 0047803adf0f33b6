"""Who may press and ask what about scoping, on the coordinator's side."""

from __future__ import annotations

from dialogs.acts import About
from dialogs.scoping.acts import PRESSES

COORDINATOR = {"coordinator"}
NOBODY: set[str] = set()
"""A request that is not there is nobody's: the journeys hold who may do what with one that is."""
MAY: dict[str, set[str]] = {name: COORDINATOR if act.about is About.CASE else NOBODY for name, act in PRESSES.items()}
INTENDED: dict[str, tuple[str, set[str]]] = {
    "send_requests": ("send requests NS-2026-0001", COORDINATOR),
    "requests": ("show requests NS-2026-0001", COORDINATOR),
    "organisations": ("show organisations", COORDINATOR),
}
