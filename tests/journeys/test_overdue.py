"""What is overdue, asked by everybody it may concern: the worst first, of the cases each may see, and what is due next."""

from __future__ import annotations

from scoping_steps import REFERENCE, asked
from story import Story, text_of

from dialogs.reply import Card, Facts


def facts(card: Card) -> dict[str, str]:
    """Every row of the answer."""
    return {label: text for block in card.blocks if isinstance(block, Facts) for label, text in block.rows}


def actions(card: Card) -> list[str]:
    return [button.action for button in card.buttons]


async def test_try(story: Story) -> None:
    await asked(story, "police", "fire")
    await story.later(days=9)
    story.as_("coordinator")
    print(text_of(await story.says("what is overdue")))
    print(text_of(await story.press("chase_dates", {"date": "all"})))
    print(text_of(story.channel.updates[-1][1]))
    print(text_of(await story.says("chase them")))
    print(text_of(await story.press("chase_all")))
    print(text_of(await story.says("who has not replied")))
    print(text_of(await story.says(f"who has not replied {REFERENCE}")))
    print(text_of(await story.says("what is due")))
    print(text_of(await story.says("give more time")))
    print(text_of(await story.as_("police-lead").says("give more time")))
    print(text_of(await story.as_("police-lead").says("export")))
    print(text_of(await story.as_("police-lead").says("what is overdue")))
    print(text_of(await story.as_("police-lead").says("export")))
    print([p for p in story.settings.library.rglob("*.xlsx")])
    assert 0
