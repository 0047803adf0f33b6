"""What people read in the XML of Word, as one stream of pieces: letters, where cells and paragraphs end, and pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docx.oxml.ns import qn

from templates.documents import controls
from templates.documents.text import Element

SKIPPED = frozenset(
    {
        *(qn(f"w:{name}") for name in ("del", "moveFrom", "pPr", "sdtPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
"""What is not read: what was deleted, how things look, and what older programs are shown in place of something."""
LETTERS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
ENDS = {controls.P: "\n", controls.CELL: "\x1f", controls.ROW: "\x1e"}
STRUCK = {qn("w:strike"): "s", qn("w:dstrike"): "s", qn("w:highlight"): "h"}
"""Looks that say something: what is struck out is withdrawn, and what is highlighted is pointed at."""
COUNTED = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "TOC", "DATE", "TIME", "SAVEDATE", "PRINTDATE", "FILENAME"))
"""Fields that a program fills in by itself."""
_FIELD, _SIMPLE, _CODE, _SYMBOL, _CHAR = (qn(f"w:{name}") for name in ("fldChar", "fldSimple", "instrText", "sym", "char"))
_KIND, _INSTR = qn("w:fldCharType"), qn("w:instr")
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_VALUE = ("0", "false", "off", "none")


class Marks:
    """Reads elements one after the other. Fields may go over several of them."""

    def __init__(self, pictures: Mapping[str, str]) -> None:
        self._pictures = pictures
        self._fields: list[list[str]] = []
        """Of each field that is open: its code, and whether its result has begun."""
        self._look = ""

    def of(self, element: Element) -> str:
        """What is read under an element. Runs may be cut anywhere: it is the same."""
        made: list[str] = []
        self._look = ""
        self._read(element, made)
        return "".join(made)

    def _read(self, element: Element, made: list[str]) -> None:
        """In the order of the document, without a stack of calls: people nest things deeply."""
        waiting: list[Element | str] = [element]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                made.append(one)
            elif one.tag not in SKIPPED and not self._is_counted(one):
                made.extend(self._piece(one))
                after = ENDS.get(str(one.tag))
                if after:
                    waiting.append(after)
                waiting.extend(reversed(one))

    def _is_counted(self, one: Element) -> bool:
        return one.tag == _SIMPLE and _name(one.get(_INSTR, "")) in COUNTED

    def _piece(self, one: Element) -> Iterator[str]:
        if one.tag == controls.TEXT:
            if not self._hidden():
                yield self._turned(_look(one)) + (one.text or "")
        elif one.tag in LETTERS:
            yield "" if self._hidden() else LETTERS[str(one.tag)]
        elif one.tag == _SYMBOL:
            yield one.get(_CHAR, "")
        elif one.tag == _FIELD:
            self._field(one.get(_KIND, ""))
        elif one.tag == _CODE and self._fields:
            self._fields[-1][0] += one.text or ""
        elif name := one.get(_EMBED, ""):
            yield f"\x1d{self._pictures.get(name, '')}\x1d"

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(["", ""])
        elif self._fields and kind == "separate":
            self._fields[-1][1] = "result"
        elif self._fields and kind == "end":
            self._fields.pop()

    def _turned(self, look: str) -> str:
        """A mark where the look of letters changes, however many runs they are cut into."""
        if look == self._look:
            return ""
        self._look = look
        return f"\x1c{look}\x1c"

    def _hidden(self) -> bool:
        return any(result and _name(code) in COUNTED for code, result in self._fields)


def _name(code: str) -> str:
    return next(iter(code.split()), "").upper()


def _look(text: Element) -> str:
    run = text.getparent()
    style = run.find(controls.R_PR) if run is not None else None
    if style is None or not len(style):
        return ""
    found = {one.tag for one in style if one.tag in STRUCK and one.get(controls.VAL) not in _VALUE}
    return "".join(name for tag, name in STRUCK.items() if tag in found)


def plain(text: str) -> str:
    """Spaces, and the paragraphs that say nothing, are not what people change."""
    cells = (_cell(cell) for cell in text.split("\x1f"))
    return "\x1f".join(cells)


def _cell(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
