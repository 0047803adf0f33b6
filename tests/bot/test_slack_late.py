"""What comes late in Slack: an answer that a channel could not show to one person in time, and what was said in an outage."""

from __future__ import annotations

from pathlib import Path

from fake_slack import Fault
from our_slack import OurSlack, our_slack
from person import Person
from slack_state import Channel

from bot.slack.codec import conversation_of
from dialogs.reply import Button, Card, Reply, as_json
from state.changes import Changes, Kind, Send
from state.records import PlaceRecord

APART = "You asked for this in a channel, where it could not be shown to you in time."
AGAIN = "You may have seen this already."


async def pressed(slack: OurSlack, *faults: Fault) -> tuple[Person, Channel]:
    """Somebody pressed a button in a channel, and their answer met these faults."""
    person = slack.person("practitioner")
    channel = slack.fake.add_channel("team", person.user)
    called = conversation_of(channel.team, channel.id)
    await slack.write(
        PlaceRecord(id=f"slack:{called}", channel="slack", conversation=called, kind="channel", address={"team": channel.team})
    )
    await person.says("hello")
    card = as_json(Reply(card=Card(title="A card", buttons=(Button(action="begin_referral", label="Refer a child"),))))
    post = Send(kind=Kind.POST, lane=f"slack:{called}", place=f"slack:{called}", body=card)
    await slack.parts.store.commit("post", "post", slack.clock.now(), Changes(sends=(post,)))
    await slack.settle()
    slack.fake.faults.extend(faults)
    await person.press(person.answers(channel)[-1], "begin_referral")
    await slack.settle()
    return person, channel


async def test_an_answer_for_one_person_that_is_soon_tried_again_stays_in_the_channel(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        person, channel = await pressed(slack, Fault(method="chat.postEphemeral", retry_after=30))
        before = len(person.answers())
        await slack.later(minutes=1)
        assert person.answers(channel)[-1].aside
        assert len(person.answers()) == before


async def test_an_answer_for_one_person_that_is_late_goes_to_their_own_conversation(tmp_path: Path) -> None:
    """Slack shows it only to whoever is looking, and keeps it nowhere."""
    async with our_slack(tmp_path) as slack:
        person, channel = await pressed(slack, Fault(method="chat.postEphemeral", error="token_revoked"))
        await slack.later(hours=1)
        assert APART in person.answers()[-1].words
        assert not any(one.aside for one in person.answers(channel))
        assert {row.status.value for row in await slack.parts.store.ledger()} == {"sent"}


async def test_an_answer_for_somebody_who_has_left_the_channel_reaches_them(tmp_path: Path) -> None:
    async with our_slack(tmp_path) as slack:
        person, channel = await pressed(slack, Fault(method="chat.postEphemeral", retry_after=30))
        channel.members.discard(person.id)
        await slack.later(minutes=1)
        assert APART in person.answers()[-1].words


async def test_nothing_is_given_up_because_slack_was_away_for_an_hour(tmp_path: Path) -> None:
    """What may have arrived has one more try: it is not used up while Slack answers nobody."""
    async with our_slack(tmp_path) as slack:
        person = slack.person("practitioner")
        slack.fake.faults.extend([Fault(status=503)] * 500)
        await person.says("help")
        await person.says("my referrals")
        for _ in range(60):
            await slack.later(minutes=1)
        assert person.answers() == []
        slack.fake.faults.clear()
        await slack.later(minutes=20)
        first, second = person.answers()
        assert AGAIN in first.words
        assert AGAIN not in second.words, "it was never tried while the first one waited"
        assert {row.status.value for row in await slack.parts.store.ledger()} == {"sent"}


async def test_a_reminder_waits_until_slack_answers_again(tmp_path: Path) -> None:
    """It is said once alone, so nothing is tried that may have arrived: Slack is asked first whether it is there."""
    async with our_slack(tmp_path) as slack:
        person = slack.person("practitioner")
        await person.says("hello")
        place = f"slack:{conversation_of(person.dm.team, person.dm.id)}"
        post = Send(kind=Kind.POST, lane=place, place=place, body=as_json(Reply(text="Please look.")), reminder=True)
        slack.fake.faults.extend([Fault(status=503)] * 500)
        await slack.parts.store.commit("remind", "remind", slack.clock.now(), Changes(sends=(post,)))
        await slack.settle()
        for _ in range(6):
            await slack.later(minutes=10)
        slack.fake.faults.clear()
        await slack.later(minutes=20)
        told = [one.words for one in person.answers() if "Please look." in one.words]
        assert len(told) == 1
        assert AGAIN not in told[0]
