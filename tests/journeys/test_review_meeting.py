"""The rapid review's meeting: set within the review date or with a reason, the three partners, moved, two people at once."""

from __future__ import annotations

from review_steps import (
    ICB,
    LA,
    calendar_of,
    files,
    heard_by,
    id_of,
    name_panel,
    notified_case,
    pressed,
    set_meeting,
    whole,
    words_of,
)
from story import Story, text_of

from dialogs.reply import Button


async def test_a_meeting_is_set_with_agenda_and_calendar_and_no_name_in_either(story: Story) -> None:
    case = await notified_case(story)
    said = text_of(await set_meeting(story, case))
    assert "Wednesday 2 December 2026 at 10:00" in said
    assert text_of(story.channel.updates[-1][1]) == "This card is done.", "nobody sets the same meeting twice"
    kept = await whole(story)
    assert kept.meeting is not None
    assert (kept.meeting.sequence, kept.meeting.venue, kept.meeting.delay_reason) == (0, "Test Hall", "")
    assert kept.case is not None
    assert kept.case.status == "reviewing"
    assert files(story, "05 Rapid review") == ["NS-2026-0001 3 Agenda v1.docx", "NS-2026-0001 3 Meeting 1 v1.ics"]
    assert "Nobody has been named yet." in words_of(story, "NS-2026-0001 3 Agenda v1.docx")
    calendar = calendar_of(story, "NS-2026-0001 3 Meeting 1 v1.ics")
    assert "SEQUENCE:0" in calendar
    assert "NS-2026-0001" in calendar
    assert "Test Child" not in calendar


async def test_beyond_the_review_date_only_with_a_reason_that_is_kept_for_the_panel(story: Story) -> None:
    case = await notified_case(story)
    said = text_of(await set_meeting(story, case, "17 December 2026 at 10:00"))
    assert "This is after the review date, Monday 14 December 2026. Please say why." in said
    assert (await whole(story)).meeting is None
    said = text_of(await set_meeting(story, case, "17 December 2026 at 10:00", delay="A partner is ill."))
    assert "Your reason will be told to the National Panel." in said
    meeting = (await whole(story)).meeting
    assert meeting is not None
    assert meeting.delay_reason == "A partner is ill."


async def test_a_day_without_a_time_is_asked_for_again(story: Story) -> None:
    case = await notified_case(story)
    said = text_of(await set_meeting(story, case, "2 December 2026"))
    assert "Please give the day and the time" in said
    assert (await whole(story)).meeting is None


async def test_who_speaks_for_no_partner_is_said_and_who_is_named_may_read(story: Story) -> None:
    case = await notified_case(story)
    await set_meeting(story, case)
    inputs = {"partner_local_authority": id_of(story, LA), "panel": id_of(story, "nurse")}
    said = text_of(await pressed(story, "panel_people", case.id, inputs))
    assert "Nobody speaks for the integrated care board yet." in said
    assert "Nobody speaks for the police yet." in said
    assert "the local authority" not in said
    people = {(one.person, one.relation, one.reason) for one in (await whole(story)).case_people}
    assert (id_of(story, LA), "partner", "local_authority") in people
    assert (id_of(story, "nurse"), "panel_member", "") in people
    story.as_("nurse")
    assert "Pack of the rapid review" in text_of(await story.press_raw("read_pack", case.id))


async def test_somebody_who_is_not_known_here_can_speak_for_a_partner(story: Story) -> None:
    case = await notified_case(story)
    await set_meeting(story, case)
    story.as_("coordinator")
    inputs = {"membership": "Test Superintendent", "agency": "Test Police", "partner": "police"}
    said = text_of(await pressed(story, "add_participant", case.id, inputs))
    assert "the police" not in said
    assert "Nobody speaks for the local authority yet." in said


async def test_who_is_taken_off_the_panel_cannot_read_any_more(story: Story) -> None:
    case = await notified_case(story)
    await set_meeting(story, case)
    await name_panel(story, case, ("nurse",))
    await name_panel(story, case, ())
    story.as_("nurse")
    assert "You cannot read this case" in text_of(await story.press_raw("read_pack", case.id))


async def test_one_person_cannot_speak_for_two_partners(story: Story) -> None:
    case = await notified_case(story)
    await set_meeting(story, case)
    inputs = {"partner_local_authority": id_of(story, LA), "partner_icb": id_of(story, LA)}
    assert "One person can speak for one partner only." in text_of(await pressed(story, "panel_people", case.id, inputs))


async def test_invitations_have_a_reference_and_a_time_and_are_answered(story: Story) -> None:
    case = await notified_case(story)
    await set_meeting(story, case)
    await name_panel(story, case)
    story.as_(ICB)
    invited = text_of(story.newest)
    assert "NS-2026-0001" in invited
    assert "Wednesday 2 December 2026 at 10:00" in invited
    assert "Test Child" not in invited
    assert "Test Hall" not in invited
    assert 'type "rapid review NS-2026-0001"' in invited
    await story.press("cannot_attend")
    told = text_of(story.channel.said["channel:coordinators"][-1])
    assert "Test Chief Nurse cannot come" in told
    assert "nobody speaks for the integrated care board" in told
    reply = {one.person: one.reply for one in (await whole(story)).attendances}
    assert reply[id_of(story, ICB)] == "cannot"


async def test_a_moved_meeting_keeps_its_calendar_id_and_asks_again(story: Story) -> None:
    case = await notified_case(story)
    await set_meeting(story, case)
    await name_panel(story, case)
    await story.as_(ICB).press("attend")
    await set_meeting(story, case, "9 December 2026 at 14:00")
    first = calendar_of(story, "NS-2026-0001 3 Meeting 1 v1.ics")
    gone = calendar_of(story, "NS-2026-0001 3 Meeting 1 cancelled v1.ics")
    second = calendar_of(story, "NS-2026-0001 3 Meeting 2 v1.ics")
    uid = next(line for line in first.splitlines() if line.startswith("UID:"))
    assert uid in gone
    assert "STATUS:CANCELLED" in gone
    assert uid in second
    assert "SEQUENCE:1" in second
    assert {one.reply for one in (await whole(story)).attendances} == {""}
    story.as_(ICB)
    assert "Wednesday 9 December 2026 at 14:00" in text_of(story.newest)
    assert any("has moved. You have a new invitation." in text_of(reply) for _, reply in story.channel.updates)


async def test_an_old_invitation_is_not_an_answer_to_the_new_one(story: Story) -> None:
    case = await notified_case(story)
    await set_meeting(story, case)
    await name_panel(story, case)
    number = len(story.as_(ICB).heard)
    await set_meeting(story, case, "9 December 2026 at 14:00")
    story.as_(ICB)
    said = text_of(await story.press_card(number, "attend", {}))
    assert "The meeting has moved to Wednesday 9 December 2026 at 14:00." in said
    assert {one.reply for one in (await whole(story)).attendances} == {""}


async def test_a_meeting_moved_beyond_the_review_date_needs_a_reason(story: Story) -> None:
    case = await notified_case(story)
    await set_meeting(story, case)
    said = text_of(await set_meeting(story, case, "16 December 2026 at 14:00"))
    assert "Please say why" in said
    meeting = (await whole(story)).meeting
    assert meeting is not None
    assert meeting.sequence == 0


async def test_two_people_who_move_it_at_once_do_not_undo_each_other(story: Story) -> None:
    case = await notified_case(story)
    await set_meeting(story, case)
    first = await story.press_raw("meeting", case.id)
    await set_meeting(story, case, "9 December 2026 at 14:00")
    story.as_("coordinator")
    assert first.card is not None
    number = next(n for n, reply in enumerate(story.heard, 1) if reply is first)
    said = text_of(await story.press_card(number, "set_meeting", {"starts": "3 December 2026 at 9:00", "length": "60"}))
    assert "Someone else has just set the meeting for Wednesday 9 December 2026 at 14:00." in said
    meeting = (await whole(story)).meeting
    assert meeting is not None
    assert meeting.sequence == 1


async def test_a_meeting_can_be_set_in_a_window_over_a_channel(story: Story) -> None:
    case = await notified_case(story)
    story.as_("coordinator", in_channel="coordinators")
    opened = await story.opens(Button(action="meeting", label="", target=case.id))
    assert [one.id for one in opened.inputs] == ["starts", "length", "venue", "delay"]
    after = await story.submits_window({"starts": "2 December 2026 at 10:00", "length": "90"})
    assert after.submit is not None
    assert after.submit.action == "name_panel"
    assert (await whole(story)).meeting is not None


async def test_who_was_there_is_recorded(story: Story) -> None:
    case = await notified_case(story)
    await set_meeting(story, case)
    await name_panel(story, case)
    await pressed(story, "attendance", case.id, {"attended": "1,2"})
    report = next(one for one in (await whole(story)).written if one.draft.form == "rapid_review")
    there = {path: answer.value for path, answer in report.answers.items() if path.endswith(".attended")}
    assert sorted(there.values()) == ["no", "no", "yes", "yes"]  # type: ignore[type-var]


async def test_others_cannot_set_it(story: Story) -> None:
    case = await notified_case(story)
    for person in ("manager", "police-lead", "practitioner"):
        story.as_(person)
        await story.press_raw("meeting", case.id)
        assert story.newest.card is None or not story.card.inputs
    assert (await whole(story)).meeting is None
    story.as_("coordinator", in_channel="coordinators")
    assert "one to one" in text_of(await story.press_raw("meeting", case.id)).casefold()


async def test_an_excluded_person_is_not_offered_and_not_named(story: Story) -> None:
    from state.records import CasePersonRecord

    case = await notified_case(story)
    nurse = id_of(story, "nurse")
    await story.write(CasePersonRecord(case=case.id, person=nurse, relation="excluded"))
    await set_meeting(story, case)
    await name_panel(story, case, ("nurse",))
    kept = await whole(story)
    assert (nurse, "panel_member") not in {(one.person, one.relation) for one in kept.case_people}
    story.as_("nurse")
    assert "You cannot read this case" in text_of(await story.press_raw("read_pack", case.id))
    assert "Pack" not in "".join(heard_by(story, "nurse"))


async def test_it_cannot_be_set_before_the_case_is_notified(story: Story) -> None:
    from msgspec import structs

    case = await notified_case(story)
    now = (await whole(story)).case
    assert now is not None
    await story.write(structs.replace(now, status="deciding"))
    said = text_of(await set_meeting(story, case))
    assert "There can be no meeting for NS-2026-0001 now." in said
