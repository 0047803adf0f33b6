"""The Microsoft 365 Agents Playground, a Teams-like client on this machine: start it, speak in it as anybody, read it.

Its interfaces are undocumented: the version is pinned in package.json. It speaks as one person on its page and in its own calls
(Test Practitioner); everybody else speaks through activities made here, which it passes on as they are.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import yaml
from node_tools import HERE, set_up

CONFIG = HERE / ".m365agentsplayground.yml"
STARTING = 20.0
ANSWERING = 10.0
REFUSED = 300
"""The status of a message that it did not take, or a higher one. Nobody has read that."""


class Message(msgspec.Struct, frozen=True):
    """Something the assistant said: where, its id, its text, and its card where it has one. `updated` where it replaced one."""

    place: str
    id: str
    text: str = ""
    preview: str = ""
    card: dict[str, Any] | None = None
    updated: bool = False

    @property
    def words(self) -> str:
        """Everything it says, the card's text twin included."""
        return f"{self.text}\n{self.card['fallbackText'] if self.card else ''}".strip()

    def data(self, label: str) -> dict[str, Any]:
        """What the button of that label carries. Raises StopIteration where there is none."""
        found: dict[str, Any] = next(
            action["data"] for action in (self.card or {}).get("actions", ()) if action["title"] == label
        )
        return found


class Playground:
    """A running Playground. People are named by the end of their channel id: `practitioner`, `coordinator` …"""

    def __init__(self, base: str, session: aiohttp.ClientSession) -> None:
        self.base = base
        self.said: list[Message] = []
        self.config = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
        self._session = session
        self._news = asyncio.Condition()
        self._chats: dict[str, str] = {}
        self.listening = asyncio.Event()

    async def say(self, text: str, *, who: str = "practitioner", channel: str = "") -> str:
        """Type a message, one to one or in a channel (where the assistant is mentioned). Returns its activity's id."""
        bot = self.config["bot"]
        mention = [{"type": "mention", "mentioned": bot, "text": f"<at>{bot['name']}</at>"}] if channel else []
        typed = f"<at>{bot['name']}</at> {text}" if channel else text
        return await self._activity(
            who, channel, {"type": "message", "text": typed, "textFormat": "plain", "entities": mention}
        )

    async def press(
        self, message: Message, label: str, inputs: dict[str, str] | None = None, *, who: str = "practitioner"
    ) -> str:
        """Press a button of a card, with what was typed into it."""
        value = {**message.data(label), **(inputs or {})}
        channel = "" if message.place in {await self.chat(who)} else message.place
        return await self._activity(who, channel, {"type": "message", "value": value, "replyToId": message.id})

    async def install(self, *, who: str = "practitioner") -> str:
        """Add the assistant to a person's chat."""
        return await self._activity(who, "", {"type": "installationUpdate", "action": "add"})

    async def again(self, activity: dict[str, Any]) -> None:
        """Deliver an activity as it is, once more or for the first time."""
        async with self._session.post(f"{self.base}/_internal/v1/customActivities", json=activity) as answer:
            answer.raise_for_status()

    async def heard(self, wanted: Callable[[Message], bool], *, since: int = 0) -> Message:
        """The first message after `since` (an index into `said`) that is wanted. Raises TimeoutError."""
        async with asyncio.timeout(ANSWERING), self._news:
            while True:
                for message in self.said[since:]:
                    if wanted(message):
                        return message
                await self._news.wait()

    def activity(self, who: str, place: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
        """An activity as the Playground itself would make it."""
        person = self.person(who)
        sender = {"id": person["id"], "name": person["name"], "aadObjectId": person["aadObjectId"]}
        fixed = {"channelId": "msteams", "serviceUrl": f"{self.base}/_connector", "recipient": self.config["bot"]}
        data = {"channelData": {"tenant": {"id": self.config["tenantId"]}}}
        return {"id": str(uuid.uuid4()), **fixed, **data, "from": sender, "conversation": place, **more}

    def person(self, who: str) -> dict[str, Any]:
        """A person of the configuration."""
        everybody = [self.config["currentUser"], *self.config["users"]]
        found: dict[str, Any] = next(person for person in everybody if person["id"] == f"29:test-{who}")
        return found

    async def _activity(self, who: str, channel: str, more: dict[str, Any]) -> str:
        kind = {"conversationType": "channel", "isGroup": True} if channel else {"conversationType": "personal"}
        place = {**kind, "id": channel or await self.chat(who), "tenantId": self.config["tenantId"]}
        activity = self.activity(who, place, more)
        await self.again(activity)
        return str(activity["id"])

    async def chat(self, who: str) -> str:
        """The person's one-to-one conversation; made as a bot makes it."""
        if who == "practitioner":
            return str(self.config["personalChat"]["id"])
        if who not in self._chats:
            tenant = self.config["tenantId"]
            body = {
                "bot": self.config["bot"],
                "members": [{"id": self.person(who)["id"]}],
                "isGroup": False,
                "tenantId": tenant,
            }
            body["channelData"] = {"tenant": {"id": tenant}}
            async with self._session.post(f"{self.base}/_connector/v3/conversations", json=body) as answer:
                answer.raise_for_status()
                self._chats[who] = (await answer.json())["id"]
        return self._chats[who]

    async def listen(self) -> None:
        """Keep what the assistant says until cancelled. Only the log tells of every conversation, and of previews."""
        async with self._session.ws_connect(f"{self.base}/_ws/log/stream") as socket:
            self.listening.set()
            async for event in socket:
                told = event.json().get("log") or {}
                ours = told.get("activityName") == "message" and told.get("from") == "User Application"
                if ours and told["response"]["statusCode"] < REFUSED:
                    async with self._news:
                        self.said.append(_message(told))
                        self._news.notify_all()


def _message(told: dict[str, Any]) -> Message:
    body = told["request"]["body"]
    cards = [one["content"] for one in body.get("attachments") or () if "adaptive" in one["contentType"]]
    return Message(
        place=told["conversationId"],
        id=str(told["messageId"]),
        text=body.get("text") or "",
        preview=body.get("summary") or "",
        card=cards[0] if cards else None,
        updated=told["response"]["statusCode"] == 200,
    )


@asynccontextmanager
async def playground(endpoint: str, port: int) -> AsyncIterator[Playground]:
    """The Playground on that port of this machine, talking to that endpoint. Ends its own process."""
    set_up()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(CONFIG, folder)
        process = await _start(endpoint, port, Path(folder))
        try:
            async with aiohttp.ClientSession() as session:
                started = Playground(f"http://127.0.0.1:{port}", session)
                await _wait(session, started.base, process)
                listening = asyncio.create_task(started.listen())
                await asyncio.wait_for(started.listening.wait(), STARTING)
                yield started
                listening.cancel()
                with suppress(asyncio.CancelledError):
                    await listening
        finally:
            with suppress(ProcessLookupError):
                process.terminate()
            await process.wait()


async def _start(endpoint: str, port: int, folder: Path) -> asyncio.subprocess.Process:
    cli = HERE / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
    options = ["-e", endpoint, "-c", "msteams", "-p", str(port), "--su", f"http://127.0.0.1:{port}/_connector", "--dt"]
    environment = os.environ | {"TEAMSAPPTESTER_BROWSER": "none", "NODE_OPTIONS": f"--require {HERE / 'loopback.js'}"}
    return await asyncio.create_subprocess_exec(
        "node", str(cli), "start", *options, cwd=folder, env=environment, stdout=asyncio.subprocess.DEVNULL
    )


async def _wait(session: aiohttp.ClientSession, base: str, process: asyncio.subprocess.Process) -> None:
    """Until it answers: it prints that it listens before it has read its configuration."""
    async with asyncio.timeout(STARTING):
        while process.returncode is None:
            with suppress(aiohttp.ClientError):
                async with session.get(f"{base}/_debug/ping") as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.1)
    raise RuntimeError("The Agents Playground ended while starting. Is its configuration right?")
