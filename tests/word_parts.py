"""Word files taken apart and put together again by their parts, and the forms of the profile filled in as people would."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Mapping

import docx

from templates.documents import controls
from templates.documents.data import Block, DocumentData
from templates.documents.fill import fill
from templates.profile import profile_folder

FORMS = profile_folder("north-somerset") / "documents"
BODY, TYPES, RELATIONS = "word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"
Parts = dict[str, bytes]


def form(name: str) -> bytes:
    """An empty form of ours."""
    return (FORMS / f"{name}.docx").read_bytes()


def filled(name: str, values: Mapping[str, str]) -> bytes:
    """A form of ours with some of its controls filled in, as somebody would in Word."""
    return filled_in(form(name), values)


def filled_in(content: bytes, values: Mapping[str, str]) -> bytes:
    """The same for any document that has our controls."""
    document = docx.Document(io.BytesIO(content))
    for root in controls.parts_of(document):
        for sdt in controls.find(root):
            if (text := values.get(controls.tag_of(sdt))) is not None:
                controls.fill_text(sdt, text)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def parts_of(content: bytes) -> Parts:
    """The parts of a file by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes], *more: tuple[str, bytes]) -> bytes:
    """Parts as a file. `more` are written after them, whatever they are called."""
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # A part that is there twice, which is what some of them are about.
        for name, content in (*parts.items(), *more):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def changed(content: bytes, change: Callable[[Parts], object]) -> bytes:
    """A file with its parts changed."""
    parts = parts_of(content)
    change(parts)
    return packed(parts)


def with_part(content: bytes, name: str, part: bytes, kind: str = "") -> bytes:
    """A file with one part more. `kind` is its content type, where the list of types names it."""

    def add(parts: Parts) -> None:
        parts[name] = part
        if kind:
            entry = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
            parts[TYPES] = parts[TYPES].replace(b"</Types>", entry.encode())

    return changed(content, add)


def related(content: bytes, kind: str, target: str, *, outside: bool = False) -> bytes:
    """A file whose document refers to something: in the file, or outside of it."""
    mode = ' TargetMode="External"' if outside else ""
    entry = f'<Relationship Id="rIdTest" Type="{kind}" Target="{target}"{mode}/></Relationships>'

    def add(parts: Parts) -> None:
        parts[RELATIONS] = parts[RELATIONS].replace(b"</Relationships>", entry.encode())

    return changed(content, add)


def in_body(content: bytes, xml: str) -> bytes:
    """A file with some XML at the beginning of its body."""

    def add(parts: Parts) -> None:
        parts[BODY] = parts[BODY].replace(b"<w:body>", b"<w:body>" + xml.encode(), 1)

    return changed(content, add)


def replaced(content: bytes, old: bytes, new: bytes) -> bytes:
    """A file with bytes of its document replaced, which must be there."""

    def swap(parts: Parts) -> None:
        assert old in parts[BODY]
        parts[BODY] = parts[BODY].replace(old, new)

    return changed(content, swap)


def ticked(content: bytes, *tags: str) -> bytes:
    """A form with these boxes ticked."""
    document = docx.Document(io.BytesIO(content))
    for sdt in controls.find(document.element.body):
        if controls.tag_of(sdt).partition(".")[2] in tags:
            controls.fill_tick(sdt, on=True)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def for_children(count: int) -> bytes:
    """Document 1a with room for several children, as somebody makes it by copying the part about a child."""
    names = ("name", "date_of_birth")
    blocks = tuple(Block(values=dict.fromkeys(names, f"Child {number}")) for number in range(1, count + 1))
    data = DocumentData(
        form="referral", number="1a", reference="", edition="", generated_at="", marking="", to_complete=True, children=blocks
    )
    return fill(FORMS / "referral.docx", data)


def without_tags(content: bytes) -> bytes:
    """A form whose controls were lost on the way, as another program may leave it: their text stands where it was."""
    document = docx.Document(io.BytesIO(content))
    document.core_properties.identifier = ""
    for root in controls.parts_of(document):
        for sdt in list(root.iter(controls.SDT)):
            for child in list(sdt[1]):
                sdt.addprevious(child)
            sdt.getparent().remove(sdt)  # type: ignore[union-attr]
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def tracked(content: bytes, old: str, new: str) -> bytes:
    """A form in which a text was changed with changes tracked."""
    who = 'w:id="900" w:author="Test Colleague" w:date="2026-11-20T09:00:00Z"'
    run = re.compile(rf"<w:r>(?:(?!<w:r>).)*?<w:t(?: [^>]*)?>{re.escape(old)}</w:t></w:r>", re.DOTALL)

    def change(parts: Parts) -> None:
        body, count = run.subn(
            f"<w:del {who}><w:r><w:delText>{old}</w:delText></w:r></w:del><w:ins {who}><w:r><w:t>{new}</w:t></w:r></w:ins>",
            parts[BODY].decode(),
        )
        assert count == 1
        parts[BODY] = body.encode()

    return changed(content, change)


def commented(content: bytes) -> bytes:
    """A form that somebody has commented."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = f'<w:comments xmlns:w="{name}"><w:comment w:id="1" w:author="Test Colleague"><w:p/></w:comment></w:comments>'
    made = with_part(content, "word/comments.xml", text.encode())
    return related(made, kind, "comments.xml")
