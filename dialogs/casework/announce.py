"""Telling those who run a case that its dates have changed: once, by reference, with the old and the new date and why."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.casework.clocks import Moved
from dialogs.casework.common import case_button, tell_coordinators
from dialogs.casework.kinds import kind_text
from dialogs.desk import Desk
from dialogs.reply import Block, Bullets, Card, Paragraph, Reply
from state.records import CaseRecord
from state.values import london_day
from templates.days import day_text


def moved_blocks(desk: Desk, moved: Sequence[Moved], why: str) -> list[Block]:
    """What changed, from when to when, and why: nothing where nothing did."""
    if not moved:
        return []
    lines = tuple(
        desk.words(
            "casework.moved",
            what=kind_text(desk, one.kind, one.child),
            before=day_text(london_day(one.before)),
            after=day_text(london_day(one.after)),
        )
        for one in moved
    )
    return [Paragraph(desk.words("casework.dates_changed", why=why)), Bullets(lines)]


def announce(desk: Desk, case: CaseRecord, moved: Sequence[Moved], why: str) -> None:
    """Say it to the coordinators, where any date changed."""
    if moved:
        tell(desk, case, desk.words("casework.dates_of", reference=case.reference), moved_blocks(desk, moved, why))


def tell(desk: Desk, case: CaseRecord, text: str, blocks: Sequence[Block] = ()) -> None:
    """A line to the coordinators about a case, and what else belongs to it. Nothing in it identifies anybody."""
    card = Card(blocks=(Paragraph(text), *blocks), buttons=(case_button(desk, "show_case", case),))
    tell_coordinators(desk, case, Reply(card=card, preview=desk.words("casework.preview", reference=case.reference)))
