"""How fast one person may speak."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace
from story import Story, text_of

from bot.house import TheHouse
from bot.pace import Answer, Pace
from dialogs.reply import window_from
from dialogs.turn import SubmitWindow, Text

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_flood_is_told_once_a_minute_and_nobody_else_is_held_up() -> None:
    pace = Pace(most=3)
    at = [NOW + timedelta(seconds=n) for n in range(6)]
    assert [pace.answer("a", when) for when in at] == [Answer.TAKE] * 3 + [Answer.SAY_NO] + [Answer.DROP] * 2
    assert pace.answer("b", at[-1]) is Answer.TAKE
    assert pace.answer("a", NOW + timedelta(seconds=61)) is Answer.TAKE


async def test_what_was_too_fast_is_not_taken_and_said_so(story: Story) -> None:
    parts = story.parts
    house = TheHouse(parts.store, parts.kit, parts.courier, story.clock, Pace(most=2))
    story.parts = replace(parts, house=house)
    await story.says("hello")
    await story.says("help")
    assert "in a minute" in text_of(await story.says("I need to refer a child"))
    heard = len(story.heard)
    await story.take(Text("hello"))
    assert len(story.heard) == heard
    await story.take(SubmitWindow(action="window_save", inputs={"name": "Test Child"}))
    assert "in a minute" in window_from(story.answer).closed_text, "a window never closes as if it had been kept"
    story.clock.move(timedelta(minutes=1))
    assert "999" in text_of(await story.says("I need to refer a child"))
