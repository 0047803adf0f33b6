"""A play whose libraries are in SharePoint: behind the real msgraph-sdk, with a Graph on this machine that can be troubled."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from fake_graph import FakeGraph, loopback_graph
from graph_faults import TROUBLES, Faults, Trouble
from graph_mirror import Mirror
from sharepoint_kit import Credential, settings_of, storage_of

from bot.clock import MovableClock
from bot.library.document import CASES
from bot.library.storage import Storage
from bot.play.player import play
from bot.play.script import Script, load_script
from bot.play.stage import Stage
from bot.play.telling import Teller
from bot.sharepoint.budget import Budget
from bot.sharepoint.calls import Calls
from bot.sharepoint.client import Client
from bot.sharepoint.describing import NAMES
from state.changes import Kind, OutboxRow, OutboxStatus

OWN = {"ambulance": "Ambulance", "fire": "Fire", "cafcass": "Cafcass"}
"""Organisations with a library of their own, and what it is called."""
BEFORE = datetime(2000, 1, 1, tzinfo=UTC)
"""When IT made the libraries."""
DOCUMENTS = (Kind.DOCUMENT, Kind.FILE)


class EveryFirst(Faults):
    """Each call goes wrong the first time it is made, one way after the other.

    Addresses of contents are new each time: there every fifth call goes wrong.
    """

    def __init__(self, graph: FakeGraph, ways: Sequence[str]) -> None:
        super().__init__()
        self._graph = graph
        self._ways = itertools.cycle(ways)
        self._calls: Counter[tuple[str, str]] = Counter()

    def due(self, number: int, kind: str) -> Trouble | None:
        call = self._graph.log[-1]
        new_each_time = kind == "download" or kind.startswith("upload_")
        one = (kind, "") if new_each_time else (call.method, call.path)
        self._calls[one] += 1
        if (self._calls[one] % 5 if new_each_time else self._calls[one]) != 1:
            return None
        trouble = TROUBLES[next(self._ways)]
        self.made.append((number, kind, trouble))
        return trouble


class SharePointStage(Stage):
    """The same stage, with other libraries. Whatever waits for them is waited for while the play's clock stands still."""

    def __init__(self, script: Script, teller: Teller, graph: FakeGraph, libraries: Mapping[str, Storage]) -> None:
        super().__init__(script, teller)
        self._graph, self._libraries = graph, libraries
        self.filed: set[str] = set()
        """Every path that the delivery ledger names, with its shelf."""

    def shelves(self) -> Mapping[str, Storage]:
        mirror = Mirror(self.library)
        self.library.mkdir(exist_ok=True)
        for library in self._graph.book.libraries:
            mirror.folder(library)
        self._graph.book.listeners.append(mirror.refresh)
        return self._libraries

    async def settle(self) -> None:
        await super().settle()
        then = self.clock.now()
        while waiting := await self._waiting():
            self.clock.move(max(min(row.next_at for row in waiting) - self.clock.now(), timedelta()))
            await super().settle()
        self.clock.set(then)

    async def _waiting(self) -> list[OutboxRow]:
        rows = [row for row in await self.parts.store.ledger(limit=1000) if row.send.kind in DOCUMENTS]
        self.filed |= {row.remote_id for row in rows if row.send.kind is Kind.DOCUMENT and row.status is OutboxStatus.SENT}
        return [row for row in rows if row.status is OutboxStatus.QUEUED]


class Played(NamedTuple):
    """What came of it: what did not hold, and what the ledger says was filed."""

    failure: str
    graph: FakeGraph
    filed: set[str]

    def lying(self) -> set[str]:
        """Every file that lies in a library, by its path with its shelf."""
        cases, *others = self.graph.book.libraries
        shelves = {name: organisation for organisation, name in OWN.items()}
        own = {f"{shelves[one.name]}:{path}" for one in others for path in self.graph.files(one)}
        return own | set(self.graph.files(cases))


async def played(file: Path, out: Path, ways: Sequence[str] = ()) -> Played:
    """Play it. `ways` are troubles, by name: each call goes wrong once."""
    stages: list[SharePointStage] = []

    def on(script: Script, teller: Teller) -> Stage:
        stages.append(SharePointStage(script, teller, graph, shelves))
        return stages[0]

    def now() -> datetime:
        """Upload sessions of the play end by the play's own clock."""
        return stages[0].clock.now() if stages else BEFORE

    async with libraries(ways, now) as (graph, shelves):
        failure = await play(load_script(file), out, lambda line: None, on)
        return Played(failure, graph, stages[0].filed)


@asynccontextmanager
async def libraries(ways: Sequence[str], now: Callable[[], datetime]) -> AsyncIterator[tuple[FakeGraph, Mapping[str, Storage]]]:
    """The case library and those of some organisations, with a budget whose seconds are counted, not waited for."""
    pace = MovableClock()

    async def sleep(seconds: float) -> None:
        pace.move(timedelta(seconds=seconds))

    async with loopback_graph(now=now, pace=lambda: pace.now().timestamp()) as graph:
        graph.site("sites/cspr").library("Cases", tuple(NAMES))
        for name in OWN.values():
            graph.site("sites/agencies").library(name, tuple(NAMES))
        if ways:
            graph.answering.faults = EveryFirst(graph, ways)
        client = Client(settings_of(graph, answers_in=0.3, moves_in=0.3), lambda _: Credential())  # type: ignore[arg-type,return-value]
        calls = Calls(client, Budget(pace, sleep), pace)
        own = {organisation: storage_of(calls, "sites/agencies", name) for organisation, name in OWN.items()}
        try:
            yield graph, {CASES: storage_of(calls), **own}
        finally:
            await calls.close()
