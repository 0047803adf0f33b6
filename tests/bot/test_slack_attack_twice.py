"""Attacks by doing it twice or at once: events, presses, windows of one draft, and sends that nobody knows of."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from fake_slack import Fault
from our_slack import OurSlack, our_slack
from person import Person
from slack_reading import Pressable, Seen
from slack_state import Channel

from bot.slack.carried import Carried, written

SEEN_ALREADY = "You may have seen this already"


async def begun(slack: OurSlack, name: str = "practitioner") -> tuple[Person, Seen]:
    """A referral that somebody has begun; its newest card."""
    person = slack.person(name)
    await person.says("refer a child")
    await slack.settle()
    await person.press(person.answers()[-1], "start_referral")
    await slack.settle()
    return person, person.answers()[-1]


async def test_the_same_event_at_once_is_answered_once(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        practitioner = slack.person("practitioner")
        await practitioner.opens_messages()
        await slack.settle()
        before = len(practitioner.answers())
        practitioner._last = practitioner._payloads.event("message_im", **_typed(practitioner, "help"))
        await asyncio.gather(*(practitioner.again(retry) for retry in range(8)))
        await slack.settle()
        assert len(practitioner.answers()) == before + 1


def _typed(person: Person, text: str) -> dict[str, str]:
    at = person.fake.book.ts()
    return {"channel": person.dm.id, "user": person.id, "text": text, "ts": at, "event_ts": at}


async def test_of_two_windows_of_one_draft_the_later_overwrites_nothing_unseen(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        person, card = await begun(slack)
        views = []
        for _ in range(2):
            await person.press(card, "window")
            await slack.ours.settle()
            assert person.view is not None
            views.append(slack.fake.book.stacks[person.id][-1])
            slack.fake.book.stacks[person.id] = []
        field = next(one for one in views[0].blocks if one["type"] == "input")
        for number, view in enumerate(views):
            slack.fake.book.stacks[person.id] = [view]
            assert person.view is not None
            [name] = [one.id for one in person.view.fields if one.id == field["block_id"]]
            given = _valid(person, name, number)
            await person.submit({name: given})
            await slack.settle()
        shown = person.view
        assert shown is None or shown.words
        history = await slack.parts.store.history("partnership")
        assert not [one for one in history if one.kind == "fault"]


def _valid(person: Person, name: str, number: int) -> str:
    assert person.view is not None
    found = next(one for one in person.view.fields if one.id == name)
    options = [str(option) for option in getattr(found, "options", ())]
    return options[number % len(options)] if options else f"Test answer {number}"


async def test_an_old_card_pressed_after_its_update_does_nothing_again(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        person, card = await begun(slack)
        old = person._payloads.pressed(
            person._message(card), card.button("cancel" if "cancel" in card.labels else card.buttons[0].label)
        )
        await slack.door.interaction(old)
        await slack.settle()
        count = len(person.answers())
        await slack.door.interaction(old)
        await slack.settle()
        assert len(person.answers()) == count


async def in_channel(slack: OurSlack) -> tuple[Person, Person, Channel, Seen]:
    """A coordinator and somebody else in a channel, and a card there with a button."""
    coordinator, colleague = slack.person("coordinator"), slack.person("colleague")
    await slack.role(coordinator, "coordinator")
    channel = slack.fake.add_channel("team", coordinator.user, colleague.user)
    await coordinator.mentions("what is overdue?", channel)
    await slack.settle()
    return coordinator, colleague, channel, coordinator.answers(channel)[-1]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(method="chat.postEphemeral", drop_connection=True, carried_out=True),
        Fault(method="chat.postEphemeral", status=500),
        Fault(method="chat.postEphemeral", retry_after=3),
        Fault(method="chat.postEphemeral", error="fatal_error"),
    ],
)
async def test_what_is_for_one_person_is_for_them_alone_when_it_is_sent_again(tmp_path: Path, fault: Fault) -> None:
    async with our_slack(tmp_path) as slack:
        coordinator, colleague, channel, _ = await in_channel(slack)
        public = len(colleague.answers(channel))
        slack.fake.faults.append(fault)
        await pressed_in_channel(slack, colleague, channel)
        await slack.settle()
        await slack.later(seconds=30)
        assert len([one for one in colleague.answers(channel) if one.aside]) >= 1
        assert len([one for one in coordinator.answers(channel) if not one.aside]) == public
        assert not [one for one in coordinator.answers(channel) if SEEN_ALREADY in one.words]


async def pressed_in_channel(slack: OurSlack, person: Person, channel: Channel, action: str = "add_person") -> None:
    """A press in the channel that is refused, with whatever button: what is answered concerns the presser alone."""
    message = next(one for one in channel.messages if one.bot_id)
    element = {
        "type": "button",
        "action_id": "press:1",
        "text": {"type": "plain_text", "text": "x"},
        "value": written(Carried(action)),
    }
    await slack.door.interaction(person._payloads.pressed(message, Pressable("x", "b001", element)))


async def test_who_left_before_it_was_sent_again_is_not_answered_in_front_of_everybody(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        coordinator, colleague, channel, _ = await in_channel(slack)
        public = len(coordinator.answers(channel))
        slack.fake.faults.append(Fault(method="chat.postEphemeral", retry_after=3))
        await pressed_in_channel(slack, colleague, channel)
        channel.members.discard(colleague.id)
        await slack.later(seconds=30)
        assert len(coordinator.answers(channel)) == public


async def test_what_a_crash_left_half_sent_stays_with_the_one_person_it_was_for(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        coordinator, colleague, channel, _ = await in_channel(slack)
        public = len(coordinator.answers(channel))
        slack.fake.faults.append(Fault(method="chat.postEphemeral", delay=60))
        await pressed_in_channel(slack, colleague, channel)
        sending = list(slack.parts.house._sending)
        for task in sending:
            task.cancel()
        await asyncio.gather(*sending, return_exceptions=True)
        await slack.parts.courier.start()
        await slack.later(seconds=30)
        assert [SEEN_ALREADY in one.words for one in colleague.answers(channel) if one.aside] == [True]
        assert len(coordinator.answers(channel)) == public


async def test_after_an_hour_without_slack_everything_arrives_in_order(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        practitioner = slack.person("practitioner")
        slack.fake.faults.extend([Fault(method="chat.postMessage", retry_after=60)] * 20)
        for text in ("help", "my referrals", "what is waiting for me?"):
            await practitioner.says(text)
            await slack.settle()
        assert practitioner.answers() == []
        slack.fake.faults.clear()
        for _ in range(8):
            await slack.later(minutes=30)
        assert len(practitioner.answers()) == 3
        assert "This is what you can do here." in practitioner.answers()[0].words
