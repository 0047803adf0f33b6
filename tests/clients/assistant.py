"""The real assistant as a process of its own behind the Agents Playground, and a referral driven through it card by card."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from node_tools import HERE
from playground import ANSWERING, Message, Playground, playground

READY = 60.0


def free_port() -> int:
    """A port of this machine that nothing uses at this moment."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port: int = unused.getsockname()[1]
        return port


class Assistant:
    """`cspr run` on its own data, which can be killed and started again, at another moment where it is told one."""

    def __init__(self, folder: Path, at: str = "") -> None:
        self.folder = folder
        self.at = at
        self.port = free_port()
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Until it says that it is ready."""
        root = HERE.parents[1]
        settings = {
            "PYTHONPATH": str(root),
            "CSPR_MODE": "local",
            "CSPR_DATA": str(self.folder / "data"),
            "CSPR_LIBRARY": str(self.folder / "library"),
            "CSPR_PORT": str(self.port),
        }
        run = [str(Path(sys.executable).with_name("cspr")), "run", "--playground"]
        command = [sys.executable, str(HERE / "run_at.py"), self.at] if self.at else run
        with (self.folder / "log.txt").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *command,
                cwd=root,
                env={**os.environ, **settings},
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        assert self._process.stdout is not None
        assert b"Ready" in await asyncio.wait_for(self._process.stdout.readline(), READY)

    async def wakes(self, at: str) -> None:
        """It was off, and starts again at that moment."""
        await self.kill()
        self.at = at
        await self.start()

    async def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()

    @property
    def log(self) -> str:
        """What it wrote to its log."""
        return (self.folder / "log.txt").read_text()


class Talk:
    """A person in the Playground who looks at the newest card and answers it."""

    def __init__(self, client: Playground, who: str = "practitioner") -> None:
        self.client = client
        self.who = who
        self._since = 0
        self.card: Message | None = None

    async def says(self, text: str, expect: str = "", *, channel: str = "") -> Message:
        self._since = len(self.client.said)
        own = "" if channel else await self.client.chat(self.who)
        await self.client.say(text, who=self.who, channel=channel)
        return await self._next(expect, own)

    async def press(self, action: str, inputs: Mapping[str, str] | None = None, expect: str = "") -> Message:
        assert self.card is not None
        self._since = len(self.client.said)
        own = await self.client.chat(self.who)
        await self.client.press(self.card, labels(self.card)[action], {**values_of(self.card), **(inputs or {})}, who=self.who)
        return await self._next(expect, own if self.card.place == own else "")

    async def waits_for(self, action: str, *, place: str = "", since: int = 0) -> Message:
        """Until a card with that button is there for this person, or in a channel; `since` as the Playground counts."""

        def wanted(message: Message) -> bool:
            return action in labels(message) and not message.updated and place in ("", message.place)

        self.card = await self.client.heard(wanted, since=since)
        return self.card

    async def _next(self, expect: str, place: str) -> Message:
        """The newest card with buttons, once the expected words have been said.

        Where no words are expected, it stands in `place`, if one is named: other conversations may be answered meanwhile.
        A card that says the words is the one, whatever comes after it by itself: a digest may.
        """

        def wanted(message: Message) -> bool:
            here = bool(expect) or place in ("", message.place)
            return here and not message.updated and expect in message.words and (bool(labels(message)) or bool(expect))

        found = await self.client.heard(wanted, since=self._since)
        await asyncio.sleep(0.05)
        later = [m for m in self.client.said[self._since :] if not m.updated and m.place == found.place and labels(m)]
        meant = [m for m in later if expect and expect in m.words]
        self.card = (meant or later or [found])[-1]
        return self.card

    async def fill_in(self, answers: Mapping[str, str], *, until: str = "") -> None:
        """Answer whatever is asked until check your answers, or until an action or an input of that name is there."""
        for _ in range(120):
            assert self.card is not None
            actions, asked = labels(self.card), list(inputs_of(self.card))
            if "submit" in actions or "finish" in actions or until in actions or until in asked:
                return
            await self._one(actions, asked, answers)
        raise AssertionError("never came to an end")

    async def _one(self, actions: Mapping[str, str], asked: list[str], answers: Mapping[str, str]) -> None:
        given = {path: answers[path] for path in asked if answers.get(path)}
        if given and "row_save" in actions:
            await self.press("row_save", given)
            return
        for simple in ("confirm", "no_more_children", "seen", "row_none", "row_done"):
            if simple in actions:
                await self.press(simple)
                return
        if given:
            await self.press("answer", given)
        elif "skip" in actions:
            await self.press("skip")
        elif "not_known" in actions:
            await self.press("not_known")
        else:
            await self.press("answer", dict.fromkeys(asked, "not_known"))


async def filed(folder: Path, words: str) -> str:
    """Until a document of the case has these words in its name. Raises TimeoutError."""
    async with asyncio.timeout(ANSWERING):
        while not (found := [path.name for path in (folder / "library").rglob("*.docx") if words in path.name]):
            await asyncio.sleep(0.1)
    return found[0]


def labels(message: Message) -> dict[str, str]:
    """The labels of a card's buttons by action name."""
    actions = (message.card or {}).get("actions", ())
    return {action["data"]["cspr"]["action"]: action["title"] for action in actions}


def inputs_of(message: Message) -> list[str]:
    """The ids of a card's inputs, in order."""
    return [str(field["id"]) for field in _fields(message)]


def values_of(message: Message) -> dict[str, str]:
    """What stands in a card's inputs: a client sends it all with the button."""
    return {str(field["id"]): str(field["value"]) for field in _fields(message) if field.get("value")}


def _fields(message: Message) -> Iterator[dict[str, Any]]:
    def walk(element: Any) -> Iterator[dict[str, Any]]:
        if isinstance(element, dict):
            if str(element.get("type", "")).startswith("Input."):
                yield element
            for value in element.values():
                yield from walk(value)
        elif isinstance(element, list):
            for one in element:
                yield from walk(one)

    return walk((message.card or {}).get("body", []))


@asynccontextmanager
async def talking(folder: Path, at: str = "") -> AsyncIterator[tuple[Playground, Assistant]]:
    """The Playground with the real assistant behind it, now or at a moment. Ends both."""
    assistant = Assistant(folder, at)
    await assistant.start()
    try:
        async with playground(f"http://127.0.0.1:{assistant.port}/api/messages", free_port()) as client:
            yield client, assistant
    finally:
        await assistant.kill()
