"""What is overdue, asked by everybody it may concern: the worst first, of the cases each may see, and what is due next."""

from __future__ import annotations

from msgspec.structs import replace
from overdue_steps import actions, dates, facts, labels, many
from scoping_steps import REFERENCE, asked, case_of, id_of, referred, requests_of
from story import Story, text_of

from state.records import CasePersonRecord

ASKS = "what is overdue"


async def late(story: Story) -> None:
    """Police and fire were asked, and have not answered in time."""
    await asked(story, "police", "fire")
    await story.later(days=9)


async def test_the_coordinator_sees_what_comes_first_and_then_the_worst(story: Story) -> None:
    await late(story)
    said = text_of(await story.as_("coordinator").says(ASKS))
    assert said.startswith("What is overdue\nOf the cases you may see: 3 dates have passed. 1 case needs something first.")
    first, *rest = facts(story.card)
    assert first[0] == REFERENCE
    assert (
        "Nobody has confirmed when the local authority knew. Its dates are provisional. There is no decision yet." in first[1]
    )
    assert "Nobody has marked the email as sent: Test Fire and Rescue Service." in first[1]
    assert [label for label, _ in rest] == [
        "Notification to the National Panel",
        "Test Police",
        "Test Fire and Rescue Service",
    ]
    assert "3 working days late. It was due Friday 27 November 2026. This date is provisional." in rest[0][1]
    assert "Whose move: the coordinator." in rest[0][1]
    assert "The rapid review is counted from it." in rest[0][1]
    assert "2 working days late. It was due Monday 30 November 2026. Nobody there has opened it." in rest[1][1]
    assert "Whose move: Test Police." in rest[1][1]
    assert "The pack of the rapid review waits for it." in rest[1][1]
    assert actions(story.card) == ["chase_dates", "date_time", "hand_on", "open_date", "group_dates", "export"]


async def test_a_request_by_email_that_nobody_sent_is_the_coordinators_move(story: Story) -> None:
    await late(story)
    await story.as_("coordinator").says(ASKS)
    row = dict(facts(story.card))["Test Fire and Rescue Service"]
    assert "Nobody has marked its email as sent. Whose move: the coordinator." in row
    request = (await requests_of(story))["fire"]
    await story.write(replace(request, emailed_at=story.clock.now()))
    await story.says(ASKS)
    row = dict(facts(story.card))["Test Fire and Rescue Service"]
    assert "It went by secure email. Whose move: Test Fire and Rescue Service." in row
    assert "Nobody has marked" not in text_of(story.newest)


async def test_an_unread_referral_comes_before_every_date(story: Story) -> None:
    await referred(story)
    await story.later(days=4)
    said = text_of(await story.as_("manager").says(ASKS))
    assert "1 date has passed. 1 case needs something first." in said
    [(reference, told)] = facts(story.card)
    assert reference == REFERENCE
    assert told == (
        "Nobody has read this referral. It came on Monday 23 November 2026. "
        "It was to be read by Wednesday 25 November 2026, 2 working days ago."
    )


async def test_a_lead_sees_their_organisation_alone(story: Story) -> None:
    await late(story)
    said = text_of(await story.as_("police-lead").says(ASKS))
    assert "For Test Police: 1 date has passed." in said
    assert labels(story.card) == ["Test Police"]
    assert actions(story.card) == ["open_date", "date_time", "export"]
    assert "Fire" not in said
    assert "For Test Hospital Trust: no date has passed." in text_of(await story.as_("nurse").says(ASKS))


async def test_what_was_put_to_somebody_else_is_not_the_leads(story: Story) -> None:
    await late(story)
    request = (await requests_of(story))["police"]
    await story.write(replace(request, delivery="private", senior=id_of(story, "nurse")))
    assert "no date has passed" in text_of(await story.as_("police-lead").says(ASKS))
    await story.as_("nurse").says(ASKS)
    assert labels(story.card) == ["Test Police"]


async def test_a_practitioner_sees_their_own_referral_while_nobody_has_read_it(story: Story) -> None:
    await referred(story)
    assert "no date has passed." in text_of(await story.as_("practitioner").says(ASKS))
    assert "Next: NS-2026-0001, Reading the referral. Due Wednesday 25 November 2026." in text_of(story.newest)
    await story.later(days=3)
    said = text_of(await story.says(ASKS))
    assert "Of your own referrals and reviews: 1 date has passed." in said
    assert labels(story.card) == ["Reading the referral"]
    await story.press("open_date", {"date": next(iter(dates(story.card).values()))})
    assert "My referrals" in text_of(story.newest)


async def test_a_removed_person_sees_nothing(story: Story) -> None:
    await late(story)
    await story.as_("police-lead").says("hello")
    await story.remove("police-lead")
    assert "You no longer have access." in text_of(await story.says(ASKS))


async def test_where_nothing_is_late_it_says_so_and_what_is_due_next(story: Story) -> None:
    await asked(story, "police")
    await story.as_("police-lead").says(ASKS)
    said = text_of(story.newest)
    assert "For Test Police: no date has passed." in said
    assert f"Next: {REFERENCE}, Test Police. Due Monday 30 November 2026." in said
    assert story.card.inputs == ()


async def test_a_restricted_case_is_there_only_for_its_people(story: Story) -> None:
    await referred(story, restricted=True)
    await story.later(days=4)
    said = text_of(await story.as_("coordinator").says(ASKS))
    assert "1 date has passed. 1 case needs something first." in said
    assert f"{REFERENCE}, restricted" in labels(story.card)
    said = text_of(await story.as_("manager").says(ASKS))
    assert "Of the cases you may see: no date has passed." in said
    assert "case needs" not in said
    assert REFERENCE not in said
    said = text_of(await story.as_("coordinator", in_channel="coordinators").says(ASKS))
    assert "Of the cases that are not restricted: no date has passed." in said
    assert REFERENCE not in said


async def test_an_excluded_person_sees_nothing_of_that_case(story: Story) -> None:
    await late(story)
    await many(story, 1)
    case = await case_of(story)
    for person in ("manager", "police-lead"):
        await story.write(CasePersonRecord(case=case.id, person=id_of(story, person), relation="excluded"))
        said = text_of(await story.as_(person).says(ASKS))
        assert REFERENCE not in said
    await story.as_("manager").says(ASKS)
    assert labels(story.card) == ["Rapid review held and sent"]


async def test_in_the_coordinators_channel_by_reference_alone(story: Story) -> None:
    await late(story)
    await many(story, 2, restricted=(2,))
    said = text_of(await story.as_("coordinator", in_channel="coordinators").says(ASKS))
    assert "Of the cases that are not restricted: 4 dates have passed." in said
    assert "NS-2025-0002" not in said
    assert "chase_dates" in actions(story.card)
    for name in ("Test Child", "Zephyrine", "Quillon", "Test Practitioner"):
        assert name not in said


async def test_in_an_organisations_channel_only_what_is_theirs(story: Story) -> None:
    await late(story)
    for person, count in (("coordinator", 1), ("police-lead", 1), ("practitioner", 0)):
        said = text_of(await story.as_(person, in_channel="police").says(ASKS))
        assert said.startswith(
            "What is overdue\nFor Test Police: " + ("1 date has passed." if count else "no date has passed.")
        )
        assert labels(story.card) == ["Test Police"] * count
        assert story.card.inputs == ()
    request = (await requests_of(story))["police"]
    await story.write(replace(request, quiet=True))
    assert "no date has passed" in text_of(await story.as_("police-lead", in_channel="police").says(ASKS))


async def test_in_a_channel_that_is_nobodys_each_sees_what_is_not_restricted(story: Story) -> None:
    await late(story)
    await story.as_("police-lead", in_channel="somewhere").says(ASKS)
    assert labels(story.card) == ["Test Police"]
    assert story.card.inputs == ()


async def test_more_than_sixty_dates_come_page_by_page_the_worst_first(story: Story) -> None:
    await many(story, 63)
    await story.as_("coordinator").says(ASKS)
    seen: list[str] = []
    for number in range(1, 8):
        said = text_of(story.newest)
        assert "63 dates have passed." in said
        last = min(number * 10, 63)
        assert f"{number * 10 - 9} to {last} of 63." in said
        seen += [label for label in dates(story.card) if not label.startswith("All")]
        if number < 7:
            await story.press("more_dates")
    assert "more_dates" not in actions(story.card)
    assert seen == [f"NS-2025-{number:04d}, Rapid review held and sent" for number in range(1, 64)]


async def test_by_agency_and_back_by_case(story: Story) -> None:
    await late(story)
    await story.as_("coordinator").says(ASKS)
    said = text_of(await story.press("group_dates"))
    order = ["Not for an agency", "Test Fire and Rescue Service", "Test Police"]
    assert [said.index(f"\n{name}\n") for name in order] == sorted(said.index(f"\n{name}\n") for name in order)
    assert f"{REFERENCE}, Notification to the National Panel" in labels(story.card)
    assert story.button("group_dates").label == "Show them by case"
    await story.press("group_dates")
    assert labels(story.card)[1:] == ["Notification to the National Panel", "Test Police", "Test Fire and Rescue Service"]


async def test_what_falls_due_says_what_has_passed_already(story: Story) -> None:
    await asked(story, "police", "fire")
    said = text_of(await story.as_("coordinator").says("what is due"))
    assert "What falls due\nOf the cases you may see: 3 dates fall due." in said
    assert "Due Friday 27 November 2026. This date is provisional." in said
    await story.later(days=9)
    said = text_of(await story.says("what is due"))
    assert "nothing falls due then" in said
    assert '3 open dates are before that. To see them, type "what is overdue".' in said


async def test_who_has_not_replied_by_how_far_they_are(story: Story) -> None:
    await asked(story, "police", "fire")
    request = (await requests_of(story))["police"]
    await story.write(replace(request, state="drafting"))
    said = text_of(await story.as_("coordinator").says("who has not replied"))
    assert "2 answers have not come yet." in said
    assert sorted(labels(story.card)) == ["Test Fire and Rescue Service", "Test Police"]
    assert "They are writing it." in dict(facts(story.card))["Test Police"]
    await story.as_("police-lead").says("who has not replied")
    assert labels(story.card) == ["Test Police"]
