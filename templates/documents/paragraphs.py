"""Several paragraphs for one control, each with whose words they are in bold before it.

The control is the anchor: the first paragraph stands in it, the others below it in the same cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import NamedTuple

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from templates.documents import controls
from templates.documents.fill import TemplateError
from templates.documents.text import Element, by_direction, clean, direct_paragraph, runs


class Paragraph(NamedTuple):
    """A text, and what stands in bold before it."""

    lead: str
    text: str


def write_paragraphs(document: Document, wanted: Mapping[str, Sequence[Paragraph]]) -> None:
    """Put the paragraphs of each tag in its place. Raises TemplateError where a tag that is needed has no control."""
    anchors = {controls.tag_of(sdt): sdt for sdt in controls.find(document.element.body)}
    missing = [tag for tag, paragraphs in wanted.items() if paragraphs and tag not in anchors]
    if missing:
        raise TemplateError(
            f"No control is tagged {', '.join(missing[:5])}. Add it in Word, or take the template that we ship."
        )
    for tag, paragraphs in wanted.items():
        if paragraphs:
            _write(anchors[tag], paragraphs)


def _write(anchor: Element, paragraphs: Sequence[Paragraph]) -> None:
    controls.fill_text(anchor, "")
    style = anchor[0].find(controls.R_PR)
    first, *others = (piece for paragraph in paragraphs for piece in _pieces(paragraph))
    place = next(anchor[1].iter(controls.P), anchor[1])
    for emptied in place.findall(controls.R):
        place.remove(emptied)
    place.extend(_runs(first, style))
    paragraph = place if place.tag == controls.P else anchor.getparent()
    if paragraph is not None:
        direct_paragraph(paragraph, first.lead + first.text)
        _add(paragraph, others, style)


def _add(first: Element, others: Iterable[Paragraph], style: Element | None) -> None:
    last = first
    for piece in others:
        added = first.makeelement(controls.P)
        properties = first.find(controls.P_PR)
        if properties is not None:
            added.append(deepcopy(properties))
        added.extend(_runs(piece, style))
        direct_paragraph(added, piece.lead + piece.text)
        last.addnext(added)
        last = added


def _pieces(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The paragraph cut where lines change between left-to-right and right-to-left."""
    lead = clean(paragraph.lead).replace("\n", " ")
    first, *others = by_direction(lead + clean(paragraph.text))
    yield Paragraph(lead, first[len(lead) :])
    for other in others:
        yield Paragraph("", other)


def _runs(piece: Paragraph, style: Element | None) -> Iterator[Element]:
    if piece.lead:
        yield from runs(piece.lead, _bold(style))
    yield from runs(piece.text, style)


def _bold(style: Element | None) -> Element:
    """The style in bold. Order of run properties: ECMA-376 part 1, 17.3.2.28: style and fonts come before bold."""
    made = etree.Element(controls.R_PR) if style is None else deepcopy(style)
    if made.find(qn("w:b")) is None:
        before = len(made.findall(qn("w:rStyle"))) + len(made.findall(qn("w:rFonts")))
        made.insert(before, etree.Element(qn("w:b")))
    return made
