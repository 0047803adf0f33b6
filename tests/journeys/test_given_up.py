"""What could not be delivered: who should know is told whose it was, why and what to do, and never in a circle."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

from delivery_steps import COORDINATORS, GONE, LEFT, NOT_THERE, SLOW, UNCLEAR, did_it_reach, ledger, told_in
from msgspec.structs import replace
from referral_steps import ONE_CHILD, begin, fill_in
from scoping_steps import (
    IDENTIFIES,
    PURPOSE,
    asked,
    case_of,
    choose,
    everything_in_channels,
    history,
    id_of,
    referred,
    requests_of,
    send,
    vetted,
)
from story import Story, text_of

from dialogs.reply import Reply, as_json
from dialogs.turn import Press, Text
from state.changes import Changes, Kind, OutboxStatus, Send
from state.records import CasePersonRecord


def send_now(story: Story) -> Press:
    """The press that sends what is on the newest card: said without a look at what is answered."""
    button = story.button("send_now")
    return Press(action="send_now", target=button.target, version=button.version, inputs=PURPOSE)


async def test_a_reply_that_is_given_up_is_told_to_the_coordinators(story: Story) -> None:
    story.channel.fail_with = [GONE]
    await story.take(Text("I need to refer a child"))
    assert "A message did not get through: an answer, for Test Practitioner." in told_in(story)
    assert "is not there any more" in told_in(story)


async def test_a_request_that_is_given_up_names_organisation_reason_and_what_to_do(story: Story) -> None:
    story.channel.broken["channel:police"] = NOT_THERE
    await asked(story, "police")
    said = story.channel.said[COORDINATORS][-1]
    assert said.card is not None
    assert "A message about NS-2026-0001 did not get through: the request, for Test Police." in text_of(said)
    assert "Add the assistant to it, then send this again." in text_of(said)
    assert [one.action for one in said.card.buttons] == ["send_again", "use_email", "show_case"]
    assert not any(word in everything_in_channels(story) for word in IDENTIFIES)
    assert "given_up" in await history(story)


async def test_it_is_sent_again_from_that_card(story: Story) -> None:
    story.channel.broken["channel:police"] = NOT_THERE
    await asked(story, "police")
    del story.channel.broken["channel:police"]
    story.as_("coordinator", in_channel="coordinators")
    await story.press("send_again")
    assert len(story.channel.said["channel:police"]) == 1
    assert "is sent again" in told_in(story, "coordinator")


async def test_a_person_who_left_is_named(story: Story) -> None:
    request = (await asked(story, "police"))["police"]
    story.channel.broken["police-lead"] = LEFT
    await story.press_raw("involved", request.id)
    await story.press(
        "keep_involved",
        {"senior": id_of(story, "police-lead"), "excluded": "", "why": ""},
    )
    assert "the request, for Test Police Lead (Test Police)." in told_in(story)
    assert "They may have left. Choose somebody else, or use secure email." in told_in(story)


async def test_several_of_one_case_are_one_card(story: Story) -> None:
    channels = ("police", "test-hospital-trust")
    for channel in channels:
        story.channel.broken[f"channel:{channel}"] = NOT_THERE
    before = len(story.channel.said[COORDINATORS])
    await asked(story, *channels)
    posts = [text for text in story.channel.said[COORDINATORS][before:] if "did not get through" in text_of(text)]
    assert len(posts) == 1
    card = text_of(story.channel.updates[-1][1])
    assert "Messages about NS-2026-0001 that did not get through, or may not have: 2." in card
    assert "the request, Test Police: Not delivered." in card
    assert "the request, Test Hospital Trust: Not delivered." in card
    assert "[Look at what got through]" in card


async def test_what_fails_a_day_later_is_a_message_of_its_own(story: Story) -> None:
    story.channel.broken["channel:police"] = NOT_THERE
    await asked(story, "police")
    posts = len(story.channel.said[COORDINATORS])
    await story.without_the_bell(days=1)
    await story.says(f"requests {(await case_of(story)).reference}")
    await story.press("show_request", {"request": (await requests_of(story))["police"].id})
    await story.press("post_again")
    assert len(story.channel.said[COORDINATORS]) == posts + 1


async def test_where_the_coordinators_channel_is_gone_each_is_told_one_to_one(story: Story) -> None:
    await begin(story)
    await fill_in(story, ONE_CHILD)
    story.channel.broken[COORDINATORS] = GONE
    await story.press("submit")
    said = told_in(story, "coordinator")
    assert "about NS-2026-0001 did not get through: a message, for the coordinators' channel." in said
    assert "Test Child" not in said
    assert not story.channel.said["manager"]


async def test_where_that_fails_while_telling_of_another_each_is_told_one_to_one(story: Story) -> None:
    await referred(story)
    story.channel.broken |= {"channel:police": NOT_THERE, COORDINATORS: GONE}
    await choose(story, "police")
    await vetted(story)
    await send(story)
    assert "the request, for Test Police." in told_in(story, "coordinator")
    assert "Add the assistant to it" in told_in(story, "coordinator")
    rows = [one for one in await history(story) if one == "given_up"]
    assert len(rows) == 1, "in the history it stands once"


async def test_where_no_coordinator_can_be_reached_the_manager_is_told(story: Story) -> None:
    await referred(story)
    story.channel.broken |= {"channel:police": NOT_THERE, COORDINATORS: GONE}
    await choose(story, "police")
    await vetted(story)
    await story.press("confirm_requests")
    story.channel.broken["coordinator"] = LEFT
    await story.take(send_now(story))
    assert "the request, for Test Police." in told_in(story, "manager")
    card = story.channel.said["manager"][-1].card
    assert card is not None
    assert [one.action for one in card.buttons] == ["send_again", "show_case"]


async def test_where_nobody_can_be_reached_it_ends_and_the_history_says_so(story: Story) -> None:
    story.channel.fail_with = [GONE] * 50
    await story.take(Text("hello"))
    assert 45 <= len(story.channel.fail_with) < 50
    assert [one.kind for one in await story.parts.store.history("partnership")][-1] == "nobody_told"


async def test_what_may_have_arrived_is_told_so_once(story: Story) -> None:
    story.channel.broken["channel:police"] = UNCLEAR
    await asked(story, "police")
    assert "may not have arrived" not in told_in(story)
    await story.without_the_bell(minutes=1)
    assert "A message about NS-2026-0001 may not have arrived: the request, for Test Police." in told_in(story)
    told = len(story.channel.said[COORDINATORS])
    await story.without_the_bell(hours=80)
    assert len(story.channel.said[COORDINATORS]) == told


async def test_a_card_that_never_came_is_not_told_a_second_time_when_it_changes(story: Story) -> None:
    story.channel.broken["channel:police"] = NOT_THERE
    request = (await asked(story, "police"))["police"]
    told = len(story.channel.said[COORDINATORS])
    story.clock.move(timedelta(hours=1))
    await story.press_raw("do_withdraw", request.id, {"reason": "Asked twice"})
    assert len(story.channel.said[COORDINATORS]) == told
    changes = [row for row in await ledger(story) if row.send.kind is Kind.UPDATE and row.send.card == f"request:{request.id}"]
    assert [(row.status.value, row.reason) for row in changes] == [("dropped", "delivery.card_never_came")]


async def test_an_excluded_coordinator_is_not_told(story: Story) -> None:
    await referred(story)
    await choose(story, "police")
    await vetted(story)
    await story.press("confirm_requests")
    case = await case_of(story)
    story.channel.broken |= {"channel:police": NOT_THERE, COORDINATORS: GONE}
    await story.write(CasePersonRecord(case=case.id, person=id_of(story, "manager"), relation="excluded"))
    heard = len(story.channel.said["manager"])
    await story.take(send_now(story))
    assert len(story.channel.said["manager"]) == heard


async def test_what_was_told_before_a_crash_is_not_told_again(story: Story) -> None:
    story.channel.broken["channel:police"] = NOT_THERE
    await asked(story, "police")
    told = len(story.channel.said[COORDINATORS])
    [row] = await ledger(story, failed=True)
    await story.restart()
    await story.parts.house.tell_given_up(replace(row, status=OutboxStatus.UNCERTAIN, reason="delivery.stopped"))
    await story.without_the_bell(hours=1)
    assert len(story.channel.said[COORDINATORS]) == told
    assert list(await history(story)).count("given_up") == 1


async def test_a_note_about_a_date_that_is_given_up_is_told_and_not_sent_again(story: Story) -> None:
    request = (await asked(story, "police"))["police"]
    note = Send(
        kind=Kind.FOLLOW,
        lane="console:channel:police",
        place="console:channel:police",
        body=as_json(Reply(text="Two days are left.")),
        case=request.case,
        card=f"request:{request.id}",
        reminder=True,
        about=f"{request.case}:scoping_return:{request.id}",
    )
    heard = len(story.channel.said["channel:police"])
    story.channel.fail_at("channel:police", UNCLEAR)
    await story.parts.store.commit("rung", "rung", story.clock.now(), Changes(sends=(note,)))
    await story.without_the_bell(hours=1)
    assert "may not have arrived: a note about a due date, for Test Police." in told_in(story)
    assert "A note about a due date is not sent a second time." in told_in(story)
    assert len(story.channel.said["channel:police"]) == heard
    said = await did_it_reach(story)
    assert "The console took it" in said
    assert "Last note about the date: Nobody knows whether it arrived." in said
    assert not story.has("send_again")


async def test_what_cannot_be_read_any_more_is_told_like_the_rest(story: Story) -> None:
    story.channel.broken["channel:police"] = SLOW
    await asked(story, "police")
    with closing(sqlite3.connect(story.settings.data / "cspr.sqlite")) as database, database:
        database.execute(
            """UPDATE "outbox" SET "body" = x'00' WHERE "status" = 'queued' AND "lane" = 'console:channel:police'"""
        )
    await story.later(hours=1)
    assert "did not get through: the request, for Test Police." in told_in(story)
    assert "The message could not be read any more." in told_in(story)
    told = len(story.channel.said[COORDINATORS])
    await story.later(hours=1)
    assert len(story.channel.said[COORDINATORS]) == told
