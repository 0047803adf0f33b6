"""What the Teams deliverer sends, where, and what each fault of the connector becomes."""

from __future__ import annotations

import json
import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from fake_connector import Fault, answers, cut
from teams_kit import TENANT, WORDS
from teams_sending import TEXT, sending

from bot.doors import NotDelivered
from bot.teams import adapter as adapter_module
from bot.teams.codec import person_place
from bot.teams.faults import not_delivered
from dialogs.reply import Button, Card, Paragraph, Reply
from state.changes import Kind, Send
from state.values import Channel, Place

CARD = Reply(card=Card(title="A question", buttons=(Button(action="go", label="Go on"),)), preview="A question for you.")
LONG = Reply(card=Card(blocks=(Paragraph("word " * 9_000),), buttons=(Button(action="go", label="Go on"),)))


async def test_a_text_goes_out_as_plain_text_with_its_preview() -> None:
    async with sending() as door:
        remote = await door.send()
        assert door.connector.log == [
            (
                "send",
                "a:chat",
                {
                    "type": "message",
                    "from": {"id": "28:bot"},
                    "conversation": {"id": "a:chat"},
                    "locale": "en-GB",
                    "text": "Thank you.",
                    "textFormat": "plain",
                    "summary": "A message for you.",
                },
            )
        ]
        assert remote in door.connector.activities


async def test_a_card_goes_out_alone_and_the_sdk_reads_it() -> None:
    from botbuilder.schema import Activity

    async with sending() as door:
        await door.send(CARD)
        [(_, _, body)] = door.connector.log
        assert "text" not in body
        assert body["summary"] == "A question for you."
        read = Activity().deserialize(body)
        assert read.attachments[0].content_type == "application/vnd.microsoft.card.adaptive"
        assert read.attachments[0].content["fallbackText"] == "A question\n[Go on]"


async def test_a_preview_is_never_left_to_the_channel() -> None:
    async with sending() as door:
        await door.send(Reply(text="Test Child was born in April."))
        assert door.connector.log[0][2]["summary"] == "The safeguarding review assistant has a message for you."


async def test_a_reply_goes_to_its_thread_and_a_post_to_the_channel() -> None:
    async with sending() as door:
        place = door.place("19:channel@thread.tacv2", thread="1481567603816")
        await door.send(place=place)
        await door.send(place=place, kind=Kind.POST)
        assert [where for _, where, _ in door.connector.log] == [
            "19:channel@thread.tacv2;messageid=1481567603816",
            "19:channel@thread.tacv2",
        ]


async def test_what_follows_a_card_goes_to_its_thread_and_one_to_one_to_the_chat() -> None:
    async with sending() as door:
        channel = door.place("19:channel@thread.tacv2", thread="another")
        await door.send(place=channel, kind=Kind.FOLLOW, replaces="card-1")
        await door.send(place=door.place(), kind=Kind.FOLLOW, replaces="card-1")
        assert [where for _, where, _ in door.connector.log] == ["19:channel@thread.tacv2;messageid=card-1", "a:chat"]


async def test_a_group_chat_has_no_threads() -> None:
    async with sending() as door:
        chat = door.place("19:group@thread.v2", thread="another")
        await door.send(place=chat)
        await door.send(place=chat, kind=Kind.FOLLOW, replaces="card-1")
        assert [where for _, where, _ in door.connector.log] == ["19:group@thread.v2"] * 2


async def test_an_update_of_a_card_that_never_arrived_says_so() -> None:
    async with sending() as door:
        assert (await door.fault(None, kind=Kind.UPDATE)).reason == "delivery.card_gone"


async def test_a_card_is_replaced() -> None:
    async with sending() as door:
        first = await door.send(CARD)
        again = await door.send(TEXT, kind=Kind.UPDATE, replaces=first)
        assert again == first
        assert door.connector.activities[first]["text"] == "Thank you."


async def test_a_long_reply_is_several_cards_in_order_and_the_last_has_the_buttons() -> None:
    async with sending() as door:
        remote = await door.send(LONG)
        cards = [body["attachments"][0]["content"] for _, _, body in door.connector.log]
        assert len(cards) > 8, "more than Teams takes in two seconds"
        assert ["actions" in card for card in cards] == [False] * (len(cards) - 1) + [True]
        assert remote == list(door.connector.activities)[-1]


async def test_a_fault_after_the_first_of_several_leaves_the_row_uncertain() -> None:
    async with sending() as door:
        door.connector.faults.append(None)
        told = await door.fault(answers(429), reply=LONG)
        assert (told.reason, told.uncertain, told.again_after) == ("delivery.throttled", True, None)


async def test_a_person_who_never_spoke_gets_a_conversation_made_once() -> None:
    async with sending() as door:
        door.connector.people.add("directory-id")
        place = person_place(TENANT, "directory-id", bot="28:bot", service_url=door.service)
        await door.send(place=place)
        await door.send(place=place)
        assert [what for what, _, _ in door.connector.log] == ["create", "send", "send"]
        created = door.connector.log[0][2]
        assert created["channelData"] == {"tenant": {"id": TENANT}}


async def test_a_person_who_left_is_named_as_the_reason() -> None:
    async with sending() as door:
        place = person_place(TENANT, "gone", bot="28:bot", service_url=door.service)
        with pytest.raises(NotDelivered) as raised:
            await door.send(place=place)
        assert (raised.value.reason, raised.value.again_after) == ("delivery.not_installed", None)


async def test_making_a_conversation_is_always_safe_to_try_again() -> None:
    async with sending() as door:
        place = person_place(TENANT, "x", bot="28:bot", service_url=door.service)
        told = await door.fault(answers(502), place=place)
        assert (told.reason, told.again_after, told.uncertain) == ("delivery.no_answer", 5.0, False)
        told = await door.fault(answers(404), place=place)
        assert (told.reason, told.again_after) == ("delivery.person_not_found", None)


@pytest.mark.parametrize(
    ("fault", "reason", "again_after", "uncertain"),
    [
        (answers(429, "TooManyRequests", {"Retry-After": "7"}), "delivery.throttled", 7.0, False),
        (answers(429, "", {"Retry-After": "0"}), "delivery.throttled", 1.0, False),
        (answers(429, "", {"Retry-After": "99999999"}), "delivery.throttled", 3600.0, False),
        (answers(429, "", {"Retry-After": "nan"}), "delivery.throttled", 2.0, False),
        (answers(429, "", {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}), "delivery.throttled", 2.0, False),
        (answers(412, "PreconditionFailed"), "delivery.throttled", 2.0, False),
        (answers(429, "Throttled"), "delivery.throttled", 2.0, False),
        (answers(401, "Unauthorized"), "delivery.sign_in", 60.0, False),
        (answers(401, "BotNotRegistered"), "delivery.not_registered", 60.0, False),
        (answers(500, "ServiceError"), "delivery.no_answer", None, True),
        (answers(502), "delivery.no_answer", None, True),
        (answers(503), "delivery.no_answer", None, True),
        (answers(504), "delivery.no_answer", None, True),
        (cut, "delivery.no_answer", None, True),
        (answers(403, "BotNotInConversationRoster"), "delivery.not_in_channel", None, False),
        (answers(403, "BotDisabledByAdmin"), "delivery.blocked_by_it", None, False),
        (answers(403, "ConversationBlockedByUser"), "delivery.not_allowed", None, False),
        (answers(403, "MessageWritesBlocked"), "delivery.not_allowed", None, False),
        (answers(403, "InvalidBotApiHost"), "delivery.other_cloud", None, False),
        (answers(403, "ForbiddenOperationException"), "delivery.not_installed", None, False),
        (answers(403, "NotEnoughPermissions"), "delivery.not_allowed", None, False),
        (answers(403, "SomethingNew"), "delivery.not_allowed", None, False),
        (answers(404, "ConversationNotFound"), "delivery.channel_gone", None, False),
        (answers(404, "ActivityNotFoundInConversation"), "delivery.card_gone", None, False),
        (answers(404), "delivery.channel_gone", None, False),
        (answers(413, "MessageSizeTooBig"), "delivery.too_large", None, False),
        (answers(400, "BadSyntax"), "delivery.refused", None, False),
        (answers(302, "", {"Location": "http://127.0.0.1:1/"}), "delivery.refused", None, False),
        (lambda _: web.Response(status=403, text="<html>"), "delivery.not_allowed", None, False),
        (lambda _: web.Response(status=404, text='{"error":"x"}'), "delivery.channel_gone", None, False),
    ],
)
async def test_each_fault_has_its_reason(fault: Fault, reason: str, again_after: float | None, uncertain: bool) -> None:
    async with sending() as door:
        told = await door.fault(fault, place=door.place("19:channel@thread.tacv2"))
        assert (told.reason, told.again_after, told.uncertain) == (reason, again_after, uncertain)
        assert WORDS.has(reason)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (answers(403, "BotNotInConversationRoster"), "delivery.not_installed"),
        (answers(403, "BotDisabledByAdmin"), "delivery.blocked_by_it"),
        (answers(403, "ConversationBlockedByUser"), "delivery.blocked_by_person"),
        (answers(404, "ConversationNotFound"), "delivery.chat_gone"),
        (answers(404), "delivery.chat_gone"),
        (answers(400, "MemberNotFoundInConversation"), "delivery.person_not_found"),
    ],
)
async def test_in_somebodys_own_chat_a_fault_is_said_of_them(fault: Fault, reason: str) -> None:
    async with sending() as door:
        told = await door.fault(fault)
        assert (told.reason, told.again_after, told.uncertain) == (reason, None, False)
        assert WORDS.has(reason)


def refusals() -> list[dict[str, Any]]:
    """Answers of the connector as Microsoft publishes them, each with the page, and what they mean here."""
    files = sorted((Path(__file__).parent / "refusals").glob("*.json"))
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]


@pytest.mark.parametrize("told", refusals(), ids=lambda told: str(told["means"]["a:chat"]))
async def test_what_microsoft_publishes_is_read(told: dict[str, Any]) -> None:
    assert told["page"].startswith("https://learn.microsoft.com/")
    async with sending() as door:
        for where in ("a:chat", "19:channel@thread.tacv2"):
            body = json.dumps(told["body"])
            fault = await door.fault(
                lambda _, body=body: web.Response(status=told["status"], text=body, content_type="application/json"),
                place=door.place(where),
            )
            assert fault.reason == f"delivery.{told['means'][where]}"
            assert WORDS.has(fault.reason)


async def test_a_person_who_left_the_tenant_cannot_be_found() -> None:
    async with sending() as door:
        place = person_place(TENANT, "left", bot="28:bot", service_url=door.service)
        told = await door.fault(answers(400, "BadSyntax"), place=place)
        assert (told.reason, told.again_after) == ("delivery.person_not_found", None)


async def test_a_404_for_a_card_is_not_a_channel_that_is_gone() -> None:
    async with sending() as door:
        place = door.place("19:channel@thread.tacv2")
        first = await door.send(CARD, place=place)
        told = await door.fault(answers(404), place=place, kind=Kind.UPDATE, replaces=first)
        assert told.reason == "delivery.card_gone"
        told = await door.fault(answers(404, "ConversationNotFound"), place=place, kind=Kind.UPDATE, replaces=first)
        assert told.reason == "delivery.channel_gone"


def test_what_an_error_says_is_not_kept() -> None:
    told = b'{"error":{"code":"NotEnoughPermissions","message":"Test Child was in the message"}}'
    assert "Child" not in str(adapter_module.ConnectorRefused(403, adapter_module.error_code(told), ""))


async def test_a_card_that_was_deleted_cannot_be_replaced() -> None:
    async with sending() as door:
        assert (await door.fault(None, kind=Kind.UPDATE, replaces="1")).reason == "delivery.card_gone"


async def test_a_refused_connection_is_tried_again() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    async with sending() as door:
        told = await door.fault(None, place=door.place(service_url=f"http://127.0.0.1:{port}/"))
        assert (told.reason, told.again_after, told.uncertain) == ("delivery.no_connection", 2.0, False)


@pytest.mark.parametrize(
    "error", [TimeoutError(), aiohttp.ServerDisconnectedError(), aiohttp.ClientOSError(), aiohttp.ClientPayloadError()]
)
def test_a_call_that_was_cut_is_uncertain(error: Exception) -> None:
    told = not_delivered(error, lambda: 0.0)
    assert (told.reason, told.uncertain, told.again_after) == ("delivery.no_answer", True, None)


def test_a_pause_is_never_shorter_than_asked_and_at_most_half_as_long_again() -> None:
    fault = adapter_module.ConnectorRefused(429, "", "10")
    assert not_delivered(fault, lambda: 0.0).again_after == 10.0
    assert not_delivered(fault, lambda: 1.0).again_after == 15.0


async def test_the_eighth_message_in_a_second_waits() -> None:
    async with sending() as door:
        for _ in range(7):
            await door.send()
        told = await door.fault()
        assert (told.reason, told.again_after) == ("delivery.throttled", 1.0)
        await door.send(place=door.place("a:another"))
        door.clock.forward(timedelta(seconds=2))
        await door.send()


@pytest.mark.parametrize(
    "address", ["http://evil.example/", "https://evil.example/", "http://127.0.0.1.evil.example/", "file:///etc/passwd", "//x"]
)
async def test_an_address_off_the_list_is_never_called(address: str) -> None:
    async with sending() as door:
        told = await door.fault(None, place=door.place(service_url=address))
        assert (told.reason, told.again_after) == ("delivery.address_not_allowed", None)


async def test_a_conversation_id_cannot_leave_its_path() -> None:
    async with sending() as door:
        await door.send(place=door.place("a:../../x?y#z/é"))
        assert door.connector.log[0][1] == "a:../../x?y#z/é"


async def test_a_place_without_an_address_says_what_to_do() -> None:
    async with sending() as door:
        assert (await door.fault(None, place=Place(channel=Channel.TEAMS, conversation="a:x"))).reason == "delivery.no_address"


async def test_a_row_that_cannot_be_drawn_is_given_up() -> None:
    buttons = tuple(Button(action="a", label=str(number)) for number in range(7))
    async with sending() as door:
        assert (await door.fault(None, reply=Reply(card=Card(buttons=buttons)))).reason == "delivery.cannot_show"
        with pytest.raises(NotDelivered, match=r"delivery\.cannot_show"):
            await door.deliverer.deliver(door.place(), Send(kind=Kind.REPLY, lane="x", body={"text": 5}))


async def test_replies_share_one_connection() -> None:
    async with sending() as door:
        for number in range(40):
            await door.send(place=door.place(f"a:{number}"))
        assert len(door.connector.peers) == 1
