"""A practitioner raises a referral in chat."""

from __future__ import annotations

from pathlib import Path

from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of


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
