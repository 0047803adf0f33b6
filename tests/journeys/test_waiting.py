"""What waits for me, and where help leads: an agency lead, a coordinator, a manager, a partner who signs, a practitioner."""

from __future__ import annotations

from review_steps import LA, name_panel, notified_case, ready, sent, set_meeting, sign, written
from scoping_steps import REFERENCE, asked, everything_in_channels, referred
from story import Story, text_of

from dialogs.home import MOST
from state.scoping_records import NoticeRecord


def actions(story: Story) -> list[str]:
    """The buttons of the newest card."""
    return [button.action for button in story.card.buttons]


async def test_help_offers_first_what_each_person_is_likeliest_to_need(story: Story) -> None:
    first = {"coordinator": ["mine", "open_referrals"], "manager": ["mine", "open_referrals"], "police-lead": ["mine"]}
    for person, offered in first.items():
        said = text_of(await story.as_(person).says("help"))
        assert actions(story)[: len(offered)] == offered
        assert ('type "status" and its reference' in said) == (person != "police-lead")
    await story.as_("practitioner").says("help")
    assert actions(story) == ["begin_referral", "my_referrals", "mine"]


async def test_an_agency_lead_is_shown_the_open_requests_until_they_are_answered(story: Story) -> None:
    await story.as_("police-lead").says("what is waiting for me?")
    assert "Nothing waits for you now." in text_of(story.newest)
    requests = await asked(story, "police", "fire")
    await story.as_("police-lead").says("help")
    said = text_of(await story.press("mine"))
    assert f"{REFERENCE}, Test Police: Nobody has opened it yet. Please answer by Monday 30 November 2026 at 17:00." in said
    assert "Test Fire" not in said
    assert "Test Child" not in said
    await story.press("open_request")
    assert "Test Mother Zephyrine" in text_of(story.newest)
    await story.later(days=9)
    assert "Your answer was due Monday 30 November 2026 at 17:00." in text_of(await story.says("my tasks"))
    await story.as_("coordinator").press_raw("do_withdraw", requests["police"].id, {"reason": "Not needed."})
    assert "Nothing waits for you now." in text_of(await story.as_("police-lead").says("my tasks"))


async def test_a_coordinator_is_shown_what_is_undone_in_each_case(story: Story) -> None:
    requests = await asked(story, "police", "fire")
    case = requests["police"].case
    await story.write(NoticeRecord(id="n", case=case, kind="question", by="t/x", at=story.clock.now(), content={}))
    said = text_of(await story.as_("coordinator").says("what is waiting for me"))
    assert "Next date: Notification to the National Panel, due Friday 27 November 2026 at 17:00." in said
    assert "Answers awaited: 2. Questions of agencies: 1." in said
    await story.later(days=5)
    assert "This date has passed: Notification to the National Panel" in text_of(await story.says("my tasks"))
    await story.press("show_case")
    assert f"Case {REFERENCE}" in "\n".join(text_of(one) for one in story.heard[-3:])


async def test_a_manager_can_look_at_each_case_from_the_list(story: Story) -> None:
    await referred(story)
    for words in ("open referrals", "what is waiting for me"):
        await story.as_("manager").says(words)
        assert actions(story) == ["show_case"]
    await story.press("show_case")
    assert "Case NS-2026-0001" in text_of(story.newest)


async def test_a_partner_is_led_to_the_review_they_sign(story: Story) -> None:
    case = await ready(story)
    await written(story, case)
    said = text_of(await story.as_(LA).says("what is waiting for me"))
    assert "NS-2026-0001: You take part in it. Please open it to see what is left to write or sign." in said
    await story.press("review")
    assert "sign_off_review" in actions(story)
    await sign(story, case, LA)
    await story.says(f"rapid review {REFERENCE}")
    assert actions(story) == ["write_review", "read_pack"]


async def test_a_practitioner_is_shown_their_referrals_and_what_they_began(story: Story) -> None:
    await referred(story)
    said = text_of(await story.as_("practitioner").says("what is waiting for me"))
    assert "NS-2026-0001: Sent on Monday 23 November 2026." in said
    await story.says("refer a child")
    await story.press("start_referral")
    assert "Last worked on" in text_of(await story.says("what is waiting for me"))
    assert actions(story) == ["resume"]


async def test_nothing_of_it_is_said_in_a_channel(story: Story) -> None:
    await asked(story, "police")
    before = everything_in_channels(story).count(REFERENCE)
    await story.as_("police-lead", in_channel="police").says("what is waiting for me")
    assert "one to one" in text_of(story.newest)
    assert everything_in_channels(story).count(REFERENCE) == before


async def test_more_cases_than_buttons_can_still_be_reached(story: Story) -> None:
    for _ in range(MOST + 1):
        await referred(story)
    for words in ("open referrals", "what is waiting for me"):
        said = text_of(await story.as_("coordinator").says(words))
        assert len(actions(story)) == MOST
        assert 'type "status" and its reference' in said


async def test_who_names_no_case_is_told_to_add_the_reference(story: Story) -> None:
    await referred(story)
    for words in ("requests", "status", "rapid review"):
        assert "Please type the reference of the case as well" in text_of(await story.as_("coordinator").says(words))


async def test_returns_that_are_due_together_stand_on_one_line(story: Story) -> None:
    await asked(story, "police", "fire", "gp")
    said = text_of(await story.as_("coordinator").says(f"status {REFERENCE}"))
    assert "3 returns of agencies: Due Monday 30 November 2026 at 17:00. Whose move: the agencies." in said
    assert "An agency's return" not in said
    assert "requests" in actions(story)


async def test_an_organisation_that_types_requests_is_shown_its_own(story: Story) -> None:
    await asked(story, "police")
    for words in ("requests", "we do not know them", "I have a question"):
        assert "Please choose a request." in text_of(await story.as_("police-lead").says(words))
        assert actions(story) == ["open_request"]
    await story.says("I need more time")
    assert actions(story) == ["ask_time"], "of one request there is nothing to choose"
    assert 'type "requests" and its reference' in text_of(await story.as_("coordinator").says("open request"))


async def test_a_coordinator_who_types_withdraw_is_asked_who_decided_it(story: Story) -> None:
    await referred(story)
    assert f"Close {REFERENCE}" in text_of(await story.as_("coordinator").says(f"withdraw {REFERENCE}"))


async def test_before_anything_is_asked_the_review_offers_only_what_can_be_done(story: Story) -> None:
    await referred(story)
    await story.as_("coordinator").says(f"rapid review {REFERENCE}")
    assert actions(story) == ["write_review", "read_pack", "pack"]


async def test_once_the_review_was_sent_the_case_leads_to_the_reply(story: Story) -> None:
    case = await sent(story)
    await story.as_("coordinator").press_raw("show_case", case.id)
    assert actions(story) == ["review", "panel_reply", "requests", "open_case", "documents", "more_case"]


async def test_another_view_of_a_partner_is_told_to_the_coordinator(story: Story) -> None:
    case = await ready(story)
    await written(story, case)
    await sign(story, case, LA, agreed="no", dissent="We would ask for a national review.")
    told = text_of(story.channel.said["channel:coordinators"][-1])
    assert "was signed for the local authority, with another view." in told
    assert "national review" not in told


async def test_who_begins_is_not_told_that_they_carry_on(story: Story) -> None:
    requests = await asked(story, "police")
    await story.as_("police-lead").press_raw("not_known_to_us", requests["police"].id)
    assert "carry on where you were" not in text_of(await story.press("begin_nil"))
    await story.press("confirm", {one.id: one.value for one in story.card.inputs})
    await story.says("pause")
    assert "carry on where you were" in text_of(await story.says("carry on"))


async def test_who_takes_part_can_be_changed_and_attendance_comes_after_the_meeting_began(story: Story) -> None:
    case = await notified_case(story)
    await set_meeting(story, case)
    await name_panel(story, case)
    await story.says(f"rapid review {REFERENCE}")
    assert {"meeting", "panel_people"} <= set(actions(story))
    assert not story.has("attendance")
    await story.later(days=10)
    await story.says(f"rapid review {REFERENCE}")
    assert {"attendance", "panel_people"} <= set(actions(story))
    assert not story.has("meeting")
    await story.press("panel_people")
    assert "Who takes part in the review" in text_of(story.newest)


async def test_a_reference_alone_leads_each_person_to_what_is_theirs(story: Story) -> None:
    await asked(story, "police")
    assert f"Case {REFERENCE}" in text_of(await story.as_("coordinator").says(REFERENCE))
    assert "Sent on Monday 23 November 2026." in text_of(await story.as_("practitioner").says(f"{REFERENCE}?"))
    assert "Names to search under" in text_of(await story.as_("police-lead").says(REFERENCE))
    assert "You cannot read this case." in text_of(await story.as_("nurse").says(REFERENCE))


async def test_a_practitioner_who_waits_is_told_where_it_stands(story: Story) -> None:
    await referred(story)
    for words in ("what happens now?", "when will I know", "has it been decided?", "any news"):
        assert "The coordinator has it." in text_of(await story.as_("practitioner").says(words))
