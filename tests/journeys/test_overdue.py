"""What is overdue, asked by everybody it may concern: the worst first, of the cases each may see, and what is due next."""

from __future__ import annotations

from scoping_steps import asked
from story import Story, text_of


async def test_try(story: Story) -> None:
    await asked(story, "police", "fire")
    await story.later(days=9)
    for who in ("coordinator", "manager", "police-lead", "practitioner"):
        print(who)
        print(text_of(await story.as_(who).says("what is overdue")))
        print(story.card.inputs)
    assert 0
