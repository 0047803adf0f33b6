"""Real bullet lists: a style that Word and screen readers know as a list."""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

BULLET = "List Bullet"
_PATTERN = qn("w:abstractNumId")


def add_bullets(document: Document) -> None:
    """Add the list style to a new document."""
    style = document.styles.add_style(BULLET, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    style.base_style = document.styles["Normal"]
    style.paragraph_format.space_after = Pt(3)
    properties = style.element.get_or_add_pPr()
    numbered = etree.Element(qn("w:numPr"))
    etree.SubElement(numbered, qn("w:numId")).set(qn("w:val"), _bullets_of(document))
    properties.insert(0, numbered)


def _bullets_of(document: Document) -> str:
    """The number of the base document's list that belongs to the style."""
    numbering = document.part.numbering_part.element
    patterns = {
        pattern.get(_PATTERN)
        for pattern in numbering.iter(qn("w:abstractNum"))
        if any(style.get(qn("w:val")) == BULLET.replace(" ", "") for style in pattern.iter(qn("w:pStyle")))
    }
    for number in numbering.iter(qn("w:num")):
        if any(used.get(qn("w:val")) in patterns for used in number.iter(_PATTERN)):
            return str(number.get(qn("w:numId")))
    raise LookupError("The base document has no list with bullets. Reinstall python-docx.")
