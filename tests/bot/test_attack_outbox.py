"""Attacks on the outbox: crashes in the middle of recovering, a disk that is full when a send is recorded, and file names."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.courier import STUCK, Courier
from bot.doors import NotDelivered
from bot.library.document import CASES, Document
from bot.library.filing import Filing
from bot.library.folder import FolderStorage
from bot.library.storage import Columns, LibraryRefused
from state.changes import Changes, Kind, OutboxRow, Send
from state.crypto import KeyRing
from state.records import PlaceRecord
from state.sqlite import SqliteStore, open_store
from state.values import Channel, Place
from templates.wording import load_words

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KEYS = KeyRing({"k1": b"1" * 32}, "k1")
ONE = Changes(sends=(Send(kind=Kind.POST, lane="console:a", place="console:a", body={"text": "Test"}),))


class Calls:
    """A channel that counts, and a place for every id."""

    def __init__(self) -> None:
        self.said: list[object] = []
        self.fail_with: list[NotDelivered] = []

    async def deliver(self, place: Place, send: Send) -> str:
        self.said.append(send.body)
        if self.fail_with:
            raise self.fail_with.pop(0)
        return "id"

    async def place(self, place: str) -> PlaceRecord:
        return PlaceRecord(id=place, channel="console", conversation="a", kind="personal")


async def _no_document(_: Send) -> str:
    raise NotDelivered("delivery.fault")


async def _no_file(_place: Place, _send: Send) -> Send:
    raise NotDelivered("delivery.fault")


def _courier(store: SqliteStore, calls: Calls, clock: MovableClock) -> Courier:
    doors = {Channel.CONSOLE: calls}
    return Courier(store, calls, clock, load_words(), deliverers=doors, documents=_no_document, files=_no_file)


class FullWhenSent(SqliteStore):
    """A store whose disk is full when the first send is recorded."""

    full = True

    async def sent(self, rows: Mapping[int, str], at: datetime) -> None:
        if self.full:
            self.full = False
            raise sqlite3.OperationalError("database or disk is full")
        await super().sent(rows, at)


class DiesMarking(SqliteStore):
    """A store whose process ends when a row is marked."""

    async def mark(self, row: int, *_: object, **__: object) -> None:
        raise KeyboardInterrupt(row)


async def test_a_crash_while_recovering_loses_no_message(tmp_path: Path) -> None:
    path, clock, calls = tmp_path / "data" / "cspr.db", MovableClock(START), Calls()
    store = open_store(path, KEYS, "local")
    await store.commit("t", "digest", clock.now(), ONE)
    await store.claim(clock.now())
    store.close()
    dying = DiesMarking(path, KEYS)
    with pytest.raises(KeyboardInterrupt):
        await _courier(dying, calls, clock).start()
    dying.close()

    store = open_store(path, KEYS, "local")
    courier = _courier(store, calls, clock)
    await courier.start()
    clock.move(timedelta(minutes=1))
    await courier.pass_once()
    assert len(calls.said) == 1
    assert "may have seen this already" in str(calls.said[0])
    store.close()


async def test_a_row_whose_sending_was_never_recorded_does_not_block_its_conversation(tmp_path: Path) -> None:
    path, clock, calls = tmp_path / "data" / "cspr.db", MovableClock(START), Calls()
    open_store(path, KEYS, "local").close()
    store = FullWhenSent(path, KEYS)
    courier = _courier(store, calls, clock)
    await store.commit("t1", "digest", clock.now(), ONE)
    await store.commit("t2", "digest", clock.now(), ONE)
    running = asyncio.create_task(courier.run(pause=0.01))
    for _ in range(500):
        await asyncio.sleep(0.01)
        clock.move(STUCK / 10)
        if [row.status.value for row in await store.ledger()] == ["sent", "sent"]:
            break
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert [row.status.value for row in await store.ledger()] == ["sent", "sent"]
    assert len(calls.said) == 3, "the first one twice, the second once"
    store.close()


async def test_what_is_given_up_is_told_before_it_is_marked(tmp_path: Path) -> None:
    path, clock, calls = tmp_path / "data" / "cspr.db", MovableClock(START), Calls()
    store = open_store(path, KEYS, "local")
    seen: list[str] = []

    async def told(row: OutboxRow) -> None:
        [kept] = await store.ledger()
        seen.append(f"{kept.status.value} {row.status.value} {row.reason} {row.id}")

    courier = _courier(store, calls, clock)
    courier.given_up = told
    calls.fail_with = [NotDelivered("delivery.channel_gone")]
    await store.commit("t", "digest", clock.now(), ONE)
    await courier.pass_once()
    assert seen == ["sending dead delivery.channel_gone 1"], "a crash after the telling tells again, never nobody"
    assert [row.status.value for row in await store.ledger()] == ["dead"]
    store.close()


@pytest.mark.parametrize("name", ["..", "a/b", "a\\b", "/etc", "a\n", "", ".hidden", "a\x00b", "a..b", "é", "a" * 102])
async def test_no_name_leads_out_of_the_library(name: str, tmp_path: Path) -> None:
    clock = MovableClock()
    store = open_store(tmp_path / "data" / "d", KEYS, "local")
    filing = Filing(store, {CASES: FolderStorage(tmp_path / "library")}, clock)
    for folders, stem in (((name,), "plain"), (("plain",), name)):
        columns = Columns(reference="NS-2026-0001", document="a document")
        document = Document(folders=folders, stem=stem, suffix=".docx", content=b"", columns=columns)
        with pytest.raises(LibraryRefused):
            await filing.put(document)
    store.close()
    assert not list(tmp_path.rglob("*.docx"))
