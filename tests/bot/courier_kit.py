"""A courier on a store of its own, with a channel that fails as it is told and never deduplicates."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.courier import Courier
from bot.doors import NotDelivered
from state.changes import Changes, Kind, OutboxRow, Send
from state.crypto import KeyRing
from state.records import PlaceRecord
from state.sqlite import SqliteStore, open_store
from state.values import JSON, Channel, Place
from templates.wording import load_words

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
UNCLEAR = NotDelivered("delivery.no_answer", uncertain=True)
THROTTLED = NotDelivered("delivery.throttled", again_after=30.0)
GONE = NotDelivered("delivery.channel_gone")


class FailingChannel:
    """Keeps every call, also those that then fail: what an uncertain call says may have arrived."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []
        self.failures: dict[str, list[Exception | None]] = {}
        self.hangs: dict[str, asyncio.Event] = {}
        """Conversations in which nothing is answered before the event."""

    async def deliver(self, place: Place, send: Send) -> str:
        text = str(send.body["text"]) if isinstance(send.body, dict) else ""
        self.calls.append((place.conversation, text))
        if place.conversation in self.hangs:
            await self.hangs[place.conversation].wait()
        waiting = self.failures.get(text.rsplit("\n", 1)[-1], [])
        failure = waiting.pop(0) if waiting else None
        if failure is not None:
            raise failure
        return f"id-{len(self.calls)}"

    def texts(self, conversation: str = "a") -> list[str]:
        return [text for where, text in self.calls if where == conversation]


class Places:
    """Every place is a conversation of the console."""

    async def place(self, place: str) -> PlaceRecord | None:
        if place.endswith("nowhere"):
            return None
        return PlaceRecord(id=place, channel="console", conversation=place.partition(":")[2], kind="personal")


class Post:
    """A courier with its store, clock and channel."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = MovableClock(START)
        self.channel = FailingChannel()
        self.made: list[Send] = []
        self.documents_fail: list[Exception] = []
        self.files_fail: list[Exception] = []
        self.turns = 0
        self.open()

    def open(self) -> None:
        self.store: SqliteStore = open_store(self.folder / "data" / "cspr.db", KeyRing({"k1": b"1" * 32}, "k1"), "local")
        self.courier = Courier(
            self.store,
            Places(),
            self.clock,
            load_words(),
            deliverers={Channel.CONSOLE: self.channel},
            documents=self.document,
            files=self.file,
            chance=random.Random(7),
        )

    async def document(self, send: Send) -> str:
        self.made.append(send)
        if self.documents_fail:
            raise self.documents_fail.pop(0)
        return "a/file.docx"

    async def file(self, place: Place, send: Send) -> Send:
        if self.files_fail:
            raise self.files_fail.pop(0)
        return send

    async def put(
        self, *texts: str, place: str = "console:a", reminder: bool = False, claim: str = ""
    ) -> tuple[OutboxRow, ...]:
        self.turns += 1
        sends = tuple(Send(kind=Kind.POST, lane=place, place=place, body={"text": text}, reminder=reminder) for text in texts)
        done = await self.store.commit(f"t{self.turns}", "digest", self.clock.now(), Changes(sends=sends), claim_lane=claim)
        return done.claimed

    async def put_document(self) -> None:
        body: JSON = {"draft": "d", "reference": "NS-2026-0001"}
        send = Send(kind=Kind.DOCUMENT, lane="documents:c", body=body, case="c")
        await self.store.commit("doc", "digest", self.clock.now(), Changes(sends=(send,)))

    async def go(self, **span: float) -> None:
        """Time goes by, and everything that is due is sent."""
        self.clock.move(timedelta(**span))
        while await self.courier.pass_once():
            pass

    async def statuses(self) -> list[str]:
        return [row.status.value for row in reversed(await self.store.ledger())]

    async def reasons(self) -> list[str]:
        return [row.reason for row in reversed(await self.store.ledger())]


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    made = Post(tmp_path)
    yield made
    made.store.close()
