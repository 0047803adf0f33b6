"""The record of the decision to notify."""

from __future__ import annotations

from bot.papers.paper import DECISIONS, Body, Made, Paper, draft_of, instant, of_draft, reading, word
from dialogs.kit import Kit
from state.snapshot import Snapshot
from templates.days import moment_text
from templates.documents.fill import fill
from templates.documents.records import Record, record_data


def make(snapshot: Snapshot, body: Body, kit: Kit) -> Made:
    """The facts, the advice, what was decided and why, as of the moment it was recorded."""
    draft = draft_of(snapshot)
    at = instant(body) or draft.touched_at
    read = reading(snapshot, kit, at)
    record = Record(
        reference=word(body, "reference"),
        edition=draft.edition,
        generated_at=moment_text(at),
        restricted=draft.restricted,
    )
    data = record_data(read.form.shape.form, snapshot.answers, read.text, record, kit.words, read.form.printed)
    content = fill(kit.profile.folder / "documents" / "decision.docx", data)
    return Made((DECISIONS,), f"{record.reference} 1 Decision", ".docx", content)


DECISION = Paper(wanted=of_draft, make=make)
