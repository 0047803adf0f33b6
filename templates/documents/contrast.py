"""Contrast of the colours that a document sets, as WCAG 2.2 (1.4.3) measures it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docx.document import Document
from docx.oxml.ns import qn

from templates.documents.text import Element

ENOUGH = 4.5
WHITE, BLACK = "FFFFFF", "000000"
_HEX = re.compile("[0-9A-Fa-f]{6}")
_VAL, _FILL = qn("w:val"), qn("w:fill")
_SHADED = (qn("w:rPr"), qn("w:pPr"), qn("w:tcPr"))


def ratio(one: str, other: str) -> float:
    """The contrast of two colours (`RRGGBB`), from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def weak(document: Document, roots: list[Element]) -> Iterator[tuple[str, str, float]]:
    """Every pair of ink and ground under 4.5 that text stands in, once: (ink, ground, ratio)."""
    styles = {style.style_id: style.element for style in document.styles}
    pairs = {_pair(run, styles) for root in roots for run in root.iter(qn("w:r")) if run.find(qn("w:t")) is not None}
    for ink, ground in sorted(pairs):
        found = ratio(ink, ground)
        if found < ENOUGH:
            yield ink, ground, found


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _pair(run: Element, styles: Mapping[str, Element]) -> tuple[str, str]:
    return _ink(run, styles) or BLACK, _ground(run, styles) or WHITE


def _ink(run: Element, styles: Mapping[str, Element]) -> str:
    paragraph = next(run.iterancestors(qn("w:p")), None)
    own = run.find(f"{qn('w:rPr')}/{qn('w:color')}")
    found = _hex(own, _VAL) or _styled(_style_of(run, "rPr", "rStyle"), styles, "color", _VAL)
    if found or paragraph is None:
        return found
    return _styled(_style_of(paragraph, "pPr", "pStyle") or "Normal", styles, "color", _VAL)


def _ground(run: Element, styles: Mapping[str, Element]) -> str:
    for element in (run, *run.iterancestors(qn("w:p"), qn("w:tc"))):
        for child in element:
            if child.tag in _SHADED and (found := _hex(child.find(qn("w:shd")), _FILL)):
                return found
        style = _style_of(element, "pPr", "pStyle")
        if style and (found := _styled(style, styles, "shd", _FILL)):
            return found
    return ""


def _style_of(element: Element, properties: str, name: str) -> str:
    found = element.find(f"{qn(f'w:{properties}')}/{qn(f'w:{name}')}")
    return "" if found is None else str(found.get(_VAL))


def _styled(style: str, styles: Mapping[str, Element], name: str, attribute: str) -> str:
    """The colour that a style or one it is based on sets."""
    seen = set()
    while style in styles and style not in seen:
        seen.add(style)
        for found in styles[style].iter(qn(f"w:{name}")):
            if colour := _hex(found, attribute):
                return colour
        base = styles[style].find(qn("w:basedOn"))
        style = "" if base is None else str(base.get(_VAL))
    return ""


def _hex(element: Element | None, attribute: str) -> str:
    value = "" if element is None else str(element.get(attribute, ""))
    return value.upper() if _HEX.fullmatch(value) else ""
