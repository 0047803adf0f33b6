"""Our Teams door against bare aiohttp, in the same run: CPU milliseconds a turn of the server, one by one and 16 at once.

The floor parses the same activity, sends one small answer on a pooled session and says 200. Ours checks the caller (without and
with a token), reads strictly, runs the SDK's pipeline and sends an adaptive card with inputs; the house behind it decides
nothing, so the store's cost is not in it. Server, load and connector are three parts in two processes, on this machine alone.
Run: python -m tests.bench.bench_teams_turn
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from form_reader import forms
from jwt.algorithms import RSAAlgorithm

from bot.http import application, listen, pooled_session
from bot.teams.deliver import TeamsDeliverer
from bot.teams.door import TeamsDoor, teams_door
from bot.teams.keys import METADATA_URL
from bot.teams.settings import TeamsSettings
from dialogs.reply import Button, Card, Input, Paragraph, Reply, as_json
from dialogs.turn import Turn
from state.changes import Kind, Send
from state.values import JSON
from templates.wording import load_words

APP, TENANT = "608cacfd-1cea-40c9-b678-4b93e69bb72b", "b28fdbfd-2b78-4f93-b0f8-8881793f0f8f"
FLOOR, OURS, SIGNED = "floor", "ours", "signed"
REPLY = Reply(
    preview="A question for you.",
    card=Card(
        title="Details of the child",
        blocks=(Paragraph("What you say here is kept. You can stop at any time and carry on another day."),),
        inputs=(
            Input(id="children.0.name", label="What is the child's name?", required=True, required_error="Please give a name."),
        ),
        buttons=(
            Button(action="answer", label="Save the answer", target="draft-1", version=3, primary=True, takes_inputs=True),
            Button(action="skip", label="Skip this question", target="draft-1", version=3),
        ),
    ),
)
BODY = as_json(REPLY)
Row = tuple[str, float, float, float]


class MachineClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class AnsweringHouse:
    """Answers every turn with the same card, at once."""

    def __init__(self, deliverer: TeamsDeliverer) -> None:
        self._deliverer = deliverer

    async def take(self, turn: Turn) -> JSON:
        await self._deliverer.deliver(turn.place, Send(kind=Kind.REPLY, lane=turn.place.id, body=BODY))
        return None


async def serve(kind: str, service: str) -> None:
    """The serving process: prints its port and the token to call it with, and answers `/cpu` with its CPU seconds."""
    async with pooled_session() as session:
        token, routes = "", [web.post("/api/messages", _floor(session))]
        if kind != FLOOR:
            token, routes = _ours(session, service, signed=kind == SIGNED)
        cpu = web.get("/cpu", lambda _: _said(time.process_time()))
        runner = await listen(application([*routes, cpu]), local=True, host="127.0.0.1", port=0)
        print(json.dumps({"port": runner.addresses[0][1], "token": token}), flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        await runner.cleanup()


async def _said(value: float) -> web.Response:
    return web.json_response(value)


def _floor(session: aiohttp.ClientSession) -> Any:
    async def messages(request: web.Request) -> web.Response:
        activity = json.loads(await request.read())
        url = f"{activity['serviceUrl']}v3/conversations/{activity['conversation']['id']}/activities"
        async with session.post(url, json={"type": "message", "text": "Thank you."}) as answer:
            await answer.read()
        return web.Response()

    return messages


def doors(session: aiohttp.ClientSession, service: str, tenant: str, *, signed: bool) -> tuple[str, TeamsDoor, TeamsDeliverer]:
    """A token, a door that wants it where `signed`, and a deliverer that needs none of its own."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    jwk = {**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": "k", "endorsements": ["msteams"]}
    claims = {"iss": "https://api.botframework.com", "aud": APP, "serviceurl": service, "exp": int(time.time()) + 3600}
    token = jwt.encode(claims, key, algorithm="RS256", headers={"kid": "k"})

    async def fetch(url: str) -> bytes:
        known = {"jwks_uri": "https://login.botframework.com/keys"} if url == METADATA_URL else {"keys": [jwk]}
        return json.dumps(known).encode()

    credential: dict[str, Any] = {"app_id": APP, "app_tenant": tenant, "secret_file": Path("unused")} if signed else {}
    taking = TeamsSettings(tenants=frozenset({tenant}), local=True, **credential)
    sending = TeamsSettings(tenants=frozenset({tenant}), local=True)
    words, clock = load_words(), MachineClock()
    door, _ = teams_door(taking, words, clock, session, forms=forms(), jitter=lambda: 0.0, fetch=fetch)
    _, deliverer = teams_door(sending, words, clock, session, forms=forms(), jitter=lambda: 0.0)
    return token if signed else "", door, deliverer


def _ours(session: aiohttp.ClientSession, service: str, *, signed: bool) -> tuple[str, list[web.RouteDef]]:
    token, door, deliverer = doors(session, service, TENANT, signed=signed)
    return token, door.routes(AnsweringHouse(deliverer))


class Connector:
    """Takes everything. Counts calls and the connections they came on."""

    def __init__(self) -> None:
        self.calls = 0
        self.peers: set[object] = set()

    async def take(self, request: web.Request) -> web.Response:
        await request.read()
        self.calls += 1
        self.peers.add(request.transport.get_extra_info("peername") if request.transport else None)
        return web.json_response({"id": str(self.calls)}, status=201)


class Serving(ABC):
    """A serving process that says what CPU it has used, and turns that are put to it in `_some`."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self._session = session
        self._base = base
        self._number = 0

    async def cpu_ms(self, at_once: int, turns: int) -> float:
        """CPU milliseconds a turn."""
        begun = await self._cpu()
        await asyncio.gather(*(self._some(turns // at_once) for _ in range(at_once)))
        return (await self._cpu() - begun) * 1000 / (turns // at_once * at_once)

    async def _cpu(self) -> float:
        async with self._session.get(f"{self._base}/cpu") as answer:
            seconds: float = await answer.json()
            return seconds

    @abstractmethod
    async def _some(self, turns: int) -> None:
        """So many turns, one after another."""


class Target(Serving):
    """A serving process with a Teams door, and how to call it."""

    def __init__(self, session: aiohttp.ClientSession, base: str, token: str, service: str) -> None:
        super().__init__(session, base)
        self._headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        self._service = service

    async def _some(self, turns: int) -> None:
        for _ in range(turns):
            self._number += 1
            data = json.dumps(activity(self._service, self._number)).encode()
            async with self._session.post(f"{self._base}/api/messages", data=data, headers=self._headers) as answer:
                assert answer.status == 200, await answer.text()


def activity(service: str, number: int) -> dict[str, Any]:
    """A message of the size Teams sends."""
    place = {"conversationType": "personal", "tenantId": TENANT, "id": f"a:{number % 50}-{'x' * 100}"}
    client = {"type": "clientInfo", "locale": "en-GB", "country": "GB", "platform": "Windows", "timezone": "Europe/London"}
    return {
        "text": "My answer is that it was on the third of April, as far as I know.",
        "textFormat": "plain",
        "type": "message",
        "timestamp": "2026-11-23T09:00:00.123Z",
        "localTimestamp": "2026-11-23T09:00:00.123+00:00",
        "id": str(number),
        "channelId": "msteams",
        "serviceUrl": service,
        "from": {"id": f"29:{'y' * 60}", "name": "Test Practitioner", "aadObjectId": "eddfa9d4-346e-4cce-a18f-fa6261ad776b"},
        "conversation": place,
        "recipient": {"id": f"28:{APP}", "name": "CSPR Assistant"},
        "entities": [client],
        "channelData": {"tenant": {"id": TENANT}, "source": {"name": "message"}},
        "locale": "en-GB",
        "localTimezone": "Europe/London",
    }


@asynccontextmanager
async def serving(kind: str, service: str, session: aiohttp.ClientSession) -> AsyncIterator[Target]:
    command = [sys.executable, "-m", "tests.bench.bench_teams_turn", kind, service]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, cwd=Path(__file__).parents[2])
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        told = json.loads(await asyncio.wait_for(process.stdout.readline(), 30))
        yield Target(session, f"http://127.0.0.1:{told['port']}", told["token"], service)
    finally:
        process.stdin.close()
        await process.wait()


async def _rows(turns: int, rounds: int) -> list[Row]:
    connector = Connector()
    app = web.Application()
    app.add_routes([web.post("/v3/conversations/{conversation}/activities", connector.take)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    service = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    try:
        async with aiohttp.ClientSession() as session:
            return await _measured(service, session, connector, turns, rounds)
    finally:
        await runner.cleanup()


async def _measured(service: str, session: aiohttp.ClientSession, connector: Connector, turns: int, rounds: int) -> list[Row]:
    async with (
        serving(FLOOR, service, session) as floor,
        serving(OURS, service, session) as ours,
        serving(SIGNED, service, session) as signed,
    ):
        for target in (floor, ours, signed):
            await target.cpu_ms(16, 160)
        connector.calls, connector.peers = 0, set()
        rows = []
        for name, target in (("Teams turn", ours), ("Teams turn with a token", signed)):
            for at_once in (1, 16):
                pairs = [(await target.cpu_ms(at_once, turns), await floor.cpu_ms(at_once, turns)) for _ in range(rounds)]
                rows.append((f"{name}, {at_once} at once", *medians(pairs)))
        per_turn = len(connector.peers) / connector.calls
        return [*rows, ("new connections a turn (most: 0.05)", per_turn, 0.05, per_turn / 0.05)]


def medians(pairs: list[tuple[float, float]]) -> tuple[float, float, float]:
    ratio = statistics.median(mine / bare for mine, bare in pairs)
    return statistics.median(mine for mine, _ in pairs), statistics.median(bare for _, bare in pairs), ratio


def run(turns: int = 480, rounds: int = 5) -> list[Row]:
    """What, ours, the floor's (CPU milliseconds a turn), and the median of the rounds' ratios."""
    return asyncio.run(_rows(turns, rounds))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(serve(*sys.argv[1:]))
    else:
        for what, mine, bare, ratio in run():
            print(f"{what:40} {mine:8.3f} {bare:8.3f} {ratio:6.2f}")
