"""Which sections of a form this person may write. The others are there to be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.desk import Desk
from dialogs.reply import Block, Paragraph, Style, Window
from dialogs.turn import Press
from templates.forms.shape import Spot


def may_write(desk: Desk, spot: Spot) -> bool:
    """Whether this person may write the question of a spot. What is no question of the form is nobody's to refuse."""
    filled = desk.filled()
    placed = filled.shape.by_state.get(spot.state)
    return placed is None or filled.writes(placed.section)


def not_theirs(desk: Desk) -> str:
    """Why not, and what can be done."""
    return desk.words(desk.behaviour.read_only(desk))


def theirs(
    act: Callable[[Desk, Press], None], where: Callable[[Desk, Press], Spot], otherwise: Callable[[Desk, Spot], None]
) -> Callable[[Desk, Press], None]:
    """A button that writes: where the section is not theirs, they are told so and nothing is written."""

    def guarded(desk: Desk, press: Press) -> None:
        spot = where(desk, press)
        if not may_write(desk, spot):
            return otherwise(desk, spot)
        return act(desk, press)

    return guarded


def give_back(desk: Desk, inputs: Mapping[str, str]) -> None:
    """A window whose words cannot be kept stays open with them, so that they can be copied and are not lost."""
    filled = desk.filled()
    typed: list[Block] = []
    for path, text in inputs.items():
        found = filled.shape.find(path)
        if found is not None and text.strip():
            typed += [Paragraph(found[1].label, Style.HEADING), Paragraph(text)]
    refused = Paragraph(not_theirs(desk), Style.WARNING)
    desk.window = Window(title=desk.words("filling.not_kept"), blocks=(refused, *typed))
