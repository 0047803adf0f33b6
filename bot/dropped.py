"""A dropped file, read at the door: whether it is a Word form, and what its tags say. Nothing in it is run or fetched."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import PurePath

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml.etree import XMLSyntaxError

from dialogs.turn import Dropped
from templates.answers import clean
from templates.documents.read import read_tags

LARGEST = 10 * 2**20
"""Bytes of a file. A form with every field full is below one of them."""
LARGEST_INSIDE = 60 * 2**20
"""Bytes of everything in it once unpacked: a small file that unpacks to more is not a form."""
MOST_PARTS = 1_000
MOST_FILES = 5
"""Files of one message that are read: files.too_many says so."""
LONGEST_NAME = 120
MACROS = ("vbaproject", "vbadata")
ITSELF = "document."
"""Tags about the document, not of its form."""
TICKS = {True: "yes", False: ""}
"""A box that is not ticked says nothing: nobody may have looked at it."""


def read_file(name: str, content: bytes) -> Dropped:
    """What a file says. What cannot be read, or must not be, is named as a problem instead."""
    digest = hashlib.sha256(content).hexdigest()
    plain = _plain(name)
    problem = _problem(plain, content)
    if problem:
        return Dropped(name=plain, digest=digest, problem=problem)
    try:
        form = docx.Document(io.BytesIO(content)).core_properties.identifier.partition("/")[0]
        tags = read_tags(content)
    except (PackageNotFoundError, XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, OSError):
        return Dropped(name=plain, digest=digest, problem="not_word")
    texts = {tag: TICKS[said] if isinstance(said, bool) else clean(said) for tag, said in tags.items()}
    return Dropped(name=plain, digest=digest, form=form or _form_of(texts), tags=texts)


def not_read(problem: str, name: str = "") -> Dropped:
    """A file that could not be had at all. `problem` is a key of `files.…`."""
    return Dropped(name=_plain(name), digest="", problem=problem)


def _plain(name: str) -> str:
    return clean(PurePath(name.replace("\\", "/")).name)[:LONGEST_NAME]


def _form_of(tags: Mapping[str, str]) -> str:
    """The form that most tags belong to: some programs do not keep what a document says of itself, but they keep its fields."""
    named = Counter(tag.partition(".")[0] for tag in tags if "." in tag and not tag.startswith(ITSELF))
    return named.most_common(1)[0][0] if named else ""


def _problem(name: str, content: bytes) -> str:
    """Why a file is not even opened, by what is outside of it: its length, its name, and the list of its parts."""
    if len(content) > LARGEST:
        return "too_large"
    if name.casefold().endswith((".docm", ".dotm")):
        return "macros"
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return "not_word"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _inside(archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return "not_word"


def _inside(parts: list[zipfile.ZipInfo]) -> str:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_INSIDE:
        return "too_large"
    names = [part.filename.casefold() for part in parts]
    if any(word in name for name in names for word in MACROS):
        return "macros"
    return "" if "word/document.xml" in names else "not_word"
