"""What letters need beside forms: sentences with a control or an emphasised word in them, and a numbered list."""

from __future__ import annotations

from typing import NamedTuple

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from templates.documents.build import Builder, Control
from templates.documents.controls import R_PR

NUMBERED = "List Number"


class Strong(NamedTuple):
    """Words in bold."""

    text: str


class Titled(NamedTuple):
    """The title of a form, in italics."""

    text: str


Words = str | Strong | Titled | Control


def sentence(page: Builder, *parts: Words, style: str = "Normal") -> Paragraph:
    """A paragraph of texts and controls, one after the other, without any space between them."""
    paragraph = page.document.add_paragraph(style=style)
    for part in parts:
        if isinstance(part, str):
            paragraph.add_run(part)
        elif isinstance(part, Strong):
            paragraph.add_run(part.text).bold = True
        elif isinstance(part, Titled):
            paragraph.add_run(part.text).italic = True
        else:
            paragraph._p.append(part)
    return paragraph


def strong(control: Control) -> Control:
    """The control with what is filled into it in bold."""
    style = etree.Element(R_PR)
    etree.SubElement(style, qn("w:b"))
    control[0].insert(0, style)
    return control


def add_numbers(document: Document) -> None:
    """Add the style of a numbered list, one that Word and screen readers know as a list, to a new document."""
    style = document.styles.add_style(NUMBERED, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    style.base_style = document.styles["Normal"]
    form = style.paragraph_format
    form.left_indent, form.first_line_indent, form.space_after = Cm(1.1), Cm(-0.6), Pt(4)
    numbered = etree.Element(qn("w:numPr"))
    etree.SubElement(numbered, qn("w:numId")).set(qn("w:val"), _list_of(document))
    style.element.get_or_add_pPr().insert(0, numbered)


def _list_of(document: Document) -> str:
    """The number of the base document's list that belongs to the style."""
    numbering = document.part.numbering_part.element
    named = NUMBERED.replace(" ", "")
    patterns = {
        pattern.get(qn("w:abstractNumId"))
        for pattern in numbering.iter(qn("w:abstractNum"))
        if any(style.get(qn("w:val")) == named for style in pattern.iter(qn("w:pStyle")))
    }
    for number in numbering.iter(qn("w:num")):
        if any(used.get(qn("w:val")) in patterns for used in number.iter(qn("w:abstractNumId"))):
            return str(number.get(qn("w:numId")))
    raise LookupError("The base document has no numbered list. Reinstall python-docx.")
