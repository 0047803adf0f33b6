""" "What have we sent this year": to the Panel and to organisations, by the records, in time or late, with its scope."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from case_steps import refer
from delivery_steps import ask
from msgspec.structs import replace
from scoping_steps import IDENTIFIES, REFERENCE, asked, case_of, id_of, requests_of
from story import Story, text_of

from state.records import CasePersonRecord, CaseRecord, DeadlineRecord

AT = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)


async def write_case(story: Story, number: int, **fields: object) -> CaseRecord:
    """A case that is over, of which something was sent."""
    case = CaseRecord(
        id=f"case{number}",
        reference=f"NS-2026-{number:04d}",
        draft="none",
        referrer="nobody",
        received_at=AT - timedelta(days=10),
        status="closed",
    )
    case = replace(case, **fields)
    await story.write(case)
    return case


async def write_date(story: Story, case: CaseRecord, kind: str, due: datetime, met: datetime | None, key: str = "") -> None:
    """A date of that case."""
    name = f"{case.id}:{kind}:{key}" if key else f"{case.id}:{kind}"
    date = DeadlineRecord(id=name, case=case.id, kind=kind, due=due, runs_from=AT - timedelta(days=9), met=met)
    await story.write(date)


async def test_nothing_was_sent_this_year(story: Story) -> None:
    said = text_of(await story.as_("coordinator").says("what have we sent"))
    assert "From Thursday 1 January 2026 to Thursday 31 December 2026, of the cases you may see." in said
    assert "Notifications to the Panel: 0. Rapid reviews with their letter: 0." in said
    assert "Requests sent: 0. Cases: 0." in said


async def test_closed_cases_count_and_each_says_whether_it_was_in_time(story: Story) -> None:
    late = await write_case(story, 101, notified_at=AT)
    await write_date(story, late, "notification", AT - timedelta(days=4), AT, "1")
    good = await write_case(story, 102, notified_at=AT, sent_at=AT + timedelta(days=20))
    await write_date(story, good, "notification", AT, AT, "1")
    await write_date(story, good, "rapid_review", AT + timedelta(days=21), AT + timedelta(days=20))
    said = await ask(story.as_("coordinator"), "what have we sent this year")
    assert "Notifications to the Panel: 2. Rapid reviews with their letter: 1." in said
    assert (
        "NS-2026-0101: Notification to the Panel sent on Tuesday 10 March 2026 at 15:00. It was late by 2 working days." in said
    )
    assert "NS-2026-0102: Notification to the Panel sent on Tuesday 10 March 2026 at 15:00. It was in time." in said
    assert "NS-2026-0102: Rapid review and letter sent on Monday 30 March 2026 at 16:00. It was in time." in said


async def test_only_the_period_and_the_kind_that_were_said(story: Story) -> None:
    await write_case(story, 103, notified_at=AT, sent_at=datetime(2026, 3, 31, 22, 59, tzinfo=UTC))
    await write_case(story, 104, notified_at=datetime(2025, 12, 31, 23, 59, tzinfo=UTC))
    await write_case(story, 105, sent_at=datetime(2026, 3, 31, 23, 1, tzinfo=UTC))
    story.as_("coordinator")
    march = await ask(story, "what have we sent to the Panel in March")
    assert "From Sunday 1 March 2026 to Tuesday 31 March 2026" in march
    assert "Notifications to the Panel: 1. Rapid reviews with their letter: 1." in march
    reviews = await ask(story, "which rapid reviews did we send this year")
    assert "Notifications to the Panel: 0. Rapid reviews with their letter: 2." in reviews
    assert "To organisations" not in reviews
    since = await ask(story, "which notifications did we send since 10 March")
    assert "From Tuesday 10 March 2026 to Monday 23 November 2026" in since
    assert "NS-2026-0103" in since
    day = await ask(story, "what did we send on 31 December 2025")
    assert "On Wednesday 31 December 2025" in day
    assert "NS-2026-0104" in day


async def test_what_was_sent_to_organisations_is_named_by_case_and_day(story: Story) -> None:
    await asked(story, "police", "fire", "test-hospital-trust")
    said = await ask(story, "which scoping requests did we send this year")
    assert "Requests sent: 3. Cases: 1." in said
    assert f"{REFERENCE}: Monday 23 November 2026: Test Fire and Rescue Service, Test Hospital Trust, Test Police" in said
    assert "National Panel" not in said
    assert not any(word in said for word in IDENTIFIES)
    only = await ask(story, "what did we send to police and housing this year")
    assert "Requests sent: 1. Cases: 1." in only
    assert "Fire" not in only


async def test_a_lead_hears_what_was_sent_to_their_own_organisation(story: Story) -> None:
    await asked(story, "police", "fire")
    await write_case(story, 106, notified_at=AT)
    said = await ask(story.as_("police-lead"), "what have we sent")
    assert f"{REFERENCE}: Monday 23 November 2026: Test Police" in said
    assert "NS-2026-0106" not in said
    case = await case_of(story)
    await story.write(CasePersonRecord(case=case.id, person=id_of(story, "police-lead"), relation="excluded"))
    assert REFERENCE not in await ask(story, "what have we sent")


async def test_a_request_that_was_put_to_somebody_else_there_is_not_named_to_the_lead(story: Story) -> None:
    request = (await asked(story, "police"))["police"]
    await story.write(replace(request, quiet=True, delivery="email"))
    assert REFERENCE not in await ask(story.as_("police-lead"), "what have we sent")
    assert (await requests_of(story))["police"].quiet


async def test_a_restricted_case_is_counted_for_its_list_alone(story: Story) -> None:
    case = await write_case(story, 107, notified_at=AT, restricted=True)
    await story.write(CasePersonRecord(case=case.id, person=id_of(story, "coordinator"), relation="named"))
    assert "NS-2026-0107" in await ask(story.as_("coordinator"), "what have we sent this year")
    assert "Notifications to the Panel: 0." in await ask(story.as_("manager"), "what have we sent")
    assert "Notifications to the Panel: 0." in await ask(
        story.as_("coordinator", in_channel="coordinators"), "what have we sent"
    )


async def test_a_practitioner_is_refused_in_words_and_it_is_noted(story: Story) -> None:
    assert "nothing here that you can see" in text_of(await story.as_("practitioner").says("what have we sent"))
    assert (await story.parts.store.history("partnership"))[-1].kind == "refused"


async def test_many_are_counted_and_the_newest_listed(story: Story) -> None:
    for number in range(200, 217):
        await write_case(story, number, notified_at=AT + timedelta(hours=number))
    said = await ask(story.as_("coordinator"), "which notifications did we send this year")
    assert "Notifications to the Panel: 17." in said
    assert "Only the newest 15 are listed." in said
    assert "NS-2026-0216" in said
    assert "NS-2026-0201" not in said
    assert "No date is known for it." in said


async def test_a_case_that_another_area_has_is_named_with_its_day(story: Story) -> None:
    case = await refer(story)
    story.as_("coordinator")
    assert "To other areas" not in await ask(story, "what have we sent")
    await story.press_raw("hand_over", case.id)
    why = {"area": "Test Other Area", "decided_by": "Test Partner", "reason": "The child lived there."}
    await story.press("do_hand_over", why)
    assert "To other areas" not in await ask(story, "what have we sent"), "until they have it, it is ours"
    await story.press_raw("see_hand_over", case.id)
    await story.press("do_receipt", {"received_on": "today", "received_by": "Test Receiver"})
    said = await ask(story, "what have we sent this year")
    assert "To other areas\nNS-2026-0001: The case was handed over on Monday 23 November 2026" in said
    assert "Test Other Area" not in said
