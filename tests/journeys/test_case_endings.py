"""How a case can end: withdrawn, closed, stood down, handed over; and how new facts open it again."""

from __future__ import annotations

import zipfile
from datetime import timedelta

import pytest
from case_steps import (
    COORDINATORS,
    DECIDED,
    begin_decision,
    deadlines,
    decide,
    kinds,
    now,
    read,
    refer,
    said_in,
    told,
)
from referral_steps import fill_in
from story import Story, text_of

from state.records import CaseRecord
from state.scoping_records import RequestRecord

NOT_NOTIFY = {"decision": "not_notify", "reasons": "Not serious.", "departs_reason": "The doctors were wrong."}
SENT = {"notified_at": "23 November 2026 at 9:02am", "notification_reference": "TEST-7"}
WHY = {"decided_by": "Test Partner", "reason": "The police found that it was an accident."}
STAND_DOWN = WHY | {"panel_on": "today", "panel_reference": "PANEL-1"}
OUTSIDERS = ("manager", "nurse", "police-lead")


async def ask(story: Story, case: CaseRecord, organisation: str, agency: str, **more: str) -> RequestRecord:
    """A request that was sent, as scoping leaves it."""
    request = RequestRecord(
        id=f"request-{organisation}",
        case=case.id,
        reference=case.reference,
        organisation=organisation,
        agency=agency,
        state=more.pop("state", "sent"),
        sent_at=story.clock.now(),
        due=story.clock.now() + timedelta(days=5),
        **more,  # type: ignore[arg-type]
    )
    await story.write(request)
    return request


async def all_met(story: Story, case: CaseRecord) -> bool:
    return all(row.met is not None for row in (await deadlines(story, case)).values())


async def wish(story: Story, case: CaseRecord) -> None:
    """The referrer asks to withdraw, from their own list."""
    story.as_("practitioner")
    await story.says("my referrals")
    await story.press("ask_withdraw")
    await story.press("do_ask_withdraw", {"reason": "It was another child."})
    assert "Until then the case goes on" in text_of(story.newest)


async def test_a_referrer_may_ask_to_withdraw_and_the_clock_runs_on(story: Story) -> None:
    case = await refer(story)
    before = await deadlines(story, case)
    await wish(story, case)
    assert (await now(story, case)).status == "referred"
    assert {k: (r.due, r.met) for k, r in (await deadlines(story, case)).items()} == {
        k: (r.due, r.met) for k, r in before.items()
    }
    posted = said_in(story, COORDINATORS)
    assert "NS-2026-0001: the person who made the referral asks to withdraw it." in posted
    assert "another child." not in posted
    story.as_("coordinator")
    await story.press_raw("show_case", case.id)
    assert "The person who made the referral asks to withdraw it." in text_of(story.newest)


async def test_the_coordinator_reads_why_and_closes_it_with_a_decision(story: Story) -> None:
    case = await refer(story)
    await wish(story, case)
    story.as_("coordinator")
    await story.press_raw("show_case", case.id)
    await story.press("see_withdrawal")
    assert "Test Practitioner asks to withdraw it, because: It was another child." in text_of(story.newest)
    await story.press("close_case")
    assert "These dates end when the case is closed." in text_of(story.newest)
    await story.press("do_close", WHY)
    assert (await now(story, case)).status == "withdrawn"
    assert await all_met(story, case)
    heard = told(story, "practitioner")
    assert "The referral was withdrawn." in heard
    assert "The police found that it was an accident." in heard
    assert (await read(story, case)).notices == ()
    assert "case_withdrawn" in await kinds(story, case)


async def test_the_coordinator_keeps_it_and_the_referrer_hears_why(story: Story) -> None:
    case = await refer(story)
    await wish(story, case)
    story.as_("coordinator")
    await story.press_raw("see_withdrawal", case.id)
    await story.press("keep_case", {"decided_by": "Test Partner", "reason": "The harm is not explained."})
    assert (await now(story, case)).status == "referred"
    assert "The coordinator has decided that it goes on." in told(story, "practitioner")
    assert "The harm is not explained." in told(story, "practitioner")
    story.as_("coordinator")
    assert "This was settled in the meantime." in text_of(await story.press_raw("see_withdrawal", case.id))


async def test_the_referrer_changes_their_mind(story: Story) -> None:
    case = await refer(story)
    await wish(story, case)
    await story.says("my referrals")
    await story.press("ask_withdraw")
    assert "The coordinator has not decided yet." in text_of(story.newest)
    await story.press("keep_referral")
    assert "The referral goes on." in text_of(story.newest)
    assert (await read(story, case)).notices == ()
    await wish(story, case)
    assert len((await read(story, case)).notices) == 1


async def test_asked_twice_it_waits_once(story: Story) -> None:
    case = await refer(story)
    await wish(story, case)
    await story.press_raw("do_ask_withdraw", case.id, {"reason": "Again."})
    assert len((await read(story, case)).notices) == 1


async def test_decided_it_can_be_withdrawn_no_more(story: Story) -> None:
    case = await refer(story)
    await decide(story, case)
    story.as_("practitioner")
    await story.says("my referrals")
    assert not story.has("ask_withdraw")
    assert "it cannot be withdrawn" in text_of(await story.says("withdraw NS-2026-0001"))


@pytest.mark.parametrize("person", [*OUTSIDERS, "coordinator"])
async def test_only_the_referrer_asks_to_withdraw(story: Story, person: str) -> None:
    case = await refer(story)
    story.as_(person)
    for action in ("ask_withdraw", "do_ask_withdraw", "keep_referral"):
        assert "You cannot read this case" in text_of(await story.press_raw(action, case.id, {"reason": "x"}))
    assert (await read(story, case)).notices == ()


async def test_not_notified_it_is_closed_with_who_decided_and_why(story: Story) -> None:
    case = await refer(story)
    await decide(story, case, NOT_NOTIFY)
    story.as_("coordinator")
    await story.press_raw("close_case", case.id)
    said = text_of(await story.press("do_close", {"decided_by": "", "reason": ""}))
    assert said.count("Please fill this in.") == 2
    await story.press("do_close", WHY)
    assert (await now(story, case)).status == "closed"
    assert "The case is closed." in told(story, "practitioner")
    assert await story.cases() == ()
    history = await story.parts.store.history(f"case:{case.id}")
    assert [row.kind for row in history][-1] == "case_closed"


async def test_a_notification_is_not_closed_away(story: Story) -> None:
    case = await refer(story)
    await decide(story, case)
    story.as_("coordinator")
    for action in ("close_case", "do_close"):
        assert "please stand that down first" in text_of(await story.press_raw(action, case.id, WHY))
    assert (await now(story, case)).status == "notified"


async def test_stood_down_every_organisation_is_told_to_stop(story: Story) -> None:
    case = await refer(story)
    await decide(story, case, SENT)
    await ask(story, case, "police", "police")
    await ask(story, case, "test-surgery", "gp", delivery="email")
    story.as_("coordinator")
    await story.press_raw("stand_down", case.id)
    await story.press("do_stand_down", STAND_DOWN)
    said = text_of(story.newest)
    assert "the notification to the Panel was stood down" in said
    assert "Please tell them yourself to stop." in said
    assert (await now(story, case)).status == "stood_down"
    assert await all_met(story, case)
    assert "NS-2026-0001: please stop." in said_in(story, "channel:police")
    assert {request.state for request in (await read(story, case)).requests} == {"withdrawn"}
    assert "The notification to the National Panel was stood down." in told(story, "practitioner")
    assert "accident" not in said_in(story, "channel:police") + said_in(story, COORDINATORS)


async def test_standing_down_needs_the_panels_acknowledgement(story: Story) -> None:
    case = await refer(story)
    await decide(story, case, SENT)
    story.as_("coordinator")
    await story.press_raw("stand_down", case.id)
    for day in ("", "tomorrow", "soon"):
        await story.press("do_stand_down", WHY | {"panel_on": day})
        assert next(one for one in story.card.inputs if one.id == "panel_on").error
    assert (await now(story, case)).status == "notified"


async def test_with_nothing_to_stand_down_it_says_so(story: Story) -> None:
    case = await refer(story)
    story.as_("coordinator")
    assert "There is no notification to the Panel to stand down." in text_of(await story.press_raw("stand_down", case.id))
    assert "There is no notification" in text_of(await story.press_raw("do_stand_down", case.id, STAND_DOWN))


async def handing_over(story: Story, case: CaseRecord) -> None:
    story.as_("coordinator")
    await story.press_raw("hand_over", case.id)
    await story.press("do_hand_over", WHY | {"area": "Test Other Area"})


async def test_until_the_receipt_of_a_hand_over_the_dates_stay_ours(story: Story) -> None:
    case = await refer(story)
    await handing_over(story, case)
    assert "Please send it by secure email." in text_of(story.newest)
    assert (await now(story, case)).status == "referred"
    assert (await deadlines(story, case))["notification:1"].met is None
    await story.press_raw("show_case", case.id)
    assert "The other area has not confirmed that it has the case." in text_of(story.newest)
    await story.press("see_hand_over")
    assert "It was handed to Test Other Area on Monday 23 November 2026." in text_of(story.newest)
    await story.press("do_receipt", {"received_on": "today", "received_by": "Test Receiver"})
    assert (await now(story, case)).status == "handed_over"
    assert await all_met(story, case)
    assert "The case was handed over to Test Other Area." in told(story, "practitioner")
    assert (await read(story, case)).notices == ()


async def test_the_package_has_every_paper_of_the_case_and_a_list_of_them(story: Story) -> None:
    case = await refer(story)
    await decide(story, case, NOT_NOTIFY)
    await story.press_raw("reopen", case.id)
    await story.press("do_reopen", {"what_is_new": "It was elsewhere.", "aware_at": "today", "decided_by": "Test Partner"})
    await handing_over(story, case)
    folder = story.settings.library / case.reference
    [made] = folder.rglob("*.zip")
    assert made.name == "NS-2026-0001 Hand over v1.zip"
    with zipfile.ZipFile(made) as archive:
        names = archive.namelist()
        listed = archive.read("00 Contents.txt").decode()
    papers = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.docx"))
    assert len(papers) >= 2
    assert names == ["00 Contents.txt", *papers]
    assert all(paper in listed for paper in papers)
    assert "Test Child" not in listed + "".join(names)


async def test_a_hand_over_is_taken_back(story: Story) -> None:
    case = await refer(story)
    await handing_over(story, case)
    await story.press("see_hand_over")
    await story.press("take_back_hand_over")
    assert "is not handed over after all" in text_of(story.newest)
    assert (await read(story, case)).notices == ()
    assert "no hand-over that waits" in text_of(await story.press_raw("do_receipt", case.id, {}))
    assert (await now(story, case)).status == "referred"


async def test_pressed_again_a_hand_over_shows_the_one_that_waits(story: Story) -> None:
    case = await refer(story)
    await handing_over(story, case)
    await story.press_raw("hand_over", case.id)
    assert "They have not confirmed it yet." in text_of(story.newest)
    await story.press_raw("do_hand_over", case.id, WHY | {"area": "Test Third Area"})
    assert len((await read(story, case)).notices) == 1


@pytest.mark.parametrize("ending", ["not_notified", "withdrawn", "closed", "stood_down", "handed_over"])
async def test_new_facts_open_it_again_and_its_clock_runs_from_them(story: Story, ending: str) -> None:
    case = await refer(story)
    await _come_to(story, case, ending)
    assert (await now(story, case)).status == ending
    await story.later(days=7)
    story.as_("coordinator")
    await story.press_raw("reopen", case.id)
    await story.press("do_reopen", {"what_is_new": "", "aware_at": "tomorrow", "decided_by": "Test Partner"})
    assert len([one for one in story.card.inputs if one.error]) == 2
    news = {"what_is_new": "A second injury.", "aware_at": "30 November 2026 at 9am", "decided_by": "Test Partner"}
    await story.press("do_reopen", news)
    kept = await now(story, case)
    assert (kept.status, kept.decisions) == ("deciding", {})
    notification = (await deadlines(story, case))["notification:1"]
    assert (notification.met, notification.due.date().isoformat()) == (None, "2026-12-07")
    assert "it is open again" in told(story, "practitioner")
    assert "A second injury" not in said_in(story, COORDINATORS)
    await decide(story, case)
    assert (await now(story, case)).status == "notified"


async def _come_to(story: Story, case: CaseRecord, ending: str) -> None:
    if ending in ("not_notified", "closed"):
        await decide(story, case, NOT_NOTIFY)
    if ending == "stood_down":
        await decide(story, case, SENT)
    story.as_("coordinator")
    if ending in ("withdrawn", "closed"):
        await story.press_raw("do_close", case.id, WHY)
    elif ending == "stood_down":
        await story.press_raw("do_stand_down", case.id, STAND_DOWN)
    elif ending == "handed_over":
        await handing_over(story, case)
        await story.press_raw("do_receipt", case.id, {"received_on": "today", "received_by": "Test Receiver"})


async def test_at_an_end_the_decision_says_to_reopen_it_first(story: Story) -> None:
    case = await refer(story)
    await _come_to(story, case, "withdrawn")
    await story.press_raw("decide", case.id)
    assert "please reopen it first" in text_of(story.newest)
    await story.press("reopen")
    assert story.asked == "what_is_new"


async def test_an_open_case_is_not_reopened(story: Story) -> None:
    case = await refer(story)
    story.as_("coordinator")
    for action in ("reopen", "do_reopen"):
        assert "It is open already." in text_of(await story.press_raw(action, case.id))


async def test_a_decision_that_was_begun_cannot_be_sent_once_the_case_has_ended(story: Story) -> None:
    case = await refer(story)
    await begin_decision(story, case)
    await fill_in(story, DECIDED)
    card = len(story.heard)
    await story.press_raw("do_close", case.id, WHY)
    said = text_of(await story.press_card(card, "submit", {}))
    assert "The case has gone too far for this decision." in said
    assert (await now(story, case)).status == "withdrawn"


@pytest.mark.parametrize("person", ["practitioner", *OUTSIDERS])
async def test_nobody_else_ends_a_case(story: Story, person: str) -> None:
    case = await refer(story)
    story.as_(person)
    for action in ("do_close", "do_stand_down", "do_hand_over", "do_receipt", "do_reopen", "keep_case", "see_withdrawal"):
        assert "You cannot read this case" in text_of(await story.press_raw(action, case.id, WHY | STAND_DOWN)), action
    assert (await now(story, case)).status == "referred"


async def test_an_ending_survives_a_restart_and_a_second_press(story: Story) -> None:
    case = await refer(story)
    story.as_("coordinator")
    await story.press_raw("close_case", case.id)
    card = len(story.heard)
    await story.press("do_close", WHY)
    await story.restart()
    story.as_("coordinator")
    said = text_of(await story.press_card(card, "do_close", WHY))
    assert "It cannot be closed now." in said
    assert (await kinds(story, case)).count("case_withdrawn") == 1
    assert (await now(story, case)).status == "withdrawn"
