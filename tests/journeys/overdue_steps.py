"""Steps that the stories about overdue dates share: reading an answer, and many dates at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from story import Story, text_of

from dialogs.reply import Card, Facts
from state.records import CaseRecord, DeadlineRecord


def facts(card: Card) -> list[tuple[str, str]]:
    """Every row of the answer, in order."""
    return [row for block in card.blocks if isinstance(block, Facts) for row in block.rows]


def labels(card: Card) -> list[str]:
    """What each row is about."""
    return [label for label, _ in facts(card)]


def actions(card: Card) -> list[str]:
    """The buttons of a card."""
    return [button.action for button in card.buttons]


def dates(card: Card) -> dict[str, str]:
    """The dates that can be chosen on a card, by what they are called."""
    return {choice.label: choice.value for asked in card.inputs if asked.id == "date" for choice in asked.choices}


def shown(story: Story) -> str:
    """The answer that was brought up to date last."""
    updates = [text_of(reply) for _, reply in story.channel.updates]
    return next(said for said in reversed(updates) if said.startswith("What is overdue"))


async def many(story: Story, count: int, *, restricted: Sequence[int] = (), days: int = -3) -> None:
    """So many cases, each with a date that fell due so many days ago, the first one the longest ago."""
    at = story.clock.now()
    for number in range(1, count + 1):
        case = CaseRecord(
            id=f"many-{number:03d}",
            reference=f"NS-2025-{number:04d}",
            status="reviewing",
            restricted=number in restricted,
            draft="none",
            referrer="test/referrer",
            received_at=at - timedelta(days=90),
            la_aware_at=at - timedelta(days=90),
        )
        date = DeadlineRecord(
            id=f"{case.id}:rapid_review",
            case=case.id,
            kind="rapid_review",
            owner="coordinator",
            due=at + timedelta(days=days - count + number),
            runs_from=at - timedelta(days=60),
            restricted=case.restricted,
        )
        await story.write(case, date)
