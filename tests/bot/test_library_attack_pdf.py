"""A pack that somebody edited so that it reads this machine's files, or takes all its memory, when it is printed."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from office import needed, pdf_text

from bot.office import printing
from bot.office.plain import NotWord, plain
from bot.office.printing import NotPrinted, Office

FILED = datetime(2026, 12, 2, 9, 30, tzinfo=UTC)
NAMES = (
    nsdecls("w", "r", "a", "wp", "pic")
    + ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
PICTURE = """<w:r {names}><w:drawing><wp:inline><wp:extent cx="914400" cy="914400"/><wp:docPr id="7" name="p"/><a:graphic>
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="x"/>
<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="{link}"/>
<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>
<a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"""
SHAPE = """<w:r {names}><w:pict><v:shape style="width:90pt;height:90pt"><v:imagedata r:id="{link}" src="{url}"/></v:shape>
</w:pict></w:r>"""
FIELDS = ("INCLUDEPICTURE", "INCLUDETEXT", "RD", "LINK Word.Document.12", "DDEAUTO soffice")


def png(red: int) -> bytes:
    """A small red picture."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 40, 40, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress((b"\0" + bytes((red, 0, 0)) * 40) * 40)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def saved(document: Document) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def reading(secret: Path) -> bytes:
    """A document that wants another one, and a picture, from this machine: as links, which are left where people click."""
    document = docx.Document()
    document.add_paragraph("The pack says this.")
    for name, made in (("picture.png", png(255)), ("other.png", png(128))):
        (secret / name).write_bytes(made)
        url = (secret / name).as_uri()
        link = document.part.relate_to(url, RELATION.HYPERLINK, is_external=True)
        for shape in (PICTURE, SHAPE):
            document.add_paragraph()._p.append(parse_xml(shape.format(names=NAMES, link=link, url=url)))
    other = docx.Document()
    other.add_paragraph("SECRET of another case")
    other.save(str(secret / "other.docx"))
    url = (secret / "other.docx").as_uri()
    link = document.part.relate_to(url, RELATION.HYPERLINK, is_external=True)
    for tag in ("altChunk", "subDoc"):
        document.element.body.insert(0, parse_xml(f'<w:{tag} {NAMES} r:id="{link}"/>'))
    for field in FIELDS:
        paragraph = document.add_paragraph()
        code = f'<w:instrText xml:space="preserve"> {field} "{url}" </w:instrText>'
        begin, separate, end = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end"))
        for inner in (begin, code, separate, "<w:t>as it was</w:t>", end):
            paragraph._p.append(parse_xml(f"<w:r {NAMES}>{inner}</w:r>"))
    return saved(document)


@pytest.mark.needs_office
async def test_nothing_of_this_machine_is_read_into_it(tmp_path: Path) -> None:
    needed("soffice")
    secret = tmp_path / "secret"
    secret.mkdir()
    made = await Office("soffice", tmp_path / "office").pdf(reading(secret), "Title", FILED)
    (tmp_path / "one.pdf").write_bytes(made)
    text = pdf_text(tmp_path / "one.pdf")
    assert "The pack says this." in text
    assert "SECRET" not in text
    assert re.findall(rb"/Subtype\s*/Image", made) == []
    assert str(secret).encode() not in made


def test_only_addresses_that_people_click_on_are_left_in_it(tmp_path: Path) -> None:
    kept, _ = plain(reading(tmp_path), "Title", FILED)
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        relations = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".rels"))
    assert b"file:" not in relations.lower()
    document = docx.Document()
    document.part.relate_to("https://example.org/x", RELATION.HYPERLINK, is_external=True)
    kept, _ = plain(saved(document), "Title", FILED)
    assert b"https://example.org/x" in zipfile.ZipFile(io.BytesIO(kept)).read("word/_rels/document.xml.rels")


def with_part(name: str, content: bytes, *, locked: bool = False) -> bytes:
    """A document of which one part is another."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(docx.Document()))) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.namelist():
            after.writestr(part, content if part == name else before.read(part))
    found = made.getvalue()
    # The flag of a part with a password, in the list at the end.
    return re.sub(rb"(?<=PK\x01\x02.{4})\0", lambda _: b"\1", found, flags=re.DOTALL) if locked else found


def test_what_would_take_all_memory_or_looks_things_up_is_not_opened() -> None:
    types = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
    for content in (
        with_part("word/document.xml", b"<a>" + b" " * (81 * 2**20) + b"</a>"),
        with_part("word/styles.xml", f"<?xml version='1.0'?>{types}<a>&b;</a>".encode()),
        with_part("word/styles.xml", f"<?xml version='1.0' encoding='utf-16'?>{types}<a/>".encode("utf-16")),
        with_part("word/document.xml", b"<a/>", locked=True),
    ):
        with pytest.raises(NotWord):
            plain(content, "Title", FILED)


async def test_it_has_a_bound_to_its_memory(tmp_path: Path) -> None:
    program, told = tmp_path / "program", tmp_path / "told"
    program.write_text(f'#!/bin/sh\nulimit -v > "{told}"\n', encoding="utf-8")
    program.chmod(0o700)
    with pytest.raises(NotPrinted):
        await Office(str(program), tmp_path / "office").pdf(saved(docx.Document()), "Title", FILED)
    assert int(told.read_text()) == printing.MOST_MEMORY


def test_what_is_printed_holds_no_time_of_its_own() -> None:
    """The same pack makes the same file, whenever somebody asks for it."""
    content = io.BytesIO()
    docx.Document().save(content)
    kept, _ = plain(content.getvalue(), "Title", FILED)
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
