"""A story whose libraries are in SharePoint, behind the real msgraph-sdk, with the Graph of this machine in its place."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from fake_graph import FakeGraph, loopback_graph
from graph_book import Library
from graph_judge import nobody_named, nothing_overwritten, nothing_shared, written_twice
from graph_mirror import Mirror
from graph_person import Person
from msgspec.structs import replace
from scoping_steps import IDENTIFIES, REFERENCE, everything_in_channels
from sharepoint_kit import Credential, settings_of, storage_of
from story import START, Story

from bot.clock import MovableClock
from bot.library.document import CASES
from bot.sharepoint.budget import Budget
from bot.sharepoint.calls import Calls
from bot.sharepoint.client import Client
from bot.sharepoint.describing import NAMES
from templates.documents import controls
from templates.documents.read import text_of

POLICE, TRUST = "police", "test-hospital-trust"
FORM = f"{REFERENCE}/{REFERENCE} 2 Form police v1.docx"
PACK = f"{REFERENCE}/05 Rapid review/{REFERENCE} 3 Rapid review draft v1.docx"


class SharePointStory(Story):
    """The case library, and one each for the police and the hospital. All are looked at as time goes by."""

    def __init__(self, folder: Path, graph: FakeGraph, clock: MovableClock, answers_in: float = 5.0, **settings: Any) -> None:
        super().__init__(folder, libraries=(), **settings)
        self.clock, self.graph, self.credential = clock, graph, Credential()
        self.cases = graph.site("sites/cspr").library("Cases", tuple(NAMES))
        self.own = {name: graph.site("sites/agencies").library(name, tuple(NAMES)) for name in (POLICE, TRUST)}
        mirror = Mirror(self.settings.library)
        for library in (self.cases, *self.own.values()):
            mirror.folder(library)
        graph.book.listeners.append(mirror.refresh)
        tenant = self.me.tenant
        self._known = replace(settings_of(graph, answers_in=answers_in, moves_in=answers_in), tenant=tenant)
        self.calls = self._connected()

    def _connected(self) -> Calls:
        """Clients of their own, as a process that begins has."""
        client = Client(self._known, lambda _: self.credential)  # type: ignore[arg-type,return-value]
        calls = Calls(client, Budget(self.clock, self._rests), self.clock)
        own = {name: storage_of(calls, "sites/agencies", name) for name in self.own}
        self.shelves = {CASES: storage_of(calls), **own}
        return calls

    async def _rests(self, seconds: float) -> None:
        self.clock.move(timedelta(seconds=seconds))

    async def restart(self) -> None:
        await self.calls.close()
        self.calls = self._connected()
        await super().restart()

    def hands(self, person: str) -> Person:
        """What one of the invented people does in SharePoint."""
        one = next(one for one in self.people if one.id == person)
        return Person(self.graph, one.name, one.tenant, one.object)


@asynccontextmanager
async def in_sharepoint(folder: Path, answers_in: float = 5.0, **settings: Any) -> AsyncIterator[SharePointStory]:
    """The libraries are there and were looked at once. At the end nothing that people wrote is lost, and nobody is named."""
    clock = MovableClock(START)
    async with loopback_graph(now=clock.now, pace=lambda: clock.now().timestamp()) as graph:
        graph.items.promotes_late = True
        graph.calls.page = 5
        story = SharePointStory(folder, graph, clock, answers_in, **settings)
        await story.open()
        await story.parts.watcher.look()
        try:
            yield story
            judged(story)
        finally:
            story.close()
            await story.calls.close()


def judged(story: SharePointStory) -> None:
    """What has to be true of every story."""
    assert nothing_overwritten(story.graph) == []
    assert nothing_shared(story.graph) == []
    assert nobody_named(story.graph, IDENTIFIES) == []
    for library in story.graph.book.libraries:
        assert written_twice(library) == []
    assert not [word for word in IDENTIFIES if word in everything_in_channels(story)]


def filling(values: Mapping[str, str]) -> Callable[[Document], object]:
    """Fills fields of a form in, as somebody does in Word."""

    def change(document: Document) -> None:
        for root in controls.parts_of(document):
            for field in controls.find(root):
                if (text := values.get(controls.tag_of(field))) is not None:
                    controls.fill_text(field, text)

    return change


def writing(text: str) -> Callable[[Document], object]:
    """Writes one more paragraph at the end."""
    return lambda document: document.add_paragraph(text)


def says(library: Library, text: str) -> list[str]:
    """The Word files of a library that say it."""
    return [path for path, content in library.files().items() if path.endswith(".docx") and text in words_in(content)]


def words_in(content: bytes) -> str:
    """All the text of a Word file."""
    return "\n".join(text_of(part) for part in controls.parts_of(docx.Document(io.BytesIO(content))))
