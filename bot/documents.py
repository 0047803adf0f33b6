"""Making documents from what is known, off the event loop, and filing them in the library."""

from __future__ import annotations

import asyncio
import logging

from bot.doors import NotDelivered
from bot.library import FolderLibrary
from dialogs.desk import filled
from dialogs.filling.asking import shown
from dialogs.kit import Kit
from state.changes import Send
from state.snapshot import Snapshot, Store, Wanted
from state.values import JSON, Clock, london_day
from templates.days import day_text, moment_text
from templates.documents.fill import TemplateError, fill
from templates.documents.referral import Imprint, referral_data

log = logging.getLogger("cspr.documents")
REFERRALS = "01 Referral"


class DocumentMaker:
    """Makes what an outbox row asks for. The row names the draft; the answers are read when it is made."""

    def __init__(self, store: Store, kit: Kit, library: FolderLibrary, clock: Clock) -> None:
        self._store = store
        self._kit = kit
        self._library = library
        self._clock = clock

    async def __call__(self, send: Send) -> str:
        """Make and file one document; the same content twice is the same file. Raises NotDelivered when the folder is away."""
        body: JSON = send.body
        if not isinstance(body, dict):
            raise NotDelivered("delivery.fault")
        snapshot = await self._store.read(Wanted(turn="", person="", place="", draft=str(body["draft"])))
        if snapshot.draft is None:
            raise NotDelivered("delivery.fault")
        try:
            return await asyncio.to_thread(self._file, snapshot, str(body["reference"]))
        except OSError as away:
            raise NotDelivered("delivery.library_away", again_after=60.0) from away
        except TemplateError as wrong:
            log.error("document not made: %s", wrong)
            raise NotDelivered("delivery.template") from wrong

    def _file(self, snapshot: Snapshot, reference: str) -> str:
        content = self.referral(snapshot, reference)
        return self._library.put((reference, REFERRALS), f"{reference} 1a Referral", ".docx", content)

    def referral(self, snapshot: Snapshot, reference: str) -> bytes:
        """Document 1a of a draft's answers."""
        draft = snapshot.draft
        if draft is None:
            raise LookupError("a document needs its draft")
        form = filled(self._kit, draft, snapshot.answers)
        today = london_day(self._clock.now())

        def text(path: str) -> str:
            found = form.shape.find(path)
            if found is None:
                return ""
            if found[1].columns:
                return self._kit.words.say("filling.none") if form.value(path) == "none" else ""
            return shown(snapshot.answers[path], found[1], form, self._kit, today)

        imprint = Imprint(
            reference=reference,
            edition=draft.edition,
            generated_at=moment_text(draft.touched_at),
            date_submitted=day_text(london_day(draft.touched_at)),
            send_to=self._kit.profile.file.send_to,
            restricted=draft.restricted,
        )
        data = referral_data(snapshot.answers, text, imprint, self._kit.words, form.printed)
        return fill(self._kit.profile.folder / "documents" / "referral.docx", data)
