"""What stands in the fields of a document of our own. Forms that people filled in are read by `reading`."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.oxml.ns import qn

from templates.documents import controls
from templates.documents.text import Element

_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t"}
_TEXT, _DELETED = qn("w:t"), qn("w:del")


def read_tags(source: Path | bytes) -> dict[str, str | bool]:
    """Every tag with its text, or whether its box is ticked; the first one counts where a tag stands twice.

    A control that still shows its placeholder is empty. A rich control stands for its whole cell.
    """
    document = docx.Document(io.BytesIO(source) if isinstance(source, bytes) else str(source))
    found: dict[str, str | bool] = {}
    for root in controls.parts_of(document):
        for sdt in controls.find(root):
            found.setdefault(controls.tag_of(sdt), _state(sdt))
    return found


def _state(sdt: Element) -> str | bool:
    if controls.is_tick(sdt):
        return controls.is_ticked(sdt)
    if sdt[0].find(controls.PLACEHOLDER_FLAG) is not None:
        return ""
    return text_of(_whole(sdt))


def _whole(sdt: Element) -> Element:
    cell = next(sdt.iterancestors(controls.CELL), None)
    rich = controls.kind_of(sdt) is controls.Kind.RICH
    return cell if rich and cell is not None and len(list(cell.iter(controls.SDT))) == 1 else sdt[1]


def text_of(element: Element) -> str:
    """The text under an element as people read it: a newline a line and a paragraph, deleted text left out."""
    paragraphs = list(element.iter(controls.P)) or [element]
    return "\n".join("".join(_letters(paragraph)) for paragraph in paragraphs)


def _letters(element: Element) -> Iterator[str]:
    for part in element.iter(_TEXT, *_BREAKS):
        if next(part.iterancestors(_DELETED), None) is None:
            yield _BREAKS.get(str(part.tag), part.text or "")
