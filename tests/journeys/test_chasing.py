"""Reminders by the clock: the ladder of a request and of the dates of the guidance, stopped the moment the return is in."""

from __future__ import annotations

from datetime import datetime

from asked import opens, sends
from case_steps import read, refer
from chasing_steps import COORDINATORS, MANAGER, POLICE, Heard, answers_nil, at, by_day, chases, date_of, place_of, role
from msgspec.structs import replace
from scoping_steps import REFERENCE, SECRET, asked, case_of, choose, history, id_of, referred, requests_of, send, vetted
from story import Story, text_of

from bot.doors import NotDelivered
from state.changes import Kind, OutboxStatus
from state.hours import in_hours
from state.records import CasePersonRecord, DeadlineRecord
from state.snapshot import Wanted


async def test_the_ladder_of_a_request_by_the_clock(story: Story) -> None:
    await asked(story, "police")
    said = await by_day(story, "2026-12-05T12:00")
    assert [m[:6] for m, _ in said[POLICE]] == ["23 Nov", "26 Nov", "30 Nov", "01 Dec"]
    assert [m[7:] for m, _ in said[POLICE][1:]] == ["09:00", "09:00", "09:00"]
    assert [text.partition(": ")[2][:25] for _, text in said[POLICE]] == [
        "this request was sent to ",
        "your answer is due by Mon",
        "your answer is due by Mon",
        "we do not have your answe",
    ]
    assert [moment for moment, _ in said["police-lead"]] == ["02 Dec 09:00"]
    assert "Can you help?" in said["police-lead"][0][1]
    assert ("03 Dec 09:00", "Test Police has not answered yet.") in [(m, t.split("\n")[1][:33]) for m, t in said[MANAGER]]
    assert [kind for kind in await history(story) if kind == "chased"]


async def test_every_line_to_the_organisation_stands_under_its_card_with_what_to_press(story: Story) -> None:
    requests = await asked(story, "police")
    await story.later(days=12)
    rows = [row for row in await story.parts.store.ledger() if row.send.reminder and row.send.place.endswith("police")]
    assert {row.send.card for row in rows} == {f"request:{requests['police'].id}"}
    assert {row.send.kind for row in rows} == {Kind.FOLLOW}
    assert {row.send.about for row in rows} == {await date_of(story, "scoping_return", requests["police"].id)}
    newest = story.channel.said[POLICE][-1].card
    assert newest is not None
    assert [button.action for button in newest.buttons] == ["open_request", "more_time"]


async def test_nothing_is_said_any_more_once_the_return_is_in(story: Story) -> None:
    requests = await asked(story, "police")
    await story.passes(at("2026-11-27T12:00"))
    story.as_("police-lead", in_channel="police")
    await answers_nil(story, requests["police"].id)
    heard = Heard(story)
    await story.later(days=60)
    assert heard.at(POLICE) == []
    assert "Test Police" not in heard.everywhere()


async def test_more_time_begins_the_ladder_again(story: Story) -> None:
    requests = await asked(story, "police")
    await story.passes(at("2026-12-01T10:00"))
    story.as_("coordinator")
    await story.press_raw("give_time", requests["police"].id)
    await story.press("keep_time", {"until": "9 December 2026", "reason": "A test."})
    said = await by_day(story, "2026-12-20T12:00")
    assert [moment for moment, _ in said[POLICE]] == ["07 Dec 09:00", "09 Dec 09:00", "10 Dec 09:00"]
    assert [moment for moment, _ in said["police-lead"]] == ["11 Dec 09:00"]


async def test_a_wish_for_more_time_that_waits_is_put_to_the_coordinator_and_the_organisation_is_told_that_it_waits(
    story: Story,
) -> None:
    requests = await asked(story, "police")
    story.as_("police-lead", in_channel="police")
    await opens(story, "more_time", requests["police"].id)
    await sends(story, "ask_time", {"new_date": "4 December 2026", "reason": "A test."})
    said = await by_day(story, "2026-11-27T12:00")
    assert [m for m, text in said[COORDINATORS] if "asked for more time" in text] == ["24 Nov 09:00"]
    assert "The coordinator has still to answer" in said[POLICE][-1][1]


async def test_a_withdrawn_request_is_not_chased(story: Story) -> None:
    requests = await asked(story, "police")
    await story.press_raw("withdraw_request", requests["police"].id)
    await story.press("do_withdraw", {"reason": "Asked by mistake."})
    heard = Heard(story)
    await story.later(days=30)
    assert heard.at(POLICE) == []


async def test_a_request_by_email_is_chased_through_the_coordinator(story: Story) -> None:
    await asked(story, "fire")
    said = await by_day(story, "2026-11-26T12:00")
    assert [m for m, text in said[COORDINATORS] if "Nobody has said that it went" in text] == ["24 Nov 09:00", "26 Nov 09:00"]
    assert [m for m, text in said[MANAGER] if "Nobody has said that it went" in text] == ["25 Nov 09:00"]
    story.as_("coordinator")
    case = await case_of(story)
    await story.press_raw("emailed", case.id, {"sent": (await requests_of(story))["fire"].id})
    said = await by_day(story, "2026-12-05T12:00")
    found = [(m, text) for m, text in said[COORDINATORS] if "Fire" in text]
    assert [moment for moment, _ in found] == ["30 Nov 09:00", "01 Dec 09:00", "02 Dec 09:00"]
    assert all("safeguarding@fire.example" in text for _, text in found)


async def test_a_private_request_is_chased_with_the_one_who_was_asked_and_nobody_else(story: Story) -> None:
    await role(story, "head-teacher", "deputy", "police")
    await referred(story)
    await choose(story, "police")
    await vetted(story, "police")
    senior = id_of(story, "head-teacher")
    await story.press("keep_involved", {"excluded": id_of(story, "police-lead"), "why": "relative", "senior": senior})
    await send(story)
    heard = Heard(story)
    await story.later(days=12)
    assert len(heard.at("head-teacher")) == 5
    assert heard.at("police-lead") == heard.at(POLICE) == []


async def test_the_senior_lead_of_the_case_comes_before_the_leads(story: Story) -> None:
    await asked(story, "police")
    await role(story, "head-teacher", "deputy", "police")
    case = await case_of(story)
    who = id_of(story, "head-teacher")
    known = await story.parts.store.read(Wanted(turn="", person=who, place=""))
    assert known.person is not None
    await story.write(
        replace(known.person, organisation="police"),
        CasePersonRecord(case=case.id, person=who, relation="senior_agency_lead"),
    )
    heard = Heard(story)
    await story.passes(at("2026-12-02T12:00"))
    assert len(heard.at("head-teacher")) == 1
    assert heard.at("police-lead") == []


async def test_of_a_restricted_case_nobody_hears_who_is_not_on_its_list(story: Story) -> None:
    await referred(story, restricted=True)
    heard = Heard(story)
    await story.later(days=30)
    assert heard.at(COORDINATORS) == heard.at(MANAGER) == heard.at(POLICE) == []
    assert any(REFERENCE in text for text in heard.at("coordinator"))


async def test_whoever_is_excluded_is_told_nothing(story: Story) -> None:
    await asked(story, "police")
    case = await case_of(story)
    await story.write(
        CasePersonRecord(case=case.id, person=id_of(story, "manager"), relation="excluded"),
        CasePersonRecord(case=case.id, person=id_of(story, "police-lead"), relation="excluded"),
    )
    heard = Heard(story)
    await story.later(days=12)
    assert heard.at(MANAGER) == heard.at("police-lead") == []
    assert any("Test Police has not answered yet" in text for text in heard.at(COORDINATORS))


async def test_a_referral_that_nobody_reads_goes_to_the_deputy_and_then_to_the_manager(story: Story) -> None:
    await refer(story)
    said = await by_day(story, "2026-11-26T12:00")
    unread = {place: [m for m, text in those if "Nobody has opened it" in text] for place, those in said.items()}
    assert [moment[:6] for moment in unread["coordinator"]] == ["24 Nov"]
    assert [moment[:6] for moment in unread[MANAGER]] == ["25 Nov"]
    passed = [m for m, text in said[MANAGER] if "Reading the referral was due by" in text]
    assert passed == ["26 Nov 09:00"]


async def test_a_date_that_passes_is_told_to_the_manager_and_the_coordinators_on_the_next_working_day(story: Story) -> None:
    await refer(story)
    said = await by_day(story, "2026-12-05T12:00")
    passed = "Notification to the National Panel was due by Friday 27 November 2026 at 17:00"
    for place in (MANAGER, COORDINATORS):
        found = [(m, text) for m, text in said[place] if passed in text]
        assert [m for m, _ in found] == ["30 Nov 09:00"]
        assert "Please confirm when the local authority became aware" in found[0][1]


async def test_a_referral_that_was_begun_is_asked_for_twice_and_says_nothing_of_it(story: Story) -> None:
    story.as_("practitioner")
    await story.says("I need to refer a child")
    await story.press("start_referral")
    said = await by_day(story, "2027-01-20T12:00")
    assert [moment for moment, _ in said["practitioner"]] == ["25 Nov 09:00", "30 Nov 09:00"]
    assert "You began a referral on Monday 23 November 2026" in said["practitioner"][0][1]
    assert [place for place, those in said.items() if those] == ["practitioner"]
    assert story.asked == "", "nothing is asked in it"
    await story.press("resume")
    assert story.card.inputs or story.has("seen")


async def test_after_three_months_the_assistant_says_one_thing_about_each_date(story: Story) -> None:
    await asked(story, "police", "test-hospital-trust")
    await story.restart()
    story.clock.set(at("2027-02-24T10:00"))
    heard = Heard(story)
    await story.settle()
    await story.parts.chaser.ring()
    await story.settle()
    assert heard.at(POLICE) == heard.at("channel:test-hospital-trust") == []
    assert len(heard.at("police-lead")) == len(heard.at("nurse")) == 1
    [manager], [coordinators] = heard.at(MANAGER), heard.at(COORDINATORS)
    assert manager.count("has not answered yet") == 2
    assert "Notification to the National Panel was due" in manager
    assert "Notification to the National Panel was due" in coordinators
    heard = Heard(story)
    await story.later(days=30)
    assert heard.everywhere() == ""


async def test_a_message_that_the_channel_puts_off_until_the_night_goes_in_the_morning(story: Story) -> None:
    await asked(story, "police")
    await story.passes(at("2026-11-30T16:59"))
    heard = Heard(story)
    story.clock.set(at("2026-12-01T09:00"))
    story.channel.fail_at(POLICE, NotDelivered("delivery.throttled", again_after=9 * 3600.0))
    await story.parts.chaser.ring()
    await story.settle()
    assert heard.at(POLICE) == []
    story.clock.set(at("2026-12-01T21:00"))
    await story.settle()
    assert heard.at(POLICE) == []
    story.as_("police-lead", in_channel="police")
    assert "one to one" in text_of(await story.says("help")).casefold()
    story.clock.set(at("2026-12-02T08:59"))
    await story.settle()
    story.clock.set(at("2026-12-02T09:00:30"))
    await story.settle()
    assert [text for text in heard.at(POLICE) if "we do not have your answer yet" in text]


async def test_a_message_that_waits_is_dropped_when_the_return_is_in(story: Story) -> None:
    requests = await asked(story, "police")
    await story.passes(at("2026-11-30T12:00"))
    story.clock.set(at("2026-12-01T09:00"))
    story.channel.fail_at(POLICE, NotDelivered("delivery.no_connection", again_after=3600.0))
    await story.parts.chaser.ring()
    await story.settle()
    story.as_("police-lead", in_channel="police")
    await answers_nil(story, requests["police"].id)
    heard = Heard(story)
    await story.later(hours=3)
    assert [text for text in heard.at(POLICE) if "we do not have" in text] == []
    dropped = [row for row in await story.parts.store.ledger() if row.status is OutboxStatus.DROPPED]
    assert [row.reason for row in dropped] == ["delivery.done_meanwhile"]


async def test_an_organisation_whose_channel_was_let_go_is_left_to_the_coordinator(story: Story) -> None:
    await asked(story, "police")
    await story.write(replace(await place_of(story, "police"), tied_to="", confirmed_by=""))
    heard = Heard(story)
    await story.later(days=9)
    assert heard.at(POLICE) == []
    assert any("I cannot reach them here. Please ring or email them." in text for text in heard.at(COORDINATORS))


async def test_the_process_may_end_at_any_moment(story: Story) -> None:
    await asked(story, "police")
    heard = Heard(story)
    for _ in range(14):
        await story.restart()
        await story.later(days=1)
    assert len(heard.at(POLICE)) == 4
    assert len(heard.at("police-lead")) == 1


async def test_nothing_is_said_outside_working_hours_nor_of_a_child(story: Story) -> None:
    await asked(story, "police", "fire")
    moments: list[datetime] = []
    deliver = story.channel.deliver

    async def noting(place, send):  # type: ignore[no-untyped-def]
        moments.append(story.clock.now())
        return await deliver(place, send)

    story.channel.deliver = noting  # type: ignore[method-assign]
    heard = Heard(story)
    await story.later(days=40)
    profile = story.parts.kit.profile
    assert moments
    assert all(in_hours(one, profile.chasing.hours, profile.clocks) for one in moments)
    told = heard.everywhere()
    assert not any(name in told for name in ("Test Child", "Zephyrine", "Quillon", SECRET))


async def test_a_return_that_is_corrected_has_a_date_again(story: Story) -> None:
    requests = await asked(story, "police")
    story.as_("police-lead", in_channel="police")
    await answers_nil(story, requests["police"].id)
    await story.passes(at("2026-12-08T10:00"))
    story.as_("police-lead", in_channel="police")
    await opens(story, "correct_return", requests["police"].id)
    request = (await requests_of(story))["police"]
    assert request.state == "drafting"
    said = await by_day(story, "2026-12-20T10:00")
    assert [moment[:6] for moment, _ in said[POLICE]] == ["10 Dec", "11 Dec"]
    record = (await chases(story))[await date_of(story, "scoping_return", request.id)]
    assert record.due == at("2026-12-10T17:00")


async def test_harm_that_built_up_is_to_be_told_at_once_and_the_coordinator_hears_it_the_next_day(story: Story) -> None:
    more = {"incident_date": "", "cumulative_harm": "yes", "harm_recognised_date": "20/11/2026"}
    case = await refer(story, more)
    assert [one.at_once for one in (await read(story, case)).deadlines if one.kind == "notification"] == [True]
    said = await by_day(story, "2026-11-24T12:00")
    assert [text for _, text in said[COORDINATORS] if "should go at once. The last day for it is" in text]


async def test_a_duty_that_is_named_to_one_who_runs_the_case_comes_to_them(story: Story) -> None:
    await asked(story, "police")
    case = await case_of(story)
    for name, owner in (("one", "Test Manager"), ("two", "Test Somebody Else"), ("three", "coordinator")):
        row = DeadlineRecord(
            id=f"{case.id}:child_death_review:{name}",
            case=case.id,
            kind="child_death_review",
            owner=owner,
            due=at("2026-11-27T17:00"),
            runs_from=story.clock.now(),
        )
        await story.write(row)
    said = await by_day(story, "2026-11-25T12:00")
    [mine] = [text for _, text in said[MANAGER] if "Child death review" in text or "child death review" in text.casefold()]
    assert "named to do it" not in mine
    [ours] = [text for _, text in said[COORDINATORS] if "death review" in text.casefold()]
    assert "Somebody else is named to do it" in ours
    assert "Nobody is named to do it yet" in ours
    assert "Test Somebody Else" not in ours
