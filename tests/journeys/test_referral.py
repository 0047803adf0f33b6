"""A practitioner raises a referral in chat."""

from __future__ import annotations

from pathlib import Path

from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of

from bot.console.places import who_is
from dialogs.turn import Press, Turn
from state.snapshot import Wanted


async def test_a_whole_referral_ends_with_a_reference_and_a_word_file(story: Story, tmp_path: Path) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    assert "Test Child One" in "\n".join(text_of(reply) for reply in story.heard[-4:])

    sent = await story.press("submit")

    assert "NS-2026-0001" in text_of(sent)
    made = list((tmp_path / "library").rglob("*.docx"))
    assert [path.name for path in made] == ["NS-2026-0001 1a Referral v1.docx"]
    told = story.channel.said["channel:coordinators"]
    assert "NS-2026-0001" in text_of(told[-1])
    assert "Test Child" not in text_of(told[-1])


async def test_the_button_pressed_twice_begins_one_referral(story: Story) -> None:
    """Two presses in one moment, each with an id of its own, as a double click comes from Teams and Slack."""
    await story.as_("practitioner").says("refer a child")
    begin = story.button("start_referral")
    said = len(story.heard)
    for number in (1, 2):
        made = Turn(
            id=f"click-{number}",
            who=who_is(story.me),
            place=story.place,
            said=Press(action=begin.action, card="card-1"),
            at=story.clock.now(),
        )
        await story.parts.house.take(made)
    await story.settle()
    assert len(story.heard) == said + 1
    seen = await story.parts.store.read(Wanted(turn="", person=who_is(story.me).id, place=story.place.id, mine=True))
    assert len(seen.my_drafts) == 1
    await story.later(seconds=10)
    await story.says("refer a child")
    await story.press("start_referral")
    seen = await story.parts.store.read(Wanted(turn="", person=who_is(story.me).id, place=story.place.id, mine=True))
    assert len(seen.my_drafts) == 2
