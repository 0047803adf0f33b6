"""What was found in a typed text, and where: the common shape of every reading."""

from __future__ import annotations

import enum
from datetime import date
from typing import Generic, TypeVar

import msgspec

Value = TypeVar("Value")


class Direction(enum.Enum):
    """Where a day without a year, or a weekday, is looked for: the nearest ahead, behind, or either way."""

    FORWARD = "forward"
    BACK = "back"
    NEAREST = "nearest"


class Period(msgspec.Struct, frozen=True):
    """Days, both ends included. An end that was not said is open."""

    from_: date | None = None
    to: date | None = None


class Found(msgspec.Struct, Generic[Value], frozen=True):
    """What was read, and the places in the text (start, end) that said so."""

    value: Value
    spans: tuple[tuple[int, int], ...]
