"""How an answer was understood, said back once: no name, but every date, with its weekday and the age it gives."""

from __future__ import annotations

from dialogs.desk import Desk
from dialogs.filling.asking import child_label, shown
from dialogs.filling.pages import Asked
from state.values import JSON, london_day
from templates.answers import Kind, age_text
from templates.forms.filled import Filled
from templates.forms.shape import CHILDREN

SAID_BACK = frozenset({Kind.DATE, Kind.DATETIME, Kind.TIME, Kind.TELEPHONE})
EVENT_DATES = ("incident_date", "harm_recognised_date")


def echo_of(desk: Desk, asked: Asked) -> list[str]:
    """Sentences that say how the answer at a path was understood: none where there is nothing to be unsure of."""
    answer = desk.answers.get(asked.path)
    if answer is not None and (answer.value if answer.state == "given" else answer.state) in asked.question.urgent_if:
        return [desk.words("referral.emergency", **desk.kit.profile.file.emergency.model_dump())]
    if answer is None or answer.state != "given" or asked.question.kind not in SAID_BACK:
        return []
    text = shown(answer, asked.question, desk.filled(), desk.kit, london_day(desk.turn.at))
    said = desk.words("filling.understood", label=asked.question.label, value=text)
    return [said, *_ages(desk, asked.path)]


def _ages(desk: Desk, path: str) -> list[str]:
    filled = desk.filled()
    if path in EVENT_DATES:
        return [line for child in filled.children() for line in _age_then(desk, filled, child)]
    parts = path.split(".")
    if parts[0] == CHILDREN and parts[-1] == "date_of_birth":
        return _age_then(desk, filled, int(parts[1])) or _age_now(desk, filled, int(parts[1]))
    return []


def event_date(filled: Filled) -> JSON:
    """The date the children's ages count at: the incident, or when the harm was recognised."""
    return next((value for name in EVENT_DATES if (value := counted(filled, name)) is not None), None)


def counted(filled: Filled, path: str) -> JSON:
    """The value at a path, where its question still applies: an answer off the path is kept and says nothing."""
    return filled.value(path) if filled.printed(path) else None


def _age_then(desk: Desk, filled: Filled, child: int) -> list[str]:
    born, then = filled.value(f"{CHILDREN}.{child}.date_of_birth"), event_date(filled)
    if not isinstance(born, dict) or not isinstance(then, dict) or born.get("precision") == "unborn":
        return []
    age = age_text(born, then, desk.kit.words)
    several = len(filled.children()) > 1
    name = child_label(filled, child, desk.kit) if several else desk.words("filling.the_child")
    return [desk.words("filling.age_then", child=name, age=age)] if age else []


def _age_now(desk: Desk, filled: Filled, child: int) -> list[str]:
    born = filled.value(f"{CHILDREN}.{child}.date_of_birth")
    if not isinstance(born, dict) or born.get("precision") == "unborn":
        return []
    today = london_day(desk.turn.at).isoformat()
    age = age_text(born, {"said": "", "earliest": today, "latest": today, "precision": "day"}, desk.kit.words)
    return [desk.words("filling.age_now", age=age)] if age else []
