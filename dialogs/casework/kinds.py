"""What the dates and duties of a case are called, without anything that identifies."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.kit import Kit

DUTIES = "duties"


def kind_text(desk: Desk, kind: str, child: int = 0) -> str:
    """A kind of date in words; of a child by its number."""
    name = duty_label(desk.kit, kind) or _known(desk, kind)
    return desk.words("casework.of_child", what=name, child=child) if child else name


def _known(desk: Desk, kind: str) -> str:
    if desk.kit.words.has(f"casework.kind_{kind}"):
        return desk.words(f"casework.kind_{kind}")
    return desk.words("casework.kind_other")


def duty_label(kit: Kit, duty: str) -> str:
    """A duty's short name, or nothing where it is none."""
    return next((option.label for option in kit.profile.lists.get(DUTIES, []) if option.id == duty), "")
