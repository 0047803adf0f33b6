"""What no reader may be kept busy with, and how long a long form takes: everything else ends in one plain exception."""

from __future__ import annotations

import io
import time
import zipfile

import msgspec
import pytest
from reading_examples import FORMS, cell_of, control_of, data_of, differing, filled, opened, read, saved, wanted

from templates.documents import controls
from templates.documents.fill import fill
from templates.documents.reading import NotReadable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = f'<w:document xmlns:w="{W}"><w:body>'
TAIL = "</w:body></w:document>"
SECONDS = 20
"""A reader that takes longer on a loaded machine is not bounded."""


def with_body(xml: str, name: str = "word/document.xml") -> bytes:
    """The filled form with another main part, or another part beside it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(filled("scoping"))) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for one in source.namelist():
            target.writestr(one, xml.encode() if one == name else source.read(one))
    return made.getvalue()


DEEP = "<w:tbl><w:tr><w:tc>" * 5_000 + "</w:tc></w:tr></w:tbl>" * 5_000
NESTED = "<w:sdt><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f"{HEAD}<w:p><w:r><w:t>&b;</w:t></w:r></w:p>{TAIL}"
)
FETCHED = f'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>{HEAD}<w:p><w:r><w:t>&a;</w:t></w:r></w:p>{TAIL}'
REFUSED = {
    "nothing": b"",
    "no zip": b"PK\x03\x04 not really",
    "a text": "Tŷ Gwyn".encode(),
    "cut off": filled("scoping")[:9_000],
    "no xml": with_body("not xml"),
    "half of it": with_body(HEAD + "<w:p>"),
    "tables in tables": with_body(HEAD + DEEP + TAIL),
    "controls in controls": with_body(HEAD + NESTED + TAIL),
    "many rows": with_body(f"{HEAD}<w:tbl>{'<w:tr><w:tc><w:p/></w:tc></w:tr>' * 100_000}</w:tbl>{TAIL}"),
    "many controls": with_body(f"{HEAD}<w:p>{'<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>' * 10_000}</w:p>{TAIL}"),
    "many pieces": with_body(f"{HEAD}<w:p>{'<w:r/>' * 401_000}</w:p>{TAIL}"),
    "laughs": with_body(LAUGHS),
    "something to fetch": with_body(FETCHED),
    "a very long part": with_body(HEAD + "<w:p/>" + " " * (41 * 2**20) + TAIL),
    "no document": with_body(HEAD + TAIL).replace(b"word/document.xml", b"word/documents.xm"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_ends_in_one_plain_exception(what):
    begun = time.monotonic()
    with pytest.raises(NotReadable):
        read(REFUSED[what])
    assert time.monotonic() - begun < SECONDS


def test_a_type_in_another_encoding_is_seen():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr("word/document.xml", FETCHED.encode("utf-16"))
    with pytest.raises(NotReadable):
        read(made.getvalue())


def test_a_file_behind_a_password_is_refused():
    content = bytearray(filled("scoping"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 4)
    with pytest.raises(NotReadable):
        read(bytes(content))


def test_parts_of_others_are_not_fetched():
    document = opened(filled("scoping"))
    document.part.relate_to(
        "http://example.invalid/header.xml",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header",
        is_external=True,
    )
    assert differing(read(saved(document)), wanted(filled("scoping"), data_of("scoping"))) == {}


def test_a_document_of_the_strict_kind_is_read():
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(filled("scoping"))) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            plain = source.read(name).replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            target.writestr(name, plain)
    assert differing(read(made.getvalue()), wanted(filled("scoping"), data_of("scoping"))) == {}


def test_the_exception_says_nothing_of_the_text():
    with pytest.raises(NotReadable) as caught:
        read(with_body(f"{HEAD}<w:p><w:r><w:t>Test Child One</w:t></w:r>{TAIL}"))
    assert "Test" not in str(caught.value)


def long_form(count: int) -> bytes:
    """A return with so many key events."""
    data = data_of("scoping", 0, lambda tag: tag[:40])
    rows = tuple({name: f"{name} {number}" for name in data.rows["key_events"][0]} for number in range(1, count + 1))
    return fill(FORMS["scoping"], msgspec.structs.replace(data, rows={**data.rows, "key_events": rows}))


def test_a_long_form_is_read_whole():
    found = read(long_form(400))
    assert found.tags["scoping.key_events.400.impact"] == "impact 400"
    assert (found.doubts, found.missing) == ({}, ())


def test_a_broken_control_is_no_reason_to_give_up():
    document = opened(filled("scoping"))
    sdt = control_of(document, "scoping.reason")
    sdt.remove(sdt[0])
    cell_of(document, "scoping.summary").find(controls.P).append(sdt.makeelement(controls.SDT))
    found = read(saved(document))
    assert differing(found, wanted(filled("scoping"), data_of("scoping"))) == {}
