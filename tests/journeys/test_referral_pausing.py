"""Pausing and carrying on: another day, another device, after a restart; several drafts at once."""

from __future__ import annotations

from datetime import timedelta

from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of


async def test_paused_and_carried_on_another_day_from_another_device(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.address")
    said = text_of(await story.says("pause"))
    assert "Everything is saved" in said
    story.clock.move(timedelta(days=3))

    story.as_("practitioner", device="telephone")
    assert "We carry on where you were" in text_of(await story.says("carry on"))

    assert story.asked == "children.1.address"
    await fill_in(story, ONE_CHILD)
    assert "NS-2026-0001" in text_of(await story.press("submit"))


async def test_carried_on_after_a_restart_in_the_middle(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.address")

    await story.restart()

    await story.says("2 Test Road, Testtown")
    await fill_in(story, ONE_CHILD)
    draft = story.button("submit").target
    assert (await story.answers_of(draft))["children.1.address"].value == "2 Test Road, Testtown"
    await story.restart()
    assert "NS-2026-0001" in text_of(await story.press("submit"))


async def test_several_drafts_at_once_are_each_resumable(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.name")
    first = story.button("answer").target
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.date_of_birth")
    second = story.button("answer").target
    assert first != second

    listed = await story.says("my referrals")
    assert text_of(listed).count("Last worked on") == 2
    targets = [button.target for button in story.card.buttons if button.action == "resume"]
    assert targets == [second, first], "newest touched first"

    await story.press_on("resume", target=first)
    assert story.asked == "children.1.name"
    await story.says("my referrals")
    await story.press_on("resume", target=second)
    assert story.asked == "children.1.date_of_birth"


async def test_a_draft_says_when_it_was_last_worked_on(story: Story) -> None:
    await begin(story)
    story.clock.move(timedelta(days=2))
    await fill_in(story, ONE_CHILD, until="children.1.name")
    await story.says("pause")
    assert "25 November 2026" in text_of(await story.says("my referrals"))


async def test_cancel_asks_first_and_keep_goes_on_where_one_was(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.address")
    assert "Do you want to cancel" in text_of(await story.says("cancel"))
    await story.press("keep")
    assert story.asked == "children.1.address"

    await story.says("cancel")
    await story.says("no")
    assert story.asked == "children.1.address"

    await story.says("cancel")
    assert "is cancelled" in text_of(await story.press("confirm_cancel"))
    assert "have not begun" in text_of(await story.says("my referrals"))


async def test_a_card_of_a_cancelled_or_a_sent_referral_says_so(story: Story) -> None:
    await begin(story)
    card = len(story.heard)
    await story.says("cancel")
    await story.press("confirm_cancel")
    assert "was cancelled" in text_of(await story.press_card(card, "confirm", {}))

    await begin(story)
    card = len(story.heard)
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    assert "is sent" in text_of(await story.press_card(card, "confirm", {}))
