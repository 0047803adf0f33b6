"""Draws the two icons of the Teams app: a speech bubble with a tick. `python manifest/teams/draw_icons.py` writes them anew.

Teams wants a full colour icon of 192 × 192 and a white one on nothing of 32 × 32 (learn.microsoft.com, "App icons").
"""

from __future__ import annotations

import itertools
import math
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

FINE = 4
"""Samples along each side of a pixel."""
BLUE, WHITE = (47, 75, 124), (255, 255, 255)
Point = tuple[float, float]
TICK: tuple[Point, Point, Point] = ((0.37, 0.45), (0.47, 0.55), (0.65, 0.36))


def bubble(x: float, y: float, margin: float = 0.0) -> bool:
    """Whether a point of the unit square lies in the bubble, made smaller by a margin."""
    left, top, right, bottom, corner = 0.2 + margin, 0.2 + margin, 0.8 - margin, 0.7 - margin, 0.12
    dx = max(left + corner - x, x - right + corner, 0.0)
    dy = max(top + corner - y, y - bottom + corner, 0.0)
    inside = left <= x <= right and top <= y <= bottom and math.hypot(dx, dy) <= corner
    tail = bottom - 0.02 <= y <= 0.84 - 2 * margin and 0.32 + margin <= x <= 0.32 - margin + (0.84 - y)
    return inside or tail


def tick(x: float, y: float) -> bool:
    """Whether a point lies on the tick."""
    return any(_near((x, y), start, end) < 0.042 for start, end in itertools.pairwise(TICK))


def _near(point: Point, start: Point, end: Point) -> float:
    (px, py), (ax, ay), (bx, by) = point, start, end
    along = ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
    along = min(max(along, 0.0), 1.0)
    return math.hypot(px - ax - along * (bx - ax), py - ay - along * (by - ay))


def png(size: int, white: Callable[[float, float], bool], background: tuple[int, int, int, int]) -> bytes:
    """A square picture: white where the function says so, the background elsewhere, edges smoothed."""
    rows = b"".join(
        b"\0" + b"".join(_pixel(size, column, row, white, background) for column in range(size)) for row in range(size)
    )
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _pixel(
    size: int, column: int, row: int, white: Callable[[float, float], bool], background: tuple[int, int, int, int]
) -> bytes:
    steps = [(number + 0.5) / FINE for number in range(FINE)]
    share = sum(white((column + dx) / size, (row + dy) / size) for dx in steps for dy in steps) / FINE**2
    mixed = [round(255 * share + part * (1 - share)) for part in background]
    return bytes(mixed if background[3] else [255, 255, 255, round(255 * share)])


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def main() -> None:
    """Write both icons beside this file."""
    here = Path(__file__).parent
    full = png(192, lambda x, y: bubble(x, y) and not tick(x, y), (*BLUE, 255))
    outline = png(32, lambda x, y: (bubble(x, y) and not bubble(x, y, 0.06)) or tick(x, y), (0, 0, 0, 0))
    (here / "color.png").write_bytes(full)
    (here / "outline.png").write_bytes(outline)


if __name__ == "__main__":
    main()
