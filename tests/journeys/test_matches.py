"""Possible matches of the same child: offered to the coordinator alone, joined into one case, and parted again."""

from __future__ import annotations

import pytest
from case_steps import (
    COORDINATORS,
    by_reference,
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
from referral_steps import ONE_CHILD, begin, fill_in
from story import Story, text_of

from state.records import CaseRecord

ANOTHER = {"children.1.name": "Test Child Two", "children.1.date_of_birth": "5 May 2015"}
WHY = {"decided_by": "Test Coordinator", "reason": "It is one incident."}


async def two(story: Story, second: dict[str, str] | None = None) -> tuple[CaseRecord, CaseRecord]:
    """Two referrals by two people, the second a day later."""
    first = await refer(story)
    await story.later(days=1)
    return first, await refer(story, {"la_aware_at": "19/11/2026 10:00"} | (second or {}), who="nurse")


async def joined(story: Story, keep: str = "other") -> tuple[CaseRecord, CaseRecord]:
    """The second joined to the first, from the second."""
    first, second = await two(story)
    story.as_("coordinator")
    await story.press_raw("show_case", second.id)
    await story.press("see_match")
    await story.press("join")
    await story.press("do_join", WHY | {"keep": keep})
    return first, second


def seen(story: Story, count: int = 2) -> str:
    return "\n".join(text_of(reply) for reply in story.heard[-count:])


async def test_a_second_referral_of_the_same_child_is_offered_to_the_coordinator_only(story: Story) -> None:
    first, second = await two(story)
    posted = said_in(story, COORDINATORS)
    assert posted.count("It may be about a child who is in another referral.") == 1
    assert "another referral" not in told(story, "nurse").replace("deals with another", "")
    story.as_("coordinator")
    for one, other in ((first, second), (second, first)):
        await story.press_raw("show_case", one.id)
        assert "This may be about a child who is in another referral" in text_of(story.newest)
        assert other.reference in text_of(story.newest)
    story.as_("manager")
    await story.press_raw("show_case", second.id)
    assert first.reference not in text_of(story.newest)


async def test_names_and_birth_dates_match_however_they_were_typed(story: Story) -> None:
    await refer(story)
    second = await refer(story, {"children.1.name": "test  child ONE", "children.1.date_of_birth": "03/04/2019"}, who="nurse")
    assert [one.reference for one in (await read(story, second)).alike] == ["NS-2026-0001"]


async def test_another_child_is_no_match(story: Story) -> None:
    await refer(story)
    second = await refer(story, ANOTHER, who="nurse")
    found = await read(story, second)
    assert (found.alike, found.alike_drafts) == ((), ())


async def test_a_referral_that_is_still_written_is_offered_until_it_is_sent_or_its_child_changes(story: Story) -> None:
    first = await refer(story)
    story.as_("nurse")
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.sex")
    story.as_("coordinator")
    await story.press_raw("show_case", first.id)
    assert "Test Nurse began a referral on Monday 23 November 2026" in text_of(story.newest)
    story.as_("nurse")
    await story.says("change children.1.date_of_birth")
    await story.press("answer", {"children.1.date_of_birth": "3 April 2018"})
    assert (await read(story, first)).alike_drafts == ()


async def test_a_draft_that_is_given_up_is_offered_no_more(story: Story) -> None:
    first = await refer(story)
    story.as_("nurse")
    await begin(story)
    await fill_in(story, ONE_CHILD, until="children.1.sex")
    assert len((await read(story, first)).alike_drafts) == 1
    await story.says("cancel")
    await story.press("confirm_cancel")
    assert (await read(story, first)).alike_drafts == ()


async def test_a_restricted_case_is_offered_to_nobody_who_is_not_on_its_list(story: Story) -> None:
    await second_coordinator(story)
    story.as_("practitioner")
    await begin(story, restricted=True)
    chosen = next(one.value for one in story.card.inputs[0].choices if "Test Coordinator" in one.label)
    await story.press("name_people", {"named": chosen})
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    second = await refer(story, who="nurse")
    assert "another referral" not in said_in(story, COORDINATORS)
    story.as_("second")
    await story.press_raw("show_case", second.id)
    assert "NS-2026-0001" not in seen(story)
    await story.press_raw("join", second.id)
    await story.press("do_join", WHY | {"other": "NS-2026-0001", "keep": "this"})
    assert "There is no such other case that you can see." in text_of(story.newest)
    story.as_("coordinator")
    await story.press_raw("show_case", second.id)
    assert "NS-2026-0001" in text_of(story.newest)


async def test_what_is_for_named_people_is_never_joined_to_what_is_not(story: Story) -> None:
    story.as_("practitioner")
    await begin(story, restricted=True)
    chosen = next(one.value for one in story.card.inputs[0].choices if "Test Coordinator" in one.label)
    await story.press("name_people", {"named": chosen})
    await fill_in(story, ONE_CHILD)
    await story.press("submit")
    second = await refer(story, who="nurse")
    story.as_("coordinator")
    await story.press_raw("join", second.id)
    await story.press("do_join", WHY | {"other": "NS-2026-0001", "keep": "this"})
    assert "Only named people may see one of them." in text_of(story.newest)
    await story.press("do_join", WHY | {"other": "NS-2026-0001", "keep": "other"})
    assert (await now(story, second)).status == "joined"
    assert "NS-2026-0001" not in said_in(story, COORDINATORS)


async def test_kept_apart_they_are_not_offered_again(story: Story) -> None:
    first, second = await two(story)
    story.as_("coordinator")
    await story.press_raw("show_case", first.id)
    await story.press("see_match")
    await story.press("not_same")
    for one in (first, second):
        assert (await read(story, one)).alike == ()


async def test_joined_they_are_one_case_and_each_referrer_sees_only_their_own(story: Story) -> None:
    first, second = await joined(story)
    assert "NS-2026-0002 was joined to NS-2026-0001." in text_of(story.newest)
    gone = await now(story, second)
    assert (gone.status, gone.joined_to, gone.before) == ("joined", first.id, "referred")
    assert [one.reference for one in (await read(story, first)).joined] == ["NS-2026-0002"]
    story.as_("nurse")
    mine = text_of(await story.says("my referrals"))
    assert "NS-2026-0002: Sent on Tuesday 24 November 2026. It is dealt with together with another referral." in mine
    assert "NS-2026-0001" not in mine
    await decide(story, first)
    for person, own, others in (("practitioner", "0001", "0002"), ("nurse", "0002", "0001")):
        heard = told(story, person)
        assert f"Your referral NS-2026-{own}" in heard
        assert f"NS-2026-{others}" not in heard
        assert "It was decided to notify the National Panel." in heard


async def test_both_referrals_stay_whole_and_can_be_read(story: Story) -> None:
    first, second = await joined(story)
    story.as_("coordinator")
    for one in (first, second):
        await story.press_raw("open_case", one.id)
        assert "Test Child One" in "\n".join(text_of(reply) for reply in story.heard[-5:])


async def test_the_earliest_awareness_stands_and_the_change_is_announced(story: Story) -> None:
    first, second = await two(story)
    before = (await deadlines(story, first))["notification:1"].due
    story.as_("coordinator")
    await story.press_raw("join", second.id)
    await story.press("do_join", WHY | {"other": "ns 2026 1", "keep": "other"})
    after = (await deadlines(story, first))["notification:1"].due
    assert (before.date().isoformat(), after.date().isoformat()) == ("2026-11-27", "2026-11-26")
    posted = said_in(story, COORDINATORS)
    assert "was Friday 27 November 2026, is now Thursday 26 November 2026" in posted
    assert all(row.met is not None for row in (await deadlines(story, second)).values())
    await story.press_raw("decide", first.id)
    await story.press("seen")
    assert story.card.inputs[0].value == "Thursday 19 November 2026 at 10am"


async def test_undoing_a_join_puts_everything_back(story: Story) -> None:
    first, second = await two(story)
    before = (await deadlines(story, first), await deadlines(story, second))
    story.as_("coordinator")
    await story.press_raw("join", second.id)
    await story.press("do_join", WHY | {"other": "NS-2026-0001", "keep": "other"})
    await story.press("undo_join")
    assert "are two cases again" in text_of(story.newest)
    back = await now(story, second)
    assert (back.status, back.joined_to, back.before) == ("referred", "", "")
    after = (await deadlines(story, first), await deadlines(story, second))
    for was, is_now in zip(before, after, strict=True):
        assert {name: (row.due, row.met, row.provisional) for name, row in was.items()} == {
            name: (row.due, row.met, row.provisional) for name, row in is_now.items()
        }
    assert (await read(story, first)).joined == ()
    assert {"joined", "join_undone"} <= set(await kinds(story, first))
    assert {"joined_to", "join_undone"} <= set(await kinds(story, second))


async def test_the_chosen_one_stays(story: Story) -> None:
    first, second = await joined(story, keep="this")
    assert (await now(story, first)).joined_to == second.id
    assert (await now(story, second)).status == "referred"


async def test_the_older_one_is_proposed(story: Story) -> None:
    _, second = await two(story)
    story.as_("coordinator")
    await story.press_raw("show_case", second.id)
    await story.press("see_match")
    await story.press("join")
    keep = next(one for one in story.card.inputs if one.id == "keep")
    assert (keep.value, [choice.label for choice in keep.choices]) == ("other", ["NS-2026-0002", "NS-2026-0001"])


async def test_a_child_whom_only_the_joined_referral_names_keeps_its_date(story: Story) -> None:
    first, second = await two(story, ANOTHER)
    story.as_("coordinator")
    await story.press_raw("join", second.id)
    await story.press("do_join", WHY | {"other": "NS-2026-0001", "keep": "other"})
    assert "The other referral names 1 more children." in text_of(story.newest)
    moved = (await deadlines(story, first))["notification"]
    assert (moved.met, moved.due.date().isoformat()) == (None, "2026-11-26")
    await decide(story, first, {"notified_at": "24 November 2026 at 9:03am", "notification_reference": "TEST-1"})
    assert (await deadlines(story, first))["notification"].met is not None
    story.as_("coordinator")
    await story.press_raw("undo_join", second.id)
    assert (await deadlines(story, second))["notification:1"].met is None


@pytest.mark.parametrize("other", ["NS-2026-0099", "NS-2026-0002", "", "somebody"])
async def test_what_cannot_be_joined_is_refused_with_what_to_do(story: Story, other: str) -> None:
    _, second = await two(story)
    story.as_("coordinator")
    await story.press_raw("join", second.id)
    await story.press("do_join", WHY | {"other": other, "keep": "this"})
    errors = [one.error for one in story.card.inputs if one.error]
    assert errors
    assert all("Please" in error for error in errors)
    assert (await now(story, second)).status == "referred"


async def test_one_at_an_end_or_with_others_joined_is_not_joined(story: Story) -> None:
    first, second = await joined(story)
    third = await refer(story, who="head-teacher")
    story.as_("coordinator")
    await story.press_raw("join", third.id)
    await story.press("do_join", WHY | {"other": second.reference, "keep": "this"})
    assert "gone too far to be joined" in text_of(story.newest)
    await story.press("do_join", WHY | {"other": first.reference, "keep": "this"})
    assert "Another referral was joined to the one that would go." in text_of(story.newest)


@pytest.mark.parametrize("person", ["practitioner", "manager", "nurse", "police-lead"])
async def test_nobody_else_joins_or_parts(story: Story, person: str) -> None:
    first, second = await joined(story)
    story.as_(person)
    for action, case in (("join", first), ("do_join", first), ("undo_join", second), ("see_match", first), ("not_same", first)):
        assert "You cannot read this case" in text_of(await story.press_raw(action, case.id))
    assert (await now(story, second)).status == "joined"


async def test_a_joined_referral_has_no_steps_of_its_own_but_undoing(story: Story) -> None:
    _, second = await joined(story)
    story.as_("coordinator")
    await story.press_raw("show_case", second.id)
    assert {button.action for button in story.card.buttons} == {"undo_join", "open_case"}
    assert "Please record the decision there." in text_of(await story.press_raw("decide", second.id))
    assert (await by_reference(story, second.reference)).status == "joined"


async def test_pressed_again_a_join_or_its_undoing_changes_nothing(story: Story) -> None:
    _, second = await joined(story)
    story.as_("coordinator")
    await story.press_raw("undo_join", second.id)
    said = text_of(await story.press_raw("undo_join", second.id))
    assert "is not joined to another one" in said
    assert (await kinds(story, second)).count("join_undone") == 1
