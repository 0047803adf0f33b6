"""What was asked before in a conversation: "and for health?" goes on from it. Names that were typed are not kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from dialogs.asking.intents import QUESTIONS
from dialogs.asking.meaning import Understood, as_json, from_json
from dialogs.asking.understanding import carried, is_elliptical, understand
from dialogs.desk import Desk
from dialogs.kit import Kit
from dialogs.turn import Text, Turn
from state.values import london_day

EXPORT = "export"
Asked = Mapping[str, Any]
"""What the talk row keeps of a question."""


def leans(turn: Turn, kit: Kit) -> bool:
    """Whether what was asked before has to be read first, to know what has to be read for this turn."""
    said = turn.said
    return isinstance(said, Text) and is_elliptical(said.text, kit.vocabulary, today=london_day(turn.at))


def meant_by(turn: Turn, text: str, kit: Kit, asked: Asked, organisations: Mapping[str, str] | None = None) -> Understood:
    """What a typed text means, after what was asked before."""
    earlier = from_json(asked) if asked else None
    return understand(text, kit.vocabulary, today=london_day(turn.at), earlier=earlier, organisations=organisations or {})


def meant(desk: Desk, text: str) -> Understood:
    """The same in a turn, with the organisations that are known by their own names."""
    names = {one.name: one.id for one in desk.snapshot.organisations}
    return meant_by(desk.turn, text, desk.kit, desk.talk.asked, names)


def remember(desk: Desk) -> None:
    """Keep what was asked, where anything can go on from it; a greeting or a riddle leaves what was there.

    Only questions are kept: nothing is ever done because of a command that was typed before.
    """
    now = carried(None, desk.meant)
    if now is None or now.intent == EXPORT:
        return
    plain = replace(now, emergency=False, also="", code="", slots=replace(now.slots, person=""))
    kept = as_json(plain) if now.intent in QUESTIONS else {}
    if kept != desk.talk.asked:
        desk.put(replace(desk.talk, asked=kept))
