"""What is on a picture. Every text on it is a text here: references, dates and organisations, never a person."""

from __future__ import annotations

from datetime import date

import msgspec


class ClockBar(msgspec.Struct, frozen=True, kw_only=True):
    """One clock: what for, how it stands in words, and its days. `ended` is the day it was met."""

    label: str
    said: str
    start: date
    due: date
    ended: date | None = None


class EventMark(msgspec.Struct, frozen=True):
    """A day on which something happened. `number` is what the list beside the picture calls it."""

    number: int
    day: date


class Timeline(msgspec.Struct, frozen=True, kw_only=True, tag="timeline"):
    """A case against its clocks. `key` says what the patterns mean: time used, time after the due date, time left."""

    today: date
    today_said: str
    events_said: str
    events: tuple[EventMark, ...] = ()
    bars: tuple[ClockBar, ...] = ()
    key: tuple[str, str, str]
    met_said: str
    """What the mark at the end of a bar means."""


class ReturnsRow(msgspec.Struct, frozen=True, kw_only=True):
    """The returns of one organisation: how many came in time, came late, or are awaited; `said` is the same in words."""

    label: str
    said: str
    in_time: int = 0
    late: int = 0
    awaited: int = 0


class Returns(msgspec.Struct, frozen=True, kw_only=True, tag="returns"):
    """Returns by organisation. `key` says what the three patterns mean, in the order of the numbers."""

    rows: tuple[ReturnsRow, ...]
    key: tuple[str, str, str]


PictureData = Timeline | Returns
