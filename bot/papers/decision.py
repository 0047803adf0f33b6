"""The record of the decision to notify."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from bot.papers.paper import DECISIONS, Body, Made, Paper, draft_of, instant, of_draft, reading, word
from dialogs.kit import Kit
from state.snapshot import Snapshot, Wanted
from templates.days import moment_text
from templates.documents.fill import fill
from templates.documents.records import Record, record_data
from templates.forms.filled import Filled

REFERRAL = "referral"


def _wanted(body: Body) -> Wanted:
    return replace(of_draft(body), forms=(REFERRAL,))


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
        filled=dict(_names(snapshot, read.form)),
    )
    data = record_data(read.form.shape.form, snapshot.answers, read.text, record, kit.words, read.form.printed)
    content = fill(kit.profile.folder / "documents" / "decision.docx", data)
    return Made((DECISIONS,), f"{record.reference} 1 Decision", ".docx", content)


def _names(snapshot: Snapshot, form: Filled) -> Iterator[tuple[str, str]]:
    """The children's names head their parts: they are the referral's answers."""
    written = next((one for one in snapshot.written if one.draft.form == REFERRAL), None)
    for child in form.children():
        answer = written.answers.get(f"children.{child}.name") if written else None
        if answer is not None and isinstance(answer.value, str):
            yield f"children.{child}.name", answer.value


DECISION = Paper(wanted=_wanted, make=make)
