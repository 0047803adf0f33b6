"""How a first template looks: page, fonts, colours and language. A coordinator restyles it in Word afterwards."""

from __future__ import annotations

from typing import NamedTuple

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from lxml import etree

from templates.documents.text import Element

FONT = "Calibri"
RIGHT_TO_LEFT_FONT = "Arial"
INK, BLUE, GREY, RED, LINE = "1A1A1A", "1F3864", "595959", "8B1A1A", "8C96A3"
LABEL_FILL, HEAD_FILL = "EAEFF6", "D3DDEB"
LANGUAGE = "en-GB"
WIDTH = 17.0
"""Of the text, in centimetres: A4 with margins of 2 cm."""


class Look(NamedTuple):
    """How a paragraph style looks: sizes in points."""

    size: int
    bold: bool
    colour: str
    before: int
    after: int


PARAGRAPHS = {
    "Normal": Look(11, False, INK, 0, 6),
    "Title": Look(20, True, BLUE, 0, 0),
    "Subtitle": Look(14, False, BLUE, 0, 12),
    "Heading 1": Look(14, True, BLUE, 16, 6),
    "Heading 2": Look(12, True, BLUE, 12, 4),
    "Heading 3": Look(11, True, BLUE, 10, 4),
    "Header": Look(10, True, RED, 0, 0),
    "Footer": Look(9, False, GREY, 0, 0),
    "Table Label": Look(10, True, INK, 2, 2),
    "Table Answer": Look(10, False, INK, 2, 2),
    "Table Caption": Look(10, True, INK, 8, 3),
    "Table Lead": Look(11, False, INK, 10, 6),
}
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
KEPT = {*PARAGRAPHS, "Default Paragraph Font", "Normal Table", "Table Grid", "No List", "Placeholder Text"}
WITH_NEXT = ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Table Caption", "Table Lead")


def set_up(document: Document) -> None:
    """Page, language, styles and compatibility of a new document."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    _keep_only_ours(document)
    for name, look in PARAGRAPHS.items():
        _paragraph_style(document, name, look)
    placeholder = _style(document, "Placeholder Text", WD_STYLE_TYPE.CHARACTER)
    placeholder.font.color.rgb = RGBColor.from_string(GREY)
    _lines(document)
    _language(document)
    _settings(document)
    _drop_thumbnail(document)


def _keep_only_ours(document: Document) -> None:
    for style in list(document.styles):
        if style.name not in KEPT:
            style.element.getparent().remove(style.element)


def _paragraph_style(document: Document, name: str, look: Look) -> None:
    style = _style(document, name, WD_STYLE_TYPE.PARAGRAPH)
    for part in (style.element.find(qn("w:rPr")), style.element.find(qn("w:pPr"))):
        if part is not None:
            _strip(part, keep=("w:outlineLvl",))
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, False
    style.font.color.rgb = RGBColor.from_string(look.colour)
    _fonts(style.element.get_or_add_rPr())
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(look.before), Pt(look.after), 1.08
    form.keep_with_next = True if name in WITH_NEXT else None


def _style(document: Document, name: str, kind: WD_STYLE_TYPE) -> ParagraphStyle:
    names = [style.name for style in document.styles]
    style: ParagraphStyle = document.styles[name] if name in names else document.styles.add_style(name, kind)
    if name.startswith("Table ") and name != "Table Grid":
        style.base_style = document.styles["Normal"]
    for link in style.element.findall(qn("w:link")):
        style.element.remove(link)
    return style


def _strip(part: Element, keep: tuple[str, ...]) -> None:
    for child in list(part):
        if child.tag not in {qn(name) for name in keep}:
            part.remove(child)


def _fonts(properties: Element) -> None:
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = etree.Element(qn("w:rFonts"))
    for name in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)
    fonts.set(qn("w:cs"), RIGHT_TO_LEFT_FONT)
    properties.insert(0, fonts)


def _lines(document: Document) -> None:
    for border in document.styles["Table Grid"].element.iter(*(qn(f"w:{side}") for side in SIDES)):
        border.set(qn("w:color"), LINE)


def _language(document: Document) -> None:
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is None:
        raise LookupError("The base document has no default run properties. Reinstall python-docx.")
    _strip(defaults, keep=())
    _fonts(defaults)
    language = etree.SubElement(defaults, qn("w:lang"))
    for name, value in (("val", LANGUAGE), ("eastAsia", LANGUAGE), ("bidi", "ar-SA")):
        language.set(qn(f"w:{name}"), value)
    document.core_properties.language = LANGUAGE


def _settings(document: Document) -> None:
    """Word 2013 or later: older modes have no tick boxes."""
    settings = document.settings.element
    for language in settings.findall(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)
    compat = settings.find(qn("w:compat"))
    if compat is None:
        raise LookupError("The base document has no compatibility settings. Reinstall python-docx.")
    _strip(compat, keep=())
    mode = etree.SubElement(compat, qn("w:compatSetting"))
    mode.set(qn("w:name"), "compatibilityMode")
    mode.set(qn("w:uri"), "http://schemas.microsoft.com/office/word")
    mode.set(qn("w:val"), "15")


def _drop_thumbnail(document: Document) -> None:
    rels = document.part.package.rels
    for key in [key for key, rel in rels.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del rels[key]
