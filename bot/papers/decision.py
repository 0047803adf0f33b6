"""The record of the decision to notify."""

from __future__ import annotations

from collections.abc import Iterator

from bot.papers.paper import DECISIONS, Body, Made, Paper, draft_of, instant, of_draft, reading, word
from dialogs.casework.facts import advice_of, children_of_table, table_facts
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
        filled=dict(_advice(snapshot, kit)),
    )
    data = record_data(read.form.shape.form, snapshot.answers, read.text, record, kit.words, read.form.printed)
    content = fill(kit.profile.folder / "documents" / "decision.docx", data)
    return Made((DECISIONS,), f"{record.reference} 1 Decision", ".docx", content)


def _advice(snapshot: Snapshot, kit: Kit) -> Iterator[tuple[str, str]]:
    """What the guidance says of each child's facts: nobody answers it, it follows from them."""
    for child in children_of_table(snapshot.answers):
        advice = advice_of(kit, table_facts(snapshot.answers, child))
        name = snapshot.answers.get(f"children.{child}.name")
        called = name.value if name is not None and isinstance(name.value, str) else str(child)
        says = kit.words.say(f"advice.{advice.notify}", child=called)
        yield f"children.{child}.advice", "\n".join((says, *(reason.text for reason in advice.reasons)))


DECISION = Paper(wanted=of_draft, make=make)
