"""Answers that cannot both be true: a birth after the incident, a death before a birth."""

from __future__ import annotations

from collections.abc import Callable

from dialogs.desk import Desk
from dialogs.filling.echo import EVENT_DATES, counted
from state.values import JSON
from templates.forms.filled import Filled
from templates.forms.shape import CHILDREN


def conflicts(desk: Desk, path: str, value: JSON) -> str:
    """What is wrong with this value beside the other answers, or nothing."""
    if error := desk.behaviour.conflicts(desk, path, value):
        return error
    if not isinstance(value, dict):
        return ""
    name = path.rsplit(".", 1)[-1]
    check = CHECKS.get(name if path.startswith(f"{CHILDREN}.") or path in EVENT_DATES else "")
    return check(desk, desk.filled(), path, value) if check else ""


def _birth(desk: Desk, filled: Filled, path: str, value: dict[str, JSON]) -> str:
    for event in EVENT_DATES:
        if _after(value, counted(filled, event)):
            return desk.words("filling.born_after_incident")
    died = counted(filled, path.replace("date_of_birth", "date_of_death"))
    return desk.words("filling.born_after_death") if _after(value, died) else ""


def _event(desk: Desk, filled: Filled, _path: str, value: dict[str, JSON]) -> str:
    born = [filled.value(f"{CHILDREN}.{child}.date_of_birth") for child in filled.children()]
    return desk.words("filling.incident_before_birth") if any(_after(one, value) for one in born) else ""


def _death(desk: Desk, filled: Filled, path: str, value: dict[str, JSON]) -> str:
    if _after(filled.value(path.replace("date_of_death", "date_of_birth")), value):
        return desk.words("filling.born_after_death")
    return desk.words("filling.death_before_incident") if _after(counted(filled, "incident_date"), value) else ""


Check = Callable[[Desk, Filled, str, dict[str, JSON]], str]
CHECKS: dict[str, Check] = {
    "date_of_birth": _birth,
    "date_of_death": _death,
    "incident_date": _event,
    "harm_recognised_date": _event,
}


def _after(one: JSON, other: JSON) -> bool:
    """Whether one inexact date is surely after the other."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    earliest, latest = one.get("earliest"), other.get("latest")
    return isinstance(earliest, str) and isinstance(latest, str) and earliest > latest
