"""Chasing by hand: ask now, ask later, leave it to me, hand it on; and who may not."""

from __future__ import annotations

import pytest
from asked import opens, sends
from case_steps import COORDINATORS as IN_COORDINATORS
from case_steps import second_coordinator
from chasing_steps import COORDINATORS, MANAGER, POLICE, Heard, answers_nil, at, by_day, chases, date_of
from scoping_steps import REFERENCE, asked, case_of, choose, history, id_of, referred, send, vetted
from story import Story, text_of

RETURN = "scoping_return"


async def the_return(story: Story, organisation: str = "police") -> str:
    """One organisation was asked; the id of its date. The coordinator speaks next."""
    requests = await asked(story, organisation)
    story.as_("coordinator")
    return await date_of(story, RETURN, requests[organisation].id)


async def test_chase_now_is_said_under_the_card_and_counted(story: Story) -> None:
    date = await the_return(story)
    heard = Heard(story)
    said = text_of(await story.press_raw("chase_now", date))
    assert said == f"{REFERENCE}, Test Police: its answer. They have been asked."
    [told] = heard.at(POLICE)
    assert "may we ask how your answer is going" in told
    assert "[Open the request]" in told
    row = next(one for one in await story.parts.store.ledger() if one.send.reminder)
    assert row.send.card.startswith("request:")
    assert (await chases(story))[date].told_at is not None
    assert "chased" in await history(story)


async def test_twice_on_a_day_is_said_first_and_done_on_a_second_word(story: Story) -> None:
    date = await the_return(story)
    await story.press_raw("chase_now", date)
    heard = Heard(story)
    assert "they were asked today already" in text_of(await story.press_raw("chase_now", date))
    assert heard.at(POLICE) == []
    await story.press("chase_again")
    assert len(heard.at(POLICE)) == 1
    story.clock.set(at("2026-11-24T10:00"))
    await story.press_raw("chase_now", date)
    assert len(heard.at(POLICE)) == 2


async def test_what_the_clock_said_today_counts_too(story: Story) -> None:
    date = await the_return(story)
    await story.passes(at("2026-11-26T10:00"))
    assert "they were asked today already" in text_of(await story.press_raw("chase_now", date))


async def test_chasing_by_hand_does_not_stop_the_ladder(story: Story) -> None:
    date = await the_return(story)
    await story.press_raw("chase_now", date)
    said = await by_day(story, "2026-12-05T12:00")
    assert [moment[:6] for moment, _ in said[POLICE]] == ["23 Nov", "26 Nov", "30 Nov", "01 Dec"]


async def test_at_night_it_goes_in_the_morning_and_that_is_said(story: Story) -> None:
    date = await the_return(story)
    story.clock.set(at("2026-11-27T20:00"))
    heard = Heard(story)
    said = text_of(await story.press_raw("chase_now", date))
    assert "they will be asked on Monday 30 November 2026 at 09:00" in said
    assert heard.at(POLICE) == []
    assert "This is what you can do" in text_of(await story.says("help")), "nothing waits behind it"
    story.clock.set(at("2026-11-30T09:00"))
    await story.settle()
    assert len(heard.at(POLICE)) == 1


async def test_once_the_return_is_in_nobody_is_asked(story: Story) -> None:
    date = await the_return(story)
    story.as_("police-lead", in_channel="police")
    await answers_nil(story, date.rpartition(":")[2])
    story.as_("coordinator")
    heard = Heard(story)
    assert "not open any more" in text_of(await story.press_raw("chase_now", date))
    assert heard.at(POLICE) == []


async def test_by_email_the_coordinator_is_told_what_to_do(story: Story) -> None:
    date = await the_return(story, "fire")
    heard = Heard(story)
    await story.press_raw("chase_now", date)
    assert any("Nobody has said that it went" in text for text in heard.at(COORDINATORS))


async def test_a_date_of_those_who_run_the_case_is_nobody_elses(story: Story) -> None:
    await the_return(story)
    date = await date_of(story, "notification", "1")
    assert "this is for those who run the case" in text_of(await story.press_raw("chase_now", date))


async def test_asking_later(story: Story) -> None:
    date = await the_return(story)
    await story.passes(at("2026-11-24T10:00"))
    await story.press_raw("snooze", date)
    assert "could not read that as a date" in text_of(await story.press("keep_snooze", {"until": "tomorow-ish"}))
    said = text_of(await story.press("keep_snooze", {"until": "30 November 2026"}))
    assert "I ask nobody before Monday 30 November 2026" in said
    found = await by_day(story, "2026-12-05T12:00")
    assert [moment for moment, _ in found[POLICE]] == ["30 Nov 09:00", "01 Dec 09:00"]
    assert "reminders_put_off" in await history(story)


async def test_past_the_rapid_review_only_after_a_warning(story: Story) -> None:
    from case_steps import decide

    date = await the_return(story)
    await decide(story, await case_of(story))
    story.as_("coordinator")
    await story.press_raw("snooze", date)
    warned = text_of(await story.press("keep_snooze", {"until": "1 March 2027"}))
    assert "is after the rapid review" in warned
    assert (await chases(story)).get(date) is None or (await chases(story))[date].snoozed_until is None
    said = text_of(await story.press("keep_snooze", {"until": "1 March 2027"}))
    assert "I ask nobody before Monday 1 March 2027" in said


async def test_a_date_of_the_guidance_that_was_put_off_is_told_to_the_manager_when_it_passes(story: Story) -> None:
    await the_return(story)
    date = await date_of(story, "notification", "1")
    await story.press_raw("snooze", date)
    await story.press("keep_snooze", {"until": "10 December 2026"})
    found = await by_day(story, "2026-12-20T12:00")
    told = [moment for moment, text in found[MANAGER] if "Notification to the National Panel was due" in text]
    assert told == ["30 Nov 09:00"]
    assert not [text for _, text in found[COORDINATORS] if "Notification to the National Panel is due" in text]


async def test_leave_this_one_to_me_and_let_it_go_on(story: Story) -> None:
    date = await the_return(story)
    await story.passes(at("2026-11-24T10:00"))
    assert "I write to you about it now" in text_of(await story.press_raw("leave_to_me", date))
    found = await by_day(story, "2026-12-01T12:00")
    assert found[POLICE] == []
    mine = [(moment, text) for moment, text in found["coordinator"] if "You said that you would chase it" in text]
    assert [moment for moment, _ in mine] == ["26 Nov 09:00", "30 Nov 09:00", "01 Dec 09:00"]
    story.as_("coordinator")
    await story.press_raw("let_go_on", date)
    found = await by_day(story, "2026-12-02T12:00")
    assert len(found["police-lead"]) == 1


async def test_a_date_of_the_guidance_cannot_be_left_to_anybody(story: Story) -> None:
    await the_return(story)
    date = await date_of(story, "notification", "1")
    assert "not an organisation's" in text_of(await story.press_raw("leave_to_me", date))


async def test_handing_on_tells_the_new_one_and_what_is_said_comes_to_them(story: Story) -> None:
    await second_coordinator(story)
    await the_return(story)
    date = await date_of(story, "notification", "1")
    await story.press_raw("hand_on", date)
    heard = Heard(story)
    said = text_of(await story.press("keep_hand_on", {"who": id_of(story, "second")}))
    assert "this is with Test Second Coordinator now. They have been told." in said
    assert any("this is with you now" in text for text in heard.at("second"))
    found = await by_day(story, "2026-12-05T12:00")
    assert [m for m, text in found["second"] if "Notification" in text] == ["25 Nov 09:00", "27 Nov 09:00", "30 Nov 09:00"]
    assert not [text for _, text in found[COORDINATORS] if "Notification" in text]
    assert [m for m, text in found[MANAGER] if "Notification" in text] == ["30 Nov 09:00"]
    story.as_("coordinator")
    heard = Heard(story)
    assert "They have been asked" in text_of(await story.press_raw("chase_now", date))
    assert len(heard.at("second")) == 1
    assert "now with Test Second Coordinator" in text_of(await story.press_raw("case_dates", (await case_of(story)).id))


async def test_a_date_is_handed_only_to_somebody_who_may_run_the_case(story: Story) -> None:
    await the_return(story)
    date = await date_of(story, "notification", "1")
    for person in ("police-lead", "practitioner"):
        await story.press_raw("hand_on", date)
        assert "Please choose somebody from the list" in text_of(
            await story.press("keep_hand_on", {"who": id_of(story, person)})
        )
    assert (await chases(story)).get(date) is None


async def test_whoever_it_was_handed_to_and_who_lost_the_role_is_not_told_any_more(story: Story) -> None:
    await second_coordinator(story)
    await the_return(story)
    date = await date_of(story, "notification", "1")
    await story.press_raw("hand_on", date)
    await story.press("keep_hand_on", {"who": id_of(story, "second")})
    await story.end_role("second")
    found = await by_day(story, "2026-12-01T12:00")
    assert not [text for _, text in found["second"] if "Notification" in text]
    assert [text for _, text in found[COORDINATORS] if "Notification" in text]


async def test_the_dates_of_a_case_on_one_card(story: Story) -> None:
    await the_return(story)
    shown = text_of(await story.press_raw("case_dates", (await case_of(story)).id))
    assert "Test Police: its answer: due by Monday 30 November 2026 at 17:00" in shown
    assert "Notification to the National Panel" in shown
    dates = {choice.label: choice.value for choice in story.card.inputs[0].choices}
    heard = Heard(story)
    await story.press("chase_now", {"date": dates["Test Police: its answer"]})
    assert len(heard.at(POLICE)) == 1


async def test_in_a_channel_it_is_answered_one_to_one(story: Story) -> None:
    await the_return(story)
    story.as_("coordinator", in_channel="coordinators")
    heard = Heard(story)
    await story.press_raw("case_dates", (await case_of(story)).id)
    assert all("Which date?" not in text for text in heard.at(IN_COORDINATORS))
    assert any("Which date?" in text for text in heard.at("coordinator"))


@pytest.mark.parametrize("action", ["chase_now", "chase_again", "snooze", "keep_snooze", "leave_to_me", "let_go_on", "hand_on"])
async def test_nobody_else_may(story: Story, action: str) -> None:
    date = await the_return(story)
    story.as_("police-lead")
    heard = Heard(story)
    assert text_of(await story.press_raw(action, date, {"until": "30 November 2026"}))
    assert heard.at(POLICE) == []
    assert await chases(story) == {}


async def test_a_manager_may(story: Story) -> None:
    date = await the_return(story)
    story.as_("manager")
    heard = Heard(story)
    await story.press_raw("chase_now", date)
    assert len(heard.at(POLICE)) == 1


async def test_of_a_restricted_case_only_those_on_its_list_may(story: Story) -> None:
    await referred(story, restricted=True)
    await choose(story, "police")
    await vetted(story, "police")
    await story.press("keep_involved", {"senior": id_of(story, "police-lead")})
    await send(story)
    date = await date_of(story, "notification", "1")
    story.as_("manager")
    assert REFERENCE not in text_of(await story.press_raw("snooze", date))
    story.as_("coordinator")
    assert "until when do I ask nobody" in text_of(await story.press_raw("snooze", date))


async def test_over_a_channel_it_is_a_window_that_only_the_one_who_opened_it_sees(story: Story) -> None:
    await the_return(story)
    case = await case_of(story)
    story.as_("coordinator", in_channel="coordinators")
    window = await opens(story, "case_dates", case.id)
    dates = {choice.label: choice.value for choice in window.inputs[0].choices}
    heard = Heard(story)
    await sends(story, "snooze", {"date": dates["Test Police: its answer"]})
    await sends(story, "keep_snooze", {"until": "30 November 2026"})
    assert "I ask nobody before Monday 30 November 2026" in story.window.closed_text
    assert heard.everywhere() == ""
    story.as_("police-lead", in_channel="police")
    closed = await opens(story, "case_dates", case.id)
    assert not closed.inputs
    assert "Test Police" not in closed.closed_text
