"""The text of a piece of Word's XML as people see it once every tracked change is accepted, and the controls in it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from docx.oxml.ns import qn

from templates.documents import controls
from templates.documents.controls import Kind
from templates.documents.reading.cleaning import LONGEST_LABEL, tidy
from templates.documents.text import Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LETTERS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
_AWAY = frozenset({qn("w:del"), qn("w:moveFrom")})
_UNSEEN = frozenset(
    (
        *(qn(f"w:{name}") for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "instrText")),
        *(qn(f"w:{name}") for name in ("delText", "delInstrText", "drawing", "pict", "object", "txbxContent", "rt")),
        f"{_MC}Fallback",
    )
)
_NOT_AROUND = _AWAY | _UNSEEN | {controls.P, controls.ROW, controls.CELL, qn("w:tbl")}
_SYMBOL, _CHAR = qn("w:sym"), qn("w:char")
_SYMBOLS = {"F0FE": "☒", "F0FD": "☒", "F052": "☒", "F0FC": "✓", "F0A8": "☐", "F06F": "☐", "F0A3": "☐"}
"""Boxes and ticks of the font Wingdings."""
_VANISH = f"{qn('w:rPr')}/{qn('w:vanish')}"
_MARK = f"{qn('w:pPr')}/{qn('w:rPr')}"
_DATE, _FULL_DATE = qn("w:date"), qn("w:fullDate")
OUTSIDE = -1


class Control(msgspec.Struct):
    """A control as it stands in its cell or line: what it shows, and the text before it since the last tab or line."""

    tag: str
    alias: str
    kind: Kind
    flag: bool
    prompts: bool
    full_date: str
    within: int = OUTSIDE
    text: str = ""
    before: str = ""


class Text(msgspec.Struct, frozen=True):
    """A text, what of it is outside of controls, and its controls."""

    whole: str = ""
    outside: str = ""
    controls: tuple[Control, ...] = ()


def read_text(element: Element, around: Element | None = None) -> Text:
    """What stands under a cell or paragraph. `around` is a control that goes around the whole of it."""
    reader = _Reader()
    first = OUTSIDE if around is None else reader.begin(around, OUTSIDE)
    reader.walk(element, first)
    return reader.text()


class _Reader:
    """Pieces of text in order, each with the innermost control that it is in."""

    def __init__(self) -> None:
        self.pieces: list[tuple[str, int]] = []
        self.controls: list[Control] = []

    def walk(self, element: Element, owner: int) -> None:
        if element.tag == controls.P:
            return self._paragraph(element, owner)
        for child in element:
            self._one(child, owner)

    def _one(self, child: Element, owner: int) -> None:
        tag = str(child.tag)
        if tag == controls.TEXT:
            self.pieces.append((child.text or "", owner))
        elif tag in _LETTERS:
            self.pieces.append((_LETTERS[tag], owner))
        elif tag == controls.P:
            self._paragraph(child, owner)
        elif tag == _SYMBOL:
            self.pieces.append((_SYMBOLS.get(str(child.get(_CHAR)).upper(), ""), owner))
        elif tag == controls.SDT:
            self.walk(child, self.begin(child, owner))
        elif tag not in _AWAY and tag not in _UNSEEN and not (tag == controls.R and child.find(_VANISH) is not None):
            self.walk(child, owner)

    def _paragraph(self, element: Element, owner: int) -> None:
        for child in element:
            self._one(child, owner)
        mark = element.find(_MARK)
        if mark is None or not any(part.tag in _AWAY for part in mark):
            self.pieces.append(("\n", owner))

    def begin(self, sdt: Element, owner: int) -> int:
        """Note a control, and give its number."""
        made = _control(sdt)
        made.within = owner
        self.controls.append(made)
        return len(self.controls) - 1

    def text(self) -> Text:
        kept = self._kept()
        texts: dict[int, list[str]] = {number: [] for number in kept.values()}
        outside: list[str] = []
        line = ""
        for piece, owner in self.pieces:
            number = kept.get(owner, OUTSIDE)
            if number == OUTSIDE:
                outside.append(piece)
            else:
                if not texts[number]:
                    self.controls[number].before = tidy(line)
                texts[number].append(piece)
            line = "" if piece in ("\n", "\t") else (line + piece)[-LONGEST_LABEL:]
        for number, pieces in texts.items():
            self.controls[number].text = tidy("".join(pieces))
        found = tuple(self.controls[number] for number in dict.fromkeys(kept.values()))
        return Text(tidy("".join(piece for piece, _ in self.pieces)), tidy("".join(outside)), found)

    def _kept(self) -> dict[int, int]:
        """Each control with the one that stands for it: a nest of single controls is one, around several there is none."""
        inner: dict[int, list[int]] = {}
        for number, one in enumerate(self.controls):
            inner.setdefault(one.within, []).append(number)
        kept: dict[int, int] = {}
        for number in range(len(self.controls) - 1, OUTSIDE, -1):
            nested = inner.get(number, [])
            if not nested:
                kept[number] = number
            elif len(nested) == 1 and kept.get(nested[0], OUTSIDE) != OUTSIDE:
                self._merge(kept, number, kept[nested[0]])
        return {number: kept[number] for number in sorted(kept)}

    def _merge(self, kept: dict[int, int], outer: int, inner: int) -> None:
        around, one = self.controls[outer], self.controls[inner]
        one.tag, one.alias = one.tag or around.tag, one.alias or around.alias
        if one.kind is not Kind.TICK:
            kept[outer] = inner


def _control(sdt: Element) -> Control:
    properties = sdt.find(controls.SDT_PR)
    if properties is None:
        return Control("", "", Kind.RICH, flag=False, prompts=False, full_date="")
    kind = next((kind for kind in Kind if properties.find(qn(f"w:{kind.value}")) is not None), Kind.RICH)
    flag = properties.find(f"{controls.CHECKBOX}/{controls.CHECKED}")
    date = properties.find(_DATE)
    return Control(
        tag=_value(properties, controls.TAG),
        alias=_value(properties, controls.ALIAS),
        kind=Kind.TICK if properties.find(controls.CHECKBOX) is not None else kind,
        flag=flag is not None and flag.get(controls.VAL14) in ("1", "true", "on"),
        prompts=properties.find(controls.PLACEHOLDER_FLAG) is not None,
        full_date="" if date is None else str(date.get(_FULL_DATE, "")),
    )


def _value(properties: Element, name: str) -> str:
    found = properties.find(name)
    return "" if found is None else str(found.get(controls.VAL, "")).strip()


def tracked_in(root: Element) -> bool:
    """Whether there are tracked changes of content."""
    names = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")
    return next(root.iter(*(qn(f"w:{name}") for name in names)), None) is not None


def boxes_in(root: Element) -> bool:
    """Whether there are text boxes with something in them."""
    return any(_says_something(box) for box in root.iter(qn("w:txbxContent")))


def _says_something(box: Element) -> bool:
    return any((text.text or "").strip() for text in box.iter(controls.TEXT))


def children_of(element: Element, *wanted: str) -> Iterator[tuple[Element, Element | None]]:
    """The rows of a table, cells of a row or blocks of a cell, with the control that goes around each, if one does."""
    for child in element:
        if child.tag in wanted:
            yield child, None
        elif child.tag == controls.SDT:
            content = child.find(controls.CONTENT)
            found = list(children_of(content, *wanted)) if content is not None else []
            yield from ((one, child if len(found) == 1 else around) for one, around in found)
        elif child.tag not in _NOT_AROUND:
            yield from children_of(child, *wanted)
