"""What was understood: an intent, its slots, and how sure that is; and the same as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec


class Slots(msgspec.Struct, frozen=True, omit_defaults=True, rename={"from_": "from"}):
    """What a request names. Days are ISO dates, both ends included; what was not said is empty."""

    case: str = ""
    agency: tuple[str, ...] = ()
    organisation: str = ""
    person: str = ""
    kind: str = ""
    from_: str = ""
    to: str = ""
    days: int | None = None
    new_date: str = ""


class Understood(msgspec.Struct, frozen=True, omit_defaults=True):
    """An intent, whether it is sure, what it names, and up to three suggestions where it is not sure."""

    intent: str
    sure: bool = True
    emergency: bool = False
    slots: Slots = Slots()
    suggestions: tuple[str, ...] = ()
    also: str = ""
    """The intent of a second request in the same text."""
    code: str = ""
    """A one-time code, where the text is one."""

    @property
    def reference(self) -> str:
        """The reference of the case that is named, or nothing."""
        return self.slots.case


def as_json(meant: Understood) -> dict[str, Any]:
    """What is kept of a meaning, so that a follow-up can lean on it. Whatever was not said is left out."""
    kept: dict[str, Any] = msgspec.to_builtins(meant)
    return kept


def from_json(kept: Mapping[str, Any]) -> Understood | None:
    """The meaning that was kept, or nothing where there is none or another version kept it."""
    try:
        return msgspec.convert(kept, Understood)
    except msgspec.ValidationError:
        return None


def printed(meant: Understood) -> dict[str, Any]:
    """A meaning as a command prints it: one agency is a string, several are a list."""
    slots = msgspec.to_builtins(meant.slots)
    if len(meant.slots.agency) == 1:
        slots["agency"] = meant.slots.agency[0]
    shown: dict[str, Any] = {"intent": meant.intent, "slots": slots, "sure": meant.sure}
    shown |= {"emergency": True} if meant.emergency else {}
    shown |= {"also": meant.also} if meant.also else {}
    return shown | ({"suggestions": list(meant.suggestions)} if meant.suggestions else {})
