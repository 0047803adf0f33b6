"""Filling a template: blocks are cloned for children, rows for rows, then every tagged control gets its text or tick.

Linear in rows: a `<w:tr>` is cloned as it is, and no cell is ever looked up by its place.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path

import docx
from docx.document import Document

from templates.documents import controls
from templates.documents.data import CHILDREN, DocumentData, shared_tag, tagged
from templates.documents.pruning import drop_empty_paragraphs, drop_unanswered, heading_level
from templates.documents.text import Element

_NUMBER = re.compile(r"\b1\b")
_ROW_NUMBER = re.compile(r"(?<=\brow )1\b")
_CHILD = re.compile(rf"{CHILDREN}\.(\d+)\.(.+)")


class TemplateError(Exception):
    """A template that cannot be filled as it is: says which file, what is wrong and what to do. Holds no answer."""


def fill(template: Path, data: DocumentData) -> bytes:
    """The filled document as the bytes of a .docx file.

    Raises TemplateError where the template is another form's, or where an answer has no control to stand in: no answer
    is ever left out in silence.
    """
    return packed(filled(template, data))


def filled(template: Path, data: DocumentData) -> Document:
    """The filled document, for those who go on writing in it. Raises as `fill` does."""
    document = docx.Document(str(template))
    fill_in(document, data, template.name)
    return document


def fill_in(document: Document, data: DocumentData, name: str) -> None:
    """Fill an open template; `name` is what a refusal calls it. Raises as `fill` does."""
    body = document.element.body
    _refuse_another_form(name, document, data.form)
    _repeat_children(body, data)
    patterns = _row_patterns(body, data.form)
    roots, wanted = controls.parts_of(document), tagged(data)
    placed = _write(roots, wanted, prompts=data.to_complete)
    for group, row, bare in patterns:
        rows = _rows_of(data, group)
        placed.update(_clone_rows(f"{data.form}.{group}", row, bare, rows, prompts=data.to_complete))
    _refuse_unplaced(name, wanted, placed)
    drop_empty_paragraphs(body)
    if data.answered_only:
        drop_unanswered(body)
    controls.renumber(roots)
    document.core_properties.title = f"{document.core_properties.title} ({data.reference})"


def _refuse_another_form(name: str, document: Document, form: str) -> None:
    found = document.core_properties.identifier.partition("/")[0]
    if found != form:
        raise TemplateError(f"{name} is a template of '{found}', not of '{form}'. Put the right one in its place.")


def _repeat_children(body: Element, data: DocumentData) -> None:
    for block in _child_blocks(body, f"{data.form}.{CHILDREN}.1."):
        bare = [controls.clone(element) for element in block]
        last = block[-1]
        for number in range(2, len(data.children) + 1):
            for element in bare:
                copied = deepcopy(element)
                _retag_child(copied, data.form, number)
                last.addnext(copied)
                last = copied


def _child_blocks(body: Element, prefix: str) -> list[list[Element]]:
    """Neighbours that hold a child's controls, and plain text between them.

    What has only shared controls ends a block, and so does the heading of a new section.
    """
    blocks: list[list[Element]] = []
    between: list[Element] | None = None
    for element in body:
        tags = [controls.tag_of(sdt) for sdt in controls.find(element)]
        if any(tag.startswith(prefix) for tag in tags):
            if between is None:
                blocks.append([])
            blocks[-1].extend([*(between or ()), element])
            between = []
        elif tags or heading_level(element) == 1:
            between = None
        elif between is not None:
            between.append(element)
    return blocks


def _retag_child(element: Element, form: str, number: int) -> None:
    for sdt in controls.find(element):
        tag = controls.tag_of(sdt).removeprefix(f"{form}.").removeprefix(f"{CHILDREN}.1.")
        alias = _NUMBER.sub(str(number), controls.alias_of(sdt), count=1)
        controls.retag(sdt, f"{form}.{CHILDREN}.{number}.{tag}", alias)


def _row_patterns(body: Element, form: str) -> list[tuple[str, Element, Element]]:
    """The first row of each group, a child's own included, with a bare copy of it to clone: (group, row, copy)."""
    pattern = re.compile(rf"{re.escape(form)}\.((?:{CHILDREN}\.\d+\.)?[a-z_]+)\.1\.[a-z_]+")
    found: list[tuple[str, Element, Element]] = []
    for row in body.iter(controls.ROW):
        matches = [pattern.fullmatch(controls.tag_of(sdt)) for sdt in controls.find(row)]
        groups = {match[1] for match in matches if match} - {CHILDREN}
        found.extend((group, row, controls.clone(row)) for group in groups)
    return found


def _rows_of(data: DocumentData, group: str) -> Sequence[Mapping[str, str]]:
    """The rows of a group; those of `children.2.facts` are the second child's own."""
    match = _CHILD.fullmatch(group)
    if match is None:
        return data.rows.get(group, ())
    child = int(match[1]) - 1
    return data.children[child].rows.get(match[2], ()) if child < len(data.children) else ()


def _clone_rows(prefix: str, row: Element, bare: Element, rows: Sequence[Mapping[str, str]], *, prompts: bool) -> Iterator[str]:
    """Put a filled copy of the row for each of the rows after the first one, and say which tags were filled."""
    columns = [(controls.tag_of(sdt).rpartition(".")[2], controls.alias_of(sdt)) for sdt in controls.find(bare)]
    spare = deepcopy(bare)
    for sdt in list(controls.find(bare)):
        controls.prime(sdt)
    last = row
    for number, values in enumerate(rows[1:], 2):
        empty = prompts and not any(values.values())
        copied = deepcopy(spare if empty else bare)
        for sdt, (column, alias) in zip(copied.iter(controls.SDT), columns, strict=True):
            tag = f"{prefix}.{number}.{column}"
            controls.retag(sdt, tag, _of_row(alias, number))
            if not empty:
                controls.fill_primed(sdt, values.get(column, ""))
            yield tag
        last.addnext(copied)
        last = copied


def _of_row(alias: str, number: int) -> str:
    """A control's title in another row: "Child 1: Facts row 1" has two numbers, and the row's is the one after "row"."""
    return (_ROW_NUMBER if _ROW_NUMBER.search(alias) else _NUMBER).sub(str(number), alias, count=1)


def _write(roots: Iterable[Element], wanted: Mapping[str, str | bool], *, prompts: bool) -> set[str]:
    """Fill every control, and say which tags there are. With `prompts`, a cell without an answer keeps its placeholder."""
    placed = set()
    for root in roots:
        for sdt in controls.find(root):
            tag = controls.tag_of(sdt)
            placed.add(tag)
            value = wanted.get(tag, wanted.get(shared_tag(tag)))
            if controls.is_tick(sdt):
                controls.fill_tick(sdt, value is True)
            elif value or not prompts or next(sdt.iterancestors(controls.CELL), None) is None:
                controls.fill_text(sdt, value if isinstance(value, str) else "")
    return placed


def _refuse_unplaced(name: str, wanted: Mapping[str, str | bool], placed: Collection[str]) -> None:
    unplaced = [tag for tag, value in wanted.items() if value and tag not in placed]
    if unplaced:
        tags = ", ".join(unplaced[:5])
        raise TemplateError(f"{name}: no control is tagged {tags}. Add it in Word, or take the template that we ship.")


def packed(document: Document) -> bytes:
    """The file, without the time it was packed at: the same answers give the same bytes."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
