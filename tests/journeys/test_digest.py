"""The digest of the week: by the clock, once to each who runs cases, of what they may see; and not where nothing is to say."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from chasing_steps import COORDINATORS, DIGEST, MANAGER, POLICE, Heard, at, role
from overdue_steps import actions, labels, many
from scoping_steps import REFERENCE, SECRET, asked, case_of, id_of, referred
from story import Story, text_of

from bot.doors import NotDelivered
from state.changes import OutboxStatus
from state.chasing_records import AbsenceRecord, RoundRecord
from state.records import CasePersonRecord
from state.scoping_records import NoticeRecord
from state.snapshot import Wanted
from state.values import LONDON


async def round_of(story: Story, person: str) -> RoundRecord | None:
    """When somebody's digest was looked at last."""
    return (await story.parts.store.read(Wanted(turn="", person="", place="", round=f"digest:{id_of(story, person)}"))).round


async def saturday(story: Story) -> None:
    """Time has come to the end of the first week, and its own digest is told."""
    await story.passes(at("2026-11-28T12:00"))


async def weeks(story: Story, until: str, place: str = MANAGER) -> list[str]:
    """The day and hour of each digest in a place until a moment."""
    found = []
    while (moment := await story.parts.chaser.next_after(story.clock.now())) <= at(until):
        heard = Heard(story)
        await story.passes(moment)
        found += [moment.astimezone(LONDON).strftime("%a %d %b %H:%M") for _ in heard.digests(place)]
    return found


async def away(story: Story, person: str, first: str, last: str, deputy: str = "") -> None:
    """Somebody is away, both days included."""
    made = AbsenceRecord(
        id=f"away-{person}-{first}",
        person=id_of(story, person),
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        deputy=id_of(story, deputy) if deputy else "",
        by="test",
        at=story.clock.now(),
    )
    await story.write(made)


@pytest.fixture
async def other(story: Story, tmp_path: Path) -> AsyncIterator[Story]:
    """A second process on the same data, with the same clock and channel."""
    made = Story(tmp_path)
    made.clock, made.channel = story.clock, story.channel
    await made.open()
    yield made
    made.close()


async def test_it_comes_each_monday_and_after_a_bank_holiday_on_the_next_working_day(story: Story) -> None:
    await many(story, 2)
    await saturday(story)
    assert await weeks(story, "2027-01-12T12:00") == [
        "Mon 30 Nov 09:30",
        "Mon 07 Dec 09:30",
        "Mon 14 Dec 09:30",
        "Mon 21 Dec 09:30",
        "Tue 29 Dec 09:30",
        "Mon 04 Jan 09:30",
        "Mon 11 Jan 09:30",
    ]


async def test_it_says_what_comes_first_what_is_late_and_what_falls_due_with_whose_move_it_is(story: Story) -> None:
    await asked(story, "police", "fire")
    await many(story, 2)
    await saturday(story)
    heard = Heard(story)
    await story.passes(at("2026-11-30T10:00"))
    (told,) = heard.digests(MANAGER)
    assert told.splitlines()[1].startswith("Of the cases you may see: 3 dates have passed. 1 case needs something first.")
    headings = ["First: no date yet, or nobody to do it", "Late, the worst first", "Due this week"]
    assert [line for line in told.splitlines() if line in headings] == headings
    first, late, due = (told.split(f"\n{one}\n")[1].split("\n\n")[0].splitlines() for one in headings)
    assert first[0].startswith(f"{REFERENCE}: ")
    assert "Nobody has marked the email as sent" in first[0]
    assert late[0].startswith("NS-2025-0001, ")
    assert late[1].startswith("NS-2025-0002, ")
    assert "working days late" in late[0]
    assert "Whose move: the coordinator." in late[0]
    assert any(line.startswith(f"{REFERENCE}, Test Police: Due Monday 30 November 2026.") for line in due)
    assert "Whose move: Test Police." in told
    assert not any(name in told for name in ("Test Child", "Zephyrine", "Quillon", SECRET))
    card = story.channel.said[MANAGER][-1].card
    assert card is not None
    assert actions(card) == ["overdue", "overdue"]
    assert len(heard.digests("coordinator")) == 1
    assert heard.digests(COORDINATORS) == heard.digests(POLICE) == heard.digests("police-lead") == []


async def test_its_buttons_show_the_whole(story: Story) -> None:
    await asked(story, "police")
    await many(story, 2)
    await saturday(story)
    await story.passes(at("2026-11-30T10:00"))
    story.as_("manager")
    digest = len(story.heard)
    assert text_of(story.newest).startswith(DIGEST)
    await story.press("overdue")
    assert text_of(story.newest).startswith("What is overdue")
    card = story.heard[digest - 1].card
    assert card is not None
    await story.press_raw("overdue", "")
    week = next(button for button in card.buttons if button.at)
    assert week.label == "Show what falls due"


async def test_nothing_to_say_is_no_message_and_is_not_asked_again(story: Story) -> None:
    await saturday(story)
    heard = Heard(story)
    await story.passes(at("2026-11-30T10:00"))
    assert heard.everywhere() == ""
    assert heard.digests(MANAGER) == heard.digests("coordinator") == []
    kept = await round_of(story, "manager")
    assert kept is not None
    assert kept.done_at == at("2026-11-30T09:30")
    await many(story, 1)
    await story.passes(at("2026-12-04T16:00"))
    assert heard.digests(MANAGER) == []
    await story.passes(at("2026-12-07T10:00"))
    assert len(heard.digests(MANAGER)) == 1


async def test_what_waits_and_what_did_not_get_through_are_in_it(story: Story) -> None:
    requests = await asked(story, "police")
    case = await case_of(story)
    await saturday(story)
    await story.write(
        NoticeRecord(id="n1", case=case.id, kind="more_time", about=requests["police"].id, by="x", at=story.clock.now()),
        NoticeRecord(id="n2", case=case.id, kind="question", about=requests["police"].id, by="x", at=story.clock.now()),
        NoticeRecord(id="n3", case=case.id, kind="withdrawal", by="x", at=story.clock.now()),
    )
    story.channel.broken[POLICE] = NotDelivered("delivery.not_in_channel")
    heard = Heard(story)
    await story.passes(at("2026-11-30T10:00"))
    (told,) = heard.digests(MANAGER)
    assert "3 things are to be settled. 1 message did not get through." in told
    waits = told.split("\nTo be settled\n")[1].splitlines()[0]
    assert waits == f"{REFERENCE}: Questions of agencies: 1. More time asked for: 1. Other things to settle: 1."
    assert told.split("\nDid not get through\n")[1].splitlines()[0].startswith(f"{REFERENCE}, Test Police")
    assert "[Show what waits for me]" in told
    assert "[Show whether it arrived]" in told


async def test_of_a_restricted_case_only_those_on_its_list_are_told(story: Story) -> None:
    await many(story, 1, restricted=[1])
    await saturday(story)
    await story.write(CasePersonRecord(case="many-001", person=id_of(story, "coordinator"), relation="named"))
    heard = Heard(story)
    await story.passes(at("2026-11-30T10:00"))
    (told,) = heard.digests("coordinator")
    assert "restricted: 6 working days late" in told.split("NS-2025-0001")[1]
    assert heard.digests(MANAGER) == []


async def test_whoever_is_excluded_is_told_nothing_of_the_case(story: Story) -> None:
    await many(story, 1)
    await saturday(story)
    await story.write(CasePersonRecord(case="many-001", person=id_of(story, "manager"), relation="excluded"))
    heard = Heard(story)
    await story.passes(at("2026-11-30T10:00"))
    assert heard.digests(MANAGER) == []
    assert len(heard.digests("coordinator")) == 1


async def test_the_deputy_of_a_manager_who_is_away_is_told_and_the_manager_when_they_are_back(story: Story) -> None:
    await role(story, "head-teacher", "manager")
    await many(story, 1)
    await story.as_("head-teacher").says("help")
    await saturday(story)
    await away(story, "manager", "2026-11-30", "2026-12-01", deputy="head-teacher")
    heard = Heard(story)
    await story.passes(at("2026-12-01T16:00"))
    assert heard.digests(MANAGER) == []
    (told,) = heard.digests("head-teacher")
    assert "You stand in for Test Manager, who is away until Tuesday 1 December 2026." in told
    (own,) = heard.digests("coordinator")
    assert "stand in" not in own
    await story.passes(at("2026-12-05T12:00"))
    assert len(heard.digests(MANAGER)) == 1, "it is caught up in the same week"
    await away(story, "manager", "2026-12-07", "2026-12-11", deputy="head-teacher")
    await story.passes(at("2026-12-14T09:10"))
    assert len(heard.digests(MANAGER)) == 1, "and not after it"


async def test_who_was_given_the_role_this_week_or_lost_it_has_none(story: Story) -> None:
    await many(story, 1)
    await saturday(story)
    await story.as_("head-teacher").says("help")
    await story.end_role("manager")
    heard = Heard(story)
    await story.passes(at("2026-11-30T10:00"))
    await role(story, "head-teacher", "manager")
    await story.passes(at("2026-12-02T10:00"))
    assert heard.digests(MANAGER) == heard.digests("head-teacher") == []
    await story.passes(at("2026-12-07T10:00"))
    assert len(heard.digests("head-teacher")) == 1


async def test_somebody_who_was_removed_has_none(story: Story) -> None:
    await many(story, 1)
    await saturday(story)
    await story.remove("manager")
    heard = Heard(story)
    await story.passes(at("2026-12-08T10:00"))
    assert heard.digests(MANAGER) == []
    assert len(heard.digests("coordinator")) == 2


async def test_after_three_weeks_there_is_one_and_only_in_working_hours(story: Story) -> None:
    await many(story, 1)
    await saturday(story)
    await story.restart()
    heard = Heard(story)
    for moment in ("2026-12-19T12:00", "2026-12-20T23:00", "2026-12-21T08:00", "2026-12-21T09:10"):
        story.clock.set(at(moment))
        await story.parts.chaser.ring()
        await story.settle()
    assert heard.digests(MANAGER) == []
    for moment in ("2026-12-23T18:00", "2026-12-24T10:00", "2026-12-24T10:01", "2026-12-24T16:00"):
        story.clock.set(at(moment))
        await story.restart()
        await story.parts.chaser.ring()
        await story.settle()
    assert len(heard.digests(MANAGER)) == len(heard.digests("coordinator")) == 1
    kept = await round_of(story, "manager")
    assert kept is not None
    assert kept.done_at == at("2026-12-24T10:00")


async def test_two_processes_send_one(story: Story, other: Story) -> None:
    await many(story, 1)
    await saturday(story)
    heard = Heard(story)
    story.clock.set(at("2026-11-30T09:30"))
    await asyncio.gather(*(one.parts.chaser.ring() for one in (story, other, story, other)))
    await asyncio.gather(story.settle(), other.settle())
    assert len(heard.digests(MANAGER)) == len(heard.digests("coordinator")) == 1


async def test_one_that_may_have_arrived_is_not_sent_again(story: Story) -> None:
    await many(story, 1)
    await saturday(story)
    story.channel.fail_at(MANAGER, NotDelivered("delivery.no_answer", uncertain=True))
    heard = Heard(story)
    await story.passes(at("2026-12-04T16:00"))
    assert heard.digests(MANAGER) == []
    rows = [row for row in await story.parts.store.ledger() if row.send.to_person == id_of(story, "manager")]
    assert [row.status for row in rows if row.send.reminder and not row.send.case] == [
        OutboxStatus.UNCERTAIN,
        OutboxStatus.SENT,
    ]


async def test_many_are_counted_and_only_the_worst_are_listed(story: Story) -> None:
    await many(story, 30)
    await saturday(story)
    await story.passes(at("2026-11-30T10:00"))
    story.as_("manager")
    assert "30 dates have passed" in text_of(story.newest)
    assert "22 more are not shown here." in text_of(story.newest)
    assert labels(story.card)[0].startswith("NS-2025-0001")
    assert len(labels(story.card)) == 8


async def test_it_is_told_on_demand_to_each_of_what_they_may_see(story: Story) -> None:
    await asked(story, "police", "test-hospital-trust")
    await many(story, 1)
    await story.without_the_bell(days=9)
    for person in ("coordinator", "manager"):
        told = text_of(await story.as_(person).says("give me the digest"))
        assert told.startswith(DIGEST)
        assert "Of the cases you may see: " in told
        assert "NS-2025-0001" in told
    lead = text_of(await story.as_("police-lead").says("weekly summary"))
    assert "For Test Police: 1 date has passed." in lead
    assert f"{REFERENCE}, Test Police" in lead
    assert "NS-2025-0001" not in lead
    assert "Hospital" not in lead
    own = text_of(await story.as_("practitioner").says("digest"))
    assert "Of your own referrals and reviews" in own
    assert "Test Police" not in own


async def test_on_demand_that_there_is_nothing_is_said(story: Story) -> None:
    said = text_of(await story.as_("police-lead").says("weekly digest"))
    assert said == "For Test Police: nothing is late, nothing falls due this week, and nothing is to be settled."
    kept = await round_of(story, "police-lead")
    assert kept is None


async def test_on_demand_takes_nothing_from_the_weekly_one(story: Story) -> None:
    await many(story, 1)
    await saturday(story)
    await story.as_("manager").says("digest")
    heard = Heard(story)
    await story.passes(at("2026-11-30T10:00"))
    assert len(heard.digests(MANAGER)) == 1


@pytest.mark.parametrize("channel", ["coordinators", "police"])
async def test_in_a_channel_it_asks_to_be_asked_one_to_one(story: Story, channel: str) -> None:
    await referred(story)
    said = text_of(await story.as_("coordinator", in_channel=channel).says("weekly digest"))
    assert said == "Please ask me for the digest one to one. Others read along here."
