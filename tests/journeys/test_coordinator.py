"""The coordinator's side: told by reference, reading is recorded; entering a referral for somebody; my referrals."""

from __future__ import annotations

from datetime import UTC, datetime

from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of

SENDER = {
    "receipt_source": "telephone",
    "received_at": "20 November 2026 at 9am",
    "referrer_name": "Test Sender",
    "referrer_role": "Test GP",
    "referrer_agency": "Test Surgery",
    "referrer_email": "test.sender@example.org",
    "referrer_telephone": "01632 960199",
}


async def sent(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    await story.press("submit")


async def test_the_coordinator_is_told_by_reference_and_reading_is_recorded(story: Story) -> None:
    await sent(story)
    story.as_("coordinator")
    assert "Nobody has read it yet" in text_of(await story.says("open referrals"))
    await story.press("open_case")
    read = "\n".join(text_of(reply) for reply in story.heard[-4:])
    assert "Test Child One" in read
    assert "It has been read" in text_of(await story.says("open referrals"))
    case = story.button("show_case").target
    kinds = [row.kind for row in await story.parts.store.history(f"case:{case}")]
    assert kinds.count("case_read") == 1


async def test_nothing_that_identifies_is_read_out_in_a_channel(story: Story) -> None:
    await sent(story)
    story.as_("coordinator", in_channel="coordinators")
    said = text_of(await story.press("open_case"))
    assert "one to one" in said
    assert "Test Child" not in "\n".join(text_of(reply) for reply in story.heard)


async def test_a_manager_sees_the_list_and_is_refused_the_content(story: Story) -> None:
    await sent(story)
    story.as_("manager")
    assert "NS-2026-0001" in text_of(await story.says("open referrals"))
    assert "open_case" not in {button.action for button in story.card.buttons}
    case = (await story.cases())[0]
    assert "You cannot read this case" in text_of(await story.press_raw("open_case", case.id))
    kinds = [row.kind for row in await story.parts.store.history("partnership")]
    assert "refused" in kinds


async def test_a_referral_entered_for_somebody_else(story: Story) -> None:
    story.as_("coordinator")
    await story.says("enter a referral on behalf of someone")
    assert story.asked == "receipt_source"
    choices = {choice.value for choice in story.card.inputs[0].choices}
    source = "telephone" if "telephone" in choices else sorted(choices)[0]

    await fill_in(story, ONE_CHILD | SENDER | {"receipt_source": source})
    checked = "\n".join(text_of(reply) for reply in story.heard[-3:])
    assert "Test Sender" in checked
    assert "Friday 20 November 2026" in checked
    await story.press("submit")

    assert "NS-2026-0001" in text_of(story.newest)
    case = (await story.cases())[0]
    assert case.entered_by == f"{story.me.tenant}/{story.me.object}"
    assert case.received_at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert "pass it on to the sender" in text_of(story.newest)


async def test_only_a_coordinator_enters_one_for_somebody_else(story: Story) -> None:
    for person in ("practitioner", "manager", "nurse"):
        story.as_(person)
        assert "You cannot do that here" in text_of(await story.says("enter a referral on behalf of someone"))


async def test_a_coordinator_whose_role_ended_cannot_go_on_with_one(story: Story) -> None:
    story.as_("coordinator")
    await story.says("enter a referral on behalf of someone")
    card = len(story.heard)
    await story.end_role("coordinator")
    said = text_of(await story.press_card(card, "answer", {"received_at": "today at 9am"}))
    assert "not here, or it is not yours" in said


async def test_my_referrals_with_nothing_something_begun_and_something_sent(story: Story) -> None:
    assert "have not begun" in text_of(await story.says("my referrals"))
    await begin(story)
    assert "Begun and not sent" in text_of(await story.says("my referrals"))
    await story.press("resume")
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    mine = text_of(await story.says("my referrals"))
    assert "NS-2026-0001: Sent on" in mine
    assert "Test Child" not in mine


async def test_my_referrals_and_carry_on_are_not_for_a_channel(story: Story) -> None:
    await begin(story)
    story.as_("practitioner", in_channel="anywhere")
    for typed in ("my referrals", "carry on", "refer"):
        said = text_of(await story.says(typed))
        assert "one to one" in said
        assert "Last worked on" not in said
