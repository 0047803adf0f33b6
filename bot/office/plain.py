"""A Word document as LibreOffice is given it: with nothing that reaches out of it, and properties of ours alone."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from docx.opc.rel import Relationships
from lxml import etree

from templates.documents.damaged import DAMAGED
from templates.documents.fill import packed

LARGEST, LARGEST_XML = 400 * 2**20, 80 * 2**20
"""Bytes of a document unpacked, and of what is read here of it. A pack with 25 returns has about ten million."""
XML = (".xml", ".rels")
DOCTYPE = b"<!doctype"
CLICKED = ("https://", "http://", "mailto:")
"""How addresses begin that stay. A program may take a link for a picture, and read a file of this machine's there."""
FIRST = datetime(2000, 1, 1, tzinfo=UTC)
"""What stands where a document does not say when it was changed."""
ACTIVE = ("vbaProject", "oleObject", "control", "attachedTemplate", "custom-properties", "customXml", "aFChunk")
"""Relations to what acts by itself, to other documents, and to properties that anybody may have added."""


ODD = (PackageNotFoundError, etree.LxmlError, AttributeError, TypeError)
"""What python-docx raises for a package whose parts are not what their names say."""


class NotWord(Exception):
    """It cannot be opened, or is larger than it may be."""


def plain(content: bytes, title: str, filed_at: datetime) -> tuple[bytes, str]:
    """The document without any of that, and when it was last changed or filed (`YYYYMMDDhhmmss`). Raises NotWord."""
    try:
        return _plain(_opened(content), title, filed_at)
    except (*DAMAGED, *ODD) as wrong:
        raise NotWord("not a Word document") from wrong


def _plain(document: Document, title: str, filed_at: datetime) -> tuple[bytes, str]:
    about = document.core_properties
    changed = max(filed_at, _changed(document))
    about.title = title
    for name in ("author", "last_modified_by", "subject", "keywords", "comments", "category", "content_status"):
        setattr(about, name, "")
    package = document.part.package
    for relations in (package.rels, *(part.rels for part in package.iter_parts() if isinstance(part, Part))):
        _cut(relations)
    return packed(document), f"{changed:%Y%m%d%H%M%S}"


def _changed(document: Document) -> datetime:
    """When somebody changed it last, as it says itself. What we made says the same day always."""
    said = document.core_properties.modified
    return said.replace(tzinfo=UTC) if said is not None and said.tzinfo is None else said or FIRST


def _opened(content: bytes) -> Document:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        _look_over(archive)
    return docx.Document(io.BytesIO(content))


def _look_over(archive: zipfile.ZipFile) -> None:
    """Raises NotWord for what is too large, and for what defines entities of its own: Word does not."""
    parts = archive.infolist()
    xml = [one for one in parts if one.filename.lower().endswith(XML)]
    if sum(one.file_size for one in parts) > LARGEST or sum(one.file_size for one in xml) > LARGEST_XML:
        raise NotWord("too large")
    if any(DOCTYPE in archive.read(one).replace(b"\0", b"").lower() for one in xml):
        raise NotWord("entities of its own")


def _cut(relations: Relationships) -> None:
    """An address that people click on stays an address; what would be fetched, or would act, goes."""
    for name, one in list(relations.items()):
        clicked = one.reltype == RELATION.HYPERLINK and one.is_external and one.target_ref.lower().startswith(CLICKED)
        if (one.is_external and not clicked) or one.reltype.rpartition("/")[2] in ACTIVE:
            del relations[name]
