"""Whether a document can be read by everybody, and whether a template has the controls it needs.

Held: language, title, headings, header rows, alternative text, contrast, no layout by spaces, tags. A problem says what to do.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import docx
import msgspec
from docx.document import Document
from docx.oxml.ns import qn

from templates.documents import contrast, controls
from templates.documents.data import CHILDREN, FURNITURE, is_heading
from templates.documents.read import text_of
from templates.documents.styles import LANGUAGE
from templates.documents.text import Element

_VAL = qn("w:val")
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_DRAWN = (qn("w:drawing"), qn("w:pict"), qn("w:fldSimple"), qn("w:instrText"), controls.SDT)


class Problem(msgspec.Struct, frozen=True):
    """Something wrong with a document: where, what, and what to do. Holds no answer that people gave."""

    where: str
    what: str
    do: str


def check_template(path: Path, wanted_tags: Collection[str], allowed_tags: Collection[str] = ()) -> list[Problem]:
    """Problems of a template: those of `check_document`, and tags that are missing, unknown or there twice.

    `wanted_tags` are those of the form, such as `referral.summary` or `referral.family.1.name`; `allowed_tags` may be there
    besides. Tags of the header, the footer and of a child's own heading are always allowed.
    """
    document = _open(path)
    return [*_access(document), *_tags(document, frozenset(wanted_tags), frozenset(allowed_tags))]


def check_document(source: Path | bytes) -> list[Problem]:
    """Problems of access, in a template or a filled document."""
    return list(_access(_open(source)))


def _open(source: Path | bytes) -> Document:
    return docx.Document(io.BytesIO(source) if isinstance(source, bytes) else str(source))


def _access(document: Document) -> Iterator[Problem]:
    checks: tuple[Callable[[Document], Iterator[Problem]], ...] = (
        _language,
        _title,
        _headings,
        _tables,
        _pictures,
        _contrast,
        _spaces,
        _shapes,
    )
    for check in checks:
        yield from check(document)


def _language(document: Document) -> Iterator[Problem]:
    path = f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}"
    default = document.styles.element.find(path)
    found = {"none" if default is None else str(default.get(_VAL))}
    for root in (document.styles.element, *controls.parts_of(document)):
        found |= {str(language.get(_VAL)) for language in root.iter(qn("w:lang")) if language.get(_VAL)}
    for other in sorted(found - {LANGUAGE}):
        yield Problem("document", f"its language is {other}", "Select everything, then choose Review, Language, English (UK).")


def _title(document: Document) -> Iterator[Problem]:
    if not document.core_properties.title.strip():
        yield Problem("document", "it has no title", "Fill in File, Info, Properties, Title.")
    if not document.core_properties.identifier.strip():
        yield Problem("document", "it does not say which form it is", "Begin again from one that `cspr template new` made.")


def _headings(document: Document) -> Iterator[Problem]:
    names = {style.style_id: str(style.name) for style in document.styles}
    last = 0
    for paragraph in document.element.body.iter(controls.P):
        match = _HEADING.fullmatch(names.get(_style(paragraph), ""))
        if not match:
            continue
        where, level = f"heading '{text_of(paragraph)[:40]}'", int(match[1])
        if level > last + 1:
            yield Problem(where, f"it jumps from level {last} to level {level}", f"Use Heading {last + 1} here.")
        if not text_of(paragraph).strip():
            yield Problem("headings", "one of them is empty", "Take the empty heading out.")
        last = level


def _style(paragraph: Element) -> str:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if found is None else str(found.get(_VAL))


def _tables(document: Document) -> Iterator[Problem]:
    for number, table in enumerate(document.element.body.iter(qn("w:tbl")), 1):
        where = f"table {number}"
        head = table.find(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        look = table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}")
        labels = look is not None and look.get(qn("w:firstColumn")) == "1"
        if not head and not labels:
            yield Problem(where, "neither a header row nor a header column is marked", "Choose Layout, Repeat Header Rows.")
        described = table.find(f"{qn('w:tblPr')}/{qn('w:tblDescription')}")
        if described is None or not str(described.get(_VAL, "")).strip():
            yield Problem(where, "it has no alternative text", "Fill in Table Properties, Alt Text, Description.")


def _pictures(document: Document) -> Iterator[Problem]:
    for root in controls.parts_of(document):
        for picture in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"):
            if not str(picture.get("descr", "")).strip():
                yield Problem(f"picture '{picture.get('name', '')}'", "it has no alternative text", "Choose Edit Alt Text.")


def _contrast(document: Document) -> Iterator[Problem]:
    for ink, ground, found in contrast.weak(document, controls.parts_of(document)):
        what = f"text in {ink} on {ground} has a contrast of {found:.1f}"
        yield Problem("colours", what, f"Make it {contrast.ENOUGH} or more: a darker text or a lighter ground.")


def _spaces(document: Document) -> Iterator[Problem]:
    for number, paragraph in enumerate(document.element.body.iterchildren(controls.P), 1):
        if not text_of(paragraph).strip() and not any(True for _ in paragraph.iter(*_DRAWN)):
            yield Problem(f"paragraph {number}", "it is empty", "Take it out and use space before or after a paragraph.")
    for paragraph in document.element.body.iter(controls.P):
        own = _own_text(paragraph)
        if "   " in own or "\t\t" in own:
            yield Problem(f"'{own.strip()[:40]}'", "spaces or tabs move the text", "Use an indent or a table.")


def _own_text(paragraph: Element) -> str:
    """What the template says, without what people typed. A cell with a control has nothing else that is the template's."""
    cell = next(paragraph.iterancestors(controls.CELL), None)
    if any(True for _ in (cell if cell is not None else paragraph).iter(controls.SDT)):
        return ""
    return text_of(paragraph)


def _shapes(document: Document) -> Iterator[Problem]:
    for root in controls.parts_of(document):
        for sdt in root.iter(controls.SDT):
            where = f"control {controls.tag_of(sdt) or controls.alias_of(sdt) or 'without a name'}"
            if any(True for _ in sdt[-1].iter(controls.P, controls.CELL)):
                yield Problem(where, "it goes around a whole paragraph or cell", "Put it inside the line of text.")
            if next(sdt.iterancestors(controls.SDT), None) is not None:
                yield Problem(where, "it is inside another control", "Take it out of the other one.")
            if sdt[0].find(qn("w:dataBinding")) is not None:
                yield Problem(where, "it is bound to hidden data", "Remove its XML mapping.")


def _tags(document: Document, wanted: frozenset[str], allowed: frozenset[str]) -> Iterator[Problem]:
    sdts = [sdt for root in controls.parts_of(document) for sdt in root.iter(controls.SDT)]
    counted = Counter(controls.tag_of(sdt) for sdt in sdts)
    for tag in sorted(wanted - set(counted)):
        yield Problem(f"control {tag}", "it is missing", "Add a content control with this tag.")
    for tag, count in sorted(counted.items()):
        if not tag:
            yield Problem("controls", f"{count} have no tag", "Give each its tag in Developer, Properties, or take it out.")
        elif tag not in wanted and tag not in allowed and not _allowed(tag):
            yield Problem(f"control {tag}", "no question has this tag", "Correct the tag or take the control out.")
        elif count > 1:
            yield Problem(f"control {tag}", f"its tag is there {count} times", "Keep one. The assistant repeats rows itself.")


def _allowed(tag: str) -> bool:
    before, _, name = tag.rpartition(".")
    return tag in FURNITURE or (before.partition(".")[2] == f"{CHILDREN}.1" and is_heading(name))
