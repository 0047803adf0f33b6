"""A Word file opened by its parts. Nothing in it is run, fetched or followed; what is too much is refused."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator

import msgspec
from lxml import etree

from templates.documents.controls import ROW, SDT
from templates.documents.damaged import DAMAGED
from templates.documents.reading.result import NotReadable
from templates.documents.text import Element

LARGEST_PART = 40 * 2**20
MOST_PARTS = 2_000
MOST_ROWS = 8_000
MOST_CONTROLS = 9_000
"""A return with 1,000 key events has 4,000 controls."""
MOST_ELEMENTS = 400_000
DEEPEST = 120
MOST_FURNITURE = 40
"""Headers and footers: three of each kind a section."""
_STRICT, _PLAIN = b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/"
_STRICT_NAMES = (
    (_STRICT + b"wordprocessingml/main", _PLAIN + b"wordprocessingml/2006/main"),
    (_STRICT + b"officeDocument/relationships", _PLAIN + b"officeDocument/2006/relationships"),
)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"


class Opened(msgspec.Struct, frozen=True):
    """The XML that people see, what the document says it is, and whether somebody commented it."""

    body: Element
    furniture: tuple[Element, ...]
    identifier: str
    comments: bool


def open_word(content: bytes) -> Opened:
    """Open a .docx. Raises NotReadable for anything else, for what is broken, and for what is too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _opened(archive)
    except (*DAMAGED, etree.LxmlError) as wrong:
        raise NotReadable("no Word document that can be read, or one that is locked") from wrong


def _opened(archive: zipfile.ZipFile) -> Opened:
    if len(archive.namelist()) > MOST_PARTS:
        raise NotReadable("too many parts")
    main = next((path for kind, path in _relations(archive, "") if kind == "officeDocument"), "word/document.xml")
    body = _xml(archive, main)
    related = list(_relations(archive, main))
    furniture = [path for kind, path in related if kind in ("header", "footer") and path in archive.namelist()]
    about = next((path for kind, path in _relations(archive, "") if kind == "core-properties"), "")
    return Opened(
        body=body,
        furniture=tuple(_xml(archive, path) for path in furniture[:MOST_FURNITURE]),
        identifier=_identifier(archive, about),
        comments=any(kind == "comments" and _has_comments(archive, path) for kind, path in related),
    )


def _relations(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    """Kind and path of what a part refers to inside the file."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive.namelist():
        return
    for one in _xml(archive, path).iter(_RELATION):
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, str(one.get("Target", "")))).lstrip("/")
            yield str(one.get("Type", "")).rpartition("/")[2], target


def _identifier(archive: zipfile.ZipFile, path: str) -> str:
    if path not in archive.namelist():
        return ""
    found = _xml(archive, path).find(_IDENTIFIER)
    return "" if found is None else (found.text or "").strip()


def _has_comments(archive: zipfile.ZipFile, path: str) -> bool:
    return path in archive.namelist() and len(_xml(archive, path)) > 0


def _xml(archive: zipfile.ZipFile, path: str) -> Element:
    with archive.open(path) as packed:
        content = packed.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise NotReadable("a part that is too large")
    for strict, plain in _STRICT_NAMES:
        content = content.replace(strict, plain)
    if b"<!DOCTYPE" in content.replace(b"\0", b""):
        raise NotReadable("a document type of its own")
    return _parsed(content)


def _parsed(content: bytes) -> Element:
    """The XML, counted while it is parsed, so that too much of it is never held."""
    parsing = etree.iterparse(
        io.BytesIO(content),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth = elements = rows = sdts = 0
    for event, element in parsing:
        if event == "end":
            depth -= 1
            continue
        depth, elements = depth + 1, elements + 1
        rows += element.tag == ROW
        sdts += element.tag == SDT
        if depth > DEEPEST or elements > MOST_ELEMENTS or rows > MOST_ROWS or sdts > MOST_CONTROLS:
            raise NotReadable("more of it than a form can have")
    root: Element = parsing.root
    return root
