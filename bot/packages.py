"""The parts of a Word file, looked at before it is read: too many, too large, hidden programs, parts that lead elsewhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import msgspec

from bot.signs import OLE
from templates.documents.damaged import DAMAGED

LARGEST_INSIDE = 60 * 2**20
"""Bytes of everything in it once unpacked: a small file that unpacks to more is no form."""
LARGEST_XML = 25 * 2**20
MOST_PARTS = 1_000
MOST_MARKS, MOST_ROWS = 400_000, 5_000
"""Elements of one part, and rows of its tables: a form with a thousand rows has a quarter of them."""
LOCKED = 0x1
"""The flag of a part with a password. Source: APPNOTE.TXT 4.4.4."""
MACROS = (b"vbaproject", b"vbadata", b"macroenabled")
"""In names, in the list of types and in relationships: wherever a project of macros hides, one of them says so."""
LISTS = ("[content_types].xml", ".rels")
VBA = ("_VBA_PROJECT", "VBA")
ENTITIES = (b"<!doctype", b"<!entity")
NOTES = {"/embeddings/": "note_inside", "/activex/": "note_inside", "/afchunk": "note_inside", "/media/": "note_pictures"}
"""What is in the file and is not read, by the folder of its part."""
CHUNK = b"altchunk"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


class Inside(msgspec.Struct, frozen=True, kw_only=True):
    """What was found: why it is not read, or what of it is not. Keys of `files.…`."""

    problem: str = ""
    notes: tuple[str, ...] = ()


def look_inside(content: bytes) -> Inside:
    """Look at every part as far as that is safe. Nothing is written anywhere, so no name of a part leads anywhere."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            problem = _by_the_list(parts) or _by_the_parts(archive, parts)
            return Inside(problem=problem, notes=() if problem else _notes(archive, parts))
    except DAMAGED:
        return Inside(problem="broken")


def _by_the_list(parts: Sequence[zipfile.ZipInfo]) -> str:
    """By the names and sizes alone, before anything is unpacked."""
    if any(part.flag_bits & LOCKED for part in parts):
        return "password"
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_INSIDE:
        return "too_large"
    if sum(part.file_size for part in parts if _is_xml(part)) > LARGEST_XML:
        return "too_large"
    names = [part.filename.casefold() for part in parts]
    if any(word in name.encode() for name in names for word in MACROS):
        return "macros"
    return "broken" if len(set(names)) < len(names) or any(map(_leads_out, names)) else ""


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _is_xml(part: zipfile.ZipInfo) -> bool:
    return part.filename.casefold().endswith((".xml", ".rels"))


def _by_the_parts(archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> str:
    """By what is in them."""
    names = [part.filename.casefold() for part in parts]
    if "mimetype" in names and OPEN_DOCUMENT in archive.read(parts[names.index("mimetype")]):
        return "open_document"
    if not any(name.startswith("word/") for name in names):
        return "not_word"
    return next((problem for part in parts if (problem := _in_part(part, archive.read(part)))), "")


def _in_part(part: zipfile.ZipInfo, content: bytes) -> str:
    if not _is_xml(part):
        return "macros" if content.startswith(OLE) and _has_project(content) else ""
    # Whatever it is written in: every letter that is looked for is one byte in all of them, with nothing or a zero beside it.
    plain = content.replace(b"\0", b"").lower()
    if any(word in plain for word in ENTITIES):
        return "unsafe"
    if part.filename.casefold().endswith(LISTS) and any(word in plain for word in MACROS):
        return "macros"
    return "too_large" if plain.count(b"<") > MOST_MARKS or plain.count(b":tr>") > MOST_ROWS else ""


def _has_project(content: bytes) -> bool:
    return any(name.encode("utf-16-le") in content for name in VBA)


def _notes(archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> tuple[str, ...]:
    names = [f"/{part.filename.casefold()}" for part in parts]
    found = [note for folder, note in NOTES.items() if any(folder in name for name in names)]
    main = next((part for part in parts if part.filename.casefold() == "word/document.xml"), None)
    chunks = main is not None and CHUNK in archive.read(main).replace(b"\0", b"").lower()
    return tuple(dict.fromkeys((*found, *(["note_inside"] if chunks else []))))
