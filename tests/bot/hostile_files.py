"""Files that are wrong, broken or built to do harm: each with the sentence that answers it, or what is said of it once read.

All are made by code. `""` as a problem: it is a form, and it is read; what is left out of it is named by the notes.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from word_parts import (
    BODY,
    RELATIONS,
    TYPES,
    Parts,
    changed,
    filled,
    in_body,
    packed,
    parts_of,
    related,
    replaced,
    with_part,
)

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARK = "She was admitted once."
"""What the form says for its summary."""
FORMULA = '=HYPERLINK("http://test.invalid","x")'
MENTIONS = (
    "@everyone <!channel> <@U0TEST> **bold** [a link](http://test.invalid) "
    "`code` | table | <at>all</at> <script>alert(1)</script>"
)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


class Hostile(NamedTuple):
    """One file. `says` is what must stand in its summary once it is read, where it is."""

    make: Callable[[], bytes]
    problem: str = ""
    notes: tuple[str, ...] = ()
    name: str = "return.docx"
    says: str = MARK


@cache
def base() -> bytes:
    """A form that is filled in."""
    return filled(
        "scoping", {"document.reference": "NS-2026-0001", "scoping.agency": "Test Hospital Trust", "scoping.summary": MARK}
    )


def _doctype(declared: str, used: str = "") -> Callable[[], bytes]:
    def declare(parts: Parts) -> None:
        head, _, rest = parts[BODY].partition(b"<w:document")
        parts[BODY] = (
            head
            + f"<!DOCTYPE w:document {declared}>".encode()
            + b"<w:document"
            + rest.replace(MARK.encode(), used.encode() or MARK.encode())
        )

    return lambda: changed(base(), declare)


def _said(text: bytes) -> Callable[[], bytes]:
    return lambda: replaced(base(), MARK.encode(), text)


def _encoded(name: str, declared: str = "") -> Callable[[], bytes]:
    def encode(parts: Parts) -> None:
        text = (
            parts[BODY]
            .decode()
            .replace("encoding='UTF-8'", f"encoding='{declared or name}'")
            .replace('encoding="UTF-8"', f'encoding="{declared or name}"')
        )
        parts[BODY] = text.encode(name)

    return lambda: changed(base(), encode)


def _rows(count: int) -> bytes:
    row = "<w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>"
    return in_body(base(), f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid>{row * count}</w:tbl>")


def _events(count: int) -> bytes:
    """So many rows of key events, each filled in."""
    parts = parts_of(base())
    body = parts[BODY].decode()
    start = body.rindex("<w:tr", 0, body.index("scoping.key_events.1.date"))
    end = body.index("</w:tr>", start) + len("</w:tr>")
    row = re.sub(r"<w:t(?: [^>]*)?>[^<]*</w:t>", "<w:t>x</w:t>", body[start:end].replace("<w:showingPlcHdr/>", ""))
    rows = (row.replace("key_events.1.", f"key_events.{n}.") for n in range(1, count + 1))
    parts[BODY] = (body[:start] + "".join(rows) + body[end:]).encode()
    return packed(parts)


def _lying() -> bytes:
    """The list of parts says that the document is a few bytes long."""
    content = base()
    place = content.index(b"PK\x01\x02")
    while BODY.encode() not in content[place : place + 46 + len(BODY)]:
        place = content.index(b"PK\x01\x02", place + 1)
    return content[: place + 24] + struct.pack("<I", 10) + content[place + 28 :]


def _locked() -> bytes:
    content = bytearray(base())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 1)
    return bytes(content)


def _flipped() -> bytes:
    content = bytearray(base())
    place = content.index(BODY.encode()) + len(BODY) + 200
    content[place] ^= 0xFF
    return bytes(content)


def _nested() -> bytes:
    inner = b"0" * 2**20
    for _ in range(5):
        inner = packed({f"{n}.zip": inner for n in range(10)})
    return with_part(base(), "word/embeddings/inner.zip", inner)


def _renamed(old: str, new: str) -> Callable[[], bytes]:
    return lambda: changed(base(), lambda parts: parts.update({new: parts.pop(old)}))


def _main_outside() -> bytes:
    def lead(parts: Parts) -> None:
        parts["_rels/.rels"] = parts["_rels/.rels"].replace(
            b'Target="word/document.xml"', b'Target="http://127.0.0.1:9/a.xml" TargetMode="External"'
        )
        del parts[BODY]

    return changed(base(), lead)


def _open_document() -> bytes:
    return packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})


def _tagged(*tags: str) -> Callable[[], bytes]:
    """More controls, with these tags."""
    one = (
        '<w:p><w:sdt><w:sdtPr><w:tag w:val="{}"/></w:sdtPr><w:sdtContent><w:r><w:t>yes</w:t></w:r></w:sdtContent></w:sdt></w:p>'
    )
    return lambda: in_body(base(), "".join(map(one.format, tags)))


NOT_WORD: Mapping[str, Hostile] = {
    "a picture": Hostile(lambda: b"\xff\xd8\xff\xe0 JFIF", "not_word"),
    "a page of the web": Hostile(lambda: b"<html><body>A form</body></html>", "not_word"),
    "a PDF": Hostile(lambda: b"%PDF-1.7\n%%EOF", "pdf", name="form.pdf"),
    "a PDF called Word": Hostile(lambda: b"\n\n%PDF-1.4 ...", "pdf"),
    "an older Word file": Hostile(lambda: OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "old_word", name="form.doc"),
    "rich text": Hostile(lambda: b"{\\rtf1\\ansi A form}", "old_word", name="form.rtf"),
    "an OpenDocument": Hostile(_open_document, "open_document", name="form.odt"),
    "a Word file with a password": Hostile(lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "a zip with a password": Hostile(_locked, "password"),
    "a spreadsheet": Hostile(lambda: packed({TYPES: b"<Types/>", "xl/workbook.xml": b"<workbook/>"}), "not_word"),
    "a zip of photographs": Hostile(lambda: packed({"1.jpg": b"\xff\xd8"}), "not_word"),
    "nothing": Hostile(lambda: b"", "empty"),
    "a file of ten million bytes": Hostile(lambda: b"\0" * (10 * 2**20 + 1), "too_large"),
    "half of a file": Hostile(lambda: base()[: len(base()) // 2], "cut_short"),
    "a file without its end": Hostile(lambda: base()[:-30], "cut_short"),
    "a flipped byte": Hostile(_flipped, "broken"),
    "no document in it": Hostile(lambda: changed(base(), lambda parts: parts.pop(BODY)), "broken"),
    "no list of relations": Hostile(lambda: changed(base(), lambda parts: parts.pop(RELATIONS))),
}
MACROS: Mapping[str, Hostile] = {
    "macros by the name of the file": Hostile(base, "macros", name="form.DOCM"),
    "a project of macros": Hostile(lambda: with_part(base(), "word/vbaProject.bin", OLE), "macros"),
    "a project in capitals": Hostile(lambda: with_part(base(), "word/VBAPROJECT.BIN", OLE), "macros"),
    "macros under another type": Hostile(
        lambda: with_part(base(), "word/theme/other.bin", OLE, "application/vnd.ms-office.vbaProject"), "macros"
    ),
    "macros by a relationship": Hostile(lambda: related(base(), f"{MICROSOFT}/vbaProject", "settings2.bin"), "macros"),
    "a document type with macros": Hostile(
        lambda: changed(
            base(), lambda p: p.update({TYPES: p[TYPES].replace(b"wordprocessingml.document.main", b"macroEnabled.main")})
        ),
        "macros",
    ),
    "macros in a picture": Hostile(
        lambda: with_part(base(), "word/media/image9.png", OLE + "_VBA_PROJECT".encode("utf-16-le")), "macros"
    ),
    "a control with code": Hostile(lambda: with_part(base(), "word/activeX/activeX1.bin", OLE), notes=("note_inside",)),
}
BOMBS: Mapping[str, Hostile] = {
    "a part of 61 million bytes": Hostile(lambda: with_part(base(), "word/media/zero.bin", b"\0" * (61 * 2**20)), "too_large"),
    "XML of 26 million spaces": Hostile(
        lambda: with_part(base(), "word/more.xml", b"<a>" + b" " * (26 * 2**20) + b"</a>"), "too_large"
    ),
    "a thousand parts": Hostile(
        lambda: packed({**parts_of(base()), **{f"word/{n}.bin": b"" for n in range(1_001)}}), "too_large"
    ),
    "a zip in a zip in a zip": Hostile(_nested, notes=("note_inside",)),
    "a size that lies": Hostile(_lying, "broken"),
    "a hundred thousand rows": Hostile(lambda: _rows(100_000), "too_large"),
    "six thousand rows": Hostile(lambda: _rows(6_000), "too_large"),
    "a list of 301": Hostile(lambda: _events(301), "too_many_rows"),
    "ten thousand elements in each other": Hostile(lambda: in_body(base(), "<w:x>" * 10_000 + "</w:x>" * 10_000), "broken"),
    "tables in tables": Hostile(
        lambda: in_body(base(), "<w:tbl><w:tr><w:tc>" * 70 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 70), "broken"
    ),
    "a hundred thousand attributes": Hostile(
        lambda: in_body(base(), "<w:p " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>"),
    ),
    "a tag of a million letters": Hostile(_tagged("scoping." + "x" * 1_000_000)),
    "five hundred boxes of one tag": Hostile(_tagged(*["scoping.records_secured"] * 500)),
    "a billion laughs": Hostile(_doctype(f'[<!ENTITY l0 "ha">{LAUGHS}]', "&l9;"), "unsafe"),
}
LEADING: Mapping[str, Hostile] = {
    "a file of this machine": Hostile(_doctype('[<!ENTITY x SYSTEM "file:///etc/passwd">]', "&x;"), "unsafe"),
    "an address of the network": Hostile(_doctype('[<!ENTITY x SYSTEM "http://127.0.0.1:9/">]', "&x;"), "unsafe"),
    "a document type from elsewhere": Hostile(_doctype('SYSTEM "http://127.0.0.1:9/a.dtd"'), "unsafe"),
    "entities in small letters, in the styles": Hostile(
        lambda: changed(
            base(),
            lambda p: p.update({"word/styles.xml": b"<!doctype a [<!entity % x SYSTEM 'file:///'>]>" + p["word/styles.xml"]}),
        ),
        "unsafe",
    ),
    "a picture from elsewhere": Hostile(lambda: related(base(), f"{OFFICE}/image", "http://127.0.0.1:9/a.png", outside=True)),
    "a template from elsewhere": Hostile(
        lambda: related(base(), f"{OFFICE}/attachedTemplate", "file://127.0.0.1/share/a.dotm", outside=True)
    ),
    "a header from elsewhere": Hostile(lambda: related(base(), f"{OFFICE}/header", "http://127.0.0.1:9/a.xml", outside=True)),
    "a document from elsewhere": Hostile(_main_outside, "broken"),
    "a header of this machine": Hostile(lambda: related(base(), f"{OFFICE}/header", "../../../../etc/passwd")),
    "an object in it": Hostile(lambda: with_part(base(), "word/embeddings/oleObject1.bin", OLE), notes=("note_inside",)),
    "another document in it": Hostile(
        lambda: in_body(with_part(base(), "word/other.html", b"<p>x</p>"), '<w:altChunk xmlns:r="urn:r" r:id="rId9"/>'),
        notes=("note_inside",),
    ),
    "a picture": Hostile(lambda: with_part(base(), "word/media/image1.png", b"\x89PNG"), notes=("note_pictures",)),
    "glossary parts": Hostile(lambda: with_part(base(), "word/glossary/document.xml", parts_of(base())[BODY])),
    "data that the document is bound to": Hostile(
        lambda: replaced(
            base(),
            b'<w:tag w:val="scoping.summary"/>',
            b'<w:tag w:val="scoping.summary"/><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/>',
        )
    ),
}
NAMED: Mapping[str, Hostile] = {
    "a part twice": Hostile(lambda: packed(parts_of(base()), (BODY, b"<x/>")), "broken"),
    "a part twice in other letters": Hostile(lambda: packed(parts_of(base()), ("Word/Document.xml", b"<x/>")), "broken"),
    "parts in other letters": Hostile(_renamed(BODY, "word/DOCUMENT.XML"), "broken"),
    "a part from the root": Hostile(lambda: with_part(base(), "/etc/passwd", b"x"), "broken"),
    "a part above": Hostile(lambda: with_part(base(), "word/../../x.xml", b"<x/>"), "broken"),
    "a part of another system": Hostile(lambda: with_part(base(), "word\\x.xml", b"<x/>"), "broken"),
    "a part on a drive": Hostile(lambda: with_part(base(), "C:/x.xml", b"<x/>"), "broken"),
    "a name of ten thousand letters": Hostile(base, name="x" * 10_000 + ".docx"),
    "a name with a path": Hostile(base, name="..\\..\\/etc/passwd/form.docx"),
    "a name that runs backwards": Hostile(base, name="form\u202excod.exe"),
    "a name of several lines": Hostile(base, name="form\r\nSet-Cookie: a=b\x00.docx"),
}
WRITTEN: Mapping[str, Hostile] = {
    "UTF-16": Hostile(_encoded("utf-16")),
    "a document type in UTF-16": Hostile(
        lambda: changed(
            base(), lambda p: p.update({BODY: "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE a []><a/>".encode("utf-16")})
        ),
        "unsafe",
    ),
    "another writing than it says": Hostile(_encoded("utf-16", "utf-8")),
    "no writing at all": Hostile(_said(b"\xff\xfe\xfa"), "broken"),
    "control characters": Hostile(_said(b"a\x01b"), "broken"),
    "half of a letter": Hostile(_said(b"a&#xD800;b"), "broken"),
    "the letter nought": Hostile(_said(b"a&#0;b"), "broken"),
    "text that runs backwards": Hostile(_said("Test \u202eenil\u202c line".encode()), says="Test enil line"),
    "a formula": Hostile(_said(FORMULA.replace('"', "&quot;").encode()), says=FORMULA),
    "mentions and markup": Hostile(_said(MENTIONS.replace("<", "&lt;").encode()), says=MENTIONS),
    "tags of nobody": Hostile(
        _tagged(
            "scoping.contacts.*.contact",
            "scoping.children.99999.name",
            "scoping.file/summary",
            "scoping.__class__",
            "scoping.",
            "..",
            "referral.summary",
        )
    ),
    "braces": Hostile(_said(b"{reference} {0.__class__} %s ${HOME}"), says="{reference} {0.__class__} %s ${HOME}"),
    "a letter of 150,000": Hostile(_said(b"She was seen. " * 10_000), says=("She was seen. " * 10_000).strip()),
    "a text too long for any answer": Hostile(_said(b"x" * 200_001), says="x" * 200_001),
}
GROUPS = {"not word": NOT_WORD, "macros": MACROS, "bombs": BOMBS, "leading": LEADING, "named": NAMED, "written": WRITTEN}


def every() -> Iterator[tuple[str, Hostile]]:
    """All of them, by name."""
    for group, files in GROUPS.items():
        yield from ((f"{group}: {name}", file) for name, file in files.items())
