"""The decision to notify: recorded by the coordinator, with what it rests on, what it starts, and who is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from case_steps import (
    COORDINATORS,
    DECIDED,
    begin_decision,
    by_reference,
    change,
    deadlines,
    decide,
    kinds,
    now,
    read,
    refer,
    said_in,
    second_coordinator,
    told,
)
from referral_steps import ONE_CHILD, fill_in
from story import Story, text_of
from test_coordinator import SENDER

from state.records import CasePersonRecord
from state.values import Channel, Place

NOT_NOTIFY = {"decision": "not_notify", "reasons": "The injury is not serious.", "departs_reason": "The doctors were wrong."}
REFUSED = ("practitioner", "manager", "nurse", "police-lead")


async def test_a_decision_to_notify_moves_the_case_tells_the_referrer_and_counts_the_dates(story: Story) -> None:
    case = await refer(story)
    said = await decide(story, case)
    assert "The decision is recorded" in said
    assert (await now(story, case)).status == "notified"
    assert (await now(story, case)).decisions == {"1": "notify"}
    heard = told(story, "practitioner")
    assert "It was decided to notify the National Panel." in heard
    assert "The reasons: The injury is serious, and abuse is suspected." in heard
    posted = said_in(story, COORDINATORS)
    assert "NS-2026-0001: it was decided to notify the National Panel." in posted
    assert "The injury" not in posted
    assert "Test Child" not in posted
    dates = await deadlines(story, case)
    assert dates["notification:1"].met is None
    assert dates["notification:1"].provisional is False
    assert dates["rapid_review"].provisional is True
    assert dates["read_referral"].met is not None
    assert "decision_recorded" in await kinds(story, case)


async def test_what_is_known_is_offered_with_where_it_is_from(story: Story) -> None:
    case = await refer(story)
    await begin_decision(story, case)
    said = text_of(story.newest)
    assert "Age at the time: 7 (from: Date of birth)" in said
    assert "a notification must be made" in said
    await story.press("seen")
    assert story.asked == "la_aware_at"
    assert story.card.inputs[0].value == "Friday 20 November 2026 at 2:30pm"
    assert "We took this from the referral." in text_of(story.newest)
    await fill_in(story, DECIDED, until="decided_by")
    assert story.card.inputs[0].value.startswith("Test Coordinator, Review coordinator")


async def test_not_notified_needs_a_reason_where_it_departs_and_the_referrer_hears_why(story: Story) -> None:
    case = await refer(story)
    await begin_decision(story, case)
    await fill_in(story, {"decision": "not_notify", "reasons": "The injury is not serious."}, until="departs_reason")
    assert story.asked == "departs_reason"
    await story.says("check")
    assert not story.has("submit")
    await fill_in(story, NOT_NOTIFY)
    await story.press("finish")
    await fill_in(story, NOT_NOTIFY)
    await story.press("submit")
    assert (await now(story, case)).status == "not_notified"
    heard = told(story, "practitioner")
    assert "It was decided not to notify the National Panel." in heard
    assert "The reasons: The injury is not serious." in heard
    assert "It was decided not to notify" in text_of(await story.says("my referrals"))
    dates = await deadlines(story, case)
    assert dates["notification:1"].met is not None
    assert "rapid_review" not in dates


async def test_to_consider_it_never_departs(story: Story) -> None:
    case = await refer(story, {"children.1.abuse_or_neglect": "not_known", "children.1.seriously_harmed": "yes"})
    said = await decide(story, case, {"decision": "not_notify", "reasons": "No abuse is known."})
    assert "The decision is recorded" in said


async def test_more_information_is_asked_for_and_then_it_is_decided(story: Story) -> None:
    case = await refer(story)
    await decide(story, case, {"decision": "more_information", "reasons": "The hospital's letter is missing."})
    assert (await now(story, case)).status == "more_information"
    assert (await deadlines(story, case))["notification:1"].met is None
    assert "More information is needed" in told(story, "practitioner")
    assert "The hospital's letter is missing." in told(story, "practitioner")
    await decide(story, case)
    assert (await now(story, case)).status == "notified"
    written = (await read(story, case)).written
    assert [one.draft.status for one in written if one.draft.form == "decision"] == ["submitted", "submitted"]


async def test_a_fact_is_overruled_with_a_reason_and_the_advice_follows(story: Story) -> None:
    case = await refer(story)
    await begin_decision(story, case)
    assert "a notification must be made" in text_of(story.newest)
    await story.press("change", {"change": "children.facts.outcome:1"})
    await story.press("answer", {"children.1.facts.outcome.answer": "not_serious", "children.1.facts.outcome.why_changed": ""})
    assert "changed by the coordinator" in text_of(story.newest)
    assert "a notification must be made" not in text_of(story.newest)
    await fill_in(story, {"decision": "not_notify", "reasons": "It was not serious."})
    said = text_of(await story.press("submit"))
    assert "Please write why it was changed." in said
    await story.press("answer", {"children.1.facts.outcome.why_changed": "The hospital wrote so."})
    await story.says("check")
    assert "The decision is recorded" in text_of(await story.press("submit"))


async def test_a_fact_changed_after_the_advice_was_read_shows_the_advice_again(story: Story) -> None:
    case = await refer(story)
    await begin_decision(story, case)
    await fill_in(story, DECIDED)
    await story.says("change children.1.facts.outcome")
    row = "children.1.facts.outcome"
    await story.press("answer", {f"{row}.answer": "death", f"{row}.why_changed": "The child has died."})
    await story.says("check")
    said = text_of(await story.press("submit"))
    assert "the advice may be a new one" in said
    await story.press("seen")
    await story.says("check")
    assert "The decision is recorded" in text_of(await story.press("submit"))
    assert (await deadlines(story, case))["child_death_review:1"].met is None


async def test_a_fact_given_back_as_it_was_needs_no_reason(story: Story) -> None:
    case = await refer(story)
    await begin_decision(story, case)
    row = "children.1.facts.outcome"
    for value in ("not_serious", "serious_harm"):
        await story.says(f"change {row}")
        await story.press("answer", {f"{row}.answer": value, f"{row}.why_changed": ""})
    await fill_in(story, DECIDED)
    assert "The decision is recorded" in text_of(await story.press("submit"))


async def test_sent_with_the_decision_the_notification_is_met_and_the_review_counts_from_it(story: Story) -> None:
    case = await refer(story)
    await decide(story, case, {"notified_at": "23 November 2026 at 9:02am", "notification_reference": "TEST-7"})
    kept = await now(story, case)
    assert kept.notified_at == datetime(2026, 11, 23, 9, 2, tzinfo=UTC)
    dates = await deadlines(story, case)
    assert dates["notification:1"].met == kept.notified_at
    assert dates["rapid_review"].due.date().isoformat() == "2026-12-14"
    assert dates["rapid_review"].provisional is False


async def test_sending_it_is_recorded_later_and_early_brings_the_review_forward_which_is_announced(story: Story) -> None:
    case = await refer(story)
    await decide(story, case)
    assert (await deadlines(story, case))["rapid_review"].due.date().isoformat() == "2026-12-18"
    story.as_("coordinator")
    await story.says("the notification was sent for NS-2026-0001")
    said = text_of(await story.press("save_notified", {"notified_at": "today at 9:05am", "notification_reference": "TEST-9"}))
    assert "sent on Monday 23 November 2026 at 09:05" in said
    assert (await deadlines(story, case))["rapid_review"].due.date().isoformat() == "2026-12-14"
    posted = story.channel.said[COORDINATORS][-1]
    assert "was Friday 18 December 2026, is now Monday 14 December 2026" in text_of(posted)
    assert "because it was recorded when the National Panel was notified" in text_of(posted)
    answers = (await read(story, case)).written[-1].answers
    assert answers["notification_reference"].value == "TEST-9"


async def test_the_same_day_sent_again_is_not_announced_again(story: Story) -> None:
    case = await refer(story)
    await decide(story, case)
    for _ in range(2):
        story.as_("coordinator")
        await story.press_raw("notified", case.id)
        await story.press("save_notified", {"notified_at": "today at 9:05am", "notification_reference": "TEST-9"})
    assert said_in(story, COORDINATORS).count("These dates have changed") == 1


async def test_sent_late_it_needs_the_reason(story: Story) -> None:
    case = await refer(story)
    await decide(story, case)
    await story.later(days=9)
    story.as_("coordinator")
    await story.press_raw("notified", case.id)
    late = {"notified_at": "1 December 2026 at 10am", "notification_reference": "TEST-1", "late_reason": ""}
    said = text_of(await story.press("save_notified", late))
    assert "It was sent after it was due. Please write why." in said
    assert (await now(story, case)).notified_at is None
    await story.press("save_notified", late | {"late_reason": "The form did not work."})
    assert (await now(story, case)).notified_at is not None


async def test_when_it_was_sent_cannot_lie_ahead_or_be_left_out(story: Story) -> None:
    case = await refer(story)
    await decide(story, case)
    story.as_("coordinator")
    await story.press_raw("notified", case.id)
    for wrong in ("tomorrow at 9am", ""):
        await story.press("save_notified", {"notified_at": wrong})
        assert story.card.inputs[0].error
    assert (await now(story, case)).notified_at is None


async def test_before_a_decision_to_notify_nothing_can_have_been_sent(story: Story) -> None:
    case = await refer(story)
    story.as_("coordinator")
    assert "Please record that decision first." in text_of(await story.press_raw("notified", case.id))
    await decide(story, case, NOT_NOTIFY)
    assert "Please record that decision first." in text_of(await story.press_raw("notified", case.id))


async def test_a_decision_is_opened_again_and_changed_and_both_versions_are_kept(story: Story) -> None:
    case = await refer(story)
    await decide(story, case, NOT_NOTIFY)
    await begin_decision(story, case)
    assert "The old version is kept." in text_of(story.newest)
    await change(story, "decision", "notify")
    await fill_in(story, {})
    await story.press("submit")
    kept = await now(story, case)
    assert (kept.status, kept.decisions) == ("notified", {"1": "notify"})
    assert (await deadlines(story, case))["notification:1"].met is None
    assert "It was decided to notify the National Panel." in told(story, "practitioner")
    draft = next(one for one in (await read(story, case)).written if one.draft.form == "decision")
    assert draft.answers["decision"].version == 2


async def test_to_notify_can_be_taken_back_while_nothing_was_sent(story: Story) -> None:
    case = await refer(story)
    await decide(story, case)
    await begin_decision(story, case)
    await change(story, "decision", "not_notify")
    await fill_in(story, NOT_NOTIFY)
    await story.press("submit")
    assert (await now(story, case)).status == "not_notified"
    assert (await deadlines(story, case))["rapid_review"].met is not None


async def test_what_was_sent_is_stood_down_and_not_decided_away(story: Story) -> None:
    case = await refer(story)
    await decide(story, case, {"notified_at": "today at 9:02am", "notification_reference": "TEST-7"})
    await begin_decision(story, case)
    await change(story, "decision", "not_notify")
    await fill_in(story, NOT_NOTIFY)
    assert "stand down the notification to the Panel" in text_of(await story.press("submit"))
    assert (await now(story, case)).status == "notified"


async def test_reading_it_first_acknowledges_and_a_decision_carries_over_a_restart(story: Story) -> None:
    case = await refer(story)
    story.as_("coordinator")
    await story.press_raw("open_case", case.id)
    assert story.has("decide")
    assert (await now(story, case)).status == "deciding"
    await story.press("decide")
    await story.press("seen")
    await fill_in(story, DECIDED, until="reasons")
    await story.restart()
    story.as_("coordinator", device="telephone")
    await story.press_raw("decide", case.id)
    assert "carry on" in text_of(story.newest).casefold() or story.asked == "reasons"
    await fill_in(story, DECIDED)
    await story.press("submit")
    assert (await now(story, case)).status == "notified"


@pytest.mark.parametrize("person", REFUSED)
async def test_only_a_coordinator_decides(story: Story, person: str) -> None:
    case = await refer(story)
    for action in ("decide", "notified", "save_notified", "more_case", "duties", "close_case", "stand_down", "hand_over"):
        story.as_(person)
        said = text_of(await story.press_raw(action, case.id))
        assert "You cannot read this case" in said, action
    assert (await now(story, case)).status == "referred"
    assert "refused" in [row.kind for row in await story.parts.store.history("partnership")]


@pytest.mark.parametrize("person", REFUSED)
async def test_nobody_else_answers_in_the_coordinators_decision(story: Story, person: str) -> None:
    case = await refer(story)
    await begin_decision(story, case)
    await story.press("seen")
    draft = story.button("confirm").target
    story.as_(person)
    await story.press_raw("answer", draft, {"la_aware_at": "today at 9am"})
    assert (await story.answers_of(draft))["la_aware_at"].state == "offered"


async def test_nothing_of_it_is_shown_in_a_channel(story: Story) -> None:
    case = await refer(story)
    story.as_("coordinator", in_channel="coordinators")
    for action in ("decide", "notified", "duties", "more_case", "join"):
        assert "one to one" in text_of(await story.press_raw(action, case.id)), action
    assert "Test Child" not in said_in(story, COORDINATORS)


async def test_a_restricted_case_is_not_there_for_a_coordinator_who_is_not_on_its_list(story: Story) -> None:
    await second_coordinator(story)
    story.as_("practitioner")
    await story.says("I need to refer a child")
    await story.press("start_restricted")
    chosen = next(one.value for one in story.card.inputs[0].choices if "Test Coordinator" in one.label)
    await story.press("name_people", {"named": chosen})
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    case = await by_reference(story, "NS-2026-0001")
    for action in ("show_case", "decide", "notified", "more_case", "close_case", "join", "duties"):
        story.as_("second")
        assert "There is no case with that reference" in text_of(await story.press_raw(action, case.id)), action
    said = await decide(story, case)
    assert "The decision is recorded" in said
    assert "NS-2026-0001" not in said_in(story, COORDINATORS)
    assert "NS-2026-0001" not in told(story, "second")


async def test_somebody_with_a_part_in_it_is_told_nothing(story: Story) -> None:
    case = await refer(story)
    await story.write(CasePersonRecord(case=case.id, person=case.referrer, relation="excluded"))
    before = len(story.as_("practitioner").heard)
    said = await decide(story, case)
    assert "could not be told here" in said
    assert len(story.as_("practitioner").heard) == before


async def test_two_coordinators_at_once_write_one_decision_and_lose_nothing(story: Story) -> None:
    case = await refer(story)
    await second_coordinator(story)
    await begin_decision(story, case)
    await begin_decision(story, case, "second")
    story.as_("coordinator")
    await story.press("seen")
    await fill_in(story, DECIDED, until="reasons")
    await story.press("answer", {"reasons": "One reason."})
    drafts = [one for one in (await read(story, case)).written if one.draft.form == "decision"]
    assert len(drafts) == 1
    await story.says("check")
    await fill_in(story, DECIDED)
    story.as_("second")
    await story.says("check")
    assert "One reason." in "".join(text_of(reply) for reply in story.heard[-2:])
    await story.press("finish")
    await fill_in(story, DECIDED)
    story.as_("coordinator")
    await story.says("check")
    await story.press("submit")
    story.as_("second")
    said = text_of(await story.press_raw("submit", drafts[0].draft.id))
    assert "recorded" in said
    assert (await kinds(story, case)).count("decision_recorded") == 1


async def test_a_referral_entered_for_somebody_asks_the_one_who_entered_it_to_pass_it_on(story: Story) -> None:
    story.as_("coordinator")
    await story.says("enter a referral on behalf of someone")
    await fill_in(story, ONE_CHILD | SENDER | {"receipt_source": "telephone"})
    await story.press("submit")
    case = (await story.cases())[0]
    await decide(story, case)
    heard = told(story, "coordinator")
    assert "You entered this referral for someone. Please tell them" in heard


async def test_it_is_decided_by_typing_the_words(story: Story) -> None:
    await refer(story)
    story.as_("coordinator")
    await story.says("record the decision for NS-2026-0001")
    assert "What the guidance says" in text_of(story.newest)


async def test_a_part_of_the_decision_is_answered_in_a_window(story: Story) -> None:
    case = await refer(story)
    await begin_decision(story, case)
    await story.press("seen")
    window = await story.opens_window()
    assert [asked.id for asked in window.inputs] == ["la_aware_at"]
    shut = await story.submits_window({"la_aware_at": "20 November 2026 at 3pm"})
    assert shut.closed_text
    draft = next(one for one in (await read(story, case)).written if one.draft.form == "decision")
    assert draft.answers["la_aware_at"].value == {
        "said": "20 November 2026 at 3pm",
        "date": "2026-11-20",
        "time": "15:00",
        "instant": "2026-11-20T15:00:00.000000+00:00",
    }


async def test_pressed_twice_it_is_recorded_once(story: Story) -> None:
    case = await refer(story)
    await begin_decision(story, case)
    await fill_in(story, DECIDED)
    card = len(story.heard)
    await story.press("submit")
    said = text_of(await story.press_card(card, "submit", {}))
    assert "This decision is recorded." in said
    assert (await kinds(story, case)).count("decision_recorded") == 1
    assert told(story, "practitioner").count("It was decided to notify") == 1


async def test_on_teams_it_is_the_same(story: Story) -> None:
    case = await refer(story)
    story.as_("coordinator", teams=True)
    assert story.place == Place(Channel.TEAMS, "coordinator-in-teams")
    await story.press_raw("decide", case.id)
    await fill_in(story, DECIDED)
    assert "The decision is recorded" in text_of(await story.press("submit"))
