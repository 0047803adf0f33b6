"""The notification was sent early: the review comes forward, and returns that now fall due after it are named."""

from __future__ import annotations

from case_steps import decide, said_in
from scoping_steps import asked, case_of, requests_of
from story import Story, text_of

EARLY = {"notified_at": "today at 9:30am", "notification_reference": "TEST-9"}


async def until(story: Story, day: str) -> None:
    """The coordinator gives an organisation until that day."""
    (request,) = (await requests_of(story)).values()
    await story.as_("coordinator").press_raw("give_time", request.id)
    await story.press("keep_time", {"until": day, "reason": "A test reason."})


async def sent(story: Story) -> str:
    case = await case_of(story)
    await story.as_("coordinator").press_raw("notified", case.id)
    return text_of(await story.press("save_notified", EARLY))


async def test_a_return_that_falls_due_after_the_review_is_named_to_the_coordinators(story: Story) -> None:
    await asked(story, "police")
    await decide(story, await case_of(story))
    await until(story, "17 December 2026")
    said = await sent(story)
    assert "The rapid review is now due on Monday 14 December 2026" in said
    assert "Test Police: Thursday 17 December 2026" in said
    assert said_in(story, "channel:coordinators").count("Test Police: Thursday 17 December 2026") == 1


async def test_a_return_that_comes_before_it_is_not(story: Story) -> None:
    await asked(story, "police")
    await decide(story, await case_of(story))
    await until(story, "14 December 2026")
    assert "These returns fall due after it" not in await sent(story)
    assert "These returns fall due after it" not in said_in(story, "channel:coordinators")
