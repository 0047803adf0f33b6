"""What a typed request means, as data: an intent and its slots."""

from __future__ import annotations

import msgspec


class Slots(msgspec.Struct, frozen=True, omit_defaults=True, rename={"from_": "from"}):
    """What was said beside the intent. Each is empty where it was not said. Days are ISO dates, both ends included."""

    case: str = ""
    agency: tuple[str, ...] = ()
    """Kinds of agency, in Document 2's order."""
    organisation: str = ""
    """The id of one organisation that was called by its own name."""
    person: str = ""
    """As typed."""
    kind: str = ""
    from_: str = ""
    to: str = ""
    days: int | None = None
    """Late by more than so many working days."""
    new_date: str = ""


class Understood(msgspec.Struct, frozen=True, omit_defaults=True):
    """An intent with its slots, whether it is sure, and up to three suggestions where it is not."""

    intent: str
    sure: bool = True
    emergency: bool = False
    slots: Slots = Slots()
    suggestions: tuple[str, ...] = ()
    also: str = ""
    """The intent of a second request in the same text."""
    code: str = ""
    """A one-time code."""

    @property
    def reference(self) -> str:
        """The reference of the case that was named."""
        return self.slots.case
