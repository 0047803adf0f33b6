"""Who is answered about delivery: everybody over what they may see, and in a channel only what all may read there."""

from __future__ import annotations

import pytest
from delivery_steps import COORDINATORS, GONE, NOT_THERE, ask, did_it_reach, in_general
from msgspec.structs import replace
from referral_steps import ONE_CHILD, begin, fill_in
from scoping_steps import REFERENCE, asked, case_of, id_of, referred, requests_of
from story import Story, text_of

from bot.console.places import who_is
from state.records import CasePersonRecord, GrantRecord


async def test_an_agency_lead_hears_of_their_own_request_alone(story: Story) -> None:
    for channel in ("channel:police", "channel:test-hospital-trust"):
        story.channel.broken[channel] = NOT_THERE
    await asked(story, "police", "test-hospital-trust")
    story.as_("police-lead")
    said = await did_it_reach(story)
    assert "Test Police: Not delivered." in said
    assert "Hospital" not in said
    assert not story.card.buttons
    said = await in_general(story)
    assert "NS-2026-0001, Test Police: the request: Not delivered." in said
    assert "Hospital" not in said
    assert not story.card.buttons


async def test_an_agency_lead_of_an_organisation_that_was_not_asked_hears_nothing(story: Story) -> None:
    await asked(story, "test-hospital-trust")
    story.as_("police-lead")
    assert "cannot read this case" in await did_it_reach(story)
    assert (await story.parts.store.history("partnership"))[-1].kind == "refused"


async def test_a_manager_sees_all_and_sends_again_but_does_not_change_to_email(story: Story) -> None:
    story.channel.broken["channel:police"] = NOT_THERE
    await asked(story, "police")
    story.as_("manager")
    assert "Test Police: Not delivered" in await did_it_reach(story)
    assert [one.action for one in story.card.buttons] == ["send_again", "show_case"]
    case = (await case_of(story)).id
    await story.press_raw("use_email", case, {"requests": (await requests_of(story))["police"].id})
    assert (await requests_of(story))["police"].delivery == "channel"
    await did_it_reach(story)
    del story.channel.broken["channel:police"]
    assert "is sent again" in text_of(await story.press("send_again"))


async def test_an_excluded_coordinator_hears_nothing(story: Story) -> None:
    story.channel.broken["channel:police"] = NOT_THERE
    await asked(story, "police")
    case = await case_of(story)
    await story.write(CasePersonRecord(case=case.id, person=id_of(story, "coordinator"), relation="excluded"))
    assert REFERENCE not in await in_general(story)
    assert "Test Police" not in await did_it_reach(story)
    assert "Test Police" not in text_of(await story.press_raw("see_delivery", case.id))
    assert "Test Police" not in text_of(await story.press_raw("send_again", case.id))


async def test_a_practitioner_hears_whether_their_own_referral_was_read(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    assert "No coordinator has read it yet. They have been told." in await in_general(story)
    assert "It was received on Monday 23 November 2026" in await did_it_reach(story)
    await story.as_("coordinator").says(f"open {REFERENCE}")
    assert "A coordinator first read it on" in await did_it_reach(story.as_("practitioner"))
    assert "cannot read this case" in await did_it_reach(story.as_("head-teacher"))


async def test_a_practitioner_whose_referral_reached_nobody_is_told_to_ring(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    story.channel.broken[COORDINATORS] = GONE
    await story.press("submit")
    for said in (await in_general(story), await did_it_reach(story)):
        assert "The message to them did not get through." in said
        assert "Please ring Test Coordinator on 01632 960010" in said


async def test_a_lead_whose_organisation_was_not_asked_hears_of_nothing_in_general(story: Story) -> None:
    story.channel.broken["channel:police"] = NOT_THERE
    await asked(story, "police")
    assert "You have not begun a referral." in await in_general(story.as_("nurse"))


@pytest.mark.parametrize("who", ["manager", "police-lead", "nurse", "practitioner"])
async def test_a_restricted_case_is_there_for_its_list_alone(story: Story, who: str) -> None:
    await referred(story, restricted=True)
    assert REFERENCE in await did_it_reach(story)
    story.as_(who)
    if who != "practitioner":
        assert "Delivery" not in await did_it_reach(story)
    assert "Test Coordinator" not in await in_general(story)


async def test_in_a_channel_a_restricted_case_is_in_no_answer(story: Story) -> None:
    await referred(story, restricted=True)
    story.as_("coordinator", in_channel="coordinators")
    assert REFERENCE not in await did_it_reach(story)
    assert REFERENCE not in await ask(story, "what have we sent this year")


async def test_in_the_coordinators_channel_nobody_is_named_and_nothing_is_asked(story: Story) -> None:
    for channel in ("channel:police", "channel:test-hospital-trust"):
        story.channel.broken[channel] = NOT_THERE
    await asked(story, "police", "test-hospital-trust", "fire")
    story.as_("coordinator")
    await story.says(f"requests {REFERENCE}")
    await story.press("show_emails")
    await story.press("emailed", {"sent": (await requests_of(story))["fire"].id})
    story.as_("coordinator", in_channel="coordinators")
    said = await did_it_reach(story)
    assert "2 of 3 requests may not have arrived" in said
    assert "By secure email. It was marked as sent on" in said
    assert "Test Coordinator" not in said
    assert not story.card.inputs
    assert [one.action for one in story.card.buttons] == ["see_delivery", "show_case"]
    await story.press("see_delivery")
    assert "Test Coordinator said on" in text_of(story.channel.said["coordinator"][-1])


async def test_in_an_organisations_channel_only_its_own_request_is_named(story: Story) -> None:
    await asked(story, "police", "test-hospital-trust")
    story.channel.broken["channel:test-hospital-trust"] = NOT_THERE
    for who in ("coordinator", "police-lead"):
        story.as_(who, in_channel="police")
        for said in (await did_it_reach(story), await ask(story, "what have we sent this year"), await in_general(story)):
            assert "Hospital" not in said
        assert "Test Police" in await did_it_reach(story)


async def test_what_was_put_to_one_person_is_not_named_in_the_channel(story: Story) -> None:

    request = (await asked(story, "police"))["police"]
    await story.write(replace(request, delivery="private", senior=id_of(story, "police-lead"), quiet=True))
    story.as_("coordinator", in_channel="police")
    assert "Test Police" not in await did_it_reach(story)
    assert "NS-2026-0001:" not in await ask(story, "what have we sent this year")


async def test_from_any_other_channel_the_answer_comes_one_to_one(story: Story) -> None:
    await asked(story, "police")
    story.as_("coordinator", in_channel="somewhere")
    said = await did_it_reach(story)
    assert "Test Police" not in said
    assert "your own chat" in said
    assert "Test Police: The console took it" in text_of(story.channel.said["coordinator"][-1])


async def test_a_deputy_hears_what_the_lead_hears(story: Story) -> None:
    await asked(story, "police")
    who = who_is(next(one for one in story.people if one.id == "head-teacher")).id
    made = GrantRecord(
        id="d", person=who, role="deputy", organisation="police", granted_by="test", granted_at=story.clock.now()
    )
    await story.write(made)
    assert "Test Police: The console took it" in await did_it_reach(story.as_("head-teacher"))
