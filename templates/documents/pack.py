"""The pack of a rapid review: Document 3 filled, a draft marked as one, and every return as an appendix."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docx.document import Document

from templates.documents import controls
from templates.documents.appendix import append_returns
from templates.documents.fill import filled, packed
from templates.documents.lists import BULLET
from templates.documents.pack_data import PackData
from templates.documents.pack_texts import PackTexts
from templates.documents.paragraphs import write_paragraphs
from templates.documents.shape_3 import FORM
from templates.documents.text import clean, runs
from templates.wording import Words


def pack_document(template: Path, data: PackData, words: Words) -> bytes:
    """Document 3 with its appendices. Raises TemplateError where the template has no place for something."""
    texts = PackTexts(data, words)
    document = filled(template, texts.document())
    write_paragraphs(document, texts.paragraphs())
    _list_missing(document, data.missing)
    append_returns(document, data.returns, words)
    return packed(document)


def _list_missing(document: Document, missing: Sequence[str]) -> None:
    """What is missing, as a list under the heading that says that this is a draft."""
    if not missing:
        return
    heading = next(sdt for sdt in controls.find(document.element.body) if controls.tag_of(sdt) == f"{FORM}.draft")
    last = next(heading.iterancestors(controls.P))
    bullets = BULLET if BULLET in [style.name for style in document.styles] else None
    for text in missing:
        added = document.add_paragraph(style=bullets)._p
        added.extend(runs(clean(text), None))
        last.addnext(added)
        last = added
