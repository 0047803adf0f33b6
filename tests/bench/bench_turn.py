"""One whole turn through the Teams door: token checked, deduplicated, decided, encrypted, in the outbox, durable, answered.

CPU milliseconds a turn of the serving process against bare aiohttp in the same run, one by one and 16 at once.

A turn is a pressed *Answer* that changes a child's name: rows and a turn id are written and a new card is sent. Where the old
card is replaced too, our turn makes two calls where the floor makes one; both are measured.

Run: python -m tests.bench.bench_turn
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from bot.http import application, listen, pooled_session
from bot.memory import settle_memory
from bot.settings import Settings
from bot.wiring import assemble, profile_of
from dialogs.turn import Press, Turn
from state.values import Channel, Place, Who
from tests.bench import bench_teams_turn as door_bench
from tests.bench.bench_teams_turn import APP, FLOOR, Connector, MachineClock, Row, Target, doors, medians

PEOPLE = 50
AT = "children.name:1"


async def serve(service: str, signed: bool) -> None:
    """The serving process: a referral begun for each person; prints its port, a token and the drafts."""
    with tempfile.TemporaryDirectory() as folder:
        async with pooled_session() as session:
            settings = Settings(mode="local", data=Path(folder) / "data", library=Path(folder) / "library")
            profile, clock = profile_of(settings), MachineClock()
            tenant = profile.people[0].tenant
            token, door, deliverer = doors(session, service, tenant, signed=signed)
            parts = await assemble(settings, clock, {Channel.TEAMS: deliverer}, profile=profile)
            drafts = [await _begin(parts.house, n, service, tenant) for n in range(PEOPLE)]
            cpu = web.get("/cpu", lambda _: _said(time.process_time()))
            routes = [*door.routes(parts.house), cpu]
            runner = await listen(application(routes), local=True, host="127.0.0.1", port=0)
            settle_memory()
            told = {"port": runner.addresses[0][1], "token": token, "drafts": drafts, "tenant": tenant}
            print(json.dumps(told), flush=True)
            await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
            await runner.cleanup()
            await parts.house.settle()
            parts.store.close()


async def _said(value: float) -> web.Response:
    return web.json_response(value)


def _conversation(number: int) -> str:
    return f"a:{number}-{'x' * 100}"


async def _begin(house: Any, number: int, service: str, tenant: str) -> str:
    address = {"service_url": service, "tenant": tenant, "bot": f"28:{APP}"}
    place = Place(Channel.TEAMS, _conversation(number), address=address)
    turn = Turn(
        id=f"begin-{number}",
        who=Who(tenant, f"person-{number}", "Test Practitioner"),
        place=place,
        said=Press(action="start_referral"),
        at=datetime.now(UTC),
    )
    await house.take(turn)
    await house.settle()
    return turn.fresh("draft")


class WholeTurns(Target):
    """Presses *Answer* with another name each time, as each of the people in turn."""

    drafts: tuple[str, ...] = ()
    replaces = True
    tenant = ""

    async def _some(self, turns: int) -> None:
        for _ in range(turns):
            number = self._number
            self._number += 1
            data = json.dumps(self._press(number)).encode()
            async with self._session.post(f"{self._base}/api/messages", data=data, headers=self._headers) as answer:
                assert answer.status == 200, await answer.text()

    def _press(self, number: int) -> dict[str, Any]:
        person, written = number % PEOPLE, number // PEOPLE
        ours = {"action": "answer", "target": self.drafts[person], "version": written, "at": AT}
        made = door_bench.activity(self._service, number)
        made["from"] = {**made["from"], "aadObjectId": f"person-{person}"}
        made["conversation"] = {**made["conversation"], "id": _conversation(person), "tenantId": self.tenant}
        made["channelData"] = {"tenant": {"id": self.tenant}}
        return {
            **made,
            "text": None,
            "value": {"cspr": ours, "children.1.name": f"Test Child {written}"},
            **({"replyToId": f"card-{number}"} if self.replaces else {}),
        }


async def _start(stack: AsyncExitStack, service: str, session: aiohttp.ClientSession, signed: bool) -> WholeTurns:
    pipe = asyncio.subprocess.PIPE
    command = [sys.executable, "-m", "tests.bench.bench_turn", service, "signed" if signed else "open"]
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, cwd=Path(__file__).parents[2])
    assert process.stdout is not None
    assert process.stdin is not None
    stack.push_async_callback(process.wait)
    stack.callback(process.stdin.close)
    told = json.loads(await asyncio.wait_for(process.stdout.readline(), 60))
    target = WholeTurns(session, f"http://127.0.0.1:{told['port']}", told["token"], service)
    target.drafts, target.tenant = tuple(told["drafts"]), told["tenant"]
    return target


async def _rows(turns: int, rounds: int) -> list[Row]:
    connector = Connector()
    app = web.Application()
    base = "/v3/conversations/{conversation}/activities"
    app.add_routes([web.post(base, connector.take), web.put(base + "/{activity}", connector.take)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    service = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    try:
        async with aiohttp.ClientSession() as session, AsyncExitStack() as stack:
            floor = await stack.enter_async_context(door_bench.serving(FLOOR, service, session))
            found: list[Row] = []
            for name, signed in (("whole turn", False), ("whole turn with a token", True)):
                ours = await _start(stack, service, session, signed)
                await ours.cpu_ms(16, 320)
                await floor.cpu_ms(16, 320)
                for at_once, replaces in ((1, False), (16, False), (1, True), (16, True)):
                    ours.replaces = replaces
                    pairs = [(await ours.cpu_ms(at_once, turns), await floor.cpu_ms(at_once, turns)) for _ in range(rounds)]
                    calls = "card replaced" if replaces else "one card"
                    found.append((f"{name}, {at_once} at once, {calls}", *medians(pairs)))
            return found
    finally:
        await runner.cleanup()


def run(turns: int = 480, rounds: int = 5) -> list[Row]:
    """What, ours, the floor's (CPU milliseconds a turn), and the median of the rounds' ratios."""
    return asyncio.run(_rows(turns, rounds))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(serve(sys.argv[1], sys.argv[2] == "signed"))
    else:
        for what, mine, bare, ratio in run():
            print(f"{what:40} {mine:8.3f} {bare:8.3f} {ratio:6.2f}")
