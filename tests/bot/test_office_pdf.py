"""PDF by LibreOffice itself: what it says of itself, that nothing is fetched, and what happens when it hangs."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from office import needed, pdf_text

from bot.office.fixed import fixed
from bot.office.printing import NotPrinted, Office

TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
FILED = datetime(2026, 12, 2, 9, 30, tzinfo=UTC)
TITLE = "NS-2026-0001 3 Rapid review draft v1"


def word(*paragraphs: str) -> bytes:
    """A Word document, with what people leave in its properties."""
    document = docx.Document()
    document.add_heading("Rapid review", 1)
    for one in paragraphs:
        document.add_paragraph(one)
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "A cell"
    about = document.core_properties
    about.modified = datetime(2026, 11, 1)
    about.title = about.subject = about.keywords = about.comments = "Test Child One"
    about.author = about.last_modified_by = "Test Author Person"
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def office(tmp_path: Path, **more: float) -> Office:
    needed("soffice", "pdfinfo")
    return Office("soffice", tmp_path / "office", **more)


def info(pdf: bytes, tmp_path: Path) -> str:
    """What a PDF says of itself."""
    path = tmp_path / "one.pdf"
    path.write_bytes(pdf)
    ran = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True, timeout=60)
    return ran.stdout


@pytest.mark.needs_office
async def test_it_is_tagged_and_says_nothing_of_a_child_and_is_the_same_each_time(tmp_path: Path) -> None:
    printer = office(tmp_path)
    content = word("The pack says this.")
    first, second = await printer.pdf(content, TITLE, FILED), await printer.pdf(content, TITLE, FILED)
    assert first == second
    said = info(first, tmp_path)
    assert f"Title:           {TITLE}" in said
    assert "Tagged:          yes" in said
    assert "Wed Dec  2 09:30:00 2026" in said
    assert b"pdfuaid:part>1<" in first
    assert not [name for name in ("Child", "Author Person") if name in said or name.encode() in first]
    assert "The pack says this." in pdf_text(tmp_path / "one.pdf")
    assert list((tmp_path / "office").iterdir()) == [], "nothing of it stays"
    assert stat.S_IMODE((tmp_path / "office").stat().st_mode) == 0o700


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """A server of ours, and what was asked of it."""
    heard: list[str] = []

    class Ears(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_error(404)

        do_HEAD = do_PROPFIND = do_OPTIONS = do_GET  # noqa: N815 - the names that the library looks for

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Ears)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", heard
    server.shutdown()
    server.server_close()


def reaching(address: str) -> bytes:
    """A document that wants a picture, a template, a text and a frame from a server."""
    document = docx.Document()
    part = document.part
    picture = part.relate_to(f"{address}/picture.png", RELATION.IMAGE, is_external=True)
    part.relate_to(f"{address}/template.dotx", TEMPLATE, is_external=True)
    names = nsdecls("w", "r") + ' xmlns:v="urn:schemas-microsoft-com:vml"'
    shape = f'<v:shape style="width:90pt;height:90pt"><v:imagedata r:id="{picture}"/></v:shape>'
    document.add_paragraph()._p.append(parse_xml(f"<w:r {names}><w:pict>{shape}</w:pict></w:r>"))
    for field in (f'INCLUDEPICTURE "{address}/field.png"', f'INCLUDETEXT "{address}/text.docx"'):
        paragraph = document.add_paragraph()
        for inner in (
            '<w:fldChar w:fldCharType="begin"/>',
            f'<w:instrText xml:space="preserve"> {field} </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>what was there</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        ):
            paragraph._p.append(parse_xml(f"<w:r {names}>{inner}</w:r>"))
    return saved(document)


@pytest.mark.needs_office
async def test_nothing_is_fetched(tmp_path: Path) -> None:
    with listening() as (address, heard):
        assert await office(tmp_path).pdf(reaching(address), TITLE, FILED)
    assert heard == []


def program(tmp_path: Path, lines: str) -> str:
    path = tmp_path / "program"
    path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    path.chmod(0o700)
    return str(path)


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "State:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")


async def test_one_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    child = tmp_path / "child"
    hangs = Office(program(tmp_path, f'sleep 600 &\necho $! > "{child}"\nwait'), tmp_path / "office", seconds=0.5)
    began = time.monotonic()
    with pytest.raises(NotPrinted):
        await hangs.pdf(word(), TITLE, FILED)
    assert time.monotonic() - began < 20
    assert not alive(int(child.read_text()))
    assert list((tmp_path / "office").iterdir()) == []


async def test_one_whose_turn_is_taken_back_is_ended_too(tmp_path: Path) -> None:
    child = tmp_path / "child"
    hangs = Office(program(tmp_path, f'sleep 600 &\necho $! > "{child}"\nwait'), tmp_path / "office")
    turn = asyncio.create_task(hangs.pdf(word(), TITLE, FILED))
    async with asyncio.timeout(20):
        while not child.exists() or not child.read_text():
            await asyncio.sleep(0.02)
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert not alive(int(child.read_text()))


async def test_one_at_a_time(tmp_path: Path) -> None:
    log = tmp_path / "log"
    both = Office(program(tmp_path, f'echo begin >> "{log}"; sleep 0.2; echo end >> "{log}"'), tmp_path / "office")
    await asyncio.gather(*(both.pdf(word(), TITLE, FILED) for _ in range(3)), return_exceptions=True)
    assert log.read_text().split() == ["begin", "end"] * 3


@pytest.mark.parametrize("content", [b"", b"not a document", b"PK\x03\x04 broken", b"%PDF-1.6"])
async def test_what_is_no_document_is_not_given_to_it(tmp_path: Path, content: bytes) -> None:
    called = tmp_path / "called"
    with pytest.raises(NotPrinted):
        await Office(program(tmp_path, f'touch "{called}"'), tmp_path / "office").pdf(content, TITLE, FILED)
    assert not called.exists()


async def test_what_an_earlier_process_left_is_taken_away(tmp_path: Path) -> None:
    left, new = tmp_path / "office" / "left", tmp_path / "office" / "new"
    for one in (left, new):
        one.mkdir(parents=True)
        (one / "document.docx").write_bytes(b"of somebody")
    os.utime(left, (1_000_000_000, 1_000_000_000))
    with pytest.raises(NotPrinted):
        await Office(program(tmp_path, "exit 1"), tmp_path / "office").pdf(word(), TITLE, FILED)
    assert list((tmp_path / "office").iterdir()) == [new]


async def test_it_is_told_nothing_of_our_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSPR_KEY_FILE", "/secret")
    told = tmp_path / "told"
    with pytest.raises(NotPrinted):
        await Office(program(tmp_path, f'env > "{told}"'), tmp_path / "office").pdf(word(), TITLE, FILED)
    assert "CSPR" not in told.read_text()
    assert "TZ=UTC" in told.read_text()


def test_where_it_is_not_installed_it_is_not_there(tmp_path: Path) -> None:
    assert not Office("no-such-program", tmp_path).there
    assert not Office("", tmp_path).there


def test_what_is_made_the_same_is_as_long_as_it_was() -> None:
    pdf = b"%PDF\n/CreationDate(D:20261126065926Z')\n<xmp:CreateDate>2026-11-26T06:59:26Z</xmp:CreateDate>\ntrailer\n/ID [ <"
    pdf += b"9" * 32 + b">\n<" + b"9" * 32 + b"> ]\n/DocChecksum /" + b"A" * 32 + b"\nstartxref\n1\n%%EOF\n"
    made = fixed(pdf, "20250102030405")
    assert len(made) == len(pdf)
    assert b"(D:20250102030405Z')" in made
    assert b">2025-01-02T03:04:05Z<" in made
    assert made.count(made.split(b"/DocChecksum /")[1][:32]) == 3
