"""Who may press what about reminders: those who run cases."""

from __future__ import annotations

from dialogs.chasing.acts import PRESSES

RUNS = {"coordinator", "manager"}
MAY: dict[str, set[str]] = dict.fromkeys(PRESSES, RUNS)
INTENDED: dict[str, tuple[str, set[str]]] = {}
