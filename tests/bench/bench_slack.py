"""One whole turn through the Slack door: signature checked, deduplicated, decided, encrypted, in the outbox, durable, answered.

CPU milliseconds a turn of the serving process, in the same run against three others: bare aiohttp that checks the HMAC by
hand and makes one call on a pooled session; slack-bolt as its own pages show it; and slack-bolt with a pooled session and
`authorize`. A turn is a pressed *Answer* that changes a child's name, as in `bench_turn`. The last row says how long a window
takes to open while 64 people press at once: milliseconds from the press to `views.open`, the slowest of all.

Run: python -m tests.bench.bench_slack
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import aiohttp
import msgspec
from aiohttp import web
from form_reader import forms
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.http import application, listen, pooled_session
from bot.memory import settle_memory
from bot.settings import Settings
from bot.slack.carried import Carried, written
from bot.slack.codec import chat_place
from bot.slack.door import slack_door
from bot.slack.methods import PATH
from bot.slack.settings import SlackSettings
from bot.wiring import assemble, profile_of
from dialogs.turn import Press, Turn
from state.values import Channel, Who
from tests.bench.bench_teams_turn import MachineClock, Row, Serving, medians

TEAM, TOKEN, SECRET = "T0NORTHSOM", "xoxb-bench", "signing-secret-of-a-bench"
PEOPLE = 64
AT = "children.name:1"
FLOOR, STOCK, POOLED, OURS = "floor", "stock", "pooled", "ours"
SAID = "Thank you. That is kept."


async def serve(kind: str, api: str) -> None:
    """The serving process: prints its port and what its buttons are about, and answers `/cpu` with its CPU seconds."""
    async with pooled_session() as session:
        made = {FLOOR: _floor, STOCK: _stock, POOLED: _pooled}
        if kind == OURS:
            await _ours(session, api)
        else:
            await _listening([web.post(PATH, made[kind](session, api))], [])


async def _listening(routes: list[web.RouteDef], drafts: list[str]) -> None:
    cpu = web.get("/cpu", lambda _: _said(time.process_time()))
    runner = await listen(application([*routes, cpu]), local=True, host="127.0.0.1", port=0)
    settle_memory()
    print(json.dumps({"port": runner.addresses[0][1], "drafts": drafts}), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await runner.cleanup()


async def _said(value: float) -> web.Response:
    return web.json_response(value)


def _floor(session: aiohttp.ClientSession, api: str) -> Any:
    headers = {"Authorization": f"Bearer {TOKEN}"}

    async def events(request: web.Request) -> web.Response:
        body = await request.read()
        stamp, given = request.headers["X-Slack-Request-Timestamp"], request.headers["X-Slack-Signature"]
        made = "v0=" + hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(made, given) or abs(time.time() - int(stamp)) > 300:
            return web.Response(status=401)
        payload = json.loads(parse_qs(body.decode())["payload"][0])
        message = {"channel": payload["channel"]["id"], "text": SAID}
        async with session.post(f"{api}chat.postMessage", json=message, headers=headers) as answer:
            await answer.read()
        return web.Response()

    return events


def _bolt(app: AsyncApp) -> Any:
    @app.action("press:0")
    async def pressed(ack: Any, say: Any) -> None:
        await ack()
        await say(SAID)

    async def events(request: web.Request) -> web.Response:
        body = (await request.read()).decode()
        told = await app.async_dispatch(AsyncBoltRequest(body=body, headers=dict(request.headers)))
        return web.Response(status=told.status, text=told.body)

    return events


def _stock(_: aiohttp.ClientSession, api: str) -> Any:
    return _bolt(AsyncApp(client=AsyncWebClient(token=TOKEN, base_url=api), signing_secret=SECRET))


def _pooled(session: aiohttp.ClientSession, api: str) -> Any:
    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token=TOKEN, bot_user_id="U0BOT", bot_id="B0BOT")

    client = AsyncWebClient(base_url=api, session=session)
    return _bolt(AsyncApp(client=client, signing_secret=SECRET, authorize=authorize))


async def _ours(session: aiohttp.ClientSession, api: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "tokens").write_text(f"{TEAM} {TOKEN}\n")
        (folder / "secret").write_text(SECRET)
        slack = SlackSettings(
            workspaces=frozenset({TEAM}),
            tokens_file=folder / "tokens",
            signing_secret_file=folder / "secret",
            api_url=api,
        )
        settings = Settings(mode="local", data=folder / "data", library=folder / "library", tenants=TEAM)
        profile, clock = profile_of(settings), MachineClock()
        door, deliverer = slack_door(
            slack, profile.words, clock, session, forms=forms(), jitter=lambda: 0.0, prefix=profile.file.prefix
        )
        parts = await assemble(settings, clock, {Channel.SLACK: deliverer}, profile=profile)
        drafts = [await _begin(parts.house, number) for number in range(PEOPLE)]
        await _listening(door.routes(parts.house), drafts)
        await door.settle()
        await parts.house.settle()
        parts.store.close()


async def _begin(house: Any, number: int) -> str:
    place = chat_place(TEAM, f"D{number}", f"U{number}")
    who = Who(TEAM, f"U{number}", "Test Practitioner")
    turn = Turn(id=f"begin-{number}", who=who, place=place, said=Press(action="start_referral"), at=datetime.now(UTC))
    await house.take(turn)
    await house.settle()
    return turn.fresh("draft")


class Api:
    """Slack's Web API that takes everything. Counts calls, connections, and when each window was opened."""

    def __init__(self) -> None:
        self.calls = 0
        self.peers: set[object] = set()
        self.opened: dict[str, float] = {}

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.calls += 1
        self.peers.add(request.transport.get_extra_info("peername") if request.transport else None)
        if request.match_info["method"] == "views.open":
            self.opened[json.loads(body)["trigger_id"]] = time.monotonic()
        known = {"user_id": "U0BOT", "bot_id": "B0BOT", "team_id": TEAM, "ts": f"1767.{self.calls}"}
        return web.json_response({"ok": True, **known, "view": {"id": f"V{self.calls}"}, "user": {"real_name": "Test"}})


class Target(Serving):
    """A serving process and how its buttons are pressed."""

    def __init__(self, session: aiohttp.ClientSession, base: str, drafts: list[str]) -> None:
        super().__init__(session, base)
        self._drafts = drafts

    async def _some(self, turns: int) -> None:
        for _ in range(turns):
            number = self._number
            self._number += 1
            person, told = number % PEOPLE, number // PEOPLE
            draft = self._drafts[person] if self._drafts else ""
            button = Carried("answer", draft, told, AT, inputs=True)
            await self.press(person, f"t{number}", "press:0", button, f"Test Child {told}")

    async def press(self, person: int, trigger: str, action: str, button: Carried, name: str) -> float:
        """Press a button; when it was."""
        body = urlencode({"payload": json.dumps(_payload(person, trigger, action, button, name))}).encode()
        stamp = str(int(time.time()))
        made = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={made}"}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        pressed = time.monotonic()
        async with self._session.post(f"{self._base}{PATH}", data=body, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
        return pressed

    async def opening(self, api: Api, mark: str) -> float:
        """Milliseconds from the press to the slowest window, everybody pressing at once."""
        api.opened.clear()
        buttons = [Carried("window", draft, at=AT, window=True) for draft in self._drafts]
        pressed = await asyncio.gather(*(self.press(n, f"{mark}{n}", "open:1", button, "") for n, button in enumerate(buttons)))
        return max(api.opened[f"{mark}{n}"] - when for n, when in enumerate(pressed)) * 1000


def _payload(person: int, trigger: str, action: str, button: Carried, name: str) -> dict[str, Any]:
    """A press of the size Slack sends."""
    channel, when = f"D{person}", "1767323022.000100"
    field = {"children.1.name": {"in:00000000": {"type": "plain_text_input", "value": name}}}
    text = {"type": "plain_text", "text": "Save the answer", "emoji": False}
    pressed = {"type": "button", "block_id": "buttons", "action_id": action, "text": text, "value": written(button)}
    shown = [{"type": "header", "block_id": f"b{n}", "text": text} for n in range(8)]
    return {
        "type": "block_actions",
        "user": {"id": f"U{person}", "username": "test.practitioner", "name": "test.practitioner", "team_id": TEAM},
        "api_app_id": "A0CSPRAPP",
        "token": "verification-token-of-old",
        "container": {"type": "message", "message_ts": when, "channel_id": channel, "is_ephemeral": False},
        "trigger_id": trigger,
        "team": {"id": TEAM, "domain": "test-safeguarding"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": channel, "name": "directmessage"},
        "message": {"type": "message", "user": "U0BOT", "ts": when, "text": "A question for you.", "blocks": shown},
        "state": {"values": field},
        "response_url": "https://hooks.slack.com/actions/T0NORTHSOM/1/x",
        "actions": [{**pressed, "action_ts": when}],
    }


@asynccontextmanager
async def serving(kind: str, api: str, session: aiohttp.ClientSession) -> AsyncIterator[Target]:
    command = [sys.executable, "-m", "tests.bench.bench_slack", kind, api]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, cwd=Path(__file__).parents[2])
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        told = json.loads(await asyncio.wait_for(process.stdout.readline(), 60))
        yield Target(session, f"http://127.0.0.1:{told['port']}", told["drafts"])
    finally:
        process.stdin.close()
        await process.wait()


class Others(msgspec.Struct, frozen=True):
    """What ours is compared with."""

    floor: Target
    stock: Target
    pooled: Target


async def _rows(turns: int, rounds: int) -> list[Row]:
    api, app = Api(), web.Application()
    app.add_routes([web.post("/api/{method}", api.take)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    try:
        async with (
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session,
            serving(FLOOR, base, session) as floor,
            serving(STOCK, base, session) as stock,
            serving(POOLED, base, session) as pooled,
            serving(OURS, base, session) as ours,
        ):
            return await _measured(api, ours, Others(floor, stock, pooled), turns, rounds)
    finally:
        await runner.cleanup()


async def _measured(api: Api, ours: Target, others: Others, turns: int, rounds: int) -> list[Row]:
    for target in (others.floor, others.stock, others.pooled, ours):
        await target.cpu_ms(16, 160)
    rows: list[Row] = []
    named = (("an HMAC by hand", others.floor), ("bolt, pooled", others.pooled), ("bolt, stock", others.stock))
    for at_once in (1, 16):
        found = [[await target.cpu_ms(at_once, turns) for target in (ours, *(one for _, one in named))] for _ in range(rounds)]
        for place, (name, _) in enumerate(named, 1):
            pairs = [(costs[0], costs[place]) for costs in found]
            rows.append((f"whole turn against {name}, {at_once} at once", *medians(pairs)))
    api.calls, known = 0, set(api.peers)
    await ours.cpu_ms(16, turns)
    per_turn = len(api.peers - known) / api.calls
    rows.append(("new connections a turn (most: 0.05)", per_turn, 0.05, per_turn / 0.05))
    slowest = statistics.median([await ours.opening(api, f"w{number}-") for number in range(rounds)])
    return [*rows, (f"ms to open a window, {PEOPLE} at once (most: 3,000)", slowest, 3_000.0, slowest / 3_000)]


def run(turns: int = 320, rounds: int = 5) -> list[Row]:
    """What, ours, the other's (CPU milliseconds a turn), and the median of the rounds' ratios."""
    return asyncio.run(_rows(turns, rounds))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(serve(*sys.argv[1:]))
    else:
        for what, mine, bare, ratio in run():
            print(f"{what:60} {mine:8.3f} {bare:8.3f} {ratio:6.2f}")
