"""Tagged content controls: made, found and filled in the XML, because python-docx does not see into them.

Only inline controls are made, un-nested and unbound: they are what survives an edit in Word and in LibreOffice. Order of
properties: ECMA-376 part 1, 17.5.2.38 (sdtPr); tick boxes: [MS-DOCX] 2.6.1.4 (w14:checkbox).
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from copy import deepcopy

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from templates.documents.text import Element, by_direction, clean, direct_paragraph, runs

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
CHECKBOX = f"{{{W14}}}checkbox"
CHECKED = f"{{{W14}}}checked"
VAL14 = f"{{{W14}}}val"
PARA_IDS = (f"{{{W14}}}paraId", f"{{{W14}}}textId")
TICKED, UNTICKED = "☒", "☐"
GLYPH_FONT = "MS Gothic"
LONGEST_TAG = 64

SDT, SDT_PR, CONTENT = qn("w:sdt"), qn("w:sdtPr"), qn("w:sdtContent")
TAG, ALIAS, ID, VAL = qn("w:tag"), qn("w:alias"), qn("w:id"), qn("w:val")
PLACEHOLDER_FLAG = qn("w:showingPlcHdr")
P, R, R_PR = qn("w:p"), qn("w:r"), qn("w:rPr")
ROW, CELL, TEXT, P_PR = qn("w:tr"), qn("w:tc"), qn("w:t"), qn("w:pPr")
BOOKMARKS = (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))


class Kind(enum.StrEnum):
    """The kinds of control that are used. The value is the element of `sdtPr` that says so; a rich one has none."""

    TEXT = "text"
    RICH = "richText"
    DROPDOWN = "dropDownList"
    DATE = "date"
    TICK = "checkbox"


def make(tag: str, alias: str, kind: Kind = Kind.RICH, options: Iterable[str] = (), prompt: str = "") -> Element:
    """An empty inline control that shows its prompt, or else its alias, as a placeholder.

    Tag and alias have at most 64 characters: ValueError.
    """
    if not 0 < len(tag) <= LONGEST_TAG or len(alias) > LONGEST_TAG:
        raise ValueError(f"{tag}: a tag and a title have at most {LONGEST_TAG} characters in Word. Shorten it.")
    sdt = etree.Element(SDT)
    properties = etree.SubElement(sdt, SDT_PR)
    for name, value in ((ALIAS, alias), (TAG, tag), (ID, "0")):
        etree.SubElement(properties, name).set(VAL, value)
    if kind is Kind.TICK:
        _add_tick(sdt, properties)
        return sdt
    etree.SubElement(properties, PLACEHOLDER_FLAG)
    _add_kind(properties, kind, options)
    _add_placeholder(sdt, prompt or alias)
    return sdt


def find(root: Element) -> Iterator[Element]:
    """Every control with a tag under that element, in document order."""
    for sdt in root.iter(SDT):
        if tag_of(sdt):
            yield sdt


def parts_of(document: Document) -> list[Element]:
    """The XML that people see: the body, then every header and footer."""
    wanted = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
    others = [rel.target_part for rel in document.part.rels.values() if rel.reltype in wanted]
    return [document.element, *(part.element for part in others)]


def tag_of(sdt: Element) -> str:
    """The control's tag, or nothing."""
    return _property(sdt, TAG)


def alias_of(sdt: Element) -> str:
    """The control's title as Word shows it, or nothing."""
    return _property(sdt, ALIAS)


def retag(sdt: Element, tag: str, alias: str) -> None:
    """Give a cloned control its own tag and title."""
    properties = sdt[0]
    for name, value in ((TAG, tag), (ALIAS, alias)):
        for found in properties.iterchildren(name):
            found.set(VAL, value)


def kind_of(sdt: Element) -> Kind:
    """What kind of control it is; one whose kind is not used here counts as rich."""
    if is_tick(sdt):
        return Kind.TICK
    return next((kind for kind in Kind if sdt[0].find(qn(f"w:{kind.value}")) is not None), Kind.RICH)


def is_tick(sdt: Element) -> bool:
    """Whether the control is a tick box."""
    return next(sdt[0].iterchildren(CHECKBOX), None) is not None


def is_ticked(sdt: Element) -> bool:
    """Whether a tick box is ticked, by its flag."""
    flag = sdt[0].find(f"{CHECKBOX}/{CHECKED}")
    return flag is not None and flag.get(VAL14) in ("1", "true")


def fill_text(sdt: Element, text: str) -> None:
    """Put a text into a text, rich, dropdown or date control, in the style the control has in the template.

    A rich control alone in its cell is an anchor: where lines change between left-to-right and right-to-left, each part gets
    a paragraph of its own below it, because a paragraph has one direction.
    """
    style = _entry_style(sdt)
    _no_longer_placeholder(sdt)
    place = _emptied(sdt)
    paragraph = sdt.getparent() if place.tag == CONTENT else place
    first, *others = by_direction(clean(text)) if _is_anchor(sdt) else [clean(text)]
    place.extend(runs(first, style))
    if paragraph is not None and paragraph.tag == P and len(paragraph.findall(SDT)) + len(paragraph.findall(R)) <= 1:
        direct_paragraph(paragraph, first)
        _add_paragraphs(paragraph, others, style)


def prime(sdt: Element) -> None:
    """Make a control ready for `fill_primed`: one run with one text. What Word kept of dates and placeholders goes."""
    if not is_tick(sdt):
        fill_text(sdt, "-")


def fill_primed(sdt: Element, text: str) -> None:
    """As `fill_text`, for a copy of a primed control: most answers are a line of plain letters, and only set a text."""
    if is_tick(sdt):
        fill_tick(sdt, on=False)
    elif text.isascii() and text.isprintable():
        next(sdt[1].iter(TEXT)).text = text
    else:
        fill_text(sdt, text)


def fill_tick(sdt: Element, on: bool) -> None:
    """Tick a box or clear it: the flag and the glyph."""
    _no_longer_placeholder(sdt)
    sdt[0].find(CHECKBOX).find(CHECKED).set(VAL14, "1" if on else "0")  # type: ignore[union-attr]
    glyphs = list(sdt[1].iter(TEXT))
    glyphs[0].text = TICKED if on else UNTICKED
    for other in glyphs[1:]:
        other.text = ""


def clone(element: Element) -> Element:
    """A copy without what may stand only once: paragraph ids and bookmarks. Control ids are drawn by `renumber`."""
    made = deepcopy(element)
    for part in made.iter(etree.Element):
        for name in PARA_IDS:
            part.attrib.pop(name, "")
    for mark in list(made.iter(*BOOKMARKS)):
        parent = mark.getparent()
        if parent is not None:
            parent.remove(mark)
    return made


def renumber(roots: Iterable[Element]) -> None:
    """Number all controls from 1 in document order, so that no two share an id and two fills give the same XML."""
    number = 0
    for root in roots:
        for found in root.iter(ID):
            number += 1
            found.set(VAL, str(number))


def _property(sdt: Element, name: str) -> str:
    found = next(sdt[0].iterchildren(name), None) if len(sdt) and sdt[0].tag == SDT_PR else None
    return "" if found is None else str(found.get(VAL, ""))


def _add_tick(sdt: Element, properties: Element) -> None:
    box = etree.SubElement(properties, CHECKBOX, nsmap={"w14": W14})
    etree.SubElement(box, CHECKED).set(VAL14, "0")
    for name, glyph in (("checkedState", TICKED), ("uncheckedState", UNTICKED)):
        state = etree.SubElement(box, f"{{{W14}}}{name}")
        state.set(VAL14, f"{ord(glyph):04X}")
        state.set(f"{{{W14}}}font", GLYPH_FONT)
    run = etree.SubElement(etree.SubElement(sdt, CONTENT), R)
    fonts = etree.SubElement(etree.SubElement(run, R_PR), qn("w:rFonts"))
    for name in ("ascii", "eastAsia", "hAnsi"):
        fonts.set(qn(f"w:{name}"), GLYPH_FONT)
    etree.SubElement(run, TEXT).text = UNTICKED


def _add_kind(properties: Element, kind: Kind, options: Iterable[str]) -> None:
    if kind is Kind.RICH:
        return
    made = etree.SubElement(properties, qn(f"w:{kind.value}"))
    if kind is Kind.TEXT:
        made.set(qn("w:multiLine"), "1")
    if kind is Kind.DATE:
        etree.SubElement(made, qn("w:dateFormat")).set(VAL, "d MMMM yyyy")
        etree.SubElement(made, qn("w:lid")).set(VAL, "en-GB")
    for option in options:
        item = etree.SubElement(made, qn("w:listItem"))
        item.set(qn("w:displayText"), option)
        item.set(qn("w:value"), option)


def _add_placeholder(sdt: Element, text: str) -> None:
    style = etree.Element(R_PR)
    etree.SubElement(style, qn("w:rStyle")).set(VAL, "PlaceholderText")
    etree.SubElement(sdt, CONTENT).extend(runs(text, style))


def _entry_style(sdt: Element) -> Element | None:
    """The style of what is typed: the control's own, else that of its first run, never the grey of a placeholder."""
    own = sdt[0].find(R_PR)
    style = own if own is not None else next(sdt[1].iter(R_PR), None)
    if style is None or style.find(qn("w:rStyle")) is None:
        return style
    if "Placeholder" not in str(style.find(qn("w:rStyle")).get(VAL)):  # type: ignore[union-attr]
        return style
    kept = deepcopy(style)
    kept.remove(kept[0])
    return kept if len(kept) else None


def _is_anchor(sdt: Element) -> bool:
    paragraph = sdt.getparent()
    cell = paragraph.getparent() if paragraph is not None else None
    if cell is None or cell.tag != CELL or len(cell.findall(P)) != 1:
        return False
    return kind_of(sdt) is Kind.RICH and len(list(cell.iter(SDT, TEXT))) == 1 + len(list(sdt.iter(TEXT)))


def _add_paragraphs(first: Element, texts: Iterable[str], style: Element | None) -> None:
    last = first
    for text in texts:
        added = first.makeelement(P)
        properties = first.find(P_PR)
        if properties is not None:
            added.append(deepcopy(properties))
        added.extend(runs(text, style))
        direct_paragraph(added, text)
        last.addnext(added)
        last = added


def _no_longer_placeholder(sdt: Element) -> None:
    properties = sdt[0]
    for flag in properties.findall(PLACEHOLDER_FLAG):
        properties.remove(flag)
    date = properties.find(qn("w:date"))
    if date is not None:
        # The text is what was said; a machine-readable date beside it could only disagree with it.
        date.attrib.pop(qn("w:fullDate"), "")


def _emptied(sdt: Element) -> Element:
    """Where the runs go: the content itself, or its first paragraph where Word put the control around a whole cell."""
    content = sdt[1]
    paragraphs = list(content.iter(P))
    for paragraph in paragraphs or [content]:
        for child in list(paragraph):
            if child.tag != P_PR:
                paragraph.remove(child)
    return paragraphs[0] if paragraphs else content
