"""Pictures drawn: a case against its clocks, and returns by organisation. Read in only when one is drawn.

A state is told by its pattern and in words, never by colour alone. Nothing is drawn that the data does not say.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Protocol

from templates.documents.drawing import AMBER, BLUE, INK, LINE, PAPER
from templates.pictures.data import ClockBar, EventMark, Returns, ReturnsRow, Timeline

WIDTH = 15.0
"""Of a picture in centimetres. Shown as wide as a card, its letters are as large as the card's own, or a little smaller."""
EDGE, SIDE, BAR, LINE_HIGH, GAP = 0.2, 0.75, 0.42, 0.46, 0.24
HEAD, AXIS, KEY = 1.0, 0.85, 0.65
TEXT, SMALL = 9.0, 8.0
LETTERS = 84
"""Of a line of text over the whole width."""
NEAR = 0.5
"""Centimetres within which days share one mark."""
LATE_HATCH, MET = "////", "D"
PATTERNS = ((BLUE, ""), (AMBER, LATE_HATCH), (PAPER, ""))
"""Done, late, and still to come."""
MOST_TICKS = 7


class Sheet(Protocol):
    """What is drawn on: places are centimetres from the top left."""

    def text(self, x: float, y: float, said: str, size: float, ink: str = INK, **how: object) -> None:
        """A text."""
        ...

    def line(
        self, xs: tuple[float, float], ys: tuple[float, float], ink: str = LINE, width: float = 0.6, style: str = "-"
    ) -> None:
        """A straight line."""
        ...

    def box(self, x: float, y: float, width: float, height: float, ground: str, *, frame: float = 0.4, hatch: str = "") -> None:
        """A filled box."""
        ...

    def marker(self, x: float, y: float, shape: str, size: float, *, filled: bool) -> None:
        """A marker."""
        ...


def timeline_height(data: Timeline) -> float:
    """How high a timeline is, in centimetres."""
    return HEAD + sum(_bar_height(one) for one in data.bars) + AXIS + KEY


def returns_height(data: Returns) -> float:
    """How high a picture of returns is, in centimetres."""
    return EDGE + sum(_row_height(one) for one in data.rows) + KEY


class _Scale:
    """Days as centimetres."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.days = first, max((last - first).days, 1)

    def at(self, day: date) -> float:
        return SIDE + (WIDTH - 2 * SIDE) * (day - self.first).days / self.days


def _scale(data: Timeline) -> _Scale:
    days = [data.today, *(one.day for one in data.events)]
    days += [day for one in data.bars for day in (one.start, one.due, one.ended) if day is not None]
    return _Scale(min(days), max(days))


def draw_timeline(sheet: Sheet, data: Timeline) -> None:
    """The days of events above, then a bar a clock, today's line through all, dates and the key below."""
    scale, y = _scale(data), HEAD
    bottom = timeline_height(data) - AXIS - KEY
    _events(sheet, data, scale)
    for one in data.bars:
        _clock(sheet, one, y, scale, data.today)
        y += _bar_height(one)
    _axis(sheet, scale, bottom, data)
    _key(sheet, data.key, timeline_height(data) - KEY, data.met_said)


def _bar_height(one: ClockBar) -> float:
    return LINE_HIGH * len(_label(one)) + BAR + GAP


def _label(one: ClockBar | ReturnsRow) -> list[str]:
    return textwrap.wrap(f"{one.label}: {one.said}", LETTERS) or [""]


def _clock(sheet: Sheet, one: ClockBar, y: float, scale: _Scale, today: date) -> None:
    """Its words, and the bar: used up solid, what is left hollow, what is late hatched. A mark where it was met."""
    for line in _label(one):
        sheet.text(EDGE, y + LINE_HIGH / 2, line, TEXT, ha="left")
        y += LINE_HIGH
    until = one.ended or today
    start, due, used = scale.at(one.start), scale.at(one.due), scale.at(max(until, one.start))
    sheet.box(start, y, max(due - start, 0.06), BAR, PAPER, frame=1.2)
    if until > one.start:
        sheet.box(start, y, min(used, due) - start, BAR, BLUE, frame=1.2)
    if until > one.due:
        sheet.box(due, y, used - due, BAR, AMBER, frame=1.2, hatch=LATE_HATCH)
    if one.ended is not None:
        sheet.marker(used, y + BAR / 2, MET, 7, filled=False)
    # Through the bars alone: a line through the words above them could not be read.
    now = scale.at(today)
    sheet.line((now, now), (y - 0.06, y + BAR + 0.06), INK, 1.8)


def _events(sheet: Sheet, data: Timeline, scale: _Scale) -> None:
    sheet.text(EDGE, 0.3, data.events_said, SMALL, ha="left")
    for x, said in _marks(data.events, scale):
        sheet.line((x, x), (0.82, 0.97), BLUE, 1.4)
        sheet.text(x, 0.68, said, SMALL)


def _marks(events: Sequence[EventMark], scale: _Scale) -> Iterator[tuple[float, str]]:
    """A mark a day; days that lie too near each other share one, "3–5"."""
    group: list[EventMark] = []
    for one in events:
        if group and scale.at(one.day) - scale.at(group[-1].day) >= NEAR:
            yield _mark(group, scale)
            group = []
        group.append(one)
    if group:
        yield _mark(group, scale)


def _mark(group: Sequence[EventMark], scale: _Scale) -> tuple[float, str]:
    first, last = group[0], group[-1]
    said = str(first.number) if first is last else f"{first.number}–{last.number}"
    return (scale.at(first.day) + scale.at(last.day)) / 2, said


def _axis(sheet: Sheet, scale: _Scale, y: float, data: Timeline) -> None:
    """Dates along the bottom, and today by name."""
    sheet.line((SIDE, WIDTH - SIDE), (y, y), LINE, 1.0)
    today = scale.at(data.today)
    sheet.line((today, today), (y, y + 0.5), INK, 1.8)
    sheet.text(min(max(today, 2.2), WIDTH - 2.2), y + 0.66, data.today_said, SMALL, weight="bold")
    for day in _ticks(scale):
        x = scale.at(day)
        sheet.line((x, x), (y, y + 0.1), LINE, 1.0)
        if abs(x - today) > 0.7:
            sheet.text(x, y + 0.26, f"{day.day} {day:%b}", SMALL)


def _ticks(scale: _Scale) -> list[date]:
    step = -(-scale.days // (MOST_TICKS - 1)) or 1
    return [scale.first + timedelta(days=days) for days in range(0, scale.days + 1, step)]


def _key(sheet: Sheet, key: Sequence[str], y: float, met: str = "") -> None:
    """What the patterns mean, and the mark."""
    x = EDGE
    for said, (ground, hatch) in zip(key, PATTERNS, strict=True):
        sheet.box(x, y + 0.16, 0.6, 0.34, ground, frame=1.2, hatch=hatch)
        sheet.text(x + 0.75, y + 0.33, said, SMALL, ha="left")
        x += 1.15 + 0.16 * len(said)
    if met:
        sheet.marker(x + 0.1, y + 0.33, MET, 7, filled=False)
        sheet.text(x + 0.35, y + 0.33, met, SMALL, ha="left")


def draw_returns(sheet: Sheet, data: Returns) -> None:
    """A bar an organisation: in time solid, late hatched, awaited hollow, each with its number in words above."""
    y = EDGE
    most = max((one.in_time + one.late + one.awaited for one in data.rows), default=0) or 1
    for one in data.rows:
        _returned(sheet, one, y, most)
        y += _row_height(one)
    _key(sheet, data.key, returns_height(data) - KEY)


def _row_height(one: ReturnsRow) -> float:
    return LINE_HIGH * len(_label(one)) + BAR + GAP


def _returned(sheet: Sheet, one: ReturnsRow, y: float, most: int) -> None:
    for line in _label(one):
        sheet.text(EDGE, y + LINE_HIGH / 2, line, TEXT, ha="left")
        y += LINE_HIGH
    x, unit = EDGE, (WIDTH - 2 * EDGE) / most
    for count, (ground, hatch) in zip((one.in_time, one.late, one.awaited), PATTERNS, strict=True):
        if count:
            sheet.box(x, y, unit * count, BAR, ground, frame=1.2, hatch=hatch)
            x += unit * count
