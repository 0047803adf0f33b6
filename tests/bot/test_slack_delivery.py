"""What the courier sends in Slack: where it goes, what is replaced, and what each fault means."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fake_slack import FakeSlack, Fault, serving
from form_reader import forms
from our_slack import secrets
from slack_kit import StillClock
from slack_reading import Seen, seen
from slack_state import Channel as SlackChannel
from slack_state import User

from bot.doors import NotDelivered
from bot.http import pooled_session
from bot.slack.api import Workspaces, tokens_in
from bot.slack.codec import channel_of, channel_place, chat_place
from bot.slack.deliver import SlackDeliverer
from bot.slack.files import SlackFiles
from bot.slack.messages import Renderer
from dialogs.reply import Button, Card, Paragraph, Reply, as_json
from state.changes import Kind, Send
from state.values import Channel, Place, PlaceKind
from templates.wording import load_words

TEXT = Reply(text="Thank you.", preview="A message for you.")
LONG = Reply(card=Card(title="Much", blocks=tuple(Paragraph(f"Paragraph {n}. " + "x" * 2_000) for n in range(20))))
BUTTON = Reply(card=Card(title="A question", buttons=(Button(action="answer", label="Answer", target="d"),)))


class Sending(msgspec.Struct):
    """A deliverer in front of a Slack, with one person and one channel in it."""

    fake: FakeSlack
    deliverer: SlackDeliverer
    person: User
    channel: SlackChannel
    pauses: list[float]

    @property
    def chat(self) -> Place:
        return chat_place(self.fake.home.id, self.fake.book.direct(self.person).id, self.person.id)

    @property
    def there(self) -> Place:
        return channel_place(self.fake.home.id, self.channel.id)

    async def send(self, reply: Reply = TEXT, place: Place | None = None, kind: Kind = Kind.REPLY, **more: Any) -> str:
        where = place or self.chat
        return await self.deliverer.deliver(where, Send(kind=kind, lane=where.id, body=as_json(reply), **more))

    async def fault(self, fault: Fault | None = None, **sent: Any) -> NotDelivered:
        if fault is not None:
            self.fake.faults.append(fault)
        with pytest.raises(NotDelivered) as raised:
            await self.send(**sent)
        return raised.value

    def sees(self, place: Place) -> list[Seen]:
        """What this person sees of ours there."""
        shown = [seen(one, self.person.id) for one in self.fake.said(channel_of(place)) if one.aside in ("", self.person.id)]
        return [one for one in shown if one.by_bot]


@asynccontextmanager
async def sending(folder: Path) -> AsyncIterator[Sending]:
    fake = FakeSlack(StillClock(), limited=False)
    person = fake.add_person("practitioner", "Test Practitioner")
    channel = fake.add_channel("police", person)
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async with serving(fake), pooled_session() as session:
        settings = secrets(folder, fake)
        workspaces = Workspaces(tokens_in(settings.tokens_file), settings, session)
        files = SlackFiles(settings, session, forms())
        deliverer = SlackDeliverer(workspaces, Renderer(load_words()), files, jitter=lambda: 0.0, pause=pause)
        yield Sending(fake, deliverer, person, channel, pauses)


async def test_a_reply_shows_its_preview_on_a_telephone_and_its_words_in_the_chat(tmp_path: Path) -> None:
    async with sending(tmp_path) as slack:
        remote = await slack.send()
        [message] = slack.sees(slack.chat)
        assert (message.ts, message.preview, message.words) == (remote, "A message for you.", "Thank you.")


async def test_a_post_stands_in_the_channel_and_a_reply_in_its_thread(tmp_path: Path) -> None:
    async with sending(tmp_path) as slack:
        card = await slack.send(BUTTON, slack.there, Kind.POST)
        await slack.send(place=slack.there, thread=card)
        await slack.send(place=slack.there, kind=Kind.FOLLOW, replaces=card)
        assert [message.thread for message in slack.sees(slack.there)] == ["", card, card]


async def test_what_comes_under_a_card_by_itself_is_shown_in_the_channel_too(tmp_path: Path) -> None:
    """Nobody follows the thread of a card that nobody wrote under: a reminder there would be told to nobody."""
    async with sending(tmp_path) as slack:
        card = await slack.send(BUTTON, slack.there, Kind.POST)
        await slack.send(place=slack.there, kind=Kind.FOLLOW, replaces=card)
        await slack.send(place=slack.there, thread=card)
        assert [call.get("reply_broadcast", False) for call in slack.fake.called("chat.postMessage")] == [False, True, False]


async def test_one_to_one_there_are_no_threads(tmp_path: Path) -> None:
    async with sending(tmp_path) as slack:
        card = await slack.send(BUTTON)
        await slack.send(thread=card)
        await slack.send(kind=Kind.FOLLOW, replaces=card)
        assert [message.thread for message in slack.sees(slack.chat)] == ["", "", ""]


async def test_what_one_person_should_see_nobody_else_sees(tmp_path: Path) -> None:
    async with sending(tmp_path) as slack:
        remote = await slack.send(place=slack.there, aside=slack.person.id)
        [message] = slack.sees(slack.there)
        assert message.aside
        assert remote == ""


@pytest.mark.parametrize("why", ["left", "archived", "thrown out", "thread gone"])
async def test_what_a_channel_never_shows_them_goes_to_their_own_conversation(tmp_path: Path, why: str) -> None:
    async with sending(tmp_path) as slack:
        if why == "left":
            slack.channel.members.discard(slack.person.id)
        if why == "archived":
            slack.channel.archived = True
        if why == "thrown out":
            slack.channel.members.discard(slack.fake.home.bot_user)
        thread = "1700000000.000100" if why == "thread gone" else ""
        assert await slack.send(place=slack.there, aside=slack.person.id, thread=thread) == ""
        [message] = slack.sees(slack.chat)
        assert message.words == "You asked for this in a channel, where it could not be shown to you in time.\n\nThank you."
        assert slack.sees(slack.there) == []


async def test_what_is_only_late_is_not_sent_elsewhere(tmp_path: Path) -> None:
    async with sending(tmp_path) as slack:
        for fault in (Fault(retry_after=7), Fault(status=503), Fault(error="token_revoked")):
            await slack.fault(fault, place=slack.there, aside=slack.person.id)
        assert slack.sees(slack.chat) == []


@pytest.mark.parametrize(
    ("fault", "reason", "again"),
    [
        (Fault(method="conversations.open", status=503), "delivery.no_answer", 2.0),
        (Fault(method="conversations.open", retry_after=7), "delivery.throttled", 7.0),
        (Fault(method="conversations.open", error="user_disabled"), "delivery.person_not_found", None),
    ],
)
async def test_where_that_cannot_be_opened_it_is_tried_again_or_told(
    tmp_path: Path, fault: Fault, reason: str, again: float | None
) -> None:
    async with sending(tmp_path) as slack:
        slack.channel.members.discard(slack.person.id)
        told = await slack.fault(fault, place=slack.there, aside=slack.person.id)
        assert (told.reason, told.again_after, told.uncertain) == (reason, again, False)


async def test_one_to_one_everything_is_for_one_person_already(tmp_path: Path) -> None:
    async with sending(tmp_path) as slack:
        assert await slack.send(aside=slack.person.id)


async def test_a_card_is_replaced_in_place(tmp_path: Path) -> None:
    async with sending(tmp_path) as slack:
        card = await slack.send(BUTTON, slack.there, Kind.POST)
        assert await slack.send(place=slack.there, kind=Kind.UPDATE, replaces=card) == card
        [message] = slack.sees(slack.there)
        assert (message.words, message.buttons, message.updates) == ("Thank you.", [], 1)


async def test_a_long_reply_is_several_messages_in_order_with_a_pause_between(tmp_path: Path) -> None:
    async with sending(tmp_path) as slack:
        remote = await slack.send(LONG)
        shown = slack.sees(slack.chat)
        assert len(shown) > 1
        assert shown[-1].ts == remote
        assert slack.pauses == [1.0] * (len(shown) - 1)
        told = "\n".join(message.words for message in shown)
        assert [told.index(f"Paragraph {n}.") for n in range(20)] == sorted(told.index(f"Paragraph {n}.") for n in range(20))


async def test_where_part_has_arrived_nobody_knows_how_much_was_read(tmp_path: Path) -> None:
    async with sending(tmp_path) as slack:

        async def break_it(_: float) -> None:
            slack.fake.faults.append(Fault(method="chat.postMessage", error="channel_not_found"))

        slack.deliverer._pause = break_it
        assert (await slack.fault(reply=LONG)).uncertain


async def test_a_message_is_never_sent_again_by_the_sdk(tmp_path: Path) -> None:
    """A cut connection: it may have arrived. Only the courier says whether it is sent once more."""
    async with sending(tmp_path) as slack:
        told = await slack.fault(Fault(method="chat.postMessage", drop_connection=True, carried_out=True))
        assert told.uncertain
        assert len(slack.sees(slack.chat)) == 1


@pytest.mark.parametrize(
    ("fault", "reason", "again", "uncertain"),
    [
        (Fault(retry_after=7), "delivery.throttled", 7.0, False),
        (Fault(status=503), "delivery.no_answer", None, True),
        (Fault(error="not_in_channel"), "delivery.not_in_channel", None, False),
        (Fault(error="token_revoked"), "delivery.sign_in", 60.0, False),
    ],
)
async def test_each_fault_has_its_reason(
    tmp_path: Path, fault: Fault, reason: str, again: float | None, uncertain: bool
) -> None:
    async with sending(tmp_path) as slack:
        told = await slack.fault(fault, place=slack.there)
        assert (told.reason, told.again_after, told.uncertain) == (reason, again, uncertain)


async def test_the_bot_that_is_not_in_the_channel_says_so(tmp_path: Path) -> None:
    async with sending(tmp_path) as slack:
        slack.channel.members.discard(slack.fake.home.bot_user)
        assert (await slack.fault(place=slack.there)).reason == "delivery.not_in_channel"


async def test_a_card_that_is_gone_says_so(tmp_path: Path) -> None:
    async with sending(tmp_path) as slack:
        gone = await slack.fault(place=slack.there, kind=Kind.UPDATE, replaces="1700000000.000100")
        assert gone.reason == "delivery.card_gone"
        assert (await slack.fault(place=slack.there, kind=Kind.UPDATE)).reason == "delivery.card_gone"


async def test_a_place_without_an_address_or_a_token_says_so(tmp_path: Path) -> None:
    async with sending(tmp_path) as slack:
        nowhere = Place(Channel.SLACK, "", PlaceKind.PERSONAL, {"team": slack.fake.home.id})
        assert (await slack.fault(place=nowhere)).reason == "delivery.no_address"
        elsewhere = channel_place("T0ELSEWHERE", slack.channel.id)
        assert (await slack.fault(place=elsewhere)).reason == "delivery.no_token"


async def test_what_is_no_reply_cannot_be_shown(tmp_path: Path) -> None:
    async with sending(tmp_path) as slack:
        with pytest.raises(NotDelivered) as found:
            await slack.deliverer.deliver(slack.chat, Send(kind=Kind.REPLY, lane="x", body={"card": 7}))
        assert found.value.reason == "delivery.cannot_show"


async def test_names_and_markup_of_people_stay_as_they_typed_them(tmp_path: Path) -> None:
    async with sending(tmp_path) as slack:
        await slack.send(Reply(text="<!channel> *bold* <https://example.org|here> :skull: &amp;"))
        [message] = slack.sees(slack.chat)
        assert message.words == "<!channel> *bold* <https://example.org|here> :skull: &amp;"
        assert "<!channel>" not in message.text
