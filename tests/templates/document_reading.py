"""What stands in a made document, for the tests of every kind of document."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.oxml.ns import qn

from templates.documents import controls
from templates.documents.read import text_of
from templates.documents.text import Element

HOSTILE = (
    "{MERGEFIELD Name}",
    "{ HYPERLINK http://example.invalid }",
    "]]> <w:p/> &amp; <!-- -->",
    "{{ 7 * 7 }} {% for x in y %} ${x} %s {0}",
    "=1+1",
    "  spaces  kept  ",
    "a\tb\n\nc",
    "bell \x07 null \x00 half \ud800 line\u2028end",
    "שלום עולם",
    "English, then العربية, then English.\nمرحبا",
    "👩\u200d👧 and ☹️",
)
FIELDS = (qn("w:fldSimple"), qn("w:instrText"), qn("w:hyperlink"), qn("w:fldChar"))


def body_of(document: bytes) -> Element:
    """The body's XML."""
    return docx.Document(io.BytesIO(document)).element.body


def text_in(document: bytes) -> str:
    """The whole text of the body."""
    return text_of(body_of(document))


def everything_in(document: bytes) -> str:
    """Every file of the document, properties, headers and footers included, as one text."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return "\n".join(archive.read(name).decode("utf-8") for name in archive.namelist())


def fields_in(document: bytes) -> list[str]:
    """The field codes and links of the body."""
    return [str(element.tag) for element in body_of(document).iter(*FIELDS)]


def twice_in(document: bytes) -> list[str]:
    """Tags, titles and ids of controls that stand more than once."""
    sdts = list(controls.find(body_of(document)))
    found = []
    for of in (controls.tag_of, controls.alias_of, lambda sdt: str(sdt[0].find(controls.ID).get(controls.VAL))):
        seen = [of(sdt) for sdt in sdts]
        found += [one for one in set(seen) if seen.count(one) > 1]
    return found
