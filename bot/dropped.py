"""A file that is handed in, read at the door: what it is, and what it says. Nothing in it is run or fetched."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path, PurePath

from bot.packages import Inside, look_inside
from bot.signs import kind_of
from dialogs.turn import Dropped
from templates.answers import clean
from templates.documents.reading import FormRead, Layout, NotReadable, layouts_of, read_form

LARGEST = 10 * 2**20
"""Bytes of a file. A form with every field full is below one of them."""
MOST_FILES = 5
"""Files of one message that are read: files.too_many says so."""
AT_ONCE = 2
"""Files that are read side by side: what a reader may take of this machine's memory is bounded."""
LONGEST_NAME = 120
MOST_ROWS, MOST_TEXTS = 300, 4_000
"""Rows of one list, and texts in all, that are taken from a form: beyond that nobody could check them here."""
TICKS = {True: "yes", False: ""}
"""A box that is not ticked says nothing: nobody may have looked at it."""
NOTES = {"tracked": "note_tracked", "comments": "note_comments", "boxes": "note_boxes"}
_ROW = re.compile(r".+\.\d+(?=\.[a-z_]+$)")


class FormReader:
    """Reads the forms of one profile, as they are read back from Word. It finds its templates when it reads its first file."""

    def __init__(self, profile: Path) -> None:
        self._folder = profile / "documents"
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def taken(self, name: str, content: bytes) -> Dropped:
        """What a file says, worked out beside the loop: no conversation waits for it."""
        async with self._turns:
            return await asyncio.to_thread(self.read, name, content)

    def read(self, name: str, content: bytes) -> Dropped:
        """What a file says. What cannot be read, or must not be, is named as a problem instead."""
        plain, digest = _plain(name), hashlib.sha256(content).hexdigest()
        problem, inside = _looked_at(plain, content)
        if problem:
            return Dropped(name=plain, digest=digest, problem=problem)
        try:
            form = read_form(content, _layouts(self._folder))
        except NotReadable:
            return Dropped(name=plain, digest=digest, problem="broken")
        return _said(plain, digest, form, inside)


@lru_cache(maxsize=4)
def _layouts(folder: Path) -> Mapping[str, Layout]:
    return layouts_of(folder)


def not_read(problem: str, name: str = "") -> Dropped:
    """A file that could not be had at all. `problem` is a key of `files.…`."""
    return Dropped(name=_plain(name), digest="", problem=problem)


def _plain(name: str) -> str:
    return " ".join(clean(PurePath(name.replace("\\", "/")).name).split())[:LONGEST_NAME]


def _looked_at(name: str, content: bytes) -> tuple[str, Inside]:
    """Why a file is not even opened, by its length, its name, its first bytes and the list of its parts."""
    if len(content) > LARGEST:
        return "too_large", Inside()
    problem = kind_of(name, content)
    inside = Inside() if problem else look_inside(content)
    return problem or inside.problem, inside


def _said(name: str, digest: str, form: FormRead, inside: Inside) -> Dropped:
    texts = {tag: TICKS[said] if isinstance(said, bool) else clean(said) for tag, said in form.tags.items()}
    doubts = {tag: tuple(map(clean, said)) for tag, said in form.doubts.items()}
    if _too_many(texts):
        return Dropped(name=name, digest=digest, form=form.form, problem="too_many_rows")
    notes = (*_notes(form), *inside.notes)
    return Dropped(name=name, digest=digest, form=form.form, tags=texts, doubts=doubts, notes=notes)


def _notes(form: FormRead) -> Iterator[str]:
    """What whoever checks it should know of how it was read."""
    yield from (note for name, note in NOTES.items() if getattr(form, name))
    if form.how == "labels" and form.form:
        yield "note_labels"


def _too_many(texts: Mapping[str, str]) -> bool:
    filled = [tag for tag, text in texts.items() if text.strip()]
    rows = {match[0] for tag in filled if (match := _ROW.match(tag))}
    longest = Counter(row.rpartition(".")[0] for row in rows).most_common(1)
    return len(filled) > MOST_TEXTS or any(count > MOST_ROWS for _, count in longest)
