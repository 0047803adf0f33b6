"""The pack as one file: what it is made of is read from the library when it is made."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.doors import NotDelivered
from bot.library.document import full
from bot.library.filing import Filing
from bot.library.storage import Gone
from bot.office.printing import NotPrinted, Office
from bot.papers.paper import Body, Made, NothingToMake, word
from bot.papers.together import TOGETHER, chosen, printed, title, wanted, zipped
from dialogs.giving.ask import ON_ITS_WAY
from dialogs.giving.one_file import PACK, PDF
from dialogs.kit import Kit
from state.changes import Kind, OutboxRow
from state.file_records import FileRecord
from state.snapshot import Store

SOON = 5.0
"""Seconds until it is looked again whether what it is made of is there."""


class OneFile:
    """Makes the pack into a PDF or a zip. `office` is None where nothing is ever printed."""

    def __init__(self, store: Store, kit: Kit, filing: Filing, office: Office | None) -> None:
        self._store, self._kit, self._filing, self._office = store, kit, filing, office

    async def make(self, body: Body, rows: Sequence[OutboxRow]) -> Made:
        """Made from the newest files in the library, once those that were ordered are there. `rows` is the case's ledger.

        Raises NotDelivered and LibraryProblem.
        """
        form = word(body, "form")
        _must_be_there(rows, TOGETHER[form])
        try:
            files = await self._read(chosen(await self._store.read(wanted(body)), body))
        except NothingToMake as nothing:
            raise NotDelivered("delivery.file_gone") from nothing
        if form != PDF:
            return await asyncio.to_thread(zipped, body, files, self._kit)
        [(pack, content)] = files
        return printed(pack, await self._pdf(pack, content))

    async def _read(self, files: Sequence[FileRecord]) -> list[tuple[FileRecord, bytes]]:
        """Their content. What somebody has taken away since is left out, but not the pack itself. Raises LibraryProblem."""
        found = []
        for file in files:
            try:
                found.append((file, await self._filing.read(full(file))))
            except Gone:
                if file.what == PACK:
                    raise
        return found

    async def _pdf(self, pack: FileRecord, content: bytes) -> bytes:
        if self._office is None or not self._office.there:
            raise NotDelivered("delivery.no_office")
        try:
            return await self._office.pdf(content, title(pack), pack.filed_at or pack.made_at)
        except NotPrinted as failed:
            raise NotDelivered("delivery.pdf_not_made") from failed


def _must_be_there(rows: Sequence[OutboxRow], forms: Sequence[str]) -> None:
    """Raises NotDelivered where one of them is still on its way."""
    ordered = (row.send.what for row in rows if row.send.kind is Kind.DOCUMENT and row.status in ON_ITS_WAY)
    if any(what.partition(":")[0] in forms for what in ordered):
        raise NotDelivered("delivery.papers_on_their_way", again_after=SOON)
