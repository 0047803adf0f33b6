"""Making documents from what is known, off the event loop, and filing them in the library."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from bot.doors import NotDelivered
from bot.library.document import CASES, Document
from bot.library.filing import Filing
from bot.library.storage import Columns
from bot.library.telling import as_not_delivered
from bot.office.printing import Office
from bot.one_file import SOON, OneFile
from bot.papers.package import is_package, package
from bot.papers.paper import Body, Made, NothingToMake, Paper, word
from bot.papers.table import PAPERS
from bot.papers.together import is_together
from dialogs.giving.ask import ON_ITS_WAY
from dialogs.kit import Kit
from state.changes import Kind, OutboxRow, Send
from state.snapshot import Snapshot, Store
from state.values import JSON
from templates.documents.fill import TemplateError

log = logging.getLogger("cspr.documents")
MOST_ROWS = 10_000


class DocumentMaker:
    """Makes what an outbox row asks for. The row names what to read; it is read when the document is made."""

    def __init__(self, store: Store, kit: Kit, filing: Filing, office: Office | None = None) -> None:
        self._store = store
        self._kit = kit
        self._filing = filing
        self._one_file = OneFile(store, kit, filing, office)

    async def __call__(self, send: Send) -> str:
        """Make and file one document; the same content twice is the same file. Raises NotDelivered when the library is away."""
        body: JSON = send.body
        if not isinstance(body, dict):
            raise NotDelivered("delivery.fault")
        with as_not_delivered():
            made = await self._any(body, send)
            return await self._filing.put(self._placed(made, body, send))

    async def _any(self, body: Body, send: Send) -> Made:
        if is_together(body):
            return await self._one_file.make(body, await self._rows(send))
        return await (self._package(body, send) if is_package(body) else self._paper(body))

    async def _rows(self, send: Send) -> Sequence[OutboxRow]:
        return await self._store.ledger(case=send.case, limit=MOST_ROWS)

    async def _paper(self, body: Body) -> Made:
        paper = PAPERS.get(word(body, "form"))
        if paper is None:
            raise NotDelivered("delivery.fault")
        return await self._made(paper, await self._store.read(paper.wanted(body)), body)

    async def _package(self, body: Body, send: Send) -> Made:
        """Everything that is filed, once everything that was ordered is."""
        rows = await self._rows(send)
        if any(row.send.kind is Kind.DOCUMENT and row.status in ON_ITS_WAY and row.send.what != send.what for row in rows):
            raise NotDelivered("delivery.papers_on_their_way", again_after=SOON)
        files = await self._filing.files(word(body, "reference"))
        return await _aside(package, body, files, self._kit)

    async def _made(self, paper: Paper, snapshot: Snapshot, body: Body) -> Made:
        return await _aside(paper.make, snapshot, body, self._kit)

    def _placed(self, made: Made, body: Body, send: Send) -> Document:
        """In the organisation's own library where it has one, else in the case's folder."""
        own = made.own if made.own and self._filing.has(made.own) else CASES
        reference = word(body, "reference")
        columns = Columns(
            reference=reference,
            document=self._kit.words.say(f"library.document_{word(body, 'form')}"),
            organisation=made.organisation,
            state=self._kit.words.say(f"library.state_{made.state}"),
        )
        return Document(
            folders=(reference,) if own else (reference, *made.folders),
            stem=made.stem,
            suffix=made.suffix,
            content=made.content,
            shelf=own,
            case=send.case,
            what=send.what,
            columns=columns,
        )


async def _aside(make: Callable[..., Made], *what: object) -> Made:
    """Make it off the event loop, and say what went wrong in the delivery ledger's terms."""
    try:
        return await asyncio.to_thread(make, *what)
    except NothingToMake as nothing:
        raise NotDelivered("delivery.fault") from nothing
    except TemplateError as wrong:
        log.error("document not made: %s", wrong)
        raise NotDelivered("delivery.template") from wrong
