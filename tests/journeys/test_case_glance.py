"""A case at a glance; reading a referral in a window; the duties beside the decision; several children."""

from __future__ import annotations

import pytest
from case_steps import (
    COORDINATORS,
    DECIDED,
    begin_decision,
    deadlines,
    decide,
    now,
    read,
    refer,
    said_in,
    told,
)
from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, profile, text_of
from test_case_endings import ask

from bot.teams.cards import Renderer
from dialogs.reply import Button, Window, window_from
from dialogs.table import PRESSES
from dialogs.turn import OpenWindow, SubmitWindow
from state.records import CaseRecord
from state.scoping_records import NoticeRecord

DIED = {"children.1.deceased": "yes", "children.1.looked_after": "this_authority", "children.1.seriously_harmed": ""}
TWIN = {
    "children.2.name": "Test Child Two",
    "children.2.date_of_birth": "3 April 2019",
    "children.2.deceased": "no",
    "children.2.seriously_harmed": "no",
    "children.2.abuse_or_neglect": "none",
}


async def test_a_case_at_a_glance_says_where_it_stands_and_whose_move_it_is(story: Story) -> None:
    case = await refer(story)
    await ask(story, case, "police", "police")
    await ask(story, case, "test-surgery", "gp", state="nil_return")
    story.as_("coordinator")
    await story.says("status of NS-2026-0001")
    said = text_of(story.newest)
    assert "Case NS-2026-0001\nNobody has read it yet." in said
    assert "Due Friday 27 November 2026 at 17:00. This is provisional. Whose move: the coordinator." in said
    assert "Waiting for an answer: 1" in said
    assert "Answered: 1" in said
    assert "Test Child" not in said
    assert len(story.card.buttons) <= 6


async def test_every_step_that_is_shown_leads_somewhere(story: Story) -> None:
    case = await refer(story)
    await decide(story, case)
    story.as_("coordinator")
    for action in ("show_case", "more_case"):
        await story.press_raw(action, case.id)
        assert {button.action for button in story.card.buttons} <= set(PRESSES)


async def test_in_a_channel_the_card_goes_to_the_one_who_asked(story: Story) -> None:
    case = await refer(story)
    story.as_("coordinator", in_channel="coordinators")
    assert "I have written to you one to one." in text_of(await story.press_raw("show_case", case.id))
    assert "Case NS-2026-0001" in told(story, "coordinator")
    assert "Case NS-2026-0001" not in said_in(story, COORDINATORS)


async def test_a_manager_sees_it_without_steps_and_nobody_else_at_all(story: Story) -> None:
    case = await refer(story)
    story.as_("manager")
    await story.press_raw("show_case", case.id)
    assert "Nobody has read it yet." in text_of(story.newest)
    assert story.card.buttons == ()
    for person in ("nurse", "police-lead"):
        story.as_(person)
        assert "You cannot read this case" in text_of(await story.press_raw("show_case", case.id))
    story.as_("practitioner")
    assert "My referrals" in text_of(await story.says("status of NS-2026-0001"))


async def test_what_waits_is_listed_and_has_a_button_where_there_is_something_to_press(story: Story) -> None:
    case = await refer(story)
    request = await ask(story, case, "police", "police")
    for kind in ("withdrawal", "something_new"):
        await story.write(NoticeRecord(id=f"n-{kind}", case=case.id, kind=kind, by="t/x", at=story.clock.now(), content={}))
    question = {"question": "Which address?"}
    asked = NoticeRecord(
        id="q", case=case.id, kind="question", about=request.id, by="t/x", at=story.clock.now(), content=question
    )
    await story.write(asked)
    story.as_("coordinator")
    await story.press_raw("show_case", case.id)
    said = "\n".join(text_of(reply) for reply in story.heard[-2:])
    assert "There is something to settle." in said
    assert "Which address?" in said
    assert {button.action for reply in story.heard[-2:] if reply.card for button in reply.card.buttons} == {
        "see_withdrawal",
        "answer_question",
    }


async def test_days_late_are_said(story: Story) -> None:
    case = await refer(story)
    await story.later(days=9)
    story.as_("coordinator")
    await story.press_raw("show_case", case.id)
    assert "Was due Friday 27 November 2026 at 17:00, 3 working days ago." in text_of(story.newest)


async def opened(story: Story, case: CaseRecord) -> Window:
    await story.take(OpenWindow(action="open_case", target=case.id))
    return window_from(story.answer)


async def turned(story: Story, button: Button) -> Window:
    await story.take(SubmitWindow(action=button.action, target=button.target, at=button.at))
    return window_from(story.answer)


async def test_a_referral_is_read_in_a_window_over_a_channel_part_by_part(story: Story) -> None:
    case = await refer(story, {"summary": "The fall was not seen. " * 700})
    story.as_("coordinator", in_channel="coordinators")
    window = await opened(story, case)
    seen, shown = [str(window.blocks)], [window]
    while button := next((one for one in window.buttons if one.action == "next_part"), None):
        window = await turned(story, button)
        seen.append(str(window.blocks))
        shown.append(window)
    assert len(seen) > 4
    assert all(Renderer(profile().words, windows=True).window(part) is not None for part in shown)
    assert "Test Child One" in seen[0]
    assert "".join(seen).count("The fall was not seen.") >= 700
    assert "a notification must be made" in "".join(seen)
    back = await turned(story, next(one for one in window.buttons if one.action == "part_before"))
    assert back.title.endswith(f"part {len(seen) - 1} of {len(seen)}")
    assert "Test Child" not in said_in(story, COORDINATORS)
    kept = await now(story, case)
    assert (kept.status, kept.acknowledged_at is not None) == ("deciding", True)
    kinds = [row.kind for row in await story.parts.store.history(f"case:{case.id}")]
    assert kinds.count("case_read") == len(seen) + 1


@pytest.mark.parametrize("at", ["99", "-1", "x", ""])
async def test_a_part_that_is_not_there_shows_one_that_is(story: Story, at: str) -> None:
    case = await refer(story)
    story.as_("coordinator")
    await story.take(SubmitWindow(action="next_part", target=case.id, at=at))
    assert "part" in window_from(story.answer).title


@pytest.mark.parametrize("person", ["practitioner", "manager", "nurse"])
async def test_nobody_else_reads_it_in_a_window(story: Story, person: str) -> None:
    case = await refer(story)
    story.as_(person)
    window = await opened(story, case)
    assert "You cannot read this case" in window.closed_text
    assert "Test Child" not in str(window)


async def test_read_the_second_time_nothing_moves(story: Story) -> None:
    case = await refer(story)
    for _ in range(2):
        story.as_("coordinator")
        await story.press_raw("open_case", case.id)
    kept = await now(story, case)
    assert kept.version == 2
    assert (await deadlines(story, case))["read_referral"].met is not None


async def test_duties_get_an_owner_and_are_done(story: Story) -> None:
    case = await refer(story, DIED)
    dates = await deadlines(story, case)
    assert {"child_death_review:1", "looked_after_death_notice:1"} <= set(dates)
    await decide(story, case)
    story.as_("coordinator")
    await story.press_raw("duties", case.id)
    assert "Notice of the death of a looked after child" in text_of(story.newest)
    await story.press("do_duty", {"duty": "looked_after_death_notice", "owner": "Test Nurse", "done_on": "", "note": ""})
    assert "That is kept." in text_of(story.newest)
    assert "Who: Test Nurse." in text_of(story.newest)
    notice = (await deadlines(story, case))["looked_after_death_notice:1"]
    assert (notice.owner, notice.met) == ("Test Nurse", None)
    await story.press("do_duty", {"duty": "looked_after_death_notice", "owner": "", "done_on": "today", "note": "By email."})
    assert "Done on Monday 23 November 2026." in text_of(story.newest)
    assert (await deadlines(story, case))["looked_after_death_notice:1"].met is not None
    assert (await deadlines(story, case))["child_death_review:1"].met is None
    answers = (await read(story, case)).written[-1].answers
    assert answers["duties.looked_after_death_notice.applies"].value == "yes"
    assert answers["duties.looked_after_death_notice.note"].value == "By email."


async def test_duties_can_be_given_before_the_decision_which_then_carries_on(story: Story) -> None:
    case = await refer(story, DIED)
    story.as_("coordinator")
    await story.press_raw("duties", case.id)
    await story.press("do_duty", {"duty": "child_death_review", "owner": "Test Nurse"})
    await decide(story, case)
    drafts = [one for one in (await read(story, case)).written if one.draft.form == "decision"]
    assert len(drafts) == 1
    assert (await deadlines(story, case))["child_death_review:1"].owner == "Test Nurse"


async def test_a_duty_that_is_not_chosen_or_done_tomorrow_is_refused(story: Story) -> None:
    case = await refer(story, DIED)
    story.as_("coordinator")
    await story.press_raw("duties", case.id)
    await story.press("do_duty", {"duty": "", "done_on": "tomorrow"})
    assert {one.id for one in story.card.inputs if one.error} == {"duty", "done_on"}
    assert [one.draft.form for one in (await read(story, case)).written] == ["referral"]


async def test_a_duty_that_no_longer_applies_ends(story: Story) -> None:
    case = await refer(story, DIED)
    await begin_decision(story, case)
    row = "children.1.facts.looked_after"
    await story.press("change", {"change": "children.facts.looked_after:1"})
    await story.press("answer", {f"{row}.answer": "no", f"{row}.why_changed": "He was never looked after."})
    await fill_in(story, DECIDED)
    await story.press("submit")
    dates = await deadlines(story, case)
    assert dates["looked_after_death_notice:1"].met is not None
    assert dates["child_death_review:1"].met is None


async def twins(story: Story) -> CaseRecord:
    """Two children in one referral."""
    await begin(story)
    await fill_in(story, ONE_CHILD, until="incident_date")
    await story.says("add a child")
    await fill_in(story, ONE_CHILD | TWIN)
    await story.press("submit")
    return (await story.cases())[-1]


async def test_different_decisions_for_different_children(story: Story) -> None:
    case = await twins(story)
    await begin_decision(story, case)
    await fill_in(story, DECIDED, until="children_covered")
    assert story.card.inputs[0].value == "1,2"
    await story.press("confirm", {"children_covered": "1"})
    await fill_in(story, DECIDED)
    await story.press("submit")
    assert (await now(story, case)).decisions == {"1": "notify"}
    assert "for child 1" in said_in(story, COORDINATORS)
    assert "This is about Test Child One." in told(story, "practitioner")
    dates = await deadlines(story, case)
    assert dates["notification:2"].met is None
    await begin_decision(story, case)
    await fill_in(story, {"decision": "not_notify", "reasons": "Not harmed."}, until="children_covered")
    assert story.card.inputs[0].value == "2"
    await fill_in(story, {"decision": "not_notify", "reasons": "Not harmed."})
    await story.press("submit")
    kept = await now(story, case)
    assert (kept.status, kept.decisions) == ("notified", {"1": "notify", "2": "not_notify"})
    dates = await deadlines(story, case)
    assert (dates["notification:1"].met, dates["notification:2"].met is not None) == (None, True)
    assert "This is about Test Child Two." in told(story, "practitioner")


async def test_of_several_decisions_the_one_to_change_is_chosen(story: Story) -> None:
    case = await twins(story)
    for child in ("1", "2"):
        await begin_decision(story, case)
        await fill_in(story, DECIDED, until="children_covered")
        await story.press("confirm", {"children_covered": child})
        await fill_in(story, DECIDED)
        await story.press("submit")
    await begin_decision(story, case)
    assert "Which one do you want to change?" in text_of(story.newest)
    assert [button.action for button in story.card.buttons] == ["decide", "decide"]
    await story.press("decide")
    assert "The old version is kept." in text_of(story.newest)


async def test_a_decision_for_no_child_is_refused(story: Story) -> None:
    case = await refer(story)
    await begin_decision(story, case)
    await fill_in(story, DECIDED, until="children_covered")
    await story.press("confirm", {"children_covered": "none"})
    await fill_in(story, DECIDED)
    await story.press("submit")
    assert "choose at least one child" in text_of(story.newest)
    assert (await now(story, case)).status == "referred"
