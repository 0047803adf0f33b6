"""Who may say that somebody is away: everybody with a standing role, of themselves."""

from __future__ import annotations

STANDING = {"coordinator", "manager", "agency_lead", "deputy", "auditor"}
MAY: dict[str, set[str]] = {"tell_away": STANDING, "keep_away": STANDING, "end_away": STANDING}
INTENDED: dict[str, tuple[str, set[str]]] = {"away": ("who is away", STANDING)}
