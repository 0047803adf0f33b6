"""What the tests of SharePoint share: libraries of ours over the real msgraph-sdk, with a Graph on this machine behind it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from azure.core.credentials import AccessToken
from fake_graph import HOST, TOKEN, FakeGraph, loopback_graph
from graph_book import Library

from bot.clock import MovableClock
from bot.library.document import CASES, Document
from bot.library.filing import Filing
from bot.library.storage import Columns
from bot.sharepoint.budget import Budget
from bot.sharepoint.calls import Calls
from bot.sharepoint.client import Client
from bot.sharepoint.describing import NAMES
from bot.sharepoint.settings import SharePointSettings, library_address
from bot.sharepoint.storage import SharePointStorage
from state.crypto import KeyRing
from state.sqlite import open_store
from state.sqlite.store import SqliteStore

KEYS = KeyRing({"k1": b"1" * 32}, "k1")
CASE = "NS-2026-0001"
FOLDER = f"{CASE}/01 Referral"
PATH = f"{FOLDER}/{CASE} 1a Referral v1.docx"
COLUMNS = Columns(reference=CASE, document="Document 1a, referral", organisation="police", state="Draft", version="1")
TENANT = "tenant-1"
LABEL = "Test label"


class Credential:
    """Gives the token that it was made with."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.asked = 0

    async def get_token(self, *_: str, **__: Any) -> AccessToken:
        self.asked += 1
        return AccessToken(self.token, int(time.time()) + 3600)

    async def close(self) -> None:
        """It holds nothing open."""


class Ours(msgspec.Struct):
    """A case library with everything around it."""

    graph: FakeGraph
    library: Library
    clock: MovableClock
    slept: list[float]
    calls: Calls
    storage: SharePointStorage
    credential: Credential


def settings_of(graph: FakeGraph, **more: Any) -> SharePointSettings:
    """SharePoint's settings, with that Graph in its place."""
    quick = {"answers_in": 5.0, "moves_in": 5.0, "loopback": urlsplit(graph.where.apart).netloc}
    return SharePointSettings(tenant=TENANT, graph=graph.base_url, **{**quick, **more})


def storage_of(calls: Calls, site: str = "sites/cspr", library: str = "Cases") -> SharePointStorage:
    """The library of that name."""
    return SharePointStorage(calls, library_address(f"https://{HOST}/{site}/{library}"))


@asynccontextmanager
async def ours(*, columns: tuple[str, ...] = tuple(NAMES), **more: Any) -> AsyncIterator[Ours]:
    """A case library of ours."""
    clock, slept, credential = MovableClock(), list[float](), Credential()
    async with loopback_graph(now=clock.now, pace=lambda: clock.now().timestamp()) as graph:

        async def sleep(seconds: float) -> None:
            slept.append(seconds)
            clock.move(timedelta(seconds=seconds))

        library = graph.site("sites/cspr").library("Cases", columns)
        client = Client(settings_of(graph, **more), lambda _: credential)  # type: ignore[arg-type,return-value]
        calls = Calls(client, Budget(clock, sleep), clock)
        try:
            yield Ours(graph, library, clock, slept, calls, storage_of(calls), credential)
        finally:
            await calls.close()


def document(content: bytes, stem: str = f"{CASE} 1a Referral", suffix: str = ".docx") -> Document:
    """Something to file."""
    return Document(folders=(CASE, "01 Referral"), stem=stem, suffix=suffix, content=content, columns=COLUMNS, case="case-1")


def opened(folder: Path, clock: MovableClock, storage: SharePointStorage) -> tuple[SqliteStore, Filing]:
    """A database, and Filing on it. The caller closes the database."""
    store = open_store(folder / "data" / "cspr.db", KEYS, "local")
    return store, Filing(store, {CASES: storage}, clock)
