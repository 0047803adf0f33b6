"""Making documents from what is known, off the event loop, and filing them in the library."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from bot.doors import NotDelivered
from bot.library import FolderLibrary, LibraryRefused
from bot.papers.package import is_package, package
from bot.papers.paper import Body, NothingToMake, Paper, word
from bot.papers.table import PAPERS
from dialogs.kit import Kit
from state.changes import Send
from state.snapshot import Snapshot, Store
from state.values import JSON
from templates.documents.fill import TemplateError

log = logging.getLogger("cspr.documents")


class DocumentMaker:
    """Makes what an outbox row asks for. The row names what to read; it is read when the document is made."""

    def __init__(self, store: Store, kit: Kit, library: FolderLibrary) -> None:
        self._store = store
        self._kit = kit
        self._library = library

    async def __call__(self, send: Send) -> str:
        """Make and file one document; the same content twice is the same file. Raises NotDelivered when the folder is away."""
        body: JSON = send.body
        if isinstance(body, dict) and is_package(body):
            return await self._made(self._package, body)
        paper = PAPERS.get(str(body.get("form"))) if isinstance(body, dict) else None
        if paper is None or not isinstance(body, dict):
            raise NotDelivered("delivery.fault")
        snapshot = await self._store.read(paper.wanted(body))
        return await self._made(self._file, paper, snapshot, body)

    async def _made(self, make: Callable[..., str], *what: object) -> str:
        """Make it off the event loop, and say what went wrong in the delivery ledger's terms."""
        try:
            return await asyncio.to_thread(make, *what)
        except OSError as away:
            raise NotDelivered("delivery.library_away", again_after=60.0) from away
        except (NothingToMake, LibraryRefused) as nothing:
            raise NotDelivered("delivery.fault") from nothing
        except TemplateError as wrong:
            log.error("document not made: %s", wrong)
            raise NotDelivered("delivery.template") from wrong

    def _package(self, body: Body) -> str:
        made = package(body, self._library.files(word(body, "reference")), self._kit)
        return self._library.put((word(body, "reference"), *made.folders), made.stem, made.suffix, made.content)

    def _file(self, paper: Paper, snapshot: Snapshot, body: Body) -> str:
        made = paper.make(snapshot, body, self._kit)
        return self._library.put((word(body, "reference"), *made.folders), made.stem, made.suffix, made.content)
