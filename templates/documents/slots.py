"""Sentences of a template with controls in them: a marked slot in the sentence becomes a control."""

from __future__ import annotations

import re
from collections.abc import Mapping

from docx.text.paragraph import Paragraph

from templates.documents.build import Builder
from templates.documents.controls import Kind

_SLOT = re.compile("⟦([a-z_]+)⟧")


def slot(name: str) -> str:
    """A mark for the control of that name, to be given as a value of a sentence."""
    return f"⟦{name}⟧"


def sentence(page: Builder, text: str, aliases: Mapping[str, str], style: str = "Normal") -> Paragraph:
    """A paragraph of that text with a control in each slot. `aliases` has each control's title as Word shows it."""
    paragraph = page.document.add_paragraph(style=style)
    for place, part in enumerate(_SLOT.split(text)):
        if place % 2:
            paragraph._p.append(page.control(part, aliases[part], Kind.RICH))
        elif part:
            paragraph.add_run(part)
    return paragraph
