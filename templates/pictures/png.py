"""A picture as PNG: small enough for a message, or large enough for paper."""

from __future__ import annotations

import io

from templates.pictures.data import PictureData, Timeline

CHAT = (104, 92, 80)
"""Dots an inch of a picture in chat: the first one that fits is taken."""
MOST = 6_400
"""Bytes of such a picture. As text in a card they are nearly three times as many; a card holds 25,000."""
PAPER_DPI = 200
SHADE = "8C8C8C"
"""Between ink and paper, for the edges of letters. With it there are four colours, and a dot takes two bits."""


def chat_png(data: PictureData) -> bytes | None:
    """The picture as small as a message needs it, or None where it cannot be. Slow: not for the event loop."""
    made = (_few_colours(picture_png(data, dpi)) for dpi in CHAT)
    return next((one for one in made if len(one) <= MOST), None)


def picture_png(data: PictureData, dpi: int = PAPER_DPI) -> bytes:
    """The picture; the same data give the same bytes. Slow: not for the event loop."""
    # Matplotlib is read in by the first picture, not by whoever can show one.
    from templates.documents.drawing import DRAWING, Canvas  # noqa: PLC0415
    from templates.pictures.drawn import WIDTH, draw_returns, draw_timeline, returns_height, timeline_height  # noqa: PLC0415

    with DRAWING:
        if isinstance(data, Timeline):
            canvas = Canvas(timeline_height(data), WIDTH, dpi)
            draw_timeline(canvas, data)
        else:
            canvas = Canvas(returns_height(data), WIDTH, dpi)
            draw_returns(canvas, data)
        return canvas.png()


def _few_colours(png: bytes) -> bytes:
    """The same picture with a palette of our own colours: about a third of the bytes."""
    from PIL import Image  # noqa: PLC0415

    from templates.documents.drawing import AMBER, BLUE, PAPER  # noqa: PLC0415

    colours = Image.new("P", (1, 1))
    colours.putpalette(bytes.fromhex("".join((PAPER, BLUE, AMBER, SHADE))))
    with Image.open(io.BytesIO(png)) as picture:
        small = picture.convert("RGB").quantize(palette=colours, dither=Image.Dither.NONE)
    made = io.BytesIO()
    small.save(made, format="PNG", optimize=True, bits=2)
    return made.getvalue()
