"""Text that people typed, as runs of a Word paragraph. It is data: nothing in it is ever interpreted.

Element order follows ECMA-376 part 1, 17.3.2.28 (rPr) and 17.3.1.26 (pPr).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from copy import deepcopy

from docx.oxml.ns import qn
from lxml import etree

Element = etree._Element

EMOJI_FONT = "Segoe UI Emoji"
AFTER_RTL = tuple(qn(f"w:{name}") for name in ("cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath"))
_PPR = (
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
)
BEFORE_BIDI = tuple(qn(f"w:{name}") for name in _PPR)
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
_EMOJI = "\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u200d\ufe0f\u20e3"
_NEUTRAL = f"[^{_RTL}{_EMOJI}\n\t]"
_SPACING = "[ .,:;!?()'\"/0-9-]"
_PIECES = re.compile(
    rf"(?P<rtl>[{_RTL}]+(?:{_SPACING}*[{_RTL}]+)*(?:{_SPACING}+(?=\n|\Z))?)"
    rf"|(?P<emoji>[{_EMOJI}]+)|(?P<plain>(?:{_NEUTRAL}|[\n\t])+)"
)
_MARKS = re.compile("([\n\t])")


def clean(text: str) -> str:
    """The text without control characters, lone surrogates and non-characters; every kind of line end is one newline."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))


def runs(text: str, style: Element | None) -> Iterator[Element]:
    """The runs that show a cleaned text in the given run properties, with a `w:br` a line and a `w:tab` a tab."""
    for kind, piece in _pieces(text):
        yield _run(piece, _style(kind, style))


def by_direction(text: str) -> list[str]:
    """The text cut where lines change between left-to-right and right-to-left; lines without a letter go with the last."""
    if text.isascii():
        return [text]
    groups: list[list[str]] = []
    last = ""
    for line in text.split("\n"):
        here = _direction(line) or last
        if groups and (here == last or not last):
            groups[-1].append(line)
        else:
            groups.append([line])
        last = here
    return ["\n".join(group) for group in groups]


def direct_paragraph(paragraph: Element, text: str) -> None:
    """Let a paragraph run from the right where its first strong letter does, and not otherwise (Unicode UAX 9, P2)."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is not None:
        for old in properties.findall(qn("w:bidi")):
            properties.remove(old)
    if _direction(text) != "rtl":
        return
    if properties is None:
        properties = paragraph.makeelement(qn("w:pPr"))
        paragraph.insert(0, properties)
    place = sum(child.tag in BEFORE_BIDI for child in properties)
    properties.insert(place, properties.makeelement(qn("w:bidi")))


def _direction(text: str) -> str:
    """`ltr`, `rtl`, or nothing where no letter says."""
    if text.isascii():
        return "ltr" if any(letter.isalpha() for letter in text) else ""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    first = next((kind for kind in strong if kind in ("L", "R", "AL")), "")
    return {"": "", "L": "ltr"}.get(first, "rtl")


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    if text.isascii():
        yield "plain", text
        return
    for match in _PIECES.finditer(text):
        yield match.lastgroup or "plain", match[0]


def _style(kind: str, style: Element | None) -> Element | None:
    if kind == "plain":
        return deepcopy(style)
    made = etree.Element(qn("w:rPr")) if style is None else deepcopy(style)
    return _rtl_style(made) if kind == "rtl" else _emoji_style(made)


def _rtl_style(style: Element) -> Element:
    for old in style.findall(qn("w:rtl")):
        style.remove(old)
    later = sum(child.tag in AFTER_RTL for child in style)
    style.insert(len(style) - later, etree.Element(qn("w:rtl")))
    return style


def _emoji_style(style: Element) -> Element:
    for old in style.findall(qn("w:rFonts")):
        style.remove(old)
    fonts = etree.Element(qn("w:rFonts"))
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), EMOJI_FONT)
    style.insert(len(style.findall(qn("w:rStyle"))), fonts)
    return style


def _run(text: str, style: Element | None) -> Element:
    run = etree.Element(qn("w:r"))
    if style is not None:
        run.append(style)
    for part in _MARKS.split(text):
        if part in ("\n", "\t"):
            etree.SubElement(run, qn("w:br" if part == "\n" else "w:tab"))
        elif part:
            shown = etree.SubElement(run, qn("w:t"))
            shown.set(SPACE, "preserve")
            shown.text = part
    return run
