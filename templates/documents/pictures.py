"""The overview's two pictures as PNG: the case's dates in order, and who says they were in contact with whom.

The same data give the same bytes. A state is told by a letter or a shape, never by colour alone.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from templates.documents.drawing import AMBER, BLUE, DRAWING, INK, PALE, PAPER, Canvas
from templates.documents.picture_data import AgencyColumn, Contact, Point, Span
from templates.documents.styles import WIDTH
from templates.documents.text import clean
from templates.wording import Words

SMALL = 6.0
"""Of most texts, in points."""
LETTERS, LINES, NAME = 18, 3, 33
"""Of a label on the timeline, its lines, and a name on the left."""
FEW = 8
"""Up to as many days, labels stand at one height on each side."""
NEAR, FAR, BLOCK = 0.3, 1.3, 1.05
"""Centimetres from the line to a label, and the height of a label."""
BAR, LEGEND = 0.42, 0.55
NAMES, HEAD, KEY = 4.2, 2.8, 0.8
"""Of the matrix in centimetres: the width of the names on the left, the height of those above and of the key."""
_ACRONYM = re.compile(r"\(([A-Z]{3,8})\)\s*$")


class Mark(NamedTuple):
    """How a state is drawn: its letter, ink and ground, and the width of its frame."""

    letter: str
    ink: str
    ground: str
    frame: float = 0.4


MARKS: Mapping[Contact, Mark] = {
    "yes": Mark("Y", PAPER, BLUE),
    "missing": Mark("M", INK, AMBER, 1.4),
    "no": Mark("n", INK, PAPER),
    "not_known": Mark("?", INK, PALE),
    "own": Mark("–", INK, PAPER),
    "": Mark("", INK, PAPER),
}


def short(label: str, longest: int) -> str:
    """A label that fits: its own acronym if it has one in brackets, else its beginning."""
    label = " ".join(clean(label).split())
    if len(label) <= longest:
        return label
    acronym = _ACRONYM.search(label)
    return acronym[1] if acronym else label[: longest - 1].rstrip() + "…"


def timeline_png(points: Sequence[Point], clocks: Sequence[Span], words: Words) -> bytes:
    """The case's dates in order, happened and planned told apart by shape, and each clock as a bar from start to due."""
    days = sorted({one.day for one in points} | {day for one in clocks for day in (one.start, one.due)})
    reach = BLOCK + (NEAR if len(days) <= FEW else FAR)
    with DRAWING:
        canvas = Canvas(2 * reach + BAR * len(clocks) + LEGEND + 0.1)
        places = {day: _place(number, len(days)) for number, day in enumerate(days)}
        canvas.line((0.3, WIDTH - 0.3), (reach, reach), BLUE, 1.6)
        for number, day in enumerate(days):
            _day(canvas, reach, number, places[day], day, [one for one in points if one.day == day])
        for number, one in enumerate(clocks):
            _clock(canvas, 2 * reach + BAR * number + 0.2, one, places)
        _legend(canvas, words)
        return canvas.png()


def _place(number: int, count: int) -> float:
    return 1.3 + (WIDTH - 2.6) * (number / (count - 1) if count > 1 else 0.5)


def _day(canvas: Canvas, axis: float, number: int, x: float, day: date, here: Sequence[Point]) -> None:
    """One day: its mark on the line, and its label above or below, far or near in turn."""
    happened = bool(here) and all(one.happened for one in here)
    if here:
        up, far = number % 2 == 0, number % 4 >= 2 and axis > BLOCK + NEAR
        away = FAR if far else NEAR
        end = axis - away if up else axis + away
        canvas.line((x, x), (axis, end))
        lines = textwrap.wrap(" + ".join(" ".join(clean(one.label).split()) for one in here), LETTERS)
        label = "\n".join([f"{day.day} {day:%b %Y}", *lines[:LINES]]) + ("…" if len(lines) > LINES else "")
        canvas.text(x, end - 0.05 if up else end + 0.05, label, SMALL, va="bottom" if up else "top")
    canvas.marker(x, axis, "o" if happened or not here else "D", 5.5 if here else 2.5, filled=happened or not here)


def _clock(canvas: Canvas, y: float, clock: Span, places: Mapping[date, float]) -> None:
    start, end = places[clock.start], places[clock.due]
    canvas.line((start, end), (y, y), BLUE, 2.2)
    for x in (start, end):
        canvas.line((x, x), (y - 0.1, y + 0.1), BLUE, 1.2)
    label = short(clock.label, 60)
    if end + _long(label) < WIDTH:
        canvas.text(end + 0.15, y, label, SMALL, ha="left")
    elif start > _long(label):
        canvas.text(start - 0.15, y, label, SMALL, ha="right")
    else:
        canvas.text((start + end) / 2, y, label, SMALL, backgroundcolor=f"#{PAPER}")


def _long(text: str) -> float:
    """About how long a small text is, in centimetres, with some room."""
    return 0.112 * len(text) + 0.3


def _legend(canvas: Canvas, words: Words) -> None:
    y = canvas.height - 0.25
    canvas.marker(0.5, y, "o", 5, filled=True)
    canvas.text(0.8, y, words.say("documents_review.timeline_happened"), SMALL, ha="left")
    canvas.marker(2.6, y, "D", 4.5, filled=False)
    canvas.text(2.9, y, words.say("documents_review.timeline_planned"), SMALL, ha="left")
    canvas.text(WIDTH - 0.3, y, words.say("documents_review.timeline_scale"), SMALL, ha="right")


def matrix_png(
    organisations: Sequence[str],
    agencies: Sequence[AgencyColumn],
    cells: Sequence[Sequence[Contact]],
    words: Words,
    row: float = 0.36,
) -> bytes:
    """Who (a row each) says they were in contact with whom (a column each). `row` is a row's height in centimetres."""
    with DRAWING:
        canvas = Canvas(HEAD + row * len(organisations) + KEY)
        step = (WIDTH - NAMES - 0.1) / max(len(agencies), 1)
        for place, agency in enumerate(agencies):
            _column(canvas, NAMES + step * place, step, agency)
        for number, (name, said) in enumerate(zip(organisations, cells, strict=True)):
            y = HEAD + row * number
            canvas.text(NAMES - 0.1, y + row / 2, short(name, NAME), SMALL, ha="right")
            for place, one in enumerate(said[: len(agencies)]):
                mark = MARKS[one]
                canvas.box(NAMES + step * place, y, step, row, mark.ground, frame=mark.frame)
                canvas.text(NAMES + step * (place + 0.5), y + row / 2, mark.letter, SMALL, mark.ink)
        _marks(canvas, words)
        return canvas.png()


def _column(canvas: Canvas, x: float, step: float, agency: AgencyColumn) -> None:
    lines = textwrap.wrap(short(agency.label, 44), 20)
    label = "\n".join(lines[:2]) + ("…" if len(lines) > 2 else "")
    canvas.text(x + step / 2, HEAD - 0.5, label, SMALL, rotation=90, va="bottom")
    canvas.marker(x + step / 2, HEAD - 0.25, "o" if agency.asked else "x", 4.5, filled=agency.asked)


def _marks(canvas: Canvas, words: Words) -> None:
    """What the letters and shapes mean."""
    y, x = canvas.height - 0.3, 0.3
    for state, mark in MARKS.items():
        canvas.box(x, y - 0.16, 0.45, 0.32, mark.ground, frame=mark.frame)
        canvas.text(x + 0.225, y, mark.letter, SMALL, mark.ink)
        x = _said(canvas, x + 0.55, y, words.say(f"documents_review.matrix_{state or 'blank'}"))
    for shape, asked in (("o", True), ("x", False)):
        canvas.marker(x + 0.1, y, shape, 4.5, filled=asked)
        x = _said(canvas, x + 0.3, y, words.say(f"documents_review.matrix_{'asked' if asked else 'not_asked'}"))


def _said(canvas: Canvas, x: float, y: float, text: str) -> float:
    canvas.text(x, y, text, SMALL, ha="left")
    return x + _long(text) - 0.05
