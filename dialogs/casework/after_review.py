"""Returns that fall due only after the rapid review: said wherever the review comes forward, so that no date slips."""

from __future__ import annotations

from dialogs.casework.clocks import REVIEW, dates
from dialogs.casework.facts import Known
from dialogs.desk import Desk
from dialogs.reply import Block, Bullets, Paragraph, Style
from state.values import london_day
from templates.days import day_text

RETURN = "scoping_return"


def late_returns(desk: Desk, one: Known) -> list[Block]:
    """A warning with each open return that is due after the review's date as it is counted now; nothing where there is none."""
    review = next((date for date in dates(desk.kit, one, desk.turn.at) if date.kind == REVIEW and date.met is None), None)
    if review is None:
        return []
    day = london_day(review.due)
    rows = [row for row in one.deadlines if row.kind == RETURN and row.met is None and london_day(row.due) > day]
    if not rows:
        return []
    lines = tuple(f"{_name(desk, row.owner)}: {day_text(london_day(row.due))}" for row in rows)
    return [Paragraph(desk.words("casework.after_the_review", day=day_text(day)), Style.WARNING), Bullets(lines)]


def _name(desk: Desk, organisation: str) -> str:
    known = desk.organisation(organisation)
    return known.name if known else organisation
