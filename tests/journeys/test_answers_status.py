"""Where one request stands, as each person asks: in words, with and without a case, one to one and in a channel."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec
import review_steps
from scoping_steps import REFERENCE, asked, case_of, everything_in_channels, id_of, referred, requests_of
from story import Story, text_of

from state.chasing_records import ChaseRecord
from state.records import CasePersonRecord
from state.scoping_records import Extension, RequestRecord
from state.values import LONDON

CARD = "NS-2026-0001: Test Police"


async def changed(story: Story, request: RequestRecord, **fields: object) -> None:
    now = (await requests_of(story))[request.organisation]
    await story.write(msgspec.structs.replace(now, **fields))


async def test_the_coordinator_is_told_everything_about_one_request(story: Story) -> None:
    requests = await asked(story, "police", "fire")
    said = text_of(await story.as_("coordinator").says("where is Police on NS-2026-0001"))
    assert CARD in said
    assert "How it stands: not opened yet" in said
    assert "Sent on: Monday 23 November 2026" in said
    assert "in its own channel" in said
    assert "Please answer by: Monday 30 November 2026 at 17:00" in said
    assert "Fire" not in said
    assert {one.action for one in story.card.buttons} >= {"chase_now", "hand_on", "give_time", "withdraw_request"}
    await story.press("give_time")
    assert "Why do you give more time?" in text_of(story.newest) or story.card.inputs
    police = requests["police"]
    asked_for = Extension(
        asked_by=id_of(story, "police-lead"), asked_at=story.clock.now(), new_date=date(2026, 12, 2), reason="Test reason"
    )
    await changed(story, police, extensions=(asked_for,), delegate=id_of(story, "nurse"), opened_at=story.clock.now())
    story.clock.set(datetime(2026, 12, 2, 9, tzinfo=LONDON))
    said = text_of(await story.says("status of police on NS-2026-0001"))
    assert "More time asked for until: Wednesday 2 December 2026" in said
    assert "2 working days late" in said
    assert "Given to: Test Nurse" in said
    assert "Opened on:" in said
    assert "Test reason" not in said


async def test_when_somebody_was_chased_last_is_said(story: Story) -> None:
    requests = await asked(story, "police")
    case, police = await case_of(story), requests["police"]
    chase = ChaseRecord(
        id=f"{case.id}:scoping_return:{police.id}",
        case=case.id,
        due=police.due or story.clock.now(),
        told_at=story.clock.now(),
        snoozed_until=story.clock.now() + timedelta(days=2),
        handed_to=id_of(story, "manager"),
    )
    await story.write(chase)
    said = text_of(await story.as_("coordinator").says("status of police on NS-2026-0001"))
    assert "Reminded last: Monday 23 November 2026" in said
    assert "Left alone until: Wednesday 25 November 2026" in said
    assert "Handed to: Test Manager" in said


async def test_a_request_is_chased_from_its_answer(story: Story) -> None:
    await asked(story, "police")
    for person in ("manager", "coordinator"):
        await story.as_(person).says("status of police on NS-2026-0001")
        assert story.card.buttons[0].action == "chase_now"
    await story.press("chase_now")
    assert "Reminded last: Monday 23 November 2026" in text_of(await story.says("status of police on NS-2026-0001"))


async def test_a_kind_with_several_organisations_is_a_line_each(story: Story) -> None:
    await asked(story, "police", "fire", "gp")
    said = text_of(await story.as_("manager").says("status of police and fire on NS-2026-0001"))
    assert "Test Police: not opened yet; due Monday 30 November 2026" in said
    assert "Test Fire and Rescue Service: not opened yet" in said
    assert "Surgery" not in said


async def test_who_was_not_asked_is_said(story: Story) -> None:
    await asked(story, "police")
    said = text_of(await story.as_("coordinator").says("status of housing on NS-2026-0001"))
    assert "was not asked about NS-2026-0001" in said
    assert "Housing" in said


async def test_an_agency_lead_asks_about_their_own_request(story: Story) -> None:
    await asked(story, "police", "fire")
    said = text_of(await story.as_("police-lead").says("status of police on NS-2026-0001"))
    assert CARD in said
    assert "How it stands: not opened yet" in said
    assert [one.action for one in story.card.buttons] == ["open_request"]
    said = text_of(await story.says("status of fire on NS-2026-0001"))
    assert "You can ask about your own organisation's requests." in said
    assert "Test Fire" not in said


async def test_after_the_answer_their_request_is_shown_and_the_case_is_not(story: Story) -> None:
    requests = await asked(story, "police", "fire")
    await changed(
        story, requests["police"], state="accepted", returned_at=story.clock.now(), author=id_of(story, "police-lead")
    )
    said = text_of(await story.as_("police-lead").says("NS-2026-0001"))
    assert "How it stands: accepted" in said
    assert "Written by: Test Police Lead" in said
    assert "Notification" not in said


async def test_over_all_open_cases(story: Story) -> None:
    await asked(story, "police", "fire")
    said = text_of(await story.as_("coordinator").says("status of police"))
    assert "Police: 1 not answered yet, of the cases you may see" in said
    assert "NS-2026-0001, Test Police: not opened yet; due Monday 30 November 2026" in said
    said = text_of(await story.as_("police-lead").says("status of police"))
    assert "NS-2026-0001, Test Police" in said
    said = text_of(await story.says("status of fire"))
    assert "You can ask about your own organisation's requests." in said
    for state in ("returned", "accepted"):
        await changed(story, (await requests_of(story))["police"], state=state)
        said = text_of(await story.as_("coordinator").says("status of police"))
        assert "Nothing waits for an answer from Police" in said


async def test_nobody_else_is_told_anything(story: Story) -> None:
    await asked(story, "police")
    for person in ("nurse", "practitioner", "head-teacher"):
        for words in ("status of police on NS-2026-0001", "status of police on NS-2026-0099"):
            said = text_of(await story.as_(person).says(words))
            assert "You cannot read this case" in said, (person, words, said)
        said = text_of(await story.says("status of police"))
        assert "NS-2026" not in said


async def test_in_the_organisations_channel_no_name_is_said(story: Story) -> None:
    requests = await asked(story, "police", "fire")
    await changed(story, requests["police"], delegate=id_of(story, "nurse"), opened_at=story.clock.now())
    story.as_("police-lead", in_channel="police")
    said = text_of(await story.says("status of police on NS-2026-0001"))
    assert CARD in said
    assert "Test Nurse" not in said
    assert not story.card.buttons


async def test_in_a_channel_of_somebody_else_it_is_sent_one_to_one(story: Story) -> None:
    await asked(story, "police", "fire")
    await story.as_("coordinator").says("hello")
    before = everything_in_channels(story)
    story.as_("coordinator", in_channel="police")
    assert "I have written to you one to one." in text_of(await story.says("status of fire on NS-2026-0001"))
    assert "Test Fire" not in everything_in_channels(story).removeprefix(before)
    assert "Test Fire" in text_of(story.as_("coordinator").newest)


async def test_a_restricted_case_is_there_for_those_on_its_list_alone(story: Story) -> None:
    case = await referred(story, restricted=True)
    request = RequestRecord(
        id="r",
        case=case.id,
        reference=REFERENCE,
        organisation="police",
        agency="police",
        state="sent",
        sent_at=story.clock.now(),
        due=story.clock.now() + timedelta(days=5),
    )
    await story.write(request)
    for person, there in (("coordinator", True), ("manager", False), ("police-lead", False)):
        story.as_(person)
        assert ("Test Police" in text_of(await story.says("status of police on NS-2026-0001"))) is there, person
        assert (REFERENCE in text_of(await story.says("status of police"))) is there, person
    story.as_("coordinator", in_channel="coordinators")
    for words in ("status of police", "status of police on NS-2026-0001"):
        assert REFERENCE not in text_of(await story.says(words))


async def test_somebody_excluded_is_told_nothing(story: Story) -> None:
    await asked(story, "police")
    case = await case_of(story)
    await story.write(CasePersonRecord(case=case.id, person=id_of(story, "police-lead"), relation="excluded"))
    said = text_of(await story.as_("police-lead").says("status of police on NS-2026-0001"))
    assert "You cannot read this case" in said
    assert REFERENCE not in text_of(await story.says("status of police"))


async def test_a_follow_up_asks_about_another_request_of_the_case(story: Story) -> None:
    await asked(story, "police", "fire")
    await story.as_("coordinator").says("status of police on NS-2026-0001")
    assert "NS-2026-0001: Test Fire and Rescue Service" in text_of(await story.says("and fire?"))
    assert "NS-2026-0001: timeline" in text_of(await story.says("show its timeline"))


async def test_status_without_a_name_is_about_what_is_ones_own(story: Story) -> None:
    await asked(story, "police")
    assert "Please type the reference of the case as well" in text_of(await story.as_("coordinator").says("status"))
    assert "NS-2026-0001" in text_of(await story.as_("police-lead").says("status"))
    assert "My referrals" in text_of(await story.as_("practitioner").says("status"))
    assert "You cannot read this case" in text_of(await story.as_("head-teacher").says("status"))


async def test_a_referrer_asks_about_one_referral_or_a_time(story: Story) -> None:
    await referred(story)
    await story.later(days=40)
    await referred(story)
    story.as_("practitioner")
    both = text_of(await story.says("my referrals"))
    assert both.count("NS-202") >= 2
    one = text_of(await story.says("status of my referral NS-2026-0001"))
    assert "NS-2026-0001" in one
    assert "NS-2027-0001" not in one
    november = text_of(await story.says("my referrals in November"))
    assert "NS-2026-0001" in november
    assert "NS-2027-0001" not in november


async def test_a_panel_member_is_told_where_the_case_and_a_request_stand(story: Story) -> None:
    await review_steps.ready(story)
    said = text_of(await story.as_(review_steps.LA).says("status of NS-2026-0001"))
    assert "Case NS-2026-0001" in said
    assert "You cannot" not in said
    assert not any(one.action in ("decide", "meeting", "close_case") for one in story.card.buttons)
    said = text_of(await story.says("status of police on NS-2026-0001"))
    assert "NS-2026-0001: Test Police" in said
    assert story.card.buttons == ()
