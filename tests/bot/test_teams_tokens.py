"""Who is let in at the Teams door, and what is done before anybody is."""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
import logging
from datetime import timedelta

import jwt
import pytest
from aiohttp import ClientError, web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from teams_kit import APP, LOCAL, NOW, PRODUCTION, SERVICE, TENANT, FakeHouse, KeyServer, Signer, bearer, open_door, payload

from bot.http import pooled_session
from bot.teams.addresses import speakable
from bot.teams.keys import fetch_with
from bot.teams.settings import TeamsSettings, TeamsSettingsError, checked

SIGNER = Signer()
OTHER = Signer("key-2")
EXP = int(NOW.timestamp())


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


async def status(
    headers: dict[str, str], activity: dict[str, object] | None = None, keys: KeyServer | None = None
) -> tuple[int, int]:
    """The answer's status, and how many turns reached the house."""
    async with open_door(keys=keys or KeyServer(SIGNER.jwk())) as door:
        body = payload("message_personal") if activity is None else activity
        answer = await door.client.post("/api/messages", json=body, headers=headers)
        return answer.status, len(door.house.turns)


async def test_a_signed_call_is_taken() -> None:
    assert await status(bearer(SIGNER.token())) == (200, 1)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Basic dXNlcjpwYXNz"},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer not.a.token"},
        {"Authorization": "Bearer " + "a" * 7000},
    ],
)
async def test_a_call_without_a_token_is_denied(headers: dict[str, str]) -> None:
    assert await status(headers) == (401, 0)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another-app"},
        {"aud": None},
        {"iss": "https://sts.windows.net/x/"},
        {"iss": None},
        {"exp": EXP - 301},
        {"exp": None},
        {"exp": "soon"},
        {"nbf": EXP + 301},
        {"serviceurl": "https://smba.trafficmanager.net/emea/"},
        {"serviceurl": None},
        {"serviceurl": 5},
    ],
)
async def test_a_token_with_a_wrong_claim_is_denied(claims: dict[str, object]) -> None:
    assert await status(bearer(SIGNER.token(**claims))) == (401, 0)


@pytest.mark.parametrize("claims", [{"exp": EXP - 200}, {"nbf": EXP + 200}])
async def test_clocks_may_differ_by_five_minutes(claims: dict[str, object]) -> None:
    assert await status(bearer(SIGNER.token(**claims))) == (200, 1)


async def test_a_token_that_nobody_signed_is_denied() -> None:
    claims = {"iss": "https://api.botframework.com", "aud": APP, "serviceurl": SERVICE, "exp": EXP + 60}
    assert await status(bearer(jwt.encode(claims, None, algorithm="none", headers={"kid": "key-1"}))) == (401, 0)


async def test_the_public_key_is_no_shared_secret() -> None:
    public = SIGNER.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    claims = {"iss": "https://api.botframework.com", "aud": APP, "serviceurl": SERVICE, "exp": EXP + 60}
    head = b64(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "key-1"}).encode())
    signed = f"{head}.{b64(json.dumps(claims).encode())}"
    forged = f"{signed}.{b64(hmac.digest(public, signed.encode(), 'sha256'))}"
    assert await status(bearer(forged)) == (401, 0)


async def test_another_key_under_a_known_id_is_denied() -> None:
    assert await status(bearer(Signer("key-1").token())) == (401, 0)


@pytest.mark.parametrize("endorsements", [[], ["webchat"]])
async def test_a_key_must_be_endorsed_for_teams(endorsements: list[str]) -> None:
    keys = KeyServer(SIGNER.jwk(endorsements))
    assert await status(bearer(SIGNER.token()), keys=keys) == (401, 0)


async def test_keys_named_on_another_site_are_not_fetched() -> None:
    keys = KeyServer(SIGNER.jwk(), jwks_uri="https://login.botframework.com.evil.example/keys")
    assert await status(bearer(SIGNER.token()), keys=keys) == (401, 0)
    assert len(keys.asked) == 1


async def test_another_tenant_is_denied() -> None:
    activity = payload("message_personal") | {"channelData": {"tenant": {"id": "another-tenant"}}}
    assert await status(bearer(SIGNER.token()), activity) == (401, 0)


async def test_a_missing_tenant_is_denied() -> None:
    activity = payload("message_personal")
    activity |= {"channelData": {}, "conversation": {"id": "a:1", "conversationType": "personal"}}
    assert await status(bearer(SIGNER.token()), activity) == (401, 0)


async def test_another_channel_is_denied() -> None:
    assert await status(bearer(SIGNER.token()), payload("message_personal") | {"channelId": "webchat"}) == (401, 0)


async def test_a_service_url_off_the_list_is_denied_though_signed() -> None:
    evil = "https://smba.trafficmanager.net.evil.example/"
    activity = payload("message_personal") | {"serviceUrl": evil}
    assert await status(bearer(SIGNER.token(serviceurl=evil)), activity) == (401, 0)


async def test_nothing_of_a_denied_call_is_read_or_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with open_door() as door:
        answer = await door.client.post("/api/messages", data=b"{not json, Test Child", headers={"Content-Type": "text/html"})
        assert answer.status == 401
        assert await answer.json() == {"error": "unauthorized"}
    assert "Test Child" not in caplog.text
    assert "caller denied, no bearer token" in caplog.text


async def test_an_unknown_key_is_fetched_once_whoever_waits() -> None:
    async with open_door(keys=KeyServer(SIGNER.jwk())) as door:
        post = lambda: door.client.post("/api/messages", json=payload("message_personal"), headers=bearer(SIGNER.token()))  # noqa: E731
        answers = await asyncio.gather(*(post() for _ in range(8)))
        assert [answer.status for answer in answers] == [200] * 8
        assert len(door.keys.asked) == 2


async def test_a_flood_of_unknown_keys_asks_once_in_five_minutes() -> None:
    async with open_door(keys=KeyServer(SIGNER.jwk())) as door:

        async def post(signer: Signer) -> int:
            headers = bearer(signer.token())
            return (await door.client.post("/api/messages", json=payload("message_personal"), headers=headers)).status

        assert await post(SIGNER) == 200
        assert [await post(OTHER) for _ in range(5)] == [401] * 5
        assert len(door.keys.asked) == 2
        door.keys.keys.append(OTHER.jwk())
        door.clock.forward(timedelta(minutes=5))
        assert await post(OTHER) == 200, "a rotated key is taken as soon as we may ask again"
        assert len(door.keys.asked) == 4


async def test_old_keys_are_renewed_behind_the_turn_and_forgotten_after_three_days() -> None:
    async with open_door(keys=KeyServer(SIGNER.jwk())) as door:

        async def post() -> int:
            headers = bearer(SIGNER.token(nbf=0, exp=EXP + 10**6))
            return (await door.client.post("/api/messages", json=payload("message_personal"), headers=headers)).status

        assert await post() == 200
        door.keys.down = True
        door.clock.forward(timedelta(hours=25))
        assert await post() == 200
        assert len(door.keys.asked) == 3
        door.clock.forward(timedelta(hours=50))
        assert await post() == 401
        door.keys.down = False
        door.clock.forward(timedelta(minutes=5))
        assert await post() == 200


async def test_no_keys_at_the_start_are_asked_for_again_soon() -> None:
    async with open_door(keys=KeyServer(SIGNER.jwk())) as door:
        door.keys.down = True
        headers = bearer(SIGNER.token())
        assert (await door.client.post("/api/messages", json=payload("message_personal"), headers=headers)).status == 401
        door.keys.down = False
        door.clock.forward(timedelta(seconds=10))
        assert (await door.client.post("/api/messages", json=payload("message_personal"), headers=headers)).status == 200


async def test_keys_are_fetched_without_following_a_redirect() -> None:
    followed: list[str] = []

    async def elsewhere(_: web.Request) -> web.Response:
        followed.append("yes")
        return web.json_response({"keys": []})

    async def moved(_: web.Request) -> web.Response:
        raise web.HTTPFound("/elsewhere")

    app = web.Application()
    app.add_routes([web.get("/moved", moved), web.get("/elsewhere", elsewhere)])
    async with TestServer(app, host="127.0.0.1") as server, pooled_session() as session:
        with pytest.raises(ClientError):
            await fetch_with(session)(str(server.make_url("/moved")))
        assert await fetch_with(session)(str(server.make_url("/elsewhere"))) == b'{"keys": []}'
    assert followed == ["yes"]


async def test_local_mode_takes_callers_of_this_machine_only() -> None:
    activity = payload("message_personal") | {"serviceUrl": "http://127.0.0.1:56150/_connector"}
    async with open_door(LOCAL) as door:
        assert (await door.client.post("/api/messages", json=activity)).status == 200
        rebound = await door.client.post("/api/messages", json=activity, headers={"Host": "evil.example"})
        assert rebound.status == 401, "a web page that names itself into this machine is not let in"
        form = await door.client.post("/api/messages", data=b"{}", headers={"Content-Type": "text/plain"})
        assert form.status == 415, "nor one that posts what needs no preflight"


async def test_local_mode_with_an_app_id_wants_a_token() -> None:
    settings = TeamsSettings(
        tenants=frozenset({TENANT}), local=True, app_id=APP, app_tenant=TENANT, secret_file=PRODUCTION.secret_file
    )
    async with open_door(settings) as door:
        assert (await door.client.post("/api/messages", json=payload("message_personal"))).status == 401


@pytest.mark.parametrize(
    "settings",
    [
        TeamsSettings(tenants=frozenset()),
        TeamsSettings(tenants=frozenset(), local=True),
        TeamsSettings(tenants=frozenset({TENANT})),
        TeamsSettings(tenants=frozenset({TENANT}), app_id=APP, secret_file=PRODUCTION.secret_file),
        TeamsSettings(tenants=frozenset({TENANT}), app_id=APP, app_tenant=TENANT),
    ],
)
def test_settings_that_would_let_anybody_in_are_refused(settings: TeamsSettings) -> None:
    with pytest.raises(TeamsSettingsError):
        checked(settings)


@pytest.mark.parametrize(
    ("url", "production", "local"),
    [
        ("https://smba.trafficmanager.net/uk/", True, True),
        ("https://smba.trafficmanager.net", True, True),
        ("http://smba.trafficmanager.net/uk/", False, False),
        ("https://smba.trafficmanager.net:8443/uk/", False, False),
        ("https://me@smba.trafficmanager.net/uk/", False, False),
        ("https://smba.trafficmanager.net.evil.example/", False, False),
        ("https://evil.example/smba.trafficmanager.net/", False, False),
        ("https://smba.trafficmanager.net/uk/?x=", False, False),
        ("https://smba.trafficmanager.net/uk/#x", False, False),
        ("https://[bad", False, False),
        ("http://127.0.0.1:56150/_connector", False, True),
        ("http://localhost:56150/", False, True),
        ("http://127.0.0.1.evil.example/", False, False),
        ("", False, False),
    ],
)
def test_where_we_may_speak(url: str, production: bool, local: bool) -> None:
    assert (speakable(url, PRODUCTION), speakable(url, LOCAL)) == (production, local)


async def test_a_denied_call_writes_nothing() -> None:
    house = FakeHouse()
    async with open_door(house=house) as door:
        await door.client.post("/api/messages", json=payload("installation_add"))
    assert house.turns == []


async def test_a_token_that_was_believed_is_checked_against_time_and_keys_each_time() -> None:
    async with open_door(keys=KeyServer(SIGNER.jwk())) as door:
        token = SIGNER.token()

        async def post() -> int:
            return (await door.client.post("/api/messages", json=payload("message_personal"), headers=bearer(token))).status

        assert [await post(), await post()] == [200, 200]
        door.clock.forward(timedelta(hours=1, minutes=6))
        assert await post() == 401, "its time is over"


async def test_a_token_is_no_longer_believed_when_its_key_was_withdrawn() -> None:
    async with open_door(keys=KeyServer(SIGNER.jwk())) as door:
        token = SIGNER.token(exp=EXP + 10**6)

        async def post(shown: str) -> int:
            return (await door.client.post("/api/messages", json=payload("message_personal"), headers=bearer(shown))).status

        assert await post(token) == 200
        door.keys.keys = [OTHER.jwk()]
        door.clock.forward(timedelta(minutes=6))
        assert await post(OTHER.token(exp=EXP + 10**6)) == 200
        assert await post(token) == 401
        door.keys.keys = [Signer("key-1").jwk()]
        door.clock.forward(timedelta(minutes=6))
        assert await post(token) == 401, "nor when another key has its name"
