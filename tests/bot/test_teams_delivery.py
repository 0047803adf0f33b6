"""What the Teams deliverer sends, where, and what each fault of the connector becomes."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import jwt
import msgspec
import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID
from fake_connector import FakeConnector, Fault, answers, cut, serving
from teams_kit import APP, LOCAL, NOW, TENANT, WORDS, Signer, StillClock

from bot.doors import NotDelivered
from bot.teams import adapter as adapter_module
from bot.teams.adapter import ConnectorAdapter
from bot.teams.cards import Renderer
from bot.teams.codec import person_place
from bot.teams.credentials import AppToken, NoToken
from bot.teams.deliver import TeamsDeliverer, pooled_session
from bot.teams.faults import not_delivered
from bot.teams.settings import TeamsSettings
from dialogs.reply import Button, Card, Paragraph, Reply, as_json
from state.changes import Kind, Send
from state.values import Channel, Place, PlaceKind

TEXT = Reply(text="Thank you.", preview="A message for you.")
CARD = Reply(card=Card(title="A question", buttons=(Button(action="go", label="Go on"),)), preview="A question for you.")
LONG = Reply(card=Card(blocks=(Paragraph("word " * 9_000),), buttons=(Button(action="go", label="Go on"),)))


class Sending(msgspec.Struct):
    """A deliverer in front of a connector."""

    connector: FakeConnector
    deliverer: TeamsDeliverer
    adapter: ConnectorAdapter
    clock: StillClock
    service: str
    tokens: list[dict[str, str]]
    logins: list[int]
    renewed: asyncio.Event

    def place(self, conversation: str = "a:chat", **address: str) -> Place:
        kind = PlaceKind.PERSONAL if conversation.startswith("a:") else PlaceKind.CHANNEL
        self.connector.conversations.add(conversation)
        where = {"service_url": self.service, "bot": "28:bot", "tenant": TENANT, **address}
        return Place(channel=Channel.TEAMS, conversation=conversation, kind=kind, address=where)

    async def send(self, reply: Reply = TEXT, place: Place | None = None, kind: Kind = Kind.REPLY, replaces: str = "") -> str:
        where = place or self.place()
        return await self.deliverer.deliver(where, Send(kind=kind, lane=where.id, body=as_json(reply), replaces=replaces))

    async def fault(self, fault: Fault | None = None, **sent: Any) -> NotDelivered:
        self.connector.faults.append(fault)
        with pytest.raises(NotDelivered) as raised:
            await self.send(**sent)
        return raised.value


@asynccontextmanager
async def sending(settings: TeamsSettings = LOCAL) -> AsyncIterator[Sending]:
    clock = StillClock()
    connector = FakeConnector(lambda: clock.now().timestamp())
    asked: list[dict[str, str]] = []
    statuses: list[int] = []
    renewed = asyncio.Event()

    async def pause(seconds: float) -> None:
        clock.forward(timedelta(seconds=seconds))

    async def login(request: web.Request) -> web.Response:
        asked.append({name: str(value) for name, value in (await request.post()).items()})
        status = statuses.pop(0) if statuses else 200
        if len(asked) == 2:
            renewed.set()
        return web.json_response({"access_token": f"token-{len(asked)}", "expires_in": 3600}, status=status)

    async with serving(connector, web.post("/{tenant}/oauth2/v2.0/token", login)) as server, pooled_session() as session:
        base = str(server.make_url("")).rstrip("/")
        adapter = ConnectorAdapter(settings, session, AppToken(settings, session, clock, authority=base))
        deliverer = TeamsDeliverer(adapter, Renderer(WORDS, windows=True), WORDS, jitter=lambda: 0.0, pause=pause)
        yield Sending(connector, deliverer, adapter, clock, f"{base}/", asked, statuses, renewed)


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
        (answers(401, "Unauthorized"), "delivery.sign_in", 60.0, False),
        (answers(500, "ServiceError"), "delivery.no_answer", None, True),
        (answers(502), "delivery.no_answer", None, True),
        (answers(503), "delivery.no_answer", None, True),
        (answers(504), "delivery.no_answer", None, True),
        (cut, "delivery.no_answer", None, True),
        (answers(403, "BotNotInConversationRoster"), "delivery.not_in_channel", None, False),
        (answers(403, "BotDisabledByAdmin"), "delivery.blocked_by_it", None, False),
        (answers(403, "ConversationBlockedByUser"), "delivery.blocked_by_person", None, False),
        (answers(403, "MessageWritesBlocked"), "delivery.blocked_by_person", None, False),
        (answers(403, "ForbiddenOperationException"), "delivery.not_installed", None, False),
        (answers(403, "NotEnoughPermissions"), "delivery.not_allowed", None, False),
        (answers(403, "SomethingNew"), "delivery.not_allowed", None, False),
        (answers(404, "ConversationNotFound"), "delivery.channel_gone", None, False),
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
        told = await door.fault(fault)
        assert (told.reason, told.again_after, told.uncertain) == (reason, again_after, uncertain)
        assert WORDS.has(reason)


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


def signed(tmp_path: Path, **given: Any) -> TeamsSettings:
    secret = tmp_path / "secret"
    secret.write_text("first\n")
    return TeamsSettings(
        tenants=frozenset({TENANT}), local=True, app_id=APP, app_tenant=TENANT, **({"secret_file": secret} | given)
    )


async def test_our_token_is_asked_for_once_and_renewed_behind_the_messages(tmp_path: Path) -> None:
    async with sending(signed(tmp_path)) as door:
        await asyncio.gather(*(door.send(place=door.place(f"a:{number}")) for number in range(6)))
        assert len(door.tokens) == 1
        assert door.tokens[0] == {
            "grant_type": "client_credentials",
            "client_id": APP,
            "scope": "https://api.botframework.com/.default",
            "client_secret": "first",
        }
        (tmp_path / "secret").write_text("second")
        door.clock.forward(timedelta(minutes=55))
        await door.send()
        assert door.connector.authorizations[-1] == "Bearer token-1", "nobody waits for the new one"
        await door.renewed.wait()
        door.clock.forward(timedelta(minutes=6))
        await door.send()
        assert door.connector.authorizations[-1] == "Bearer token-2"
        assert door.tokens[1]["client_secret"] == "second", "a renewed secret is taken without a restart"


async def test_a_token_that_was_not_accepted_is_replaced(tmp_path: Path) -> None:
    async with sending(signed(tmp_path)) as door:
        await door.fault(answers(401))
        await door.send()
        assert door.connector.authorizations == ["Bearer token-1", "Bearer token-2"]


async def test_no_token_is_tried_again_later_and_nothing_is_sent(tmp_path: Path) -> None:
    async with sending(signed(tmp_path)) as door:
        door.logins.append(400)
        told = await door.fault()
        assert (told.reason, told.again_after) == ("delivery.sign_in", 60.0)
        assert door.connector.authorizations == []
    async with sending(signed(tmp_path, secret_file=tmp_path / "missing")) as door:
        assert (await door.fault()).reason == "delivery.sign_in"


async def test_a_certificate_signs_for_us(tmp_path: Path) -> None:
    key = Signer().private
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test Bot")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    certificate = builder.not_valid_before(NOW).not_valid_after(NOW + timedelta(days=1)).sign(key, hashes.SHA256())
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = tmp_path / "both.pem"
    file.write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
    async with sending(signed(tmp_path, secret_file=None, certificate_file=file)) as door:
        await door.send()
        assertion = door.tokens[0]["client_assertion"]
        assert "client_secret" not in door.tokens[0]
        audience = f"{door.service}{TENANT}/oauth2/v2.0/token"
        unclocked = {"verify_exp": False, "verify_nbf": False}
        claims = jwt.decode(assertion, key.public_key(), algorithms=["PS256"], audience=audience, options=unclocked)
        assert (claims["iss"], claims["sub"]) == (APP, APP)


async def test_a_fault_tells_nothing_of_the_credential(tmp_path: Path) -> None:
    file = tmp_path / "both.pem"
    file.write_text("not a certificate")
    async with sending(signed(tmp_path, secret_file=None, certificate_file=file)) as door:
        with pytest.raises(NoToken) as raised:
            await door.adapter.personal_conversation(door.service, "28:bot", "x", TENANT)
        assert "certificate" not in str(raised.value)
