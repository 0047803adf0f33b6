"""Document 4, the letter to the National Panel, and the supplementary letter. Neither is filed while it is unfinished."""

from __future__ import annotations

from pathlib import Path

from bot.papers.paper import PANEL, Body, Made, NothingToMake, Paper, word
from bot.papers.review import of_case, sources_of
from dialogs.completed import filled
from dialogs.kit import Kit
from dialogs.review.letters import panel_letter_facts, supplementary_facts
from dialogs.review.sources import Sources
from state.snapshot import Snapshot
from templates.documents.data import DocumentData
from templates.documents.fill import TemplateError, fill
from templates.documents.panel_letter import panel_letter_data
from templates.documents.supplementary import supplementary_letter_data
from templates.documents.unfinished import unfinished
from templates.forms.filled import Filled


def panel_letter(snapshot: Snapshot, body: Body, kit: Kit) -> Made:
    """Document 4, with only the chosen wording."""
    sources = sources_of(snapshot, body, kit)
    facts = panel_letter_facts(sources, _form(sources, body))
    content = _finished(kit, "panel_letter.docx", panel_letter_data(facts, kit.words))
    return Made((PANEL,), f"{facts.reference} 4 Letter to the National Panel", ".docx", content)


def supplementary(snapshot: Snapshot, body: Body, kit: Kit) -> Made:
    """What the Panel asked, and what the partners reply."""
    sources = sources_of(snapshot, body, kit)
    facts = supplementary_facts(sources, _form(sources, body))
    content = _finished(kit, "supplementary_letter.docx", supplementary_letter_data(facts, kit.words))
    return Made((PANEL,), f"{facts.reference} 4 Supplementary letter", ".docx", content)


def _form(sources: Sources, body: Body) -> Filled:
    """The form that the body names. Raises NothingToMake."""
    for written in sources.snapshot.written:
        if written.draft.id == word(body, "draft"):
            return filled(sources.kit, written.draft, written.answers)
    raise NothingToMake


def _finished(kit: Kit, template: str, data: DocumentData) -> bytes:
    """The letter filled. Raises TemplateError where words of the template or empty places are left in it."""
    path: Path = kit.profile.folder / "documents" / template
    content = fill(path, data)
    if left := unfinished(content):
        raise TemplateError(f"{template} is unfinished: {len(left)} places are left")
    return content


PANEL_LETTER = Paper(wanted=of_case, make=panel_letter)
SUPPLEMENTARY = Paper(wanted=of_case, make=supplementary)
