"""What can be done about the document library."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.acts import About, Act
from dialogs.library.again import AGAIN, OF_A_CASE, make_again
from dialogs.turn import Press, Turn


def _made(press: Press, _turn: Turn) -> str:
    return press.at


PRESSES: Mapping[str, Act] = {
    AGAIN: Act(do=make_again, about=About.CASE, requests=True, organisations=True, people=True, forms=OF_A_CASE, filed=_made),
}
"""A button alone: what it does is told where it was pressed."""
