"""Several requests on one card, a line each, and sentences, said where they may be read."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.answers.scope import answer
from dialogs.desk import Desk
from dialogs.reply import Block, Card, Facts, Paragraph, Reply, Style
from state.records import CaseRecord

MOST = 12
"""Requests on one card."""
Row = tuple[str, str]


def listed(desk: Desk, title: str, lines: Sequence[Row]) -> Reply:
    """The first of them, and how many more there are."""
    blocks: list[Block] = [Facts(tuple(lines[:MOST]))]
    if len(lines) > MOST:
        blocks.append(Paragraph(desk.words("answers_asked.more_requests", count=len(lines) - MOST), Style.QUIET))
    return Reply(card=Card(title=title, blocks=tuple(blocks)), preview=desk.words("filling.preview"))


def answer_text(desk: Desk, case: CaseRecord | None, text: str) -> None:
    """A sentence, said where it may be read."""
    answer(desk, Reply(text=text, preview=desk.words("filling.preview")), case, ())
