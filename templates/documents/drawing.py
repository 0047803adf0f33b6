"""Drawing on a figure measured in centimetres, the same bytes each time. Matplotlib is read in when the first picture is drawn.

Text is data: no mathematics is read from a dollar sign, and a letter that the font has not is drawn as a box.
"""

from __future__ import annotations

import io
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from templates.documents.styles import WIDTH
from templates.documents.text import clean

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI = 200
INCH = 2.54
FONT = "DejaVu Sans"
"""Comes with matplotlib, so that pictures are the same on every machine."""
INK, BLUE, PAPER, PALE, AMBER, LINE = "1A1A1A", "1F3864", "FFFFFF", "EAEFF6", "F6E3B4", "8C96A3"
BOX = "□"
DRAWING = Lock()
"""Matplotlib is not made for several threads at once: hold this while drawing."""


class Canvas:
    """A white sheet, as wide as the text of a page unless said otherwise; places are centimetres from the top left."""

    def __init__(self, height: float, width: float = WIDTH, dpi: int = DPI) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - heavy, and only for pictures
        from matplotlib.figure import Figure  # noqa: PLC0415

        self.height, self.width, self._dpi = height, width, dpi
        self._figure: Figure = Figure(figsize=(width / INCH, height / INCH), dpi=dpi, facecolor=f"#{PAPER}")
        FigureCanvasAgg(self._figure)
        self._axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
        self._axes.axis("off")

    def text(self, x: float, y: float, said: str, size: float, ink: str = INK, **how: Any) -> None:
        """A text, in the middle of that place unless `ha` and `va` say otherwise."""
        style: dict[str, Any] = {"ha": "center", "va": "center", "linespacing": 1.15, "parse_math": False, **how}
        self._axes.text(x, y, drawable(said), fontsize=size, color=f"#{ink}", fontfamily=FONT, **style)

    def line(
        self, xs: tuple[float, float], ys: tuple[float, float], ink: str = LINE, width: float = 0.6, style: str = "-"
    ) -> None:
        """A straight line; its width in points, its style as matplotlib writes it."""
        self._axes.plot(xs, ys, color=f"#{ink}", linewidth=width, linestyle=style, solid_capstyle="butt")

    def box(self, x: float, y: float, width: float, height: float, ground: str, *, frame: float = 0.4, hatch: str = "") -> None:
        """A filled box from its top left; a thicker frame is black. `hatch` draws lines over it, as matplotlib writes them."""
        from matplotlib.patches import Rectangle  # noqa: PLC0415

        edge = f"#{INK if frame > 1 else LINE}"
        patch = Rectangle((x, y), width, height, facecolor=f"#{ground}", edgecolor=edge, linewidth=frame, hatch=hatch or None)
        self._axes.add_patch(patch)

    def marker(self, x: float, y: float, shape: str, size: float, *, filled: bool) -> None:
        """A marker of matplotlib's ("o", "D", "x"), filled or hollow."""
        face = f"#{BLUE if filled else PAPER}"
        self._axes.plot([x], [y], marker=shape, markersize=size, color=f"#{BLUE}", markerfacecolor=face, linestyle="")

    def png(self) -> bytes:
        """The picture, without the name and version of what drew it."""
        made = io.BytesIO()
        self._figure.savefig(made, format="png", dpi=self._dpi, metadata={"Software": None})
        return made.getvalue()


def drawable(text: str) -> str:
    """The cleaned text with a box for each letter that the font has not."""
    known = _letters()
    return "".join(letter if letter == "\n" or ord(letter) in known else BOX for letter in clean(text))


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font  # noqa: PLC0415

    return frozenset(get_font(findfont(FONT)).get_charmap())
